"""What each of two markers keeps of an oral: their own alone, whole, on either database, until they settle."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_course import ORAL, desk_course, names
from reviewing import ASSIGNMENT, CONSTATS, M1, M2, M3, fill, mark, new_database
from servers import postgresql

from autograder.course.course import Course
from autograder.referentiel import load_rubrics
from autograder.review.desk.oral import heed, oral_state
from autograder.review.desk.queue import Mode
from autograder.review.desk.reconciling import Reconciliation
from autograder.review.desk.session import DeskSession
from autograder.review.desk.view import reconciliation_state, session_state
from autograder.review.model import Part
from autograder.review.orals import MOST_HEARD, Heard, OralNotes, Orals, said
from casestudies.errors import CasekitError

pytestmark = pytest.mark.slow

PART = Part(ASSIGNMENT, "a01", "r-oral", "B1-C16")
LEARNERS = names(3)
DECLARED = (CONSTATS, ORAL)


@pytest.fixture(params=["sqlite", "postgresql"])
def orals(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Orals]:
    if request.param == "sqlite":
        url = fill(f"sqlite:///{tmp_path / 'gradebook.db'}", ("a01",)).url
        with Orals(url) as opened:
            yield opened
        return
    with postgresql() as server, Orals(fill(new_database(server, "oraux"), ("a01",)).url) as opened:
        yield opened


def test_each_marker_keeps_their_own(orals: Orals) -> None:
    orals.time(PART, M1, 605, 12)
    orals.ask(PART, M1, "Pourquoi ce canal ?")
    orals.ask(PART, M1, "Et sans budget ?")
    orals.ask(PART, M1, "Pourquoi ce canal ?", asked=False)
    orals.hear(PART, M1, Heard("x1", "Un plan annoncé.", "Trois parties,\tdites\nau début"))
    orals.hear(PART, M1, Heard("x1", "Un plan annoncé.", "envoyé deux fois"))
    orals.hear(PART, M2, Heard("x1", "", "Autre oreille"))
    orals.time(PART, M2, 9_000_000, -4)
    mine, theirs = orals.notes(PART, M1), orals.notes(PART, M2)
    assert (mine.talk_s, mine.answers_s, mine.asked) == (605, 12, ("Et sans budget ?",))
    assert mine.heard == (Heard("x1", "Un plan annoncé.", "Trois parties, dites au début"),)
    assert (theirs.talk_s, theirs.answers_s, theirs.heard) == (5999, 0, (Heard("x1", "", "Autre oreille"),))
    assert orals.notes(PART, M3) == OralNotes("m3")
    assert orals.of_part(PART) == {"m1": mine, "m2": theirs}
    assert orals.of_assignment(ASSIGNMENT) == {("a01", "r-oral"): {"m1": mine, "m2": theirs}}
    assert said(mine) == [
        "Temps : exposé 10:05, questions 00:12.", "Question posée : Et sans budget ?",
        "Entendu : Trois parties, dites au début (Un plan annoncé.)",
    ]  # fmt: skip
    assert orals.unhear(PART, M1, "x1").heard == ()


def test_what_will_not_do_is_refused_and_nothing_is_lost(orals: Orals) -> None:
    for words, why in ((" \x00\n", "vide"), ("a" * 401, "400 au plus")):
        with pytest.raises(CasekitError, match=why):
            orals.hear(PART, M1, Heard("x", "", words))
        with pytest.raises(CasekitError, match=why):
            orals.ask(PART, M1, words)
    for number in range(MOST_HEARD):
        orals.hear(PART, M1, Heard(f"x{number}", "", f"={number}"))
    with pytest.raises(CasekitError, match="retirez-en une"):
        orals.hear(PART, M1, Heard("de trop", "", "de trop"))
    assert len(orals.notes(PART, M1).heard) == MOST_HEARD


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk_course(tmp_path_factory.mktemp("modele") / "cours", DECLARED, LEARNERS).root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model, tmp_path / "cours"))


def test_the_day_opens_on_its_first_candidate_without_a_level(course: Course) -> None:
    day = ("a003", "a001")
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, day) as session:
        session.read_by(Mode.LEARNER)
        assert all(part.notebook for part in session.queue.parts), "whole copies are anonymous, an oral is not"
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, day) as session:
        state = session_state(session)
        assert (state["copy"]["name"], state["place"]["noun"]) == ("Apprenant A003 (a003)", "passage")
        assert state["oral"]["candidates"] == [
            f"Apprenant {name.upper()} ({name})" for name in ("a003", "a001", "a002")
        ]
        session.write(level=3)
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, day) as session:
        assert session.part.learner == "a001"
        heed(session, {"do": "candidate", "value": 99})
        assert session.part.learner == "a002"


def test_two_markers_meet_when_they_settle(course: Course) -> None:
    rubric = load_rubrics()["B1-C16"]
    with DeskSession(course, ASSIGNMENT, M2, DECLARED, ("a001",)) as second:
        assert session_state(second)["oral"]["alone"]
        second.store.ask_second(M2, [second.part])
        heed(second, {"do": "hear", "id": "y", "expected": rubric.expected[0], "value": "SECRET de m2"})
        heed(second, {"do": "time", "value": [601, 590]})
        mark(second.store, M2, "a001", "r-oral", level=2)
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, ("a001",)) as first:
        heed(first, {"do": "ask", "value": rubric.questions[0], "asked": True})
        heed(first, {"do": "ask", "value": "Une question à moi ?", "asked": True})
        seen = session_state(first)
        assert "SECRET" not in str(seen)
        assert not seen["oral"]["alone"]
        assert [one["asked"] for one in seen["oral"]["questions"]] == [
            True,
            *[False] * (len(rubric.questions) - 1),
            True,
        ]
        first.write(level=4)
        readings = reconciliation_state(first, Reconciliation(first.store, M3))
        assert readings["copy"]["name"] == "Apprenant A001 (a001)"
        kept = [" ".join(one["oral"]) for one in readings["pair"]["readings"]]
        assert "Une question à moi" in kept[0]
        assert "SECRET de m2" in kept[1]
        first.go("r-constats")
        assert oral_state(first, first.part) is None
        with pytest.raises(CasekitError, match="Aucun oral"):
            heed(first, {"do": "time", "value": [1, 1]})


def test_nobody_sees_the_other_even_when_no_second_was_named(course: Course) -> None:
    with (
        DeskSession(course, ASSIGNMENT, M1, DECLARED, ("a001",)) as first,
        DeskSession(course, ASSIGNMENT, M2, DECLARED, ("a001",)) as second,
    ):
        first.write(level=4, comment="SECRET de m1", note="SECRET aussi")
        second.write(level=2)  # on what was there before m1 wrote
        assert second.conflict is None
        assert "SECRET" not in str(
            session_state(second)["reading"] | session_state(second)["oral"] | {"c": second.seen.mine}
        )
        assert second.store.seconds() == {("a001", "r-oral"): "m2"}
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, ("a002",)) as first:
        first.write(level=3, note="SECRET")
    with DeskSession(course, ASSIGNMENT, M2, DECLARED, ("a002",)) as second:
        heed(second, {"do": "candidate", "value": 0})
        assert second.part.learner == "a002"
        state = session_state(second)
        assert (state["oral"]["begun_by"], state["reading"]["level"], state["reading"]["note"]) == ("m1", None, "")
        assert state["reading"]["frozen"]
        with pytest.raises(CasekitError, match="second évaluateur"):
            second.write(note="par-dessus")
        heed(second, {"do": "partner", "value": "m2"})
        assert session_state(second)["oral"]["begun_by"] == ""
        second.write(level=1)
        assert [pair.gap for pair in second.store.pairs() if pair.part.learner == "a002"] == [-2]
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, ("a003",)) as first:
        mark(first.store, M3, "a003", "r-oral", level=1, comment="Avis de m3.")
        heed(first, {"do": "candidate", "value": 0})
        assert session_state(first)["oral"]["begun_by"] == "", (
            "m2 is its second marker: m1 is whoever takes over from m3"
        )


def test_a_marking_is_taken_over_when_asked(course: Course) -> None:
    with DeskSession(course, ASSIGNMENT, M1, DECLARED, ("a003",)) as first:
        mark(first.store, M3, "a003", "r-oral", level=1, comment="Avis de m3.")
        heed(first, {"do": "candidate", "value": 0})
        assert session_state(first)["oral"]["begun_by"] == "m3"
        heed(first, {"do": "share"})
        assert session_state(first)["reading"]["comment"] == "Avis de m3."
        first.write(level=2)
        assert first.store.retained()[first.part].level == 2
