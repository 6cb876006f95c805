"""Practice in the desk: sample copies by the same keys, the verdict at the end, and nothing of it among the reviews."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_course import desk_course, names
from reviewing import ASSIGNMENT, CONSTATS, M1, NOTE

from autograder.course.course import Course
from autograder.keys.questions import Review
from autograder.referentiel.sample import load_samples
from autograder.review.calibration.records import CalibrationRecords
from autograder.review.desk.widget import ReviewDesk
from autograder.review.store import ReviewStore

DECLARED = (CONSTATS, NOTE)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return desk_course(tmp_path / "cours", DECLARED, names(2))


@pytest.fixture
def desk(course: Course) -> Iterator[ReviewDesk]:
    opened = ReviewDesk(course, ASSIGNMENT, "m1", DECLARED)
    yield opened
    opened.close()


def do(desk: ReviewDesk, action: str, **more: Any) -> dict[str, Any]:
    desk.do({"do": action, **more})
    assert desk.state["alert"] == ""
    return desk.state


def levelled(desk: ReviewDesk, levels: tuple[int, ...]) -> dict[str, Any]:
    """Level the three copies by « n », and return the verdict's state."""
    state = desk.state
    for level in levels:
        do(desk, "level", value=level, at=desk.state["copy"]["key"])
        state = do(desk, "next")
    return state


def test_samples_are_levelled_then_the_verdict_is_shown(desk: ReviewDesk, course: Course) -> None:
    state = do(desk, "practise")
    assert (state["screen"], state["practice"]) == (
        "etalonnage", {"codes": ["B1-C13", "B1-C16"], "code": "B1-C13", "left": 3},
    )  # fmt: skip
    assert desk.deliverable["key"] == state["copy"]["key"] == "Copie A B1-C13"
    assert "<table" in desk.deliverable["html"]
    hidden = [word for one in load_samples()["B1-C13"].copies for word in (one.title, one.reason)]
    shown = json.dumps([state, desk.deliverable], ensure_ascii=False)
    assert not [word for word in hidden if word in shown]
    assert do(desk, "step", value=-1)["told"].startswith("Il n’y en a pas d’autre")
    state = levelled(desk, (3, 3, 3))
    assert (state["screen"], state["practice"]) == ("bilan", {"codes": ["B1-C13", "B1-C16"], "code": "B1-C13"})
    assert desk.deliverable == {}
    assert [row[1] for row in state["agreement"]["tables"][0]["rows"]] == ["3", "3", "3"]
    with CalibrationRecords.of(course) as records:
        assert [one.criterion for one in records.attempts(M1)] == ["B1-C13"]


def test_the_next_criterion_then_back_to_the_review(desk: ReviewDesk, course: Course) -> None:
    first = desk.state["copy"]["key"]
    do(desk, "practise")
    levelled(desk, (1, 2, 3))
    assert do(desk, "next")["practice"]["code"] == "B1-C16"
    assert do(desk, "begin", value="B1-C13")["practice"]["left"] == 3
    do(desk, "level", value=4)
    assert do(desk, "back")["copy"]["key"] == first
    assert desk.state["overall"] == {"done": 0, "total": 4}, "what was levelled is no review"
    with ReviewStore.of(course, ASSIGNMENT, DECLARED) as store:
        assert store.readings() == {}
        assert store.history() == []
    do(desk, "level", value=2, at=first)
    assert desk.state["reading"]["level"] == 2


def test_what_cannot_be_done_is_said(course: Course) -> None:
    without = Review("r-autre", "Autre", "B1-C15", CONSTATS.notebook)
    desk = ReviewDesk(course, ASSIGNMENT, "m1", (without,))
    desk.do({"do": "practise"})
    assert "pas encore de copies" in desk.state["alert"]
    assert desk.state["screen"] == "relecture"
    desk.close()
    desk = ReviewDesk(course, ASSIGNMENT, "m1", DECLARED)
    desk.do({"do": "practise"})
    desk.do({"do": "begin", "value": "B1-C01"})
    assert "dans cette évaluation" in desk.state["alert"]
    desk.do({"do": "level", "value": 9})
    assert "Le niveau va de" in desk.state["alert"]
    desk.do({"do": "level", "value": 2, "at": "Copie Z B1-C13"})
    assert "Une autre copie" in desk.state["alert"]
    desk.close()
