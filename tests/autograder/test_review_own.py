"""What learners said of their own level, at the desk: after the marker's own level, masked, never before."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from desk_course import desk_course, names
from reviewing import ASSIGNMENT, CONSTATS, NOTE, NOTEBOOK

from autograder.course.course import Course
from autograder.grading.records import Record, load_record, record_path, save_record
from autograder.keys.levelling import level_guide
from autograder.keys.questions import question_of, questions_of
from autograder.review.desk.widget import ReviewDesk
from autograder.review.model import Part
from autograder.review.shown.own import own_view
from casestudies.levelling.kept import OwnLevel

CRITERION = "B1-C13"
ASKED = [one for one in questions_of(notebook=f"{ASSIGNMENT}/{NOTEBOOK}") if one.criterion == CRITERION]
QUESTION = next(one.id for one in ASKED if level_guide(one))
FIRST = datetime(2027, 1, 6, 9, 30, tzinfo=UTC)
PART = Part(ASSIGNMENT, "a001", "r-constats", CRITERION, NOTEBOOK)


def given(level: int, day: int, reason: str = "", seen: tuple[tuple[int, int], ...] = (), rubric: str = "") -> Any:
    return OwnLevel(level, FIRST.replace(day=day), reason, seen, rubric).plain


def recorded(*levels: Any) -> Record:
    return Record(ASSIGNMENT, NOTEBOOK, "a001", "kerlavandre", 1, "9.9", own_levels={QUESTION: list(levels)})


def test_each_time_is_told_with_its_reason_and_its_sentences() -> None:
    guide = level_guide(question_of(QUESTION))
    assert guide is not None
    seen = ((3, 0), (2, 1))
    view = own_view(PART, recorded(given(3, 9, "Je conclus.", seen, guide.rubric), given(2, 6, "", seen, "une autre")))
    assert view is not None
    assert view.line == "L’apprenant s’est situé au niveau 3 – acquis"
    first, second = view.paragraphs
    assert first.startswith("2 – fragile, le 6 janvier 2027 à ")
    assert "Phrases" not in first, "the rubric has changed since"
    assert "« Je conclus. »" in second
    assert guide.description(3).sentences[0] in second
    assert guide.description(2).sentences[1] in second


@pytest.mark.parametrize("levels", [[], [{"level": 7}], ["3"]])
def test_nothing_is_told_of_what_is_no_level(levels: list[Any]) -> None:
    assert own_view(PART, recorded(*levels)) is None
    assert own_view(PART, None) is None
    assert own_view(Part(ASSIGNMENT, "a001", "r-note", "B1-C16", NOTEBOOK), recorded(given(3, 6))) is None


def test_a_record_keeps_them_and_an_older_one_has_none(tmp_path: Path) -> None:
    save_record(tmp_path, recorded(given(3, 6)))
    path = record_path(tmp_path, ASSIGNMENT, "a001", NOTEBOOK)
    assert load_record(path).own_levels == {QUESTION: [given(3, 6)]}
    older = json.loads(path.read_text(encoding="utf-8"))
    del older["own_levels"]
    path.write_text(json.dumps(older), encoding="utf-8")
    assert load_record(path).own_levels == {}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ReviewDesk]:
    """Open the desk on a copy whose learner, « Apprenant A001 », levelled their own work."""
    course: Course = desk_course(tmp_path / "cours", (CONSTATS, NOTE), names(2), work=True)
    path = record_path(course.records, ASSIGNMENT, "a001", NOTEBOOK)
    record = load_record(path)
    record.own_levels = {QUESTION: [given(4, 6, "Signé : A001 Apprenant, <b>content</b>.")]}
    save_record(course.records, record)
    opened = ReviewDesk(course, ASSIGNMENT, "m1", (CONSTATS, NOTE))
    yield opened
    opened.close()


@pytest.mark.slow
def test_it_is_shown_once_the_marker_has_given_a_level(desk: ReviewDesk) -> None:
    number = 0

    def send(do: str, **more: Any) -> dict[str, Any]:
        nonlocal number
        number += 1
        desk.do({"do": do, "seq": number, **more})
        return dict(desk.state)

    state = send("step", value=-1)
    said = []
    for _ in range(2):  # the copies of the criterion come in an order that says nothing
        assert state["copy"]["code"] == CRITERION
        assert state["own"] is None
        assert "content" not in json.dumps([desk.state, desk.deliverable, desk.setup], ensure_ascii=False)
        state = send("level", value=2)
        said.append(state["own"])
        state = send("step", value=1)
    assert said.count(None) == 1, "the other learner said nothing"
    (own,) = [one for one in said if one]
    assert own["line"].replace("\u00a0", " ") == "L’apprenant s’est situé au niveau 4 – maîtrisé"
    (paragraph,) = own["paragraphs"]
    assert "content" in paragraph
    assert "A001" not in paragraph, "a copy has no name"
    assert state["own"] is None, "another criterion"


@pytest.mark.slow
def test_it_goes_with_the_level_that_is_taken_back(desk: ReviewDesk) -> None:
    shown = []
    for number, do in enumerate(("level", "undo", "next", "level", "undo"), 1):
        desk.do({"do": do, "seq": number, **({"value": 3} if do == "level" else {})})
        shown.append((do, desk.state["own"] is not None))
    assert [own for do, own in shown if do == "undo"] == [False, False]
    assert sum(own for do, own in shown if do == "level") == 1
