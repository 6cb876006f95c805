"""The contract of the seam: what the kit replaces in nbgrader is there, is called so, and is asked nothing more."""

import ast
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from packaging.requirements import Requirement

import autograder
import casestudies
from autograder.grading import nbgrader_seam as seam
from autograder.grading.source import SourceBook
from autograder.grading.submission_book import SubmissionBook

GRADEBOOKS = [(module, seam.GRADEBOOK) for module in (*seam.READERS, *seam.WRITERS)]
EVERYTHING = [*GRADEBOOKS, seam.CHECKER, seam.SCHEMAS, seam.NODES]
FOUND = {"find_grade", "find_comment", "find_submission", "find_submission_notebook"}


def asked_of(names: set[str], source: str) -> set[str]:
    """Return the attributes that a source asks of these names, be they variables or attributes of « self »."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).removeprefix("self.") in names
    }


def parameters(function: Callable[..., Any]) -> int:
    """Return how many arguments a method takes."""
    return len(inspect.signature(function).parameters)


def values() -> list[object]:
    return [getattr(import_module(module), name) for module, name in EVERYTHING]


@pytest.mark.parametrize(("module", "name"), GRADEBOOKS)
def test_a_step_opens_the_gradebook_under_the_name_that_is_replaced(module: str, name: str) -> None:
    assert getattr(import_module(module), name) is Gradebook
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(import_module(module))))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name
    ]
    assert calls, "the step opens it no more"
    assert all(not call.keywords for call in calls), "the stand-in takes no keyword"


@pytest.mark.parametrize(
    ("modules", "book", "asked"),
    [
        (seam.READERS, SourceBook, {"find_notebook", "find_source_cell", "find_graded_cell"}),
        (seam.WRITERS, SubmissionBook, FOUND | {"db"}),
    ],
)
def test_the_steps_ask_what_the_book_answers_and_nothing_more(
    modules: tuple[str, ...], book: type, asked: set[str]
) -> None:
    sources = [inspect.getsource(import_module(module)) for module in modules]
    assert set().union(*(asked_of({"gradebook", "gb"}, source) for source in sources)) == asked
    for name in asked - {"db"}:
        assert parameters(getattr(book, name)) == parameters(getattr(Gradebook, name)), name


def test_a_new_question_would_be_seen() -> None:
    assert asked_of({"gradebook"}, "self.gradebook.find_student(one)\ngradebook.close()") == {"find_student", "close"}


def test_the_writer_finds_the_session_that_it_commits_by_itself(tmp_path: Path) -> None:
    with Gradebook(f"sqlite:///{tmp_path / 'notes.db'}") as gradebook:
        assert gradebook.db.registry().expire_on_commit in (True, False)
        assert callable(gradebook.db.commit)
        assert gradebook.engine is not None


def test_the_checks_that_are_made_quick_are_still_called_so() -> None:
    checks, common, nodes = (import_module(module) for module, _ in (seam.CHECKER, seam.SCHEMAS, seam.NODES))
    assert "MetadataValidator().validate_nb(nb)" in inspect.getsource(checks)
    assert asked_of({"jsonschema"}, inspect.getsource(common)) == {"validate"}
    assert "jsonschema.validate(cell.metadata['nbgrader'], self.schema)" in inspect.getsource(common)
    assert list(inspect.signature(nodes.validate).parameters) == ["node", "ref"]


def test_names_are_replaced_while_it_is_open_and_put_back_whatever_happens() -> None:
    before, book, check = values(), object(), object()

    def fail() -> None:
        with seam.reading(book), seam.writing(book), seam.checking(check, check, check):  # type: ignore[arg-type]
            assert all(getattr(import_module(module), name)("sqlite://") is book for module, name in GRADEBOOKS)
            assert getattr(import_module(seam.CHECKER[0]), seam.CHECKER[1]) is check
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert all(now is then for now, then in zip(values(), before, strict=True))


def test_a_name_that_is_gone_stops_before_anything_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam, "READERS", (*seam.READERS, "nbgrader.utils"))
    before = values()
    with pytest.raises(AttributeError, match="Gradebook"), seam.reading(object()):
        pass
    assert all(now is then for now, then in zip(values(), before, strict=True))


def test_only_the_nbgrader_that_was_tried_is_accepted() -> None:
    written = (Path(autograder.__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert '"nbgrader>=0.9.6,<0.10"' in written
    assert Requirement("nbgrader>=0.9.6,<0.10").specifier.contains(version("nbgrader"))


def test_no_double_of_the_tests_is_used_outside_them() -> None:
    for package in (autograder, casestudies):
        for path in Path(package.__file__).parent.rglob("*.py"):
            assert not re.search(r"\bunittest\b", path.read_text(encoding="utf-8")), path
