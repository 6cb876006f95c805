"""The levels that learners gave their own work, and the hints they saw, reach the record and change no mark."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import small

from autograder.course.course import Course
from autograder.grading.records import read_records
from autograder.grading.run import grade
from autograder.keys.variants import accepted_draw
from casestudies.answers import MIME
from casestudies.levelling.kept import OwnLevel

pytestmark = pytest.mark.xdist_group("engine")

LEARNERS = ("situee", "voisine", "rien", "autre-objet")
GIVEN = OwnLevel(2, datetime(2027, 1, 6, 9, 30, tzinfo=UTC), "Une raison.", ((2, 0),), "grille", "travail")


def leave(course: Course, learner: str, levels: object, owner: str = "") -> None:
    """Leave levels in the output that a copy shows, as the panel does."""
    draw = accepted_draw(small.COMPANY, owner or learner)
    payload = {"question": small.FIRST.id, "answer": None, "learner": owner or learner, "draw": draw, "hints": 2,
               "levels": levels}  # fmt: skip
    output = {"output_type": "execute_result", "metadata": {}, "execution_count": 4, "data": {MIME: payload}}

    def put(notebook: dict) -> None:
        small.cell(notebook, small.FIRST.id)["outputs"] = [output]

    small.submit(course, learner, put)


def test_levels_and_hints_are_read_in_what_a_copy_shows(tmp_path: Path) -> None:
    course = small.make_course(tmp_path / "cours", LEARNERS)
    leave(course, "situee", [GIVEN.plain])
    leave(course, "voisine", [GIVEN.plain], owner="situee")
    small.submit(course, "rien")
    leave(course, "autre-objet", {"level": [[[]]] * 40, "at": 10**400})
    grade(course, small.ASSIGNMENT)
    records = {one.learner: one for one in read_records(course.records, small.ASSIGNMENT)}
    told = {learner: record.own_levels for learner, record in records.items()}
    assert told == {"situee": {small.FIRST.id: [GIVEN.plain]}, "voisine": {}, "rien": {}, "autre-objet": {}}
    assert {learner: record.hints[small.FIRST.id] for learner, record in records.items()} == {
        "situee": 2, "voisine": 0, "rien": 0, "autre-objet": 2,
    }  # fmt: skip
    points = {learner: [one.points for one in record.results.values()] for learner, record in records.items()}
    assert len(set(map(tuple, points.values()))) == 1
