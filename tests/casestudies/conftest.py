"""What several tests of companies share: facts that take minutes, found once for the same sources."""

import hashlib
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = ("numpy", "pandas", "holidays", "vacances-scolaires-france")
"""What tables are computed with."""
T = TypeVar("T")


@cache
def digest(folders: tuple[str, ...]) -> str:
    """Return a hash of every file of some folders, of these tests, of Python and of the libraries."""
    found = hashlib.sha256(repr((sys.version, [version(name) for name in LIBRARIES])).encode())
    for folder in (*folders, "tests/casestudies"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


@pytest.fixture(scope="session")
def found_once(pytestconfig: pytest.Config) -> Callable[..., T]:
    """Return a function that finds a fact, plain data, unless the last run found it with the very same sources.

    It is kept in pytest's cache: « pytest --cache-clear » finds everything again.
    """
    kept = getattr(pytestconfig, "cache", None)

    def find(name: str, compute: Callable[[], T], *folders: str) -> T:
        sources = digest(("casestudies", *folders))
        known = kept.get(f"casekit/{name}", None) if kept else None
        if known and known["sources"] == sources:
            return known["fact"]
        fact = compute()
        if kept:
            kept.set(f"casekit/{name}", {"sources": sources, "fact": fact})
        return fact

    return find
