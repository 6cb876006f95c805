"""One file per learner and company: the plain values computed from the tables of their variant."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from autograder import keys
from autograder.grading.memory.plain import NotPlainError, from_plain, name_of, named, to_plain
from autograder.keys.cases import Case
from casestudies.atomic import write_atomically
from casestudies.company import company_folder, company_of
from casestudies.identity import json_bytes, read_json

MAX_LENGTH, MAX_VALUES = 64 * 1024, 2000
"""Characters of JSON beyond which a value is not worth keeping; how many are kept for a learner, the latest."""

_DAMAGED = (ArithmeticError, AttributeError, ImportError, LookupError, TypeError, ValueError)


class Memory:
    """The case of one learner, with what is already known of it; ``save`` keeps what was learnt since."""

    def __init__(self, folder: Path, company: str, learner: str, draw: int) -> None:
        """Read what ``folder`` keeps of this variant; what is damaged or out of date is left aside."""
        self._path = _path(folder, company, learner)
        self._company, self._draw = company, draw
        self._facts: dict[Any, Any] = {}
        for entry in _kept(self._path, company, draw):
            self._recall(entry)
        self._known = set(self._facts)
        self.case = Case(company_of(company, learner, draw), facts=self._facts)

    def _recall(self, entry: str) -> None:
        try:
            name, given, value = json.loads(entry)
            self._facts[_asked(named(name), given)] = from_plain(value)
        except _DAMAGED:
            return

    def save(self) -> None:
        """Keep the values computed since they were read; a folder that cannot be written only costs time."""
        if self._facts.keys() == self._known:
            return
        entries = entries_of(self._facts)
        if len(entries) > len(self._known):
            _keep(self._path, self._company, self._draw, entries)


def add(folder: Path, company: str, learner: str, draw: int, entries: list[str]) -> None:
    """Keep values beside those that another assignment of the same variant left there."""
    path = _path(folder, company, learner)
    _keep(path, company, draw, list(dict.fromkeys([*_kept(path, company, draw), *entries])))


def _path(folder: Path, company: str, learner: str) -> Path:
    return folder / company / f"{learner}.json"


def _kept(path: Path, company: str, draw: int) -> list[str]:
    """Return the values that are still good for one draw of a company."""
    kept = read_json(path)
    entries = kept.get("values") if (kept.get("draw"), kept.get("seal")) == (draw, seal_of(company)) else None
    return [one for one in entries if isinstance(one, str)] if isinstance(entries, list) else []


def _keep(path: Path, company: str, draw: int, entries: list[str]) -> None:
    kept = {"draw": draw, "seal": seal_of(company), "values": entries[-MAX_VALUES:]}
    with suppress(OSError):
        write_atomically(path, json_bytes(kept), lasting=False)  # what is damaged is left aside, and computed again


def entries_of(facts: Mapping[Any, Any]) -> list[str]:
    """Return what can be kept of a case's facts, each value a text."""
    return [entry for asked, value in facts.items() if (entry := _entry(asked, value))]


def _entry(asked: Any, value: Any) -> str:
    """Return one value as the text that is kept; an empty one when it cannot be."""
    compute, given = asked if isinstance(asked, tuple) else (asked, None)
    name = name_of(compute)
    try:
        if name is None or named(name) is not compute:
            return ""
        entry = json.dumps([name, given, to_plain(value)])
        return entry if len(entry) <= MAX_LENGTH else ""
    except (NotPlainError, *_DAMAGED):
        return ""


def _asked(compute: Callable[[Case], Any], given: Any) -> Any:
    """Return how a case names a value: its function, with the earlier answers it was computed from where they count."""
    return compute if given is None else (compute, tuple((name, number) for name, number in given))


@cache
def seal_of(company: str) -> str:
    """Return a hash of what may compute a value of a company: the source files, the libraries of numbers."""
    digest = hashlib.blake2b(f"{sys.version}|{np.__version__}|{pd.__version__}".encode(), digest_size=16)
    for path in sources(company):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\0".encode() + content)
    return digest.hexdigest()


def sources(company: str) -> Iterator[Path]:
    """Yield the source files that may compute a value of a company, in one order.

    They are those of ``autograder.keys`` without its checks, which judge values and compute none, and those of
    ``casestudies`` without the other companies, the widgets and the deliverables.
    """
    right, own = Path(keys.__file__).parent, company_folder(company)
    folders = [own, own.parent / "market", own.parent / "references", right]
    for path in sorted([*own.parent.glob("*"), *(path for folder in folders for path in folder.rglob("*"))]):
        if path.suffix in {".py", ".toml"} and right / "checks" not in path.parents:
            yield path
