"""A graded course evaluated again: what changes is written everywhere at once, and what a person gave is left alone."""

import io
import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
import small
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade
from rich.console import Console

from autograder import console, parallel
from autograder.course.course import Course
from autograder.grading import regrade as evaluation
from autograder.grading import regrading, rewrite
from autograder.grading.history import history_path, read_history
from autograder.grading.records import Record, load_record, record_path, save_record
from autograder.grading.regrade import Regraded
from autograder.grading.regrade_report import as_json, print_applied, print_changes, print_unwritten
from autograder.grading.regrading import apply, regrade
from autograder.grading.run import grade
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.questions import questions_of
from casestudies.errors import CasekitError
from casestudies.findings import Outcome

pytestmark = pytest.mark.xdist_group("regrade")
LEARNERS = ("juste", "proche", "voisine", "casse", "faux")
FIRST, SECOND = small.FIRST, small.SECOND


def near(learner: str) -> str:
    """Return an answer to the first question that is refused today, and accepted by ``looser``."""
    return repr(small.right(FIRST, learner) * 1.011)


def crash(notebook: dict) -> None:
    small.set_source(notebook, "a-un", "un = None\nun = 1 + 'a'")


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    course = small.make_course(tmp_path_factory.mktemp("cours") / "cours", LEARNERS)
    small.submit(course, "juste")
    small.submit(course, "proche", un=near("proche"))
    small.submit(course, "voisine", un=near("voisine"))
    small.submit(course, "casse", crash)
    small.submit(course, "faux", un="12345678.9", deux="12345678.9")
    grade(course, small.ASSIGNMENT)
    return course.root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Course:
    """The graded course, to do as one likes with."""
    return Course(Path(shutil.copytree(graded, tmp_path / "cours")))


@pytest.fixture
def looser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Correct the check of the first question: it now accepts a coarser rounding."""
    assert isinstance(FIRST.check, CloseTo)
    corrected = replace(FIRST, check=replace(FIRST.check, decimals=-4))
    asked = [corrected if question.id == FIRST.id else question for question in questions_of()]
    monkeypatch.setattr(evaluation, "questions_of", lambda **_: asked)


def again(course: Course) -> Regraded:
    return regrade(course, small.ASSIGNMENT, jobs=1)


def record_of(course: Course, learner: str) -> Record:
    return load_record(record_path(course.records, small.ASSIGNMENT, learner, small.NOTEBOOK))


def marks_of(course: Course, learner: str) -> dict[str, dict]:
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        notebook = gradebook.find_submission_notebook(small.NOTEBOOK, small.ASSIGNMENT, learner)
        return {grade.name: grade.to_dict() for grade in notebook.grades}


def shown(course: Course, learner: str) -> dict[str, float]:
    """Return the points that nbgrader reads in the graded notebook."""
    path = course.folder("autograded") / learner / small.ASSIGNMENT / f"{small.NOTEBOOK}.ipynb"
    cells = [one for one in nbformat.read(path, as_version=4).cells if one.metadata.get("nbgrader", {}).get("grade")]
    return {cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in cells}


def everything(course: Course) -> dict[str, bytes]:
    """Return every file of the course but the memory, which holds no mark."""
    files = (path for path in sorted(course.root.rglob("*")) if path.is_file())
    kept = (path for path in files if "valeurs" not in path.parts and path.suffix not in {".pyc", ".verrou"})
    return {path.relative_to(course.root).as_posix(): path.read_bytes() for path in kept}


def test_nothing_changes_when_nothing_changed(course: Course) -> None:
    before = everything(course)
    found = again(course)
    assert (found.changes, found.problems, found.records) == ([], [], len(LEARNERS))
    assert everything(course) == before


def test_a_corrected_check_is_shown_and_nothing_is_written(course: Course, looser: None) -> None:
    before = everything(course)
    found = again(course)
    assert [(one.learner, one.question) for one in found.changes] == [("proche", FIRST.id), ("voisine", FIRST.id)]
    assert {(one.before.points, one.after.points, one.after.max_points) for one in found.changes} == {(0.0, 2.0, 2.0)}
    assert everything(course) == before


def test_what_is_applied_agrees_everywhere(course: Course, looser: None) -> None:
    untouched = {name: content for name, content in everything(course).items() if "/faux/" in name or "/juste/" in name}
    changes = again(course).changes
    applied = apply(course, small.ASSIGNMENT, changes)
    assert (applied.written, applied.by_hand, applied.problems) == (changes, [], [])
    for learner in ("proche", "voisine"):
        record = record_of(course, learner)
        assert small.points(record) == {FIRST.id: 2.0, SECOND.id: 3.0}
        assert record.results[FIRST.id].finding.outcome is Outcome.RIGHT
        assert {name: mark["auto_score"] for name, mark in marks_of(course, learner).items()} == small.points(record)
        assert shown(course, learner) == small.points(record)
    lines = read_history(history_path(course.records, small.ASSIGNMENT))
    assert [(line["learner"], line["from"]["points"], line["to"]["points"]) for line in lines] == [
        ("proche", 0.0, 2.0), ("voisine", 0.0, 2.0),
    ]  # fmt: skip
    assert untouched
    assert untouched.items() <= everything(course).items()


def test_the_second_time_there_is_nothing_left(course: Course, looser: None) -> None:
    apply(course, small.ASSIGNMENT, again(course).changes)
    before = everything(course)
    found = again(course)
    assert (found.changes, found.problems) == ([], [])
    applied = apply(course, small.ASSIGNMENT, found.changes)
    assert applied.written == []
    assert everything(course) == before


def test_why_a_cell_stopped_is_still_said(course: Course, looser: None) -> None:
    before = record_of(course, "casse").results[FIRST.id]
    assert "TypeError" in before.finding.message
    apply(course, small.ASSIGNMENT, again(course).changes)
    assert record_of(course, "casse").results[FIRST.id] == before


def test_what_a_person_gave_is_left_alone(course: Course, looser: None) -> None:
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        mark = gradebook.find_grade(FIRST.id, small.NOTEBOOK, small.ASSIGNMENT, "proche")
        mark.manual_score, mark.extra_credit, mark.needs_manual_grade = 1.5, 0.25, True
        comment = gradebook.find_comment("a-un", small.NOTEBOOK, small.ASSIGNMENT, "proche")
        comment.manual_comment = "Vu à l’oral."
        gradebook.db.commit()
    applied = apply(course, small.ASSIGNMENT, again(course).changes)
    assert [(change.learner, change.question) for change in applied.by_hand] == [("proche", FIRST.id)]
    mark = marks_of(course, "proche")[FIRST.id]
    assert mark["auto_score"] == 2.0
    assert (mark["manual_score"], mark["extra_credit"], mark["needs_manual_grade"]) == (1.5, 0.25, True)
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        comment = gradebook.find_comment("a-un", small.NOTEBOOK, small.ASSIGNMENT, "proche")
        assert comment.manual_comment == "Vu à l’oral."


def test_a_penalty_for_being_late_follows(course: Course, looser: None) -> None:
    course.config.LateSubmissionPlugin.penalty_method = "zero"
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        gradebook.find_assignment(small.ASSIGNMENT).duedate = datetime(2026, 1, 1)
        gradebook.find_submission(small.ASSIGNMENT, "proche").timestamp = datetime(2026, 1, 2)
        notebook = gradebook.find_submission_notebook(small.NOTEBOOK, small.ASSIGNMENT, "proche")
        notebook.late_submission_penalty = 3.0
        gradebook.db.commit()
    apply(course, small.ASSIGNMENT, again(course).changes)
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        notebook = gradebook.find_submission_notebook(small.NOTEBOOK, small.ASSIGNMENT, "proche")
        assert notebook.late_submission_penalty == notebook.score == 5.0


@pytest.mark.parametrize("step", ["append_history", "_rewrite_notebook", "save_record"])
def test_a_run_that_is_stopped_is_finished_by_the_next(
    course: Course, looser: None, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    changes = again(course).changes
    with monkeypatch.context() as patched:
        patched.setattr(rewrite, step, stopped)
        with pytest.raises(KeyboardInterrupt):
            apply(course, small.ASSIGNMENT, changes)
    assert again(course).changes == changes
    assert apply(course, small.ASSIGNMENT, again(course).changes).written == changes
    assert again(course).changes == []
    for learner in ("proche", "voisine"):
        points = small.points(record_of(course, learner))
        assert shown(course, learner) == points
        assert {name: mark["auto_score"] for name, mark in marks_of(course, learner).items()} == points
    assert len(read_history(history_path(course.records, small.ASSIGNMENT))) == 2


def test_a_full_disk_is_said_and_nothing_else_stops(
    course: Course, looser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, record: Record) -> None:
        if record.learner == "proche":
            raise OSError(28, "No space left on device")
        save_record(folder, record)

    changes = again(course).changes
    monkeypatch.setattr(rewrite, "save_record", full)
    applied = apply(course, small.ASSIGNMENT, changes)
    assert [change.learner for change in applied.written] == ["voisine"]
    assert [problem.learner for problem in applied.problems] == ["proche"]
    monkeypatch.undo()


def test_a_gradebook_that_is_busy_is_said_in_french(
    course: Course, looser: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = again(course).changes
    monkeypatch.setattr(rewrite.Scores, "commit", _locked)
    with pytest.raises(CasekitError, match="base de notes"):
        apply(course, small.ASSIGNMENT, changes)
    monkeypatch.undo()
    assert record_of(course, "proche").results[FIRST.id].points == 0


def _locked(_: object) -> None:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("UPDATE", {}, sqlite3.OperationalError("database is locked"))


def test_a_damaged_record_is_named_and_the_others_go_on(course: Course, looser: None) -> None:
    path = record_path(course.records, small.ASSIGNMENT, "proche", small.NOTEBOOK)
    path.write_text(path.read_text(encoding="utf-8")[:200], encoding="utf-8")
    found = again(course)
    assert [change.learner for change in found.changes] == ["voisine"]
    assert [problem.learner for problem in found.problems] == ["proche"]
    assert str(path) in found.problems[0].what
    assert "abîmé" in found.problems[0].what


def test_a_copy_graded_in_between_is_not_overwritten(course: Course, looser: None) -> None:
    changes = again(course).changes
    record = record_of(course, "proche")
    record.results[FIRST.id] = replace(record.results[FIRST.id], points=1.0)
    save_record(course.records, record)
    applied = apply(course, small.ASSIGNMENT, changes)
    assert [change.learner for change in applied.written] == ["voisine"]
    assert "entre-temps" in applied.problems[0].what
    assert marks_of(course, "proche")[FIRST.id]["auto_score"] == 0


def test_somebody_the_gradebook_does_not_know_is_left_aside(course: Course, looser: None) -> None:
    changes = again(course).changes
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        gradebook.remove_submission(small.ASSIGNMENT, "proche")
    applied = apply(course, small.ASSIGNMENT, changes)
    assert [change.learner for change in applied.written] == ["voisine"]
    assert "casekit grade" in applied.problems[0].what
    assert again(course).changes == changes[:1]


def test_a_missing_graded_notebook_is_said(course: Course, looser: None) -> None:
    shutil.rmtree(course.folder("autograded") / "proche")
    applied = apply(course, small.ASSIGNMENT, again(course).changes)
    assert {change.learner for change in applied.written} == {"proche", "voisine"}
    assert "La note est à jour" in applied.problems[0].what


def test_only_some_learners(course: Course, looser: None) -> None:
    found = regrade(course, small.ASSIGNMENT, ["voisine"], jobs=1)
    assert (found.records, [change.learner for change in found.changes]) == (1, ["voisine"])
    with pytest.raises(CasekitError, match="« personne »"):
        regrade(course, small.ASSIGNMENT, ["personne"])


def test_nothing_was_graded_yet(course: Course) -> None:
    shutil.rmtree(course.records / small.ASSIGNMENT)
    with pytest.raises(CasekitError, match="casekit grade"):
        regrade(course, small.ASSIGNMENT)


def test_several_processes_find_the_same(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MANY", "SAMPLE", "WORTH"):
        monkeypatch.setattr(regrading, name, 1 if name == "SAMPLE" else 0)
    for name in ("FEW_FORKED", "FEW_STARTED"):
        monkeypatch.setattr(parallel, name, 1)
    record = record_of(course, "proche")
    right = record.results[SECOND.id].finding
    record.results[FIRST.id] = replace(record.results[FIRST.id], finding=right, points=2.0)
    save_record(course.records, record)
    found = regrade(course, small.ASSIGNMENT, jobs=2)
    assert found == regrade(course, small.ASSIGNMENT, jobs=1)
    assert [(change.learner, change.points) for change in found.changes] == [("proche", -2.0)]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    text = io.StringIO()
    for name in ("out", "err"):
        monkeypatch.setattr(console, name, Console(file=text, highlight=False, soft_wrap=True, width=200))
    return text


def test_what_is_printed_says_who_what_and_why(course: Course, looser: None, heard: io.StringIO) -> None:
    found = again(course)
    print_changes(small.ASSIGNMENT, found)
    print_unwritten(small.ASSIGNMENT)
    applied = apply(course, small.ASSIGNMENT, found.changes)
    print_applied(small.ASSIGNMENT, applied)
    text = heard.getvalue().replace("\u00a0", " ")
    assert f"{FIRST.id} : {FIRST.title}" in text
    assert "• 0,00 → 2,00 point(s) sur 2,00 : proche, voisine" in text
    assert "avant : Pas encore." in text
    assert "maintenant : Juste." in text
    assert "Réponses qui gagnent des points : 2 ; qui en perdent : 0" in text
    assert f"casekit regrade {small.ASSIGNMENT} --appliquer" in text
    assert "2 résultat(s) enregistré(s)" in text
    assert f"casekit feedback {small.ASSIGNMENT}" in text
    assert f"casekit sheets {small.ASSIGNMENT}" in text
    print_changes(small.ASSIGNMENT, again(course))
    assert "rien ne change" in heard.getvalue()


def test_the_json_says_the_same(course: Course, looser: None) -> None:
    found = again(course)
    told = json.loads(as_json(small.ASSIGNMENT, found))
    assert (told["applied"], told["records"], len(told["changes"])) == (False, len(LEARNERS), 2)
    assert told["changes"][0]["learner"] == "proche"
    assert told["changes"][0]["from"]["points"] == 0
    assert told["changes"][0]["to"]["finding"]["outcome"] == "right"
    applied = apply(course, small.ASSIGNMENT, found.changes)
    told = json.loads(as_json(small.ASSIGNMENT, found, applied))
    assert [one["learner"] for one in told["written"]] == ["proche", "voisine"]
