"""How the two packages are put together: files that import no circle, public classes that share no name."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from casestudies.company import COMPANIES

ROOT = Path(__file__).parents[2]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("autograder", "casestudies")
    for path in sorted((ROOT / package).rglob("*.py"))
}
WITHOUT_CIRCLES = ("autograder", "casestudies")


def run(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports of a tree, inside functions too, but for those that are for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif not (isinstance(child, ast.If) and ast.unparse(child.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}):
            yield from run(child)


def imported(tree: ast.AST) -> set[str]:
    """Return the files of the two packages that a tree imports."""
    found = set()
    for node in run(tree):
        module = getattr(node, "module", None)
        assert not getattr(node, "level", 0), "imports are absolute"
        for alias in node.names:
            name = f"{module}.{alias.name}" if module else alias.name
            found.add(name if name in FILES else module)
    return found & FILES.keys()


@cache
def graph() -> dict[str, set[str]]:
    return {name: imported(ast.parse(path.read_text(encoding="utf-8"))) - {name} for name, path in FILES.items()}


def reached(start: str) -> set[str]:
    """Return the files that importing one file runs, one after the other."""
    found, waiting = set(), [start]
    while waiting:
        new = graph()[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def test_an_import_is_seen_in_a_function_and_not_when_it_is_for_types() -> None:
    text = (
        "from typing import TYPE_CHECKING\n"
        "from autograder import console\n"
        "if TYPE_CHECKING:\n    from autograder.course.course import Course\n"
        "def late():\n    import casestudies.seeds\n    from casestudies.errors import CasekitError\n"
    )
    assert imported(ast.parse(text)) == {"autograder.console", "casestudies.seeds", "casestudies.errors"}


@pytest.mark.parametrize("package", WITHOUT_CIRCLES)
def test_no_file_imports_itself_through_others(package: str) -> None:
    mine = [name for name in FILES if name == package or name.startswith(f"{package}.")]
    assert mine
    assert [name for name in mine if name in reached(name)] == []


def test_no_two_public_classes_share_a_name() -> None:
    """But for the classes that play the same role in several companies, such as ``Params``."""
    where = defaultdict(list)
    for name, path in FILES.items():
        company = name.removeprefix("casestudies.").split(".")[0]
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(company if company in COMPANIES else name)
    roles = {name for name, owners in where.items() if len({*owners} & {*COMPANIES}) == len(owners)}
    assert {name: owners for name, owners in where.items() if len(owners) > 1 and name not in roles} == {}
