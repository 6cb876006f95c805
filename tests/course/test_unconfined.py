"""Where nothing confines copies: told, asked once for a course, refused when nobody answers; graded all the same."""

import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import small
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.course.course import Course
from autograder.grading import consent
from autograder.grading.handed_in import Submitted, read_handed_in
from autograder.grading.job import grade_submission
from autograder.grading.pool import PoolPlan
from autograder.grading.pool import Result as PoolResult
from autograder.grading.run import grade_class

REASON = "casekit ne confine les copies que sous Linux"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = small.make_course(tmp_path_factory.mktemp("nu") / "cours", ("lea",))
    small.submit(course, "lea", deux="12345.678")
    shutil.copyfile(course.root / "gradebook.db", course.root / "gradebook.db.avant")
    return course


@pytest.fixture
def course(made: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The course on a machine that cannot fork confined children; nothing is graded, nobody has answered."""
    places = ("kernel.keeper", "execute", "pool", "consent")
    for place in places:
        monkeypatch.setattr(f"autograder.grading.{place}.available", lambda: False)
    monkeypatch.setattr(consent, "unconfined", lambda: REASON)
    (made.root / consent.ANSWER).unlink(missing_ok=True)
    shutil.copyfile(made.root / "gradebook.db.avant", made.root / "gradebook.db")
    return made


def grade(course: Course, *options: str) -> Result:
    command = ["grade", small.ASSIGNMENT, "--processus", "1", "--cours", str(course.root), *options]
    return CliRunner().invoke(main, command)


def is_graded(course: Course) -> bool:
    with sqlite3.connect(course.root / "gradebook.db") as database:
        return bool(database.execute("SELECT count(*) FROM submitted_assignment").fetchone()[0])


def test_nobody_there_to_answer_is_a_refusal(course: Course) -> None:
    done = grade(course)
    assert done.exit_code == 2
    assert REASON in done.stderr
    assert "--sans-protection" in done.stderr
    assert "Rien n’a été exécuté" in done.stderr
    assert not is_graded(course)
    assert not consent.is_kept(course)


def here(plan: PoolPlan, copies: Iterable[Submitted]) -> Iterator[list[PoolResult]]:
    """Grade in this process, where the machine is another: a worker may be started afresh, and see the real one."""
    for copy in copies:
        handed = read_handed_in(copy.folder, copy.learner, plan.source.expected)
        yield [(copy, grade_submission(plan.source, plan.config, handed))]


def test_the_option_grades_for_once_and_the_report_says_what_was_missing(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.run.engine_of", lambda *_: here)
    done = grade(course, "--sans-protection")
    assert done.exit_code == 0, done.output
    assert REASON in done.stderr
    assert "n’étaient pas confinées" in done.stdout
    assert not consent.is_kept(course)
    session = grade_class(course, small.ASSIGNMENT, engine=here, force=True)
    [record] = session.everyone[0].records
    assert small.points(record) == {small.FIRST.id: 2.0, small.SECOND.id: 0.0}
    assert [incident.code for incident in record.incidents if incident.code == "echec"] == []


@pytest.mark.parametrize(("answer", "goes_on"), [("oui", True), ("non", False), ("", False)])
def test_the_question_is_asked_once(
    course: Course, monkeypatch: pytest.MonkeyPatch, answer: str, goes_on: bool
) -> None:
    asked: list[str] = []

    def run_nothing(*_: object, **__: object) -> None:
        raise RuntimeError("it would grade now")

    def prompt(question: str, **options: object) -> str:
        asked.append(question)
        return answer or str(options["default"])

    monkeypatch.setattr("autograder.grading.run.grade_class", run_nothing)
    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("autograder.cli.classes.someone_answers", lambda: True)
    for _ in range(2):
        assert isinstance(grade(course).exception, RuntimeError) is goes_on
    assert len(asked) == (1 if goes_on else 2)
    assert consent.is_kept(course) is goes_on


def test_where_copies_are_confined_nothing_is_asked(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(consent, "settle", lambda *_: pytest.fail("asked"))
    if consent.unconfined():
        pytest.skip("Cette machine ne confine rien.")
    assert grade(course).exit_code == 0


@pytest.mark.parametrize(
    ("system", "forks", "stands", "words"),
    [
        ("darwin", True, True, "que sous Linux"),
        ("win32", False, False, "que sous Linux"),
        ("linux", False, True, "ce Python"),
        ("linux", True, False, "ni Landlock"),
        ("linux", True, True, ""),
    ],
)
def test_each_reason_is_said(
    monkeypatch: pytest.MonkeyPatch, system: str, forks: bool, stands: bool, words: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(consent, "available", lambda: forks)
    monkeypatch.setattr("autograder.grading.wall.stands", lambda: stands)
    assert words in consent.unconfined()
    assert bool(consent.unconfined()) is bool(words)


def test_the_answer_says_how_to_be_asked_again(tmp_path: Path) -> None:
    course = Course(tmp_path)
    consent.keep(course)
    assert consent.is_kept(course)
    text = (tmp_path / consent.ANSWER).read_text(encoding="utf-8")
    assert "Effacez ce fichier" in text
