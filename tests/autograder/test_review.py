"""The store of reviews, on SQLite and on a real PostgreSQL server: nothing is lost, nothing is overwritten unseen."""

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader.api import Gradebook
from reviewing import ASSIGNMENT, DECLARED, M1, M2, M3, NOTEBOOK, Desk, fill, mark, new_database, settle
from servers import postgresql

from autograder.certification.tables import RULINGS
from autograder.course.class_list import Learner
from autograder.referentiel.rubric import load_rubrics
from autograder.review.bank import CommentBank
from autograder.review.database import HEAD, MIGRATIONS
from autograder.review.model import ConflictError, Kind, Marker, Stage
from autograder.review.rows import state_of
from autograder.review.store import ReviewStore
from autograder.review.tables import METADATA, VERSION_TABLE
from casestudies.errors import CasekitError

pytestmark = pytest.mark.slow

NUMBERS = count(1)
LEARNERS = ("a01", "a02", "a03")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a PostgreSQL server that holds the gradebook to copy, under the name « modele »."""
    with postgresql() as address:
        fill(new_database(address, "modele"), LEARNERS)
        yield address


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("modele") / "gradebook.db"
    fill(f"sqlite:///{path}", LEARNERS)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    if request.param == "postgresql":
        return Desk(new_database(request.getfixturevalue("server"), f"relecture{next(NUMBERS)}", "modele"))
    shutil.copyfile(request.getfixturevalue("file"), tmp_path / "gradebook.db")
    return Desk(f"sqlite:///{tmp_path / 'gradebook.db'}")


@pytest.fixture
def store(desk: Desk) -> Iterator[ReviewStore]:
    with desk.store() as opened:
        yield opened


def test_a_review_is_in_the_store_and_in_the_gradebook(desk: Desk, store: ReviewStore) -> None:
    before = datetime.now(UTC)
    seen = mark(store, M1, "a01", "r-note", level=3, comment="Étayez la « cause ».", note="à revoir avec m2")
    assert (seen.stage, seen.done, seen.retained is None) == (Stage.FIRST, True, False)
    assert (seen.mine.marker, seen.mine.level, seen.mine.note) == ("m1", 3, "à revoir avec m2")
    assert seen.mine.rubric == load_rubrics()["B1-C16"].digest
    assert before <= seen.mine.at <= datetime.now(UTC)
    assert desk.held("a01", "r-note") == (6.0, "Étayez la « cause ».", False)  # level 3 of 4, on 8 points
    counts = store.retained()[store.part("a01", "r-note")]
    assert (counts.level, counts.comment, counts.markers) == (3, "Étayez la « cause ».", ("m1",))
    assert not hasattr(counts, "note")
    assert desk.held("a02", "r-note") == (None, None, True)


def test_fields_change_one_at_a_time_and_the_history_says_from_what(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-constats", level=2)
    mark(store, M1, "a01", "r-constats", comment="Bien vu.")
    mark(store, M1, "a01", "r-constats", note="hésitation")
    mark(store, M1, "a01", "r-constats", level=4)
    assert desk.held("a01", "r-constats") == (4.0, "Bien vu.", False)
    lines = store.history(store.part("a01", "r-constats"))
    assert [(line.marker, line.before.level, line.after.level, line.after.comment) for line in lines] == [
        ("m1", None, 2, ""), ("m1", 2, 2, "Bien vu."), ("m1", 2, 2, "Bien vu."), ("m1", 2, 4, "Bien vu."),
    ]  # fmt: skip
    assert [line.id for line in lines] == sorted({line.id for line in lines})
    assert (lines[2].before.note, lines[2].after.note) == ("", "hésitation")
    mark(store, M1, "a01", "r-constats", comment="Bien vu.")
    assert len(store.history()) == 4, "writing the same words again is no change"


@pytest.mark.parametrize(
    "text", ["Nul : \x00.", "Moitié : \ud83d.", "😀 d’où ? « 100 % »\n\n– a\t'; DROP TABLE grade;--", "x" * 20_000]
)
def test_any_comment_is_kept(desk: Desk, store: ReviewStore, text: str) -> None:
    kept = text.replace("\x00", "").replace("\ud83d", "")
    assert mark(store, M1, "a01", "r-note", comment=text).mine.comment == kept
    assert desk.held("a01", "r-note") == (None, kept, True)


def test_an_old_version_is_a_conflict_that_shows_both(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    mine, theirs = store.see(M1, part), store.see(M2, part)
    store.write(part, M2, theirs.version, level=4, comment="Excellent.")
    with pytest.raises(ConflictError) as conflict:
        store.write(part, M1, mine.version, level=1)
    assert (conflict.value.theirs.marker, conflict.value.theirs.level) == ("m2", 4)
    assert "niveau 4, « Excellent. » (m2). Votre saisie : niveau 1" in str(conflict.value)
    assert desk.held("a01", "r-note") == (8.0, "Excellent.", False)
    assert len(store.history()) == 1
    mark(store, M1, "a01", "r-note", level=1)
    assert [(line.before.marker, line.after.marker) for line in store.history()] == [("", "m2"), ("m2", "m1")]


@pytest.mark.parametrize("level", [0, 5, -1, 2.5])
def test_a_level_that_no_rubric_has_is_refused(desk: Desk, store: ReviewStore, level: int) -> None:
    with pytest.raises(CasekitError, match="Le niveau va de 1 à 4"):
        mark(store, M1, "a01", "r-note", level=level)
    assert store.history() == []


def test_what_cannot_be_marked_is_said(desk: Desk, store: ReviewStore) -> None:
    with pytest.raises(CasekitError, match="n’est pas dans la base de notes"):
        mark(store, M1, "inconnu", "r-note", level=3)
    with pytest.raises(CasekitError, match="Parties relues : « r-constats », « r-note », « r-oral »"):
        store.part("a01", "r-autre")
    for name in ("", " m1", "formgrader", "m" * 101):
        with pytest.raises(CasekitError):
            Marker(name)
    assert store.history() == []


def test_what_no_notebook_holds_is_reviewed_too(store: ReviewStore) -> None:
    mark(store, M1, "absente", "r-oral", level=2, comment="Voix posée.")
    assert store.retained()[store.part("absente", "r-oral")].level == 2
    assert store.sync() == []


def test_undo_goes_back_step_by_step_and_the_history_keeps_everything(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=2, comment="Court.")
    mark(store, M1, "a01", "r-note", level=3)
    mark(store, M1, "a02", "r-note", level=1)
    assert store.undo(M1).part.learner == "a02"
    assert desk.held("a02", "r-note") == (None, None, True)
    assert store.undo(M1).after.level == 2
    assert desk.held("a01", "r-note") == (4.0, "Court.", False)
    store.undo(M1)
    assert desk.held("a01", "r-note") == (None, None, True)
    assert store.undo(M1) is None
    assert store.undo(M2) is None
    assert [line.kind for line in store.history()] == [Kind.REVIEW] * 3 + [Kind.UNDO] * 3
    assert [line.undoes for line in store.history()][3:] == [3, 2, 1]
    mark(store, M1, "a01", "r-note", level=4)
    assert store.undo(M1).undoes == 7


def test_undo_never_takes_away_what_somebody_else_wrote_since(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=2)
    mark(store, M2, "a01", "r-note", level=3)
    with pytest.raises(ConflictError, match=r"niveau 3 \(m2\)"):
        store.undo(M1)
    store.undo(M2)
    assert desk.held("a01", "r-note") == (4.0, None, False)
    assert store.see(M1, store.part("a01", "r-note")).mine.marker == "m1"
    assert store.undo(M1).before.level == 2


def test_a_mark_changed_in_the_formgrader_is_noticed_and_counts(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=2, comment="Court.", note="privé")
    part, stale = store.part("a01", "r-note"), store.see(M1, store.part("a01", "r-note"))
    desk.formgrader("a01", "r-note", manual_score=7.0, manual_comment="Revu ensemble.")
    desk.formgrader("a02", "r-constats", manual_score=3.0)
    noticed = store.sync()
    assert [(one.part.learner, one.kind, one.marker, one.before.level, one.after.level) for one in noticed] == [
        ("a01", Kind.FORMGRADER, "formgrader", 2, 3.5), ("a02", Kind.FORMGRADER, "formgrader", None, 3),
    ]  # fmt: skip
    assert (noticed[0].before.marker, noticed[0].before.comment) == ("m1", "Court.")
    assert store.sync() == []
    seen = store.see(M1, part)
    assert (seen.retained.level, seen.retained.stage, seen.retained.markers) == (3.5, Stage.FORMGRADER, ("formgrader",))
    assert (seen.mine.level, seen.mine.note) == (2, "privé")
    with pytest.raises(ConflictError, match=r"niveau 3,5, « Revu ensemble. » \(formgrader\)"):
        store.write(part, M1, stale.version, level=4)
    assert desk.held("a01", "r-note") == (7.0, "Revu ensemble.", False)


def test_a_change_in_the_formgrader_that_nobody_saw_yet_still_stops_a_writing(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    stale = store.see(M1, part)
    desk.formgrader("a01", "r-note", manual_score=2.0)
    with pytest.raises(ConflictError):
        store.write(part, M1, stale.version, level=4)
    assert [line.marker for line in store.history()] == ["formgrader"]
    assert desk.held("a01", "r-note") == (2.0, None, False)


def test_marking_after_the_formgrader_starts_from_what_it_says(desk: Desk, store: ReviewStore) -> None:
    desk.formgrader("a01", "r-note", manual_score=6.0, manual_comment="Vu à l’oral.")
    mark(store, M1, "a01", "r-note", note="pour moi seul")
    assert desk.held("a01", "r-note") == (6.0, "Vu à l’oral.", False)
    part = store.part("a01", "r-note")
    assert store.see(M1, part).retained.stage is Stage.FORMGRADER, "a private note decides nothing"
    mark(store, M1, "a01", "r-note", level=4)
    assert desk.held("a01", "r-note") == (8.0, "Vu à l’oral.", False)
    assert store.see(M1, part).retained.markers == ("m1",)
    store.undo(M1)
    assert desk.held("a01", "r-note") == (6.0, "Vu à l’oral.", False)
    assert store.see(M1, part).retained.stage is Stage.FORMGRADER
    assert store.see(M1, part).mine.note == "pour moi seul"


def test_undo_never_takes_away_a_change_of_the_formgrader(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=2)
    desk.formgrader("a01", "r-note", manual_score=8.0)
    with pytest.raises(ConflictError, match="formgrader"):
        store.undo(M1)
    assert desk.held("a01", "r-note") == (8.0, None, False)


def test_a_mark_taken_out_in_the_formgrader_leaves_the_part_to_review(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=2)
    desk.formgrader("a01", "r-note", manual_score=None)
    store.sync()
    counts = store.retained()[store.part("a01", "r-note")]
    assert (counts.level, counts.stage) == (None, Stage.FORMGRADER)
    assert store.history()[-1].before.level == 2


def test_a_submission_handed_in_anew_gets_its_reviews_back(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=3, comment="Clair.")
    desk.hand_in_again("a01")
    assert desk.held("a01", "r-note") == (None, None, True)
    assert store.sync() == []
    assert desk.held("a01", "r-note") == (6.0, "Clair.", True), "the review is back, and the copy is to be looked at"
    assert len(store.history()) == 1
    mark(store, M1, "a01", "r-note", level=3)
    assert desk.held("a01", "r-note") == (6.0, "Clair.", False), "the same level again confirms it"


def test_a_submission_handed_in_anew_and_marked_in_the_formgrader(desk: Desk, store: ReviewStore) -> None:
    mark(store, M1, "a01", "r-note", level=3)
    desk.hand_in_again("a01")
    desk.formgrader("a01", "r-note", manual_score=2.0)
    assert [(one.before.level, one.after.level) for one in store.sync()] == [(3, 1)]
    assert desk.held("a01", "r-note") == (2.0, None, False)


def test_the_second_marker_sees_nothing_of_the_first_until_both_are_done(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    mark(store, M1, "a01", "r-note", level=2, comment="Trop court.", note="m1 seul")
    assert store.ask_second(M2, [part]) == 1
    assert store.ask_second(M2, [part]) == 0
    seen = store.see(M2, part)
    assert (seen.stage, seen.mine, seen.others, seen.retained, seen.version) == (
        Stage.SECOND, None, (), None, 0,
    )  # fmt: skip
    assert store.history(part, M2) == []
    assert store.history(marker=M2) == []
    mark(store, M2, "a01", "r-note", comment="Manque la cause.")
    assert store.see(M2, part).retained is None
    assert [line.stage for line in store.history(part, M2)] == [Stage.SECOND]
    assert store.see(M1, part).others == (), "nor does the first one see the second’s"
    assert [line.stage for line in store.history(part, M1)] == [Stage.FIRST]
    assert desk.held("a01", "r-note") == (4.0, "Trop court.", False), "the first one’s counts meanwhile"
    seen = mark(store, M2, "a01", "r-note", level=3)
    assert [(one.marker, one.level) for one in seen.others] == [("m1", 2)]
    assert seen.retained.unreconciled
    assert [one.marker for one in store.see(M1, part).others] == ["m2"]
    assert desk.held("a01", "r-note") == (None, None, True), "markers differ: nothing counts"


def test_both_markers_agree(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    store.ask_second(M2, [part])
    mark(store, M2, "a01", "r-note", level=3, comment="Cause claire.")
    assert store.see(M1, part).retained.level is None
    assert store.retained()[part].level is None, "a second reading alone does not count"
    mark(store, M1, "a01", "r-note", level=3, comment="Bon plan.")
    assert desk.held("a01", "r-note") == (6.0, "Bon plan.\n\nCause claire.", False)
    counts = store.retained()[part]
    assert (counts.level, counts.markers, counts.unreconciled) == (3, ("m1", "m2"), False)
    assert [pair.waiting for pair in store.pairs()] == [False]


def test_differences_are_settled_and_first_shown(desk: Desk, store: ReviewStore) -> None:
    levels = {"a01": (3, 3), "a02": (1, 4), "a03": (2, 3)}
    store.ask_second(M2, [store.part(learner, "r-note") for learner in levels])
    for learner, (first, second) in levels.items():
        mark(store, M1, learner, "r-note", level=first)
        mark(store, M2, learner, "r-note", level=second, comment="Oui.")
    assert [(pair.part.learner, pair.waiting, pair.gap) for pair in store.pairs()] == [
        ("a02", True, 3), ("a03", True, 1), ("a01", False, 0),
    ]  # fmt: skip
    with pytest.raises(CasekitError, match="se changent par la conciliation"):
        mark(store, M1, "a02", "r-note", level=4)
    mark(store, M1, "a02", "r-note", note="à discuter")
    settle(store, M3, "a02", "r-note", level=3)
    assert desk.held("a02", "r-note") == (6.0, "Oui.", False)
    assert store.retained()[store.part("a02", "r-note")].markers == ("m1", "m2", "m3")
    assert [pair.part.learner for pair in store.pairs() if pair.waiting] == ["a03"]
    with pytest.raises(CasekitError, match="a été conciliée"):
        store.undo(M2 if store.history()[-2].marker == "m2" else M1)
    assert store.undo(M3).kind is Kind.UNDO
    assert desk.held("a02", "r-note") == (None, None, True)
    settle(store, M3, "a02", "r-note", level=2, comment="Décidé ensemble.")
    assert desk.held("a02", "r-note") == (4.0, "Décidé ensemble.", False)


def test_settling_waits_for_both_and_for_what_is_seen(store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    store.ask_second(M2, [part])
    mark(store, M1, "a01", "r-note", level=2)
    with pytest.raises(CasekitError, match="les deux relectures"):
        store.reconcile(part, M3, 0, 3)
    mark(store, M2, "a01", "r-note", level=4)
    old = store.pairs()[0].seen.version
    settle(store, M3, "a01", "r-note", level=3)
    with pytest.raises(ConflictError, match=r"niveau 3 \(m3\)"):
        store.reconcile(part, M1, old, 2)


def test_a_slip_of_the_second_marker_is_taken_back(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    store.ask_second(M2, [part])
    mark(store, M1, "a01", "r-note", level=2)
    mark(store, M2, "a01", "r-note", level=4)
    store.undo(M2)
    assert store.see(M2, part).retained is None
    assert desk.held("a01", "r-note") == (4.0, None, False)


def test_a_second_marking_is_somebody_elses(store: ReviewStore) -> None:
    part, other = store.part("a01", "r-note"), store.part("a02", "r-note")
    mark(store, M1, "a01", "r-note", level=2)
    with pytest.raises(CasekitError, match="revient à une autre personne"):
        store.ask_second(M1, [other, part])
    store.ask_second(M2, [part])
    store.ask_second(M3, [part])
    assert store.see(M2, part).stage is Stage.FIRST
    mark(store, M3, "a01", "r-note", note="commencé")
    with pytest.raises(CasekitError, match="« m3 » a commencé"):
        store.ask_second(M2, [part])
    assert store.see(M1, other).stage is Stage.FIRST, "nothing was changed for the other part either"


def test_the_formgrader_can_settle_too(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    store.ask_second(M2, [part])
    mark(store, M1, "a01", "r-note", level=2)
    mark(store, M2, "a01", "r-note", level=4)
    desk.formgrader("a01", "r-note", manual_score=6.0)
    store.sync()
    counts = store.retained()[part]
    assert (counts.level, counts.stage, counts.unreconciled) == (3, Stage.FORMGRADER, False)
    assert [(pair.first.level, pair.second.level, pair.waiting) for pair in store.pairs()] == [(2, 4, False)]


def test_a_formgrader_mark_stands_while_the_second_marking_is_alone(desk: Desk, store: ReviewStore) -> None:
    part = store.part("a01", "r-note")
    desk.formgrader("a01", "r-note", manual_score=6.0)
    store.ask_second(M2, [part])
    assert store.see(M2, part).others == ()
    mark(store, M2, "a01", "r-note", level=1, comment="Non.")
    assert desk.held("a01", "r-note") == (6.0, None, False)
    assert store.retained()[part].level == 3


class Copies(dict[str, str]):
    """The hashes of the works handed in, by learner."""

    def store(self, desk: Desk) -> ReviewStore:
        return ReviewStore(desk.url, ASSIGNMENT, DECLARED, None, lambda part: self.get(part.learner, ""))


def test_a_review_counts_for_the_work_that_was_read(desk: Desk) -> None:
    copies = Copies(a01="avant", a02="pareil")
    with copies.store(desk) as store:
        for learner in ("a01", "a02"):
            mark(store, M1, learner, "r-constats", level=2, comment="Bref.")
        copies["a01"] = "après"
        assert [change for change in store.sync() if change] == [], "nobody changed a mark"
        part, other = store.part("a01", "r-constats"), store.part("a02", "r-constats")
        counts = store.retained()[part]
        assert (counts.level, counts.stale, counts.former, counts.comment) == (None, True, 2, "")
        assert desk.held("a01", "r-constats") == (None, None, True)
        assert not store.see(M1, part).done
        assert store.see(M1, part).mine.level == 2, "the former level is there to be seen"
        assert (store.retained()[other].level, store.retained()[other].same) == (2, True)
        assert desk.held("a02", "r-constats") == (2.0, "Bref.", False)
        mark(store, M1, "a01", "r-constats", comment="Mieux.")
        assert store.retained()[part].level is None, "a comment alone confirms nothing"
        mark(store, M1, "a01", "r-constats", level=3)
        assert (store.retained()[part].level, store.see(M1, part).done) == (3, True)
        assert desk.held("a01", "r-constats") == (3.0, "Mieux.", False)
        store.undo(M1)
        assert (store.retained()[part].level, store.retained()[part].former) == (None, 2)


def test_a_work_that_comes_back_has_its_review_back(desk: Desk) -> None:
    copies = Copies(a01="avant")
    with copies.store(desk) as store:
        mark(store, M1, "a01", "r-constats", level=2)
        copies["a01"] = "après"
        store.sync()
        copies["a01"] = "avant"
        store.sync()
        assert desk.held("a01", "r-constats")[0] == 2.0
        assert store.retained()[store.part("a01", "r-constats")].same is True


def test_the_same_work_graded_again_waits_for_nobody(desk: Desk) -> None:
    copies = Copies(a01="avant")
    with copies.store(desk) as store:
        mark(store, M1, "a01", "r-constats", level=2)
        with Gradebook(desk.url) as gradebook:
            gradebook.find_grade("r-constats", NOTEBOOK, ASSIGNMENT, "a01").needs_manual_grade = True
            gradebook.db.commit()
        store.sync()
        assert desk.held("a01", "r-constats") == (2.0, None, False)


def test_a_review_made_before_works_were_known_goes_on_counting(desk: Desk) -> None:
    copies = Copies()
    with copies.store(desk) as store:
        mark(store, M1, "a01", "r-constats", level=2)
        copies["a01"] = "après"
        store.sync()
        counts = store.retained()[store.part("a01", "r-constats")]
        assert (counts.level, counts.same) == (2, None)


def test_two_markers_read_a_changed_work_again(desk: Desk) -> None:
    copies = Copies(a01="avant")
    with copies.store(desk) as store:
        part = store.part("a01", "r-constats")
        store.ask_second(M2, [part])
        mark(store, M1, "a01", "r-constats", level=2)
        mark(store, M2, "a01", "r-constats", level=2)
        assert store.retained()[part].same is True
        copies["a01"] = "après"
        assert (store.retained()[part].level, store.retained()[part].former) == (None, 2)
        mark(store, M1, "a01", "r-constats", level=4)
        assert store.see(M2, part).others == (), "the second reading is blind again"
        mark(store, M2, "a01", "r-constats", level=4)
        assert store.retained()[part].level == 4


def test_everything_is_seen_in_one_reading(store: ReviewStore) -> None:
    mark(store, M1, "a02", "r-note", level=2)
    found = store.see_all(M1)
    assert len(found) == 3 * len(DECLARED)
    assert [part.learner for part, seen in found.items() if seen.done] == ["a02"]


def test_the_tables_are_those_of_the_migrations(desk: Desk, store: ReviewStore) -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]
    assert RULINGS.metadata is METADATA, "the certification's tables are under the same migrations"
    engine = sqlalchemy.create_engine(desk.url)
    options = {
        "version_table": VERSION_TABLE,
        "include_name": lambda name, kind, _: kind != "table" or name.startswith("casekit_"),
    }
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
        assert connection.execute(sqlalchemy.text("SELECT count(*) FROM alembic_version")).scalar() == 1, (
            "nbgrader’s own"
        )
    engine.dispose()


def test_tables_of_a_later_kit_are_left_alone(desk: Desk) -> None:
    desk.store().__exit__()
    engine = sqlalchemy.create_engine(desk.url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"UPDATE {VERSION_TABLE} SET version_num = 'r9999'"))
    engine.dispose()
    with pytest.raises(CasekitError, match="version plus récente"):
        desk.store()


def test_a_course_without_gradebook_is_said(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with pytest.raises(CasekitError, match="casekit release"):
        ReviewStore(url, ASSIGNMENT, DECLARED)
    with Gradebook(url) as gradebook:  # nbgrader makes it as if nobody had looked
        gradebook.add_assignment(ASSIGNMENT)
        gradebook.add_notebook(NOTEBOOK, ASSIGNMENT)
    with ReviewStore(url, ASSIGNMENT, DECLARED) as store:
        assert store.retained() == {}


def test_a_database_that_does_not_answer_is_said() -> None:
    with pytest.raises(CasekitError, match="ne répond pas"):
        ReviewStore("postgresql+psycopg://rien@127.0.0.1:9/rien", ASSIGNMENT, DECLARED)


def test_names_go_where_the_learner_reads_and_nowhere_else(desk: Desk) -> None:
    learners = {"a01": Learner("a01", "Apprenant", "A01")}
    with ReviewStore(desk.url, ASSIGNMENT, DECLARED, learners) as store:
        seen = mark(store, M1, "a01", "r-note", level=3, comment="{prenom}, précisez {cela}.")
        assert seen.mine.comment == "{prenom}, précisez {cela}."
        assert desk.held("a01", "r-note") == (6.0, "Apprenant, précisez {cela}.", False)
        assert store.retained()[store.part("a01", "r-note")].comment == "Apprenant, précisez {cela}."
        assert store.sync() == [], "what the kit wrote itself is nobody’s change"
        mark(store, M1, "a02", "r-note", comment="{prenom} : voir.")
        assert desk.held("a02", "r-note")[1] == "a02 : voir."


def test_the_bank_adds_edits_and_takes_out(desk: Desk) -> None:
    with CommentBank(desk.url) as bank, CommentBank(desk.url) as other:
        first = bank.add("B1-C13", "  Citez la source de {q1-sessions}. ", M1)
        second = bank.add("B1-C13", "{prenom}, séparez constat et cause.", M2)
        bank.add("B1-C16", "Chiffrez l’objectif.", M1)
        assert [one.text for one in other.comments("B1-C13")] == [first.text, second.text]
        assert first.text == "Citez la source de {q1-sessions}."
        edited = other.edit(first, "Citez votre source.", M2)
        assert [(one.text, one.marker) for one in bank.comments("B1-C13")] == [
            ("Citez votre source.", "m2"), (second.text, "m2"),
        ]  # fmt: skip
        for late in (lambda: bank.edit(first, "Autre chose.", M1), lambda: bank.delete(first)):
            with pytest.raises(CasekitError, match="par quelqu’un d’autre"):
                late()
        bank.delete(edited)
        assert [one.text for one in other.comments("B1-C13")] == [second.text]
        with pytest.raises(CasekitError, match="vide"):
            bank.add("B1-C13", " \n", M1)
        with pytest.raises(CasekitError, match=re.escape("Champ inconnu : « {q9-rien} »")):
            bank.add("B1-C13", "Voir {q9-rien}.", M1)
    engine = sqlalchemy.create_engine(desk.url)
    with engine.connect() as connection:
        kept = connection.execute(sqlalchemy.text("SELECT count(*) FROM casekit_review_comment")).scalar()
    engine.dispose()
    assert kept == 4, "an edited or removed comment is hidden, not lost"


def test_ten_processes_writing_at_once_lose_nothing(desk: Desk) -> None:
    command = [sys.executable, str(Path(__file__).parents[1] / "course" / "reviewing_many.py"), desk.url]
    running = [  # the tables are not made yet: one of them makes them
        subprocess.Popen([*command, f"p{number}", "8"], stdout=subprocess.PIPE, text=True) for number in range(10)
    ]
    written = [json.loads(line) for process in running for line in process.communicate(timeout=500)[0].splitlines()]
    assert [process.returncode for process in running] == [0] * 10
    assert len(written) == 80
    with desk.store() as store:
        lines = store.history()
        noted = [
            (line.marker, line.part.id, line.part.learner, line.before.comment, line.after.comment) for line in lines
        ]
        told = [tuple(one[name] for name in ("marker", "part", "learner", "seen", "comment")) for one in written]
        assert sorted(noted) == sorted(told), "each is there, over what its marker saw"
        assert sum(one["conflicts"] for one in written) > 0
        for part, readings in store.readings().items():
            mine = [line for line in lines if line.part == part]
            assert mine[-1].after == state_of(readings[Stage.FIRST])
            if part.notebook:
                last = mine[-1].after
                top = 4 if part.id == "r-constats" else 8
                assert desk.held(part.learner, part.id) == (last.level * top / 4, last.comment, False)


def test_a_process_killed_in_the_middle_loses_nothing_that_it_confirmed(desk: Desk) -> None:
    desk.store().__exit__()
    command = [sys.executable, str(Path(__file__).parents[1] / "course" / "reviewing_many.py"), desk.url]
    confirmed = 0
    for number, delay_s in enumerate((0.02, 0.11, 0.23)):
        process = subprocess.Popen([*command, f"p{number}", "100000"], stdout=subprocess.PIPE, text=True)
        first = process.stdout.readline()
        time.sleep(delay_s)
        process.kill()
        written = [json.loads(line) for line in (first + process.communicate()[0]).splitlines() if line.endswith("}")]
        confirmed += len(written)
        with desk.store() as store:
            lines = [line for line in store.history() if line.marker == f"p{number}"]
            assert 0 <= len(lines) - len(written) <= 1, "one may be written, and its confirmation not yet read"
            assert [line.after.comment for line in lines][: len(written)] == [one["comment"] for one in written]
            assert store.sync() == [], "the gradebook has exactly what the reviews say"
            for part, counts in store.retained().items():
                if part.notebook:
                    assert desk.held(part.learner, part.id)[1] == counts.comment
    assert confirmed >= 3


def test_a_grading_under_way_is_waited_for_and_never_stopped(desk: Desk, store: ReviewStore) -> None:
    """A grading holds rows in the opposite order: the review lets go and comes after it, whole."""
    mark(store, M1, "a01", "r-note", level=2)
    engine, began, failed = sqlalchemy.create_engine(desk.url), threading.Event(), []

    def grade() -> None:
        try:
            with engine.begin() as connection:
                connection.execute(sqlalchemy.text("UPDATE comment SET auto_comment = 'vu'"))
                began.set()
                time.sleep(0.3)
                connection.execute(sqlalchemy.text("UPDATE grade SET auto_score = 0"))
                time.sleep(1.0)
        except Exception as error:
            failed.append(error)

    grading = threading.Thread(target=grade)
    grading.start()
    assert began.wait(30), "the grading does not begin"
    mark(store, M1, "a01", "r-note", level=4)
    grading.join(60)
    assert not grading.is_alive()
    engine.dispose()
    assert failed == []
    assert desk.held("a01", "r-note") == (8.0, None, False)
    assert [line.after.level for line in store.history()] == [2, 4]
