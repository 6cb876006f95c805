"""What makes grading quick changes nothing: the same checks refuse the same things, the gradebook says the same."""

import copy
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import nbbase, new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, SaveAutoGrades

from autograder.course.course import CONFIG_FILE, Course
from autograder.course.creation import init_course
from autograder.grading import submission_book
from autograder.grading.handed_in import Submitted
from autograder.grading.job import Graded
from autograder.grading.quick import quick_checks
from autograder.grading.release import release
from autograder.grading.run import source_of
from autograder.grading.writer import GradedEntry, Writer

ASSIGNMENT, NOTEBOOKS, LEARNER = "ordinaire", ("un", "deux"), "lea"
LATE = "\nget_config().LateSubmissionPlugin.penalty_method = 'zero'\n"
Edit = Callable[[dict[str, Any]], object]


def tags(grade_id: str, **changed: Any) -> dict[str, Any]:
    usual = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**usual, "grade_id": grade_id, "cell_type": "code", **changed}}


def source() -> NotebookNode:
    """Return a notebook with every kind of cell: an answer, its test, a written part, a task."""
    return new_notebook(
        cells=[
            new_code_cell("x = 1", metadata=tags("a", solution=True)),
            new_code_cell("assert x", metadata=tags("a-test", grade=True, locked=True, points=2)),
            new_code_cell("assert x == 1", metadata=tags("b-test", grade=True, locked=True, points=3)),
            new_markdown_cell("Texte", metadata=tags("c", grade=True, solution=True, points=4, cell_type="markdown")),
            new_markdown_cell("Tâche", metadata=tags("d", task=True, locked=True, points=1, cell_type="markdown")),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


def outcome(work: Callable[[], object]) -> object:
    """Return what ``work`` gives, or its error as text."""
    try:
        return work()
    except Exception as error:
        return type(error), str(error)


EDITS: dict[str, Edit] = {
    "right": lambda one: None,
    "no points": lambda one: one.pop("points"),
    "points that are a text": lambda one: one.update(points="2"),
    "negative points": lambda one: one.update(points=-1),
    "a grade that is a text": lambda one: one.update(grade="yes"),
    "no grade": lambda one: one.pop("grade"),
    "a key too many": lambda one: one.update(extra=1),
    "an old schema": lambda one: one.update(schema_version=2),
    "a schema to come": lambda one: one.update(schema_version=4),
    "an empty name": lambda one: one.update(grade_id=""),
    "a name with a space": lambda one: one.update(grade_id="a b"),
    "the name of another": lambda one: one.update(grade_id="b-test"),
}


@pytest.mark.parametrize("name", EDITS)
def test_tags_are_refused_in_the_same_words(name: str) -> None:
    nb = source()
    EDITS[name](nb.cells[1].metadata.nbgrader)

    def check() -> object:
        return CheckCellMetadata().preprocess(copy.deepcopy(nb), {})[0] == nb

    plain = outcome(check)
    with quick_checks():
        assert outcome(lambda: CheckCellMetadata().preprocess(source(), {})[1]) == {}
        assert [outcome(check), outcome(check)] == [plain, plain]
    assert (plain is True) == (name == "right")


NODES: dict[str, Callable[[], Any]] = {
    "a stream": lambda: new_output("stream", text="é"),
    "a stream that is a number": lambda: new_output("stream", text=3),
    "data": lambda: new_output("display_data", data={"text/plain": "x", "application/json": {"a": [1]}}),
    "data that is a list": lambda: new_output("display_data", data=["x"]),
    "a result": lambda: new_output("execute_result", data={"text/plain": "1"}, execution_count=3),
    "a result without a count": lambda: new_output("execute_result", data={}, execution_count="3"),
    "an error": lambda: new_output("error", ename="E", evalue="v", traceback=["t"]),
    "an error without a traceback": lambda: new_output("error", ename="E", evalue="v", traceback="t"),
    "a key too many": lambda: new_output("stream", text="é", extra=1),
    "an unknown kind": lambda: new_output("nothing"),
    "a cell": lambda: new_code_cell("x = 1", id="un"),
    "a cell whose name has a space": lambda: new_code_cell("x = 1", id="u n"),
    "a text": lambda: new_markdown_cell("é", id="un"),
    "a text that is a number": lambda: new_markdown_cell(3, id="un"),
}


@pytest.mark.parametrize("name", NODES)
def test_cells_and_outputs_are_refused_in_the_same_words(name: str) -> None:
    plain = outcome(NODES[name])
    with quick_checks():
        assert outcome(NODES[name]) == plain
    assert outcome(NODES[name]) == plain


def test_the_checks_are_the_ordinary_ones_again_afterwards() -> None:
    before = nbbase.validate
    with quick_checks():
        assert nbbase.validate is not before
    assert nbbase.validate is before


def make_course(root: Path) -> Course:
    """Return a course with two ordinary notebooks, released, due an hour ago, where lateness costs everything."""
    course = init_course(root)
    with (root / CONFIG_FILE).open("a", encoding="utf-8") as file:
        file.write(LATE)
    folder = course.source(ASSIGNMENT)
    folder.mkdir(parents=True)
    for name in NOTEBOOKS:
        nbformat.write(source(), folder / f"{name}.ipynb")
    release(course, ASSIGNMENT)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1)
        gradebook.db.commit()
    return course


def graded(course: Course, name: str, wrong: bool) -> NotebookNode:
    """Return a released notebook as it comes from its execution: the second test fails when ``wrong``."""
    nb = nbformat.read(course.folder("release") / ASSIGNMENT / f"{name}.ipynb", as_version=4)
    nb.cells[0].source = "x = 2"
    if wrong:
        nb.cells[2].outputs = [new_output("error", ename="AssertionError", evalue="", traceback=[])]
    else:
        nb.cells[3].source = "Mon texte"
    return nb


def record(course: Course, wrong: bool, quick: bool) -> None:
    """Record both notebooks of a learner: by the kit's writer when ``quick``, else by nbgrader's own steps."""
    now = datetime.now(UTC).replace(tzinfo=None)
    notebooks = {name: graded(course, name, wrong and name == "deux") for name in NOTEBOOKS}
    if quick:
        texts = {name: nbformat.writes(nb) for name, nb in notebooks.items()}
        with Writer(course, source_of(course, ASSIGNMENT)) as writer:
            writer.write(
                [GradedEntry(Submitted(LEARNER, course.root), Graded(LEARNER, notebooks=texts), "empreinte", now)]
            )
        return
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.update_or_create_student(LEARNER)
        gradebook.update_or_create_submission(ASSIGNMENT, LEARNER, timestamp=now)
    for name, nb in notebooks.items():
        who = {"student": LEARNER, "assignment": ASSIGNMENT, "notebook": name, "db_url": course.db_url}
        for kind in (SaveAutoGrades, AssignLatePenalties):
            kind(config=course.config)(nb, {"nbgrader": who})


def rows(course: Course) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the gradebook holds of the learner's work, by table."""
    place = (
        "JOIN submitted_notebook s ON s.id = t.notebook_id JOIN notebook n ON n.id = s.notebook_id "
        "JOIN base_cell c ON c.id = t.cell_id ORDER BY n.name, c.name, c.type"
    )
    where = "n.name, c.name, c.type"
    queries = {
        "grade": f"SELECT {where}, auto_score, manual_score, needs_manual_grade FROM grade t {place}",
        "comment": f"SELECT {where}, auto_comment, manual_comment FROM comment t {place}",
        "penalty": "SELECT n.name, late_submission_penalty FROM submitted_notebook s JOIN notebook n "
        "ON n.id = s.notebook_id ORDER BY n.name",
    }
    with sqlite3.connect(course.root / "gradebook.db") as database:
        return {name: database.execute(query).fetchall() for name, query in queries.items()}


def mark(course: Course) -> None:
    """Mark two cells as a person does."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for name, points in (("c", 3.0), ("a-test", 1.0)):
            grade = gradebook.find_grade(name, "un", ASSIGNMENT, LEARNER)
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment("c", "un", ASSIGNMENT, LEARNER).manual_comment = "Bien."
        gradebook.db.commit()


def test_the_gradebook_holds_the_same_rows(tmp_path: Path) -> None:
    """At the first grading, at a second one of the same, and of another, after a person has marked; late, then not."""
    plain, quick = make_course(tmp_path / "a" / "cours"), make_course(tmp_path / "b" / "cours")
    for wrong in (True, True, False):
        record(plain, wrong, quick=False)
        record(quick, wrong, quick=True)
        expected = rows(plain)
        assert rows(quick) == expected
        assert [len(lines) for lines in expected.values()] == [8, 6, 2]
        assert expected["penalty"][0][1] > 0
        mark(plain)
        mark(quick)
    for course in (plain, quick):
        with Gradebook(course.db_url, course.course_id) as gradebook:
            gradebook.find_assignment(ASSIGNMENT).duedate = None
            gradebook.db.commit()
        record(course, wrong=False, quick=course is quick)
    assert rows(quick) == rows(plain)
    assert rows(quick)["penalty"] == [("deux", None), ("un", None)]


def test_what_is_missing_is_missed_as_nbgrader_says_it(tmp_path: Path) -> None:
    course = make_course(tmp_path / "cours")
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for learner in (LEARNER, "max"):
            gradebook.update_or_create_student(learner)
        submission = gradebook.update_or_create_submission(ASSIGNMENT, LEARNER)
        other = gradebook.update_or_create_submission(ASSIGNMENT, "max")
        assignment = gradebook.find_assignment(ASSIGNMENT)
        cells = submission_book.Cells(gradebook, assignment)
        book = submission_book.SubmissionBook(gradebook, cells, assignment, [LEARNER, "absent"])
        assert book.update_or_create_submission(ASSIGNMENT, LEARNER) is submission
        questions = {
            "find_grade": [("a-test", "un"), ("d", "un"), ("a", "un"), ("rien", "un"), ("a-test", "rien")],
            "find_comment": [("a", "un"), ("d", "deux"), ("a-test", "un"), ("rien", "un")],
            "find_submission_notebook": [("un",), ("rien",)],
            "find_submission": [()],
        }
        for method, places in questions.items():
            for place in places:
                for learner in (LEARNER, "max", "absent", "personne"):
                    words = (*place, ASSIGNMENT, learner)
                    said = [outcome(partial(getattr(one, method), *words)) for one in (book, gradebook)]
                    assert said[0] == said[1], (method, words)
        for learner in (LEARNER, "max", "absent"):
            said = [outcome(partial(one.find_student, learner)) for one in (book, gradebook)]
            assert said[0] == said[1], learner
        assert book.find_submission(ASSIGNMENT, "max") is other
        assert book.find_student(LEARNER).id == LEARNER
