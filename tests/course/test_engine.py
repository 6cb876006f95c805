"""The engine of grading: what is graded, when, by whom; stopped at any instant it goes on, and never half-writes."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import small
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.grading.lock import alone
from autograder.grading.run import engine_of, grade_class
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("engine")
KILLS = 8
"""« python -m benchmarks faults » disturbs fifty gradings, a quarter of them in this way."""
CLASS = tuple(f"a{number:02d}" for number in range(12))
WRONG = {"un": "12345.678"}


def hand_in_class(course: Course) -> None:
    """Hand in for everybody: a third right, a third wrong on the first question, a third blank on the second."""
    for number, learner in enumerate(CLASS):
        answers = ({}, WRONG, {"deux": "None"})[number % 3]
        small.submit(course, learner, **answers)


def scores(course: Course) -> dict[tuple[str, str], float | None]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(small.ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def records(course: Course) -> dict[str, str]:
    return {str(path.relative_to(course.records)): path.read_text() for path in course.records.rglob("*.json")}


SMALL_BATCHES = "from autograder.grading import pool; pool.LINGER_S = 0.02; "
"""Has results written two or three at a time, so that a kill finds some copies recorded and others not."""


def command(course: Course, *options: str, first: str = "") -> list[str]:
    return [
        sys.executable, "-c", f"{first}from autograder.cli import main; main()", "grade", small.ASSIGNMENT,
        "--cours", str(course.root), *options,
    ]  # fmt: skip


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return small.make_course(tmp_path / "cours", ("un", "deux", "trois"))


def test_only_what_changed_is_graded_again(course: Course) -> None:
    for learner in ("un", "deux", "trois"):
        small.submit(course, learner)
    assert len(grade_class(course, small.ASSIGNMENT, engine=engine_of(1)).graded) == 3
    again = grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    assert (len(again.graded), len(again.unchanged)) == (0, 3)
    assert small.points(again.everyone[0].records[0]) == {small.FIRST.id: 2.0, small.SECOND.id: 3.0}
    small.submit(course, "deux", **WRONG)
    changed = grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    assert [one.learner for one in changed.graded] == ["deux"]
    assert scores(course)["deux", small.FIRST.id] == 0.0
    assert len(grade_class(course, small.ASSIGNMENT, force=True, engine=engine_of(1)).graded) == 3


def test_a_copy_whose_record_is_damaged_is_graded_again(course: Course) -> None:
    for learner in ("un", "deux"):
        small.submit(course, learner)
    grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    before = records(course)
    path = next(path for path in course.records.rglob("*.json") if "deux" in path.parts)
    path.write_text(path.read_text()[:150])
    again = grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    assert [one.learner for one in again.graded] == ["deux"]
    assert records(course) == before


def test_a_mark_given_by_hand_is_never_touched(course: Course) -> None:
    small.submit(course, "un")
    grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grade = gradebook.find_grade(small.FIRST.id, small.NOTEBOOK, small.ASSIGNMENT, "un")
        grade.manual_score, grade.extra_credit = 1.5, 0.25
        comment = gradebook.find_comment("a-un", small.NOTEBOOK, small.ASSIGNMENT, "un")
        comment.manual_comment = "Bien vu."
        gradebook.db.commit()
    small.submit(course, "un", **WRONG)
    grade_class(course, small.ASSIGNMENT, force=True, engine=engine_of(1))
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grade = gradebook.find_grade(small.FIRST.id, small.NOTEBOOK, small.ASSIGNMENT, "un")
        assert (grade.manual_score, grade.extra_credit, grade.auto_score) == (1.5, 0.25, 0.0)
        comment = gradebook.find_comment("a-un", small.NOTEBOOK, small.ASSIGNMENT, "un")
        assert comment.manual_comment == "Bien vu."


def test_two_gradings_at_once_do_not_mix(course: Course) -> None:
    small.submit(course, "un")
    with alone(course):
        with pytest.raises(CasekitError, match="Une autre correction est en cours"):
            grade_class(course, small.ASSIGNMENT)
        run = subprocess.run(command(course), capture_output=True, text=True, check=False)
        assert run.returncode == 2
        assert "Une autre correction est en cours" in run.stderr
        assert "Traceback" not in run.stderr
    grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    assert scores(course)["un", small.FIRST.id] == 2.0


def test_a_full_disk_records_nothing_of_the_submission(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    small.submit(course, "un")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.grading.writer.record_bytes", full)
    with pytest.raises(CasekitError, match="le disque est plein"):
        grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    monkeypatch.undo()
    assert scores(course) == {}
    assert len(grade_class(course, small.ASSIGNMENT, engine=engine_of(1)).graded) == 1


def test_the_report_for_machines(course: Course) -> None:
    small.submit(course, "un")
    run = subprocess.run(command(course, "--json", "--processus", "1"), capture_output=True, text=True, check=False)
    told = json.loads(run.stdout)
    assert [(one["learner"], one["points"], one["max"]) for one in told["learners"]] == [("un", 5.0, 5.0)]


def forget(course: Course) -> None:
    """Empty the journal, so that there is everything to do again."""
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("DELETE FROM casekit_journal")


def done(course: Course) -> int:
    with sqlite3.connect(course.root / "gradebook.db") as database:
        known = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'casekit_journal'").fetchone()[0]
        return int(database.execute("SELECT count(*) FROM casekit_journal").fetchone()[0]) if known else 0


def test_killed_at_any_instant_it_goes_on(tmp_path: Path) -> None:
    """Kill the run again and again, at random instants; the last run ends with what an undisturbed run gives."""
    quiet = small.make_course(tmp_path / "calme" / "cours", CLASS)
    hand_in_class(quiet)
    grade_class(quiet, small.ASSIGNMENT)
    hurried = small.make_course(tmp_path / "tue" / "cours", CLASS)
    hand_in_class(hurried)
    chance, interrupted = random.Random(4), 0
    for _ in range(KILLS):
        before = done(hurried)
        words = command(hurried, first=SMALL_BATCHES)
        run = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        family = psutil.Process(run.pid)
        limit = time.monotonic() + 60
        if chance.random() < 0.8:
            while done(hurried) == before and run.poll() is None and time.monotonic() < limit:
                time.sleep(0.02)
        time.sleep(chance.random() * 0.4)
        children = family.children(recursive=True) if run.poll() is None else []
        run.send_signal(signal.SIGKILL)
        run.wait()
        _, left = psutil.wait_procs(children, timeout=20)
        assert left == []
        interrupted += 0 < done(hurried) < len(CLASS)
        if done(hurried) == len(CLASS):
            forget(hurried)
    assert interrupted > KILLS / 4
    subprocess.run(command(hurried), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert scores(hurried) == scores(quiet)
    assert len(scores(quiet)) == 2 * len(CLASS)
    assert records(hurried) == records(quiet)
    copies = sorted(path.parent.parent.name for path in hurried.folder("autograded").glob("*/*/*.ipynb"))
    assert copies == sorted(CLASS)
    assert not list((hurried.root / "build" / ".correction").glob("*"))


def test_a_lost_worker_loses_no_submission(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill the worker processes in the middle: what they had in hand is graded again."""
    for learner in ("un", "deux", "trois"):
        small.submit(course, learner)
    killed: list[int] = []

    def tell(*_: object) -> None:
        if not killed:
            helpers = ("kernel.nursery", "resource_tracker", "forkserver import main")
            for child in psutil.Process(os.getpid()).children(recursive=True):
                words = " ".join(child.cmdline())
                if not any(helper in words for helper in helpers):
                    killed.append(child.pid)
                    child.kill()

    session = grade_class(course, small.ASSIGNMENT, engine=engine_of(2), tell=tell)
    assert killed
    assert sorted(one.learner for one in session.graded) == ["deux", "trois", "un"]
    assert all(score in (2.0, 3.0) for score in scores(course).values())
    assert len(scores(course)) == 6
