"""A marker's session on a real gradebook: order, progress, conflicts, blind reading, what a reload finds again."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from desk_course import EVERY_CRITERION, ORAL, desk_course, names
from reviewing import ASSIGNMENT, CONSTATS, M1, M2, M3, NOTE, Desk, mark

from autograder.cli import main
from autograder.course import lab
from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.keys.questions import Keys, Review
from autograder.review import store as store_module
from autograder.review.desk import ouvrir_revue
from autograder.review.desk.agreeing import agreement_state
from autograder.review.desk.opening import write_notebook
from autograder.review.desk.queue import Mode
from autograder.review.desk.reconciling import Reconciliation
from autograder.review.desk.session import DeskSession
from autograder.review.desk.view import MACHINE_GRADED, key_of, reconciliation_state, session_state, totals
from autograder.review.desk.widget import ReviewDesk
from autograder.review.model import Stage
from autograder.review.order import shuffled
from autograder.review.qualities import Qualities
from autograder.review.sampling import ask_for_share
from autograder.review.store import ReviewStore
from casestudies.errors import CasekitError

pytestmark = pytest.mark.slow

MACHINE = Review("q-roi", "ROI", "B1-C15", CONSTATS.notebook)
DECLARED = (CONSTATS, NOTE, ORAL, MACHINE)
LEARNERS = names(4)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("modele") / "cours"
    desk_course(root, (CONSTATS, NOTE, ORAL), LEARNERS)
    return root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model, tmp_path / "cours"))


@pytest.fixture
def session(course: Course) -> Iterator[DeskSession]:
    with DeskSession(course, ASSIGNMENT, M1, DECLARED) as opened:
        yield opened


def read_all(session: DeskSession) -> list[tuple[str, str]]:
    """Give level 3 to everything by « next », and return what was read, in order."""
    read = []
    while True:
        read.append((session.part.id, session.part.learner))
        session.write(level=3)
        if not session.next_to_review():
            return read


def test_one_criterion_across_learners_then_the_next(session: DeskSession) -> None:
    assert session.progress() == session.progress().__class__(0, 12)
    assert session.queue.place(session.part) == (1, 4)
    expected = [(one.id, learner) for one in (CONSTATS, NOTE) for learner in shuffled(LEARNERS, ASSIGNMENT, one.id)]
    expected += [(ORAL.id, learner) for learner in LEARNERS]  # whoever talks comes in the order of the class
    assert read_all(session) == expected
    assert session.progress().done == 12
    assert session.step(1) is False
    assert session.step(-1) is True
    assert session.part.learner == expected[-2][1]


def test_one_learner_after_the_other(session: DeskSession) -> None:
    session.read_by(Mode.LEARNER)
    learner = session.part.learner
    session.go(session.queue.groups[0].id)
    first = shuffled(LEARNERS, ASSIGNMENT)[0]
    assert [part.learner for part in session.queue.parts[:3]] == [first] * 2 + [shuffled(LEARNERS, ASSIGNMENT)[1]]
    assert [part.id for part in session.queue.parts[:2]] == ["r-constats", "r-note"], "an oral would name a copy"
    assert session.part.learner == first
    assert learner in LEARNERS
    assert len({session.queue.name(part) for part in session.queue.parts[:2]}) == 1, "one copy, one name"


def test_what_is_done_is_skipped_and_the_end_starts_again(course: Course, session: DeskSession) -> None:
    order = session.queue.parts
    session.step(1)
    session.write(level=2)
    with ReviewStore.of(course, ASSIGNMENT, session.declared) as other:
        mark(other, M2, order[2].learner, order[2].id, level=4)
    session.next_to_review()
    assert session.part == order[3], "somebody else marked the one between"
    for _ in range(8):
        session.step(1)
    session.next_to_review()
    assert session.part == order[0]


def test_a_reload_finds_everything_again(course: Course, session: DeskSession) -> None:
    session.read_by(Mode.LEARNER)
    session.step(1)
    session.write(level=4)
    session.write(comment="Clair.")
    session.write(note="à reparler")
    with DeskSession(course, ASSIGNMENT, M1, DECLARED) as again, DeskSession(course, ASSIGNMENT, M2, DECLARED) as other:
        assert (again.mode, again.part) == (Mode.LEARNER, session.part)
        assert (again.seen.mine.level, again.seen.mine.comment, again.seen.mine.note) == (4, "Clair.", "à reparler")
        assert again.progress().done == 1
        assert other.mode is Mode.CRITERION
        assert other.part == other.queue.parts[0]


def test_nothing_shown_names_the_learner(session: DeskSession) -> None:
    for mode in Mode:
        session.read_by(mode)
        for _ in LEARNERS:
            shown = json.dumps([session_state(session), key_of(session.part)], ensure_ascii=False)
            assert not [name for name in (*LEARNERS, "Apprenant") if name in shown]
            session.step(1)


@pytest.mark.parametrize(("mine", "kept"), [(True, (1, "Non.")), (False, (4, "Oui."))])
def test_a_conflict_waits_for_a_choice(course: Course, session: DeskSession, mine: bool, kept: tuple[int, str]) -> None:
    part = session.part
    with ReviewStore.of(course, ASSIGNMENT, session.declared) as other:
        mark(other, M2, part.learner, part.id, level=4, comment="Oui.")
    session.write(level=1)
    session.write(comment="Non.")
    state = session_state(session)["conflict"]
    assert state == {
        "who": "m2", "theirs": [["niveau", "4"], ["commentaire", "Oui."]],
        "mine": [["niveau", "1"], ["commentaire", "Non."]],
    }  # fmt: skip
    for move in (session.next_to_review, lambda: session.step(1), lambda: session.read_by(Mode.LEARNER), session.undo):
        with pytest.raises(CasekitError, match="Choisissez d’abord"):
            move()
    session.choose(mine)
    assert session.conflict is None
    assert (session.seen.mine.level, session.seen.mine.comment) == kept
    assert session.next_to_review()


def test_undo_shows_what_it_took_back(session: DeskSession) -> None:
    first = session.part
    session.write(level=3)
    session.write(level=2)
    session.next_to_review()
    assert session.undo() == first
    assert (session.part, session.seen.mine.level) == (first, 3)
    session.undo()
    assert session.progress().done == 0
    assert session.undo() is None


def test_the_second_marker_sees_nothing_of_the_first(course: Course, session: DeskSession) -> None:
    session.write(level=1)
    session.write(comment="Trop court.")
    with DeskSession(course, ASSIGNMENT, M2, DECLARED) as second:
        assert ask_for_share(second.store, M2, 100, ["B1-C13"]) == 4
        second.refresh()
        part = next(one for one in second.queue.parts if one == session.part)
        second.go(second.queue.group_of(part).id)
        while second.part != part:
            second.step(1)
        shown = session_state(second)
        assert "Trop court" not in json.dumps(shown, ensure_ascii=False)
        assert shown["reading"]["level"] is None
        assert "sans voir" in shown["reading"]["stage"]
        second.write(level=4)
        assert session_state(second)["reading"]["frozen"]
        with pytest.raises(CasekitError, match="par la conciliation"):
            second.write(level=3)


def test_differences_come_first_and_are_settled(course: Course, session: DeskSession) -> None:
    store = session.store
    order = session.queue.parts[:4]
    ask_for_share(store, M2, 100, ["B1-C13"])
    for part, levels in zip(order, ((3, 3), (1, 4), (2, 3), (2, None)), strict=True):
        for marker, level in zip((M1, M2), levels, strict=True):
            if level:
                mark(store, marker, part.learner, part.id, level=level, comment=f"Avis de {marker.name}.")
    settling = Reconciliation(store, M3)
    assert (settling.part, settling.place, settling.waiting) == (order[1], (1, 3), 2)
    state = reconciliation_state(session, settling)
    assert state["pair"]["gap"].replace("\xa0", " ") == "Écart : 3 niveaux"
    assert [(one["marker"], one["level"]) for one in state["pair"]["readings"]] == [("m1", "1"), ("m2", "4")]
    assert state["reading"]["comment"] == "Avis de m1.\n\nAvis de m2."
    settling.settle(3, "Décidé ensemble.")
    assert (settling.level, settling.comment, settling.waiting) == (3, "Décidé ensemble.", 1)
    assert settling.next_waiting()
    assert settling.part == order[2]
    settling.settle(2, "D’accord.")
    assert settling.next_waiting() is False
    assert store.retained()[order[1]].level == 3
    assert settling.undo()
    assert (settling.part, settling.level) == (order[2], None)


def test_nothing_to_settle_is_said(session: DeskSession) -> None:
    with pytest.raises(CasekitError, match="rien à concilier"):
        Reconciliation(session.store, M1)


def test_a_share_is_drawn_the_same_way_and_leaves_others_alone(session: DeskSession) -> None:
    store = session.store
    order = session.queue.parts[:4]
    mark(store, M1, order[0].learner, order[0].id, level=3)
    for part in order:
        mark(store, M1, part.learner, part.id, level=3)
    with pytest.raises(CasekitError, match="a déjà relu ces copies"):
        ask_for_share(store, M1, 100, ["B1-C13"])
    assert ask_for_share(store, M2, 50, ["B1-C13"]) == 2
    assert ask_for_share(store, M2, 50, ["B1-C13"]) == 0
    assert set(store.seconds().values()) == {"m2"}
    assert ask_for_share(store, M3, 100, ["B1-C13"]) == 2, "those that m2 has are left to them"
    with pytest.raises(CasekitError, match="Critères relus ici : « B1-C13 », « B1-C16 »"):
        ask_for_share(store, M2, 20, ["B1-C01"])
    for share in (0, 101, float("nan")):
        with pytest.raises(CasekitError, match="de 1 à 100"):
            ask_for_share(store, M2, share)


def test_the_bank_is_inserted_edited_and_emptied(session: DeskSession) -> None:
    one = session.bank("{prenom}, citez {q1-sessions}.")
    session.write(comment="Bon début.")
    filled = session.insert(one.id)
    assert filled.missing == ("q1-sessions",), "no copy was graded here: the value is not known"
    assert session.seen.mine.comment == "Bon début.\n{prenom}, citez {q1-sessions}."
    edited = session.bank("Citez vos sources.", one.id)
    assert [found.text for found in session.comments()] == ["Citez vos sources."]
    session.unbank(edited.id)
    assert session.comments() == []
    with pytest.raises(CasekitError, match="par quelqu’un d’autre"):
        session.insert(edited.id)


def test_qualities_are_kept_apart_with_their_history(course: Course, session: DeskSession) -> None:
    learner = session.part.learner
    first = session.set_quality("Rigueur visible.", 0)
    with Qualities.of(course) as other:
        theirs = other.write(ASSIGNMENT, learner, "Curiosité.", M2, first.version)
        with pytest.raises(CasekitError, match="m2 a écrit entre-temps"):
            session.set_quality("Autre chose.", first.version)
        session.set_quality("Autre chose.", theirs.version)
        assert [line.text for line in other.history(ASSIGNMENT, learner)] == [
            "Rigueur visible.", "Curiosité.", "Autre chose.",
        ]  # fmt: skip
        assert other.comments(ASSIGNMENT)[learner].marker == "m1"
        session.set_quality("", session.quality().version)
        assert other.comments(ASSIGNMENT) == {}
    assert session.store.retained() == {}, "it is no mark"
    assert session_state(session)["quality"] is None
    session.read_by(Mode.LEARNER)
    assert session_state(session)["quality"]["text"] == ""


def test_an_oral_is_reviewed_without_any_notebook(course: Course, session: DeskSession) -> None:
    session.go("r-oral")
    assert session.part.notebook == ""
    state = session_state(session)
    assert state["copy"]["oral"]
    assert state["oral"]["limits_s"] == [600, 600], "half of the time is for questions"
    session.write(level=4)
    assert session.store.retained()[session.part].level == 4


def test_an_oral_is_declared_beside_the_notebooks() -> None:
    series = Keys("e4-equipe/01-equipe", "kerlavandre")
    series.oral("r-soutenance", "Soutenance", "B3-C09", 20)
    assert series.reviews == [Review("r-soutenance", "Soutenance", "B3-C09", "e4-equipe/", 20)]


def test_an_oral_needs_no_submission(course: Course) -> None:
    path = course.root / "eleves.csv"
    path.write_text(path.read_text(encoding="utf-8") + "absente;Autre;A\n", encoding="utf-8")
    with DeskSession(course, ASSIGNMENT, M1, DECLARED) as session:
        absent = [part for part in session.queue.parts if part.learner == "absente"]
        assert [part.id for part in absent] == ["r-oral"]
        mark(session.store, M1, "absente", "r-oral", level=2)
        session.refresh()
        assert [part.id for part in session.queue.parts if part.learner == "absente"] == ["r-oral"]


def test_the_machines_criteria_are_in_the_totals_and_nowhere_else(course: Course, session: DeskSession) -> None:
    assert "q-roi" not in {part.id for part in session.queue.parts}
    words = {one["code"]: one["words"] for one in totals(session)}
    assert words == {
        "B1-C12": MACHINE_GRADED, "B1-C13": "0 sur 4", "B1-C14": "aucune partie à relire", "B1-C15": MACHINE_GRADED,
        "B1-C16": "0 sur 8",
    }  # fmt: skip
    assert len(EVERY_CRITERION) == 46


def test_a_mark_of_the_formgrader_is_shown_and_done(course: Course, session: DeskSession) -> None:
    part = session.queue.parts[1]
    Desk(course.db_url).formgrader(part.learner, part.id, manual_score=2.5, manual_comment="Vu.")
    session.step(1)
    reading = session_state(session)["reading"]
    assert "niveau 2,50" in reading["notices"][0]
    assert (reading["level"], reading["comment"]) == (None, "Vu.")
    assert session.progress().done == 1
    session.write(level=3)
    assert session.seen.retained.stage is Stage.FIRST


class Sent:
    """The desk without a page: messages go in, states come out."""

    def __init__(self, course: Course, **named: Any) -> None:
        self.desk = ReviewDesk(course, declared=DECLARED, **named)
        self.number = 0

    def __call__(self, do: str, **more: Any) -> dict[str, Any]:
        self.number += 1
        self.desk.do({"do": do, "seq": self.number, **more})
        assert self.desk.state["answered"] == self.number
        return self.desk.state


@pytest.fixture
def sent(course: Course) -> Iterator[Sent]:
    opened = Sent(course)
    yield opened
    opened.desk.close()


def test_the_desk_asks_who_marks_what(sent: Sent) -> None:
    assert sent.desk.state["screen"] == "accueil"
    assert "Choisissez d’abord" in sent("level", value=3)["alert"]
    assert "ne convient pas" in sent("enter", marker=" ", assignment=ASSIGNMENT)["alert"]
    assert "n’a pas d’évaluation" in sent("enter", marker="m1", assignment="e9")["alert"]
    assert sent("enter", marker="m1", assignment=ASSIGNMENT)["screen"] == "relecture"
    assert sent.desk.deliverable["status"] == "non remis"
    key = sent.desk.state["copy"]["key"]
    assert sent("level", value=3, at=key)["told"].replace("\xa0", " ") == "Niveau 3 enregistré – copie 1 sur 4"
    assert "Autre copie" not in sent("next")["alert"]
    assert "Une autre copie est affichée" in sent("level", value=1, at=key)["alert"]
    assert sent.desk.state["reading"]["level"] is None
    assert "rechargez" in sent("rien")["alert"]
    assert "rechargez" in sent("level", value=[])["alert"] or "relancez" in sent.desk.state["alert"]
    assert sent("agreement")["agreement"]["summary"].startswith("Aucune partie")
    assert sent("back")["screen"] == "relecture"
    assert sent("exit")["screen"] == "accueil"


def test_what_was_handed_in_is_sent_once(sent: Sent) -> None:
    sent("enter", marker="m1", assignment=ASSIGNMENT)
    changed: list[str] = []
    sent.desk.observe(lambda change: changed.append(change["name"]))
    sent("level", value=3)
    assert set(changed) == {"state"}
    sent("next")
    assert "deliverable" in changed


def test_a_new_course_has_the_notebook_of_the_desk_and_keeps_it(tmp_path: Path) -> None:
    path = write_notebook(tmp_path)
    cells = nbformat.read(path, as_version=4).cells
    nbformat.validate(nbformat.read(path, as_version=4))
    assert [cell.cell_type for cell in cells] == ["markdown", "code"]
    assert "ouvrir_revue()" in cells[1].source
    path.write_text("à moi", encoding="utf-8")
    assert write_notebook(tmp_path) == path
    assert path.read_text(encoding="utf-8") == "à moi"
    assert (init_course(tmp_path / "cours").root / "revue.ipynb").is_file()


def test_the_notebook_opens_what_the_command_was_asked(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.root)
    assert ouvrir_revue().state["screen"] == "accueil"
    monkeypatch.setenv("CASEKIT_EVALUATION", ASSIGNMENT)
    monkeypatch.setenv("CASEKIT_RELECTEUR", "m1")
    desk = ouvrir_revue()
    assert (desk.state["screen"], desk.setup["marker"]) == ("relecture", "m1")
    desk.close()
    with pytest.raises(CasekitError, match="n’a pas d’évaluation"):
        ouvrir_revue("e9", "m1")
    with pytest.raises(CasekitError, match="casekit init"):
        ouvrir_revue(cours=course.root / "build")


def test_the_command_asks_for_a_second_marking(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "reviews_of", lambda assignment: [CONSTATS, NOTE])
    run = CliRunner().invoke
    asked = ["review", ASSIGNMENT, "--cours", str(course.root), "--second", "m2", "--critere", "B1-C13"]
    assert "2 partie(s) confiée(s) à m2" in run(main, [*asked, "--part", "50 %"]).output
    assert "Rien de nouveau" in run(main, [*asked, "--part", "50"]).output
    spoken = run(main, [*asked[:-4], "--second", "Paul o'Roux", "--critere", "B1-C13", "--part", "100"]).output
    assert '--relecteur "Paul o\'Roux"' in spoken, "the command can be copied into a terminal"
    for words, share in (("n’est pas une part", "beaucoup"), ("de 1 à 100", "0")):
        result = run(main, [*asked, "--part", share])
        assert result.exit_code == 2
        assert words in result.output
    with closing(sqlite3.connect(course.root / "gradebook.db")) as gradebook, gradebook:
        gradebook.execute("DELETE FROM submitted_assignment")
    before = run(main, [*asked[:-3], "m3", "--part", "50"])
    assert before.exit_code == 2
    assert f"casekit grade {ASSIGNMENT}" in before.output, "nothing was graded: there is nothing to share out"
    assert run(main, ["review", "e9", "--cours", str(course.root)]).exit_code == 2


def test_the_command_opens_the_notebook(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[lab.Lab] = []
    monkeypatch.setattr(lab, "run_lab", lambda server, browser: started.append(server) or 0)
    monkeypatch.setenv("CASEKIT_EVALUATION", "")
    monkeypatch.setenv("CASEKIT_RELECTEUR", "")
    result = CliRunner().invoke(main, ["review", ASSIGNMENT, "--cours", str(course.root), "--relecteur", "m1"])
    assert result.exit_code == 0, result.output
    assert started[0].page == "/lab/tree/revue.ipynb"
    assert started[0].folder == course.root
    assert "--LabApp.default_url=/lab/tree/revue.ipynb" in started[0].command(browser=True)
    assert (os.environ["CASEKIT_EVALUATION"], os.environ["CASEKIT_RELECTEUR"]) == (ASSIGNMENT, "m1")
    assert not (course.root / "e2-performance").exists(), "no study folder is made in a course"


def test_agreement_is_told_in_words(session: DeskSession) -> None:
    store, order = session.store, session.queue.parts[:4]
    ask_for_share(store, M2, 100, ["B1-C13"])
    for part, levels in zip(order, ((1, 1), (2, 2), (3, 3), (4, 3)), strict=True):
        for marker, level in zip((M1, M2), levels, strict=True):
            mark(store, marker, part.learner, part.id, level=level)
    told = agreement_state(store.pairs(), store.readings())
    assert told["summary"].replace("\xa0", " ").startswith("4 parties relues deux fois : même niveau pour 75 %")
    rows = told["tables"][0]["rows"]
    assert [row[:4] for row in rows] == [
        ["Tous les critères", "m1 et m2", "4", "75\xa0%"], ["B1-C13", "m1 et m2", "4", "75\xa0%"],
    ]  # fmt: skip
    assert "moins de 10 parties" in rows[0][5]
    assert [row[0] for row in told["tables"][1]["rows"]] == ["m1", "m2"]


def test_agreement_tells_nothing_of_what_a_second_marker_must_not_see(sent: Sent) -> None:
    state = sent("enter", marker="m1", assignment=ASSIGNMENT)
    sent("level", value=4, at=state["copy"]["key"])
    sent("second", name="m2", share=100, criteria=["B1-C13"])
    assert "4 parties confiées à m2" in sent.desk.state["told"]
    assert sent("agreement")["agreement"]["tables"][1]["rows"] == []


def test_the_files_of_pages_are_in_the_wheel() -> None:
    from hatchling.builders.wheel import WheelBuilder

    files = {one.distribution_path for one in WheelBuilder(str(Path(__file__).parents[2])).recurse_included_files()}
    assert {f"autograder/review/desk/desk.{kind}" for kind in ("js", "css")} <= files
    assert {f"casestudies/studio/panel.{kind}" for kind in ("js", "css")} <= files
