"""How the two packages are put together: files that import no circle, public classes that share no name."""

import ast
import warnings
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

OUTSIDE = [path for folder in ("benchmarks", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
STARTED = {"Process", "Pool", "Manager", "Queue", "SimpleQueue", "JoinableQueue", "Pipe", "Lock", "Event", "Value"}
"""What multiprocessing makes by a start method, which must be said: its own choice depends on the version of Python."""


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


def unsaid_starts(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each process, pool or queue that leaves its start method to the version of Python."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "multiprocessing":
            yield from (node.lineno for one in node.names if one.name in STARTED)
        if not isinstance(node, ast.Call):
            continue
        owner, _, name = ast.unparse(node.func).rpartition(".")
        said = len(node.args) + len(node.keywords)
        if name == "ProcessPoolExecutor":
            context = [one.value for one in node.keywords if one.arg == "mp_context"] or node.args[1:2]
            if not context or ast.unparse(context[0]) == "None":
                yield node.lineno
        elif (name == "get_context" and not said) or (owner == "multiprocessing" and name in STARTED):
            yield node.lineno


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("ProcessPoolExecutor(2)", [1]),
        ("futures.ProcessPoolExecutor(2, mp_context=None)", [1]),
        ("ProcessPoolExecutor(2, mp_context=context)", []),
        ("ProcessPoolExecutor(2, get_context('spawn'))", []),
        ("from multiprocessing import Pool, parent_process", [1]),
        ("import multiprocessing\nmultiprocessing.Process(target=work)", [2]),
        ("multiprocessing.get_context()", [1]),
        ("multiprocessing.get_context('spawn').Pool(2)", []),
    ],
)
def test_a_start_method_left_unsaid_is_seen(source: str, lines: list[int]) -> None:
    assert list(unsaid_starts(ast.parse(source))) == lines


def test_every_process_says_how_it_starts() -> None:
    """The default on Linux was fork until Python 3.13, and is forkserver since 3.14."""
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (*FILES.values(), *OUTSIDE)
        if (lines := list(unsaid_starts(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == {}


def test_every_file_compiles_without_a_warning() -> None:
    """Compiled afresh: a module kept compiled says its warnings no more."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in (*FILES.values(), *OUTSIDE):
            compile(path.read_text(encoding="utf-8"), path, "exec", dont_inherit=True)
