"""What is found of a thousand learners, kept in ``mille.json`` beside a hash of what it comes from.

A fact that was found from these very sources is read; from any other, it is found again, which takes minutes. « python
-m benchmarks variants1000 » writes the file again for the companies whose sources changed.
"""

import ast
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import thousand
from thousand import Thousand

from casestudies.company import COMPANIES

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).with_name("mille.json")
LIBRARIES = ("numpy", "pandas", "holidays", "vacances-scolaires-france")
"""What tables are computed with."""
ROLES = ("company", "story", "truth")


def kept(slug: str) -> Thousand | None:
    """Return what the file says of a company; None when it was found from other sources."""
    told = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    same = slug in told and told[slug]["sources"] == sources_hash(slug)
    return Thousand(**told[slug]["found"]) if same else None


def write() -> list[str]:
    """Write the file again; return the companies for which something had to be found."""
    old, new = {slug: kept(slug) for slug in COMPANIES}, {}
    for slug, known in old.items():
        new[slug] = {"sources": sources_hash(slug), "found": asdict(known or thousand.find(slug))}
        KEPT.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [slug for slug, known in old.items() if known is None]


@cache
def sources_hash(slug: str) -> str:
    """Return a hash of all that a company's tables and story come from, libraries included."""
    found = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    for path in sorted(sources(slug)):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def sources(slug: str) -> set[Path]:
    """Return the files of the kit that a company's tables and story come from: modules and what they read."""
    waiting, modules = [f"casestudies.{slug}.{role}" for role in ROLES], set[Path]()
    data = {Path(__file__).with_name("thousand.py"), *(ROOT / "casestudies" / slug).glob("*.toml")}
    while waiting:
        path = _file(waiting.pop())
        if path is None or path in modules:
            continue
        modules.add(path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        waiting += _imported(tree)
        data |= {path.with_name(name) for name in _texts(tree) if name.endswith(".toml")}
    return modules | {path for path in data if path.is_file()}


def _file(module: str) -> Path | None:
    place = ROOT.joinpath(*module.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of the learner's side that a file imports, and what it takes from them, modules or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("casestudies"):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
