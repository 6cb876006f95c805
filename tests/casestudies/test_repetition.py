"""Rehearsing the oral: the talk read from its plan, questions that do not come back, own figures, what is kept."""

import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.keys.cases import case_of
from autograder.keys.oral import SHOWN_LEVELS, oral_guide
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from autograder.referentiel.rubric import load_rubrics
from casestudies import dossier as dossier_module
from casestudies import ouvrir_dossier
from casestudies.answers import encode
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.identity import STATE_FOLDER
from casestudies.levelling.kept import MAX_REASON
from casestudies.livrables.handed import remember
from casestudies.livrables.loading import deliverables
from casestudies.repetition import opening
from casestudies.repetition.figures import ORIGIN, asked_figures, own_questions
from casestudies.repetition.kept import MAX_KEPT, KeptRehearsals
from casestudies.repetition.model import OralGuide, RehearsedTalk, gap_words
from casestudies.repetition.opening import Repetition
from casestudies.repetition.session import OralSession
from casestudies.repetition.talk import EMPTY, PLAN, talk_of
from casestudies.repetition.view import OralSheet, progress_table
from casestudies.studio.repetition_live import RehearsalPanel

LEARNER, COMPANY = "lea", "septembrune"
GUIDE = oral_guide(COMPANY)
assert GUIDE is not None
SECONDS = (40, 60, 70, 70, 70, 60, 60, 70, 50, 40)
HOSTILE = "<img src=x onerror=alert(1)> `code` \u202e\x07 » {valeur} " + "x" * 5000


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def fill(folder: Path, proofs: tuple[str, ...] = (), message: str = "Clore vite n’est pas résoudre") -> None:
    """Hand in a plan of ten slides."""
    rows = [
        {
            "message": f"{message} {rank}",
            "preuve": proofs[rank] if rank < len(proofs) else "table temps",
            "secondes": one,
        }
        for rank, one in enumerate(SECONDS)
    ]
    remember(folder, LEARNER, deliverables()[PLAN], encode(rows))


def session_in(folder: Path, guide: OralGuide | None = GUIDE, right: dict[str, Any] | None = None) -> OralSession:
    return OralSession(COMPANY, LEARNER, folder, guide, {name: encode(one) for name, one in (right or {}).items()})


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    return ouvrir_dossier(COMPANY, LEARNER)


def test_the_bank_holds_the_criterion_s_own_questions_those_of_its_bloc_and_two_samples() -> None:
    assert len(GUIDE.questions) >= 12
    assert {one.id.rpartition("-")[0] for one in GUIDE.questions} == {"B3-C09"}
    assert {one.id.rpartition("-")[0] for one in GUIDE.others} == {f"B3-C0{rank}" for rank in range(1, 9)}
    every = [one.id for one in (*GUIDE.questions, *GUIDE.others)]
    assert len(set(every)) == len(every)
    assert tuple(one.level for one in GUIDE.level.copies) == SHOWN_LEVELS
    anchors = load_rubrics()["B3-C09"].anchors
    assert [" ".join(one.sentences) for one in GUIDE.level.descriptions] == [one.text for one in anchors]
    assert oral_guide("kerlavandre") is None


def test_no_question_comes_back_before_all_were_asked(tmp_path: Path) -> None:
    session, seen = session_in(tmp_path), Counter[str]()
    for _ in range(12):
        assert len(session.questions) == 5
        assert len({one.id for one in session.questions}) == 5
        assert session_in(tmp_path).questions == session.questions  # opened again, the same ones wait
        seen.update(one.id for one in session.questions)
        for bank in (GUIDE.questions, GUIDE.others):
            counts = [seen[one.id] for one in bank]
            assert max(counts) - min(counts) <= 1
        session.keep([60] * 10)
    assert all(seen[one.id] >= 2 for one in GUIDE.questions)


def test_only_what_was_asked_counts_as_asked(tmp_path: Path) -> None:
    session = session_in(tmp_path)
    first = [one.id for one in session.questions]
    session.keep([60], asked=2)
    assert set(KeptRehearsals(tmp_path, LEARNER).asked()) == set(first[:2])
    session.keep([60], asked=0)
    session.keep([60], asked=99)
    assert sum(KeptRehearsals(tmp_path, LEARNER).asked().values()) == 7


def test_two_learners_are_not_asked_the_same_questions_in_the_same_order(tmp_path: Path) -> None:
    orders = {
        tuple(one.id for one in OralSession(COMPANY, name, tmp_path, GUIDE, {}).questions) for name in ("a", "b", "c")
    }
    assert len(orders) == 3


def test_the_talk_is_read_from_the_plan(tmp_path: Path) -> None:
    fill(tmp_path)
    talk = talk_of(tmp_path, LEARNER)
    assert [one.seconds for one in talk.slides] == list(SECONDS)
    assert talk.ends[-1] == talk.seconds == sum(SECONDS)
    assert talk.notes == ()
    assert talk_of(tmp_path, "autre").notes == (EMPTY,)


def test_a_plan_that_lacks_something_has_a_clock_and_says_what(tmp_path: Path) -> None:
    empty = talk_of(tmp_path, LEARNER)
    assert [one.seconds for one in empty.slides] == [60] * 10
    assert empty.notes == (EMPTY,)
    rows = [{"message": "Un", "preuve": None, "secondes": "bientôt"}] + [
        {"message": f"{rank}", "preuve": "", "secondes": seconds} for rank, seconds in enumerate([0, -5, 1e9, 300, 500])
    ]
    remember(tmp_path, LEARNER, deliverables()[PLAN], encode(rows))
    talk = talk_of(tmp_path, LEARNER)
    assert [one.seconds for one in talk.slides] == [60, 60, 60, 60, 300, 500]
    said = plain(" ".join(talk.notes))
    assert "6 diapositives sur 10" in said
    assert "4 diapositive(s) sans durée lisible" in said
    assert "17 min 20 s : 7 min 20 s de trop" in said


def test_a_plan_that_cannot_be_read_is_said_and_the_clock_runs(tmp_path: Path) -> None:
    (tmp_path / "livrables").mkdir()
    (tmp_path / "livrables" / f"{PLAN}.xlsx").write_bytes(b"not a workbook")
    talk = talk_of(tmp_path, LEARNER)
    assert len(talk.slides) == 10
    assert talk.notes[0].startswith("Votre plan n’a pas pu être lu. ")


def test_figures_are_those_that_were_found_right(dossier: Dossier) -> None:
    case = case_of(COMPANY, LEARNER, accepted_draw(COMPANY, LEARNER))
    asked = question_of("t3-retours")
    assert asked.key is not None
    right = asked.key(case).right
    assert isinstance(right, dict)
    wrong = {name: value / 3 for name, value in right.items()}
    dossier.verifier("t3-retours", wrong)
    assert dossier._practice.right_answers() == {}
    dossier.verifier("t3-retours", right)
    own = own_questions(dossier._practice.right_answers(), RehearsedTalk(()))
    assert [one.id for one in own] == ["t3-retours"]
    high, low = sorted(right.values(), reverse=True)
    assert f"{100 * high:.0f} % et {100 * low:.0f} %" in plain(own[0].text)


def test_every_figure_that_is_asked_about_is_a_question_with_numbers() -> None:
    case = case_of(COMPANY, LEARNER, accepted_draw(COMPANY, LEARNER))
    for one in asked_figures():
        question = question_of(one.question)
        assert question.notebook == "e4-equipe/03-evaluer-defendre"
        assert question.key is not None
        (found,) = own_questions({one.question: encode(question.key(case).right)}, RehearsedTalk(()))
        assert "{" not in found.text
        assert found.origin == ORIGIN


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "41 %", None, [1, 2], {"a": "x"}, True, HOSTILE,
                                   {str(rank): 0.1 for rank in range(9)}])  # fmt: skip
def test_what_is_no_figure_is_not_quoted(value: object) -> None:
    (found,) = own_questions({"t3-retours": encode(value)}, RehearsedTalk(()))
    assert found.id == "chiffre"


def test_the_proofs_of_slides_are_figures_too(tmp_path: Path) -> None:
    fill(tmp_path, ("table temps", "41 %, t3-retours", "t3-facturable", "enquete_2026", "12 jours"))
    own = session_in(tmp_path)._own
    assert [one.id for one in own] == ["diapositive-2", "diapositive-5"]
    assert "« 41 %, t3-retours »" in plain(own[0].text)


def test_nothing_hostile_acts_in_any_face(tmp_path: Path) -> None:
    fill(tmp_path, (f"12 {HOSTILE}",), HOSTILE)
    session = session_in(tmp_path)
    session.keep([60] * 10, level=2, next_time=HOSTILE, seen="2a 9z <b>")
    session.prepare()
    html, text, panel = OralSheet(session).html(), OralSheet(session).text(), RehearsalPanel(session)
    panel.hear({"slides": [60], "reason": HOSTILE, "level": 1})
    for face in (html, text, json.dumps(panel.shown, ensure_ascii=False)):
        assert "\u202e" not in face
        assert "\x07" not in face
        assert "x" * 1000 not in face
    as_html = ("how", "noBank", "samples", "result")  # the page writes the rest as text
    assert "<img" not in html + "".join("".join(panel.shown[name]) for name in as_html)
    assert "&lt;img" in html


def test_a_rehearsal_is_kept_and_shows_progress(tmp_path: Path) -> None:
    fill(tmp_path)
    session = session_in(tmp_path)
    session.keep([60] * 10, answers_seconds=480, level=2, next_time="Regarder le jury.", seen="2a 3b")
    session.keep([70] * 10, level=3)
    (path,) = (tmp_path / STATE_FOLDER / "repetition").glob("*.json")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert [one["niveau"] for one in kept["répétitions"]] == [2, 3]
    assert kept["répétitions"][0]["exposé_s"] == 600
    assert kept["répétitions"][0]["phrases"] == "2a 3b"
    _, rows = progress_table(session_in(tmp_path))
    assert [row[-1] for row in rows] == ["acquis", "fragile"]
    assert rows[0][2] == "1 min 40 s de retard"
    assert rows[1][2] == "dans le temps"
    assert rows[1][3] == "n° 1 : 20 s de retard"
    standing = session.standing
    assert standing is not None
    assert standing.last is not None
    assert standing.last.level == 3


def test_what_is_kept_is_bounded_and_a_damaged_file_counts_as_empty(tmp_path: Path) -> None:
    session = session_in(tmp_path)
    for _ in range(MAX_KEPT + 3):
        session.keep([10] * 20, next_time="x" * 5000)
    assert len(session.past) == MAX_KEPT
    assert len(session.past[0].next_time) <= MAX_REASON
    (path,) = (tmp_path / STATE_FOLDER / "repetition").glob("*.json")
    for damaged in ("{", "[]", '{"répétitions": 3, "questions": []}', '{"répétitions": [{"date": 3}, 4, null]}',
                    '{"questions": {"a": "b", "c": -1}}'):  # fmt: skip
        path.write_text(damaged, encoding="utf-8")
        assert session_in(tmp_path).past == ()
        assert session_in(tmp_path).questions
    path.write_text(
        '{"répétitions": [{"date": "2026-11-27T10:00:00", "diapositives_s": ["a", 1e99, 30], "niveau": 9}]}'
    )
    (one,) = session_in(tmp_path).past
    assert one.slides == (0, 0, 30)
    assert one.level is None
    session_in(tmp_path).keep([60])  # what was read is written again


@pytest.mark.parametrize("times", ["600", {"a": 1}, [], [-1], ["a"], [None], object(), float("nan"), -3])
def test_times_that_are_none_are_refused_in_french(tmp_path: Path, times: object) -> None:
    with pytest.raises(CasekitError, match="secondes"):
        session_in(tmp_path).keep(times)
    assert session_in(tmp_path).past == ()


@pytest.mark.parametrize("level", [0, 5, "3", 2.0, True])
def test_a_level_that_is_none_is_refused(tmp_path: Path, level: object) -> None:
    with pytest.raises(CasekitError, match="de 1 à 4"):
        session_in(tmp_path).keep([60], level=level)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    session = session_in(tmp_path)
    (tmp_path / STATE_FOLDER).write_text("a file where the folder should be")
    with pytest.raises(CasekitError, match="ne peut pas être écrit"):
        session.keep([60])


def test_the_sheet_says_everything_without_buttons(tmp_path: Path) -> None:
    fill(tmp_path)
    session = session_in(tmp_path)
    text, html = plain(OralSheet(session).text()), plain(OralSheet(session).html())
    for face in (text, html):
        assert "Clore vite n’est pas résoudre 3" in face
        assert "dossier.repetition(3, [40, 62, 75])" in face
        assert "Le récit de ce qui a été fait" not in face  # what marks a sample waits until one has one’s own level
        assert "maîtrisé" not in face
    for one in session.questions:
        assert plain(one.text) in text
    assert html.count("<details>") == 2
    assert html.count("Lire la soutenance") == 2


def test_without_the_other_side_the_clock_runs_alone(tmp_path: Path) -> None:
    session = session_in(tmp_path, guide=None)
    assert session.questions == ()
    assert "demandez à quelqu’un" in OralSheet(session).text()
    assert RehearsalPanel(session).shown["form"] is None
    session.keep([60] * 10)
    assert len(session.past) == 1
    with pytest.raises(CasekitError, match="sans niveau"):
        session.keep([60], level=3)


def test_the_case_opens_keeps_and_refuses(dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = dossier.repetition()
    assert isinstance(opened, Repetition)
    assert plain(repr(opened)).startswith("Répétition de la soutenance")
    with pytest.raises(CasekitError, match="vos temps"):
        dossier.repetition(3)
    card = dossier.repetition(3, [45] * 10, "Sourire.")
    assert card is not None
    shown = plain(str(card))
    assert "« acquis »" in shown
    assert "Soutenance A – fragile, un niveau au-dessous du vôtre" in shown
    assert "Soutenance B – maîtrisé, un niveau au-dessus du vôtre" in shown
    assert "Sourire." in shown
    monkeypatch.setattr(dossier_module, "being_graded", lambda: True)
    assert dossier.repetition() is None


def test_another_company_has_no_oral(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CasekitError, match="notebook 3"):
        ouvrir_dossier("kerlavandre", LEARNER).repetition()


def test_the_page_is_told_what_it_needs_and_python_keeps_what_it_measured(tmp_path: Path) -> None:
    fill(tmp_path)
    session = session_in(tmp_path)
    panel = RehearsalPanel(session)
    asked = [one["text"] for one in panel.shown["questions"]]
    assert [one["end"] for one in panel.shown["slides"]][-1] == sum(SECONDS)
    assert panel.shown["result"] == ""
    panel.hear({"do": "keep", "slides": [41] * 10, "answers": 300, "asked": 2, "level": 2, "reason": "Ralentir.",
                "seen": "2a"})  # fmt: skip
    assert panel.shown["kept"] == 1
    assert "« fragile »" in plain(panel.shown["said"])
    assert "Vos dernières répétitions" in panel.shown["result"]
    assert [one["text"] for one in panel.shown["questions"]] != asked
    for message in (None, [], {"slides": "x"}, {"slides": [60], "level": 12}, {"slides": [60], "level": "<b>"}):
        panel.hear(message)
        assert panel.shown["kept"] == 1
        assert panel.shown["trouble"]
    assert len(session_in(tmp_path).past) == 1


def test_where_a_kernel_runs_the_clock_is_found_by_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "running_shell", lambda: SimpleNamespace(kernel=object()))
    shown = Repetition(session_in(tmp_path))._repr_mimebundle_()
    assert 'data-casekit-repetition=""' not in shown["text/html"]
    assert "data-casekit-repetition=" in shown["text/html"]


def test_lateness_is_said_in_words() -> None:
    assert [plain(gap_words(one)) for one in (0.4, -0.4, 59.6)] == ["à l’heure", "à l’heure", "1 min de retard"]
