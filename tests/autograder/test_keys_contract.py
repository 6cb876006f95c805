"""What knows the right answers stays light enough for a browser, and its checks stay above its model."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import autograder.keys

FOLDER = Path(autograder.keys.__file__).parent
LIGHT = (*sys.stdlib_module_names, "numpy", "pandas", "casestudies", "autograder.referentiel", "autograder.keys")
CHECKS = "autograder.keys.checks"
FILES = {
    ".".join(("autograder.keys", *path.relative_to(FOLDER).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in FOLDER.rglob("*.py")
}


def imported(path: Path, for_types: bool = True) -> Iterator[str]:
    """Yield the full name of all that a file imports, wherever it does; what only types need may be left out."""
    yield from _imported(ast.parse(path.read_text(encoding="utf-8")), for_types)


def _imported(node: ast.AST, for_types: bool) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.module
        assert not node.level
        yield from (f"{node.module}.{one.name}" for one in node.names)
    elif not for_types and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    for child in ast.iter_child_nodes(node):
        yield from _imported(child, for_types)


def is_within(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_the_keys_import_what_runs_in_a_browser_and_nothing_else(path: Path) -> None:
    assert [name for name in imported(path) if not any(is_within(name, package) for package in LIGHT)] == []


def test_checks_stand_above_the_model_and_below_the_questions() -> None:
    below = ("autograder.keys.model", "autograder.keys.cases")
    assert [one for name in below for one in imported(FILES[name]) if is_within(one, CHECKS)] == []
    for name, path in FILES.items():
        if is_within(name, CHECKS):
            above = [one for one in imported(path, for_types=False) if is_within(one, "autograder.keys.model")]
            above += [one for one in imported(path) if is_within(one, "autograder.keys.questions")]
            assert above == [], name


def test_no_check_imports_another_in_a_circle() -> None:
    checks = {name: path for name, path in FILES.items() if is_within(name, CHECKS)}
    graph = {
        name: {other for other in checks if other != CHECKS and any(is_within(one, other) for one in imported(path))}
        for name, path in checks.items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(checks)
