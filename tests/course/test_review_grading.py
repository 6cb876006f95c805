"""Grading again, by casekit or by stock nbgrader, never loses a review; a changed work is to be read again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import small
from nbgrader.api import Gradebook
from reviewing import M1, mark
from test_stock import ENVIRONMENT

from autograder.course.course import Course
from autograder.grading.release import release
from autograder.grading.run import engine_of, grade_class
from autograder.keys.questions import Review
from autograder.review.reread import changed_since_review
from autograder.review.store import ReviewStore

pytestmark = pytest.mark.xdist_group("review")
NOTE = Review("r-note", "Note à la direction", "B1-C13", f"{small.ASSIGNMENT}/{small.NOTEBOOK}")
CELL = {
    "cell_type": "markdown", "id": "note", "source": "Écrivez votre note ici.",
    "metadata": {
        "nbgrader": {
            "grade": True, "grade_id": "r-note", "locked": False, "points": 4, "schema_version": 3, "solution": True,
            "task": False,
        }
    },
}  # fmt: skip
LEARNERS = ("a", "b")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course whose notebook has a part that people read, graded once."""
    with pytest.MonkeyPatch.context() as patch:
        read = small.notebook_of

        def with_note(text: str) -> dict:
            notebook = read(text)
            return {**notebook, "cells": [*notebook["cells"], CELL]}

        patch.setattr(small, "notebook_of", with_note)
        made = small.make_course(tmp_path_factory.mktemp("relu") / "cours", LEARNERS)
    for learner in LEARNERS:
        small.submit(made, learner, write("Première version."))
    grade_class(made, small.ASSIGNMENT, engine=engine_of(1))
    return made


def write(text: str):
    return lambda notebook: small.set_source(notebook, "r-note", text)


def held(course: Course, learner: str) -> tuple[float | None, str | None, bool]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grade = gradebook.find_grade("r-note", small.NOTEBOOK, small.ASSIGNMENT, learner)
        comment = gradebook.find_comment("r-note", small.NOTEBOOK, small.ASSIGNMENT, learner)
        return grade.manual_score, comment.manual_comment, grade.needs_manual_grade


def submitted_again(course: Course, learner: str, text: str) -> None:
    small.submit(course, learner, write(text), un="1")


def by_casekit(course: Course) -> None:
    assert grade_class(course, small.ASSIGNMENT, force=True, engine=engine_of(1)).graded


def by_nbgrader(course: Course) -> None:
    command = [sys.executable, "-m", "nbgrader", "autograde", small.ASSIGNMENT, "--force"]
    run = subprocess.run(command, cwd=course.root, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(("learner", "again"), [("a", by_casekit), ("b", by_nbgrader)])
def test_grading_again_keeps_the_review(course: Course, learner: str, again) -> None:
    with ReviewStore.of(course, small.ASSIGNMENT, [NOTE]) as store:
        part = store.part(learner, "r-note")
        mark(store, M1, learner, "r-note", level=3, comment="Clair.", note="privé")
        assert held(course, learner) == (3.0, "Clair.", False)
        before, lines = store.see(M1, part), store.history(part)
        again(course)
        assert changed_since_review(course, small.ASSIGNMENT, [NOTE]) == []
        assert held(course, learner) == (3.0, "Clair.", False), "the same work waits for nobody"
        assert (store.see(M1, part), store.history(part)) == (before, lines)
        submitted_again(course, learner, "Seconde version.")
        again(course)
        [(who, said)] = changed_since_review(course, small.ASSIGNMENT, [NOTE])
        assert (who, "niveau d’alors : 3" in said) == (learner, True)
        assert held(course, learner) == (None, None, True), "to be read again"
        assert store.sync() == []
        assert (store.see(M1, part).done, store.see(M1, part).retained.former) == (False, 3)
        assert store.history(part) == lines
        submitted_again(course, learner, "Première version.  ")  # what was read, but for a blank
        again(course)
        assert changed_since_review(course, small.ASSIGNMENT, [NOTE]) == []
        assert held(course, learner)[:2] == (3.0, "Clair.")
        submitted_again(course, learner, "Écrivez votre note ici.")  # as it was handed out: nbgrader gives 0 by itself
        again(course)
        store.sync()
        assert store.see(M1, part).retained.stale
        mark(store, M1, learner, "r-note", level=1)
        assert held(course, learner) == (1.0, "Clair.", False)
        assert store.history(part)[-1].before.level == 3
        release(course, small.ASSIGNMENT)
        assert store.sync() == []
        assert held(course, learner)[:2] == (1.0, "Clair."), "releasing again changes nothing either"


REVIEWING = """
import sys
from reviewing import M1, mark
from autograder.keys.questions import Review
from autograder.review.store import ReviewStore
url, assignment, notebook = sys.argv[1:]
with ReviewStore(url, assignment, [Review("r-note", "Note", "B1-C13", notebook)]) as store:
    for number in range(10**6):
        mark(store, M1, "b", "r-note", level=number % 4 + 1, comment=f"n° {number}")
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()
"""


def test_reviewing_while_a_grading_runs_loses_nothing(course: Course) -> None:
    for learner in LEARNERS:
        small.submit(course, learner, write("Quatrième version."))
    command = [sys.executable, "-c", REVIEWING, course.db_url, small.ASSIGNMENT, NOTE.notebook]
    environment = {
        **ENVIRONMENT,
        "PYTHONPATH": f"{Path(small.__file__).parent}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    assert len(grade_class(course, small.ASSIGNMENT, force=True, engine=engine_of(1)).graded) == 2
    process.kill()
    confirmed = [int(line) for line in (first + process.communicate()[0]).splitlines()]
    with ReviewStore.of(course, small.ASSIGNMENT, [NOTE]) as store:
        assert store.sync() == []
        said = [
            line.after.comment for line in store.history(store.part("b", "r-note")) if line.after.comment != "Clair."
        ]
        assert said[: len(confirmed)] == [f"n° {number}" for number in confirmed]
        assert 0 <= len(said) - len(confirmed) <= 1
        last = len(said) - 1
        assert held(course, "b")[:2] == (last % 4 + 1, f"n° {last}")


def test_damaged_copies_keep_their_reviews(course: Course) -> None:
    path: Path = small.submit(course, "a", write("Troisième version."))
    with ReviewStore.of(course, small.ASSIGNMENT, [NOTE]) as store:
        mark(store, M1, "a", "r-note", level=2)
        path.write_text(json.dumps({"nbformat": 4})[:9], encoding="utf-8")
        grade_class(course, small.ASSIGNMENT, force=True, engine=engine_of(1))
        assert held(course, "a")[0] == 2.0
        path.unlink()
        grade_class(course, small.ASSIGNMENT, force=True, engine=engine_of(1))
        assert held(course, "a")[0] == 2.0
        assert store.sync() == []
        assert store.retained()[store.part("a", "r-note")].level == 2
