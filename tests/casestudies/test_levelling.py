"""Levelling one's own work: offered once it is ready, kept with the time, compared, given again once revised."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.keys.checks.structure import Structure
from autograder.keys.formative import LocalFeedback
from autograder.keys.levelling import level_guide
from autograder.keys.model import Review
from autograder.keys.questions import Question, question_of, questions_of, reviews_of
from autograder.referentiel.rubric import LEVEL_NAMES, load_rubrics
from casestudies import dossier as dossier_module
from casestudies import ouvrir_dossier, practice
from casestudies.answers import MIME
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.levelling.kept import MAX_KEPT, MAX_REASON, KeptLevels, OwnLevel, read_levels
from casestudies.levelling.model import sentences_of
from casestudies.studio.panel_live import Panels


def _is_text(question: Question) -> bool:
    return isinstance(question.check, Structure) and question.check.kind == "text"


ASKED = questions_of()
TEXTS = [one for one in ASKED if (guide := level_guide(one)) and len(guide.work) > 1 and _is_text(one)]
LAST = next((one for one in TEXTS if one.company == "kerlavandre"), TEXTS[0])
"""A note that ends the work on a criterion of its notebook, after other deliverables."""
GUIDE = level_guide(LAST)
assert GUIDE is not None
COMPANY, TABLE, NOTE = LAST.company, GUIDE.work[0], LAST.id
KEYED = next(one.id for one in ASKED if one.key and one.company == COMPANY)
TEXT = "Une note à la direction."


class Ready(LocalFeedback):
    """Find every text ready to be read but one, and every other answer not yet."""

    def respond(self, company: str, learner: str, draw: int, question: str, answer: Any, earlier: Any) -> Finding:
        """Say that a text is ready."""
        ready = answer["kind"] == "text" and "brouillon" not in answer["value"]
        return Finding(Outcome.READY if ready else Outcome.TO_COMPLETE, float(ready), "Voilà.")


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """Return the open case of a notebook whose kernel runs."""
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    shell = SimpleNamespace(kernel=object(), user_ns={}, events=SimpleNamespace(register=lambda *_: None))
    monkeypatch.setattr(practice, "running_shell", lambda: shell)
    monkeypatch.setattr(dossier_module, "feedback_service", Ready)
    return ouvrir_dossier(COMPANY, "lea")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def faces(shown: Any) -> dict[str, Any]:
    return {kind: plain(face) if isinstance(face, str) else face for kind, face in shown._repr_mimebundle_().items()}


def live(dossier: Dossier) -> Panels:
    found = dossier._practice._live
    assert found is not None
    return found


def ask(dossier: Dossier, **more: object) -> dict[str, Any]:
    return live(dossier).answer({"do": "level", "question": NOTE, "number": 1, **more})


def hands_in(review: Review) -> bool:
    """Whether a question of its notebook hands in what a review reads; an oral, or a part in its own cell, has none."""
    asked = questions_of(notebook=review.notebook) if review.notebook.partition("/")[2] else []
    return any(one.key is None and one.criterion == review.criterion for one in asked)


def test_every_review_but_these_reads_what_a_question_hands_in() -> None:
    assert [one.id for one in reviews_of() if not hands_in(one)] == ["rt2-finalite", "rt3-soutenance"]


@pytest.mark.parametrize("review", list(filter(hands_in, reviews_of())), ids=lambda one: one.id)
def test_each_reviewed_criterion_of_a_notebook_is_levelled_once(review: Review) -> None:
    asked = questions_of(notebook=review.notebook)
    guides = [found for one in asked if (found := level_guide(one)) and found.criterion == review.criterion]
    assert len(guides) == 1
    (guide,) = guides
    rubric = load_rubrics()[review.criterion]
    assert [" ".join(one.sentences) for one in guide.descriptions] == [one.text for one in rubric.anchors]
    assert all(1 <= len(one.sentences) <= 8 for one in guide.descriptions)
    assert [one.level for one in guide.copies] == sorted(one.level for one in guide.copies)
    assert guide.work[-1] in [one.id for one in asked if level_guide(one)]


@pytest.mark.parametrize("code", sorted(load_rubrics()))
def test_the_sentences_of_an_anchor_are_whole(code: str) -> None:
    for anchor in load_rubrics()[code].anchors:
        for sentence in sentences_of(anchor.text):
            assert sentence[0].isupper() or not sentence[0].isalpha()
            assert sentence[-1] in ".?!"
            assert len(sentence) > 12


def test_a_question_with_a_right_value_or_whose_work_goes_on_is_not_levelled() -> None:
    assert level_guide(question_of(KEYED)) is None
    assert level_guide(question_of(TABLE)) is None


def test_it_is_offered_once_the_work_is_ready_in_every_face(dossier: Dossier) -> None:
    shown = faces(dossier.verifier(NOTE, "brouillon"))
    assert "situer" not in shown["text/plain"] + shown["text/html"]
    assert live(dossier).panels[NOTE]["levels"] is None
    shown = faces(dossier.verifier(NOTE, TEXT))
    for face in ("text/plain", "text/html"):
        assert f'dossier.situer("{NOTE}")' in shown[face].replace("&quot;", '"')
    form = live(dossier).panels[NOTE]["levels"]
    assert form["open"] is True
    assert [one["level"] for one in form["descriptions"]] == [1, 2, 3, 4]
    assert form["descriptions"][2]["sentences"][0][0] == "3a"
    assert "Ceci n’est pas une note" in plain(" ".join(form["introduction"]))
    said = plain(json.dumps(form, ensure_ascii=False))
    assert not any(f"« {name} »" in said for name in LEVEL_NAMES.values()), "levels have no name before one is chosen"
    assert faces(dossier.verifier(TABLE, [{"a": 1}]))["text/html"].count("situer") == 0


def test_a_level_is_kept_and_compared_with_three_copies(dossier: Dossier) -> None:
    dossier.verifier(NOTE, TEXT)
    answered = ask(dossier, level=3, reason="Mes chiffres sont <b>cités</b>.", seen="3a 2b 9z")
    assert "« acquis »" in plain(answered["said"])
    html = plain(answered["faces"]["text/html"])
    assert html.count("Lire la copie") == 3
    assert "Mes chiffres sont &lt;b&gt;cités&lt;/b&gt;." in html
    assert GUIDE is not None
    for one in GUIDE.copies:
        assert one.reason.split(".")[0][:40] in html
    assert "De la description « fragile », vous avez reconnu : « " in html
    assert "De la description « acquis », vous n’avez pas reconnu : « " in html
    assert live(dossier).panels[NOTE]["levels"] == {"open": False}
    (kept,) = answered["faces"][MIME]["levels"]
    assert (kept["level"], kept["seen"], kept["rubric"]) == (3, "3a 2b", GUIDE.rubric)
    assert datetime.fromisoformat(kept["at"]).tzinfo is not None


def test_the_same_work_has_one_level_and_a_revised_one_another(dossier: Dossier) -> None:
    dossier.verifier(NOTE, TEXT)
    ask(dossier, level=2, reason="", seen="")
    again = ask(dossier, level=4, reason="", seen="")
    assert again["alert"] is True
    assert "déjà situé" in plain(again["said"])
    dossier.verifier(NOTE, TEXT)
    assert live(dossier).panels[NOTE]["levels"] == {"open": False}

    shown = faces(dossier.verifier(NOTE, TEXT + " Revue."))
    assert live(dossier).panels[NOTE]["levels"]["open"] is True
    assert "Votre travail a changé depuis" in shown["text/html"]
    assert "à « fragile » le" in shown["text/html"]
    answered = ask(dossier, level=3, reason="", seen="")
    assert [one["level"] for one in answered["faces"][MIME]["levels"]] == [2, 3]
    assert ", puis à « acquis » le" in plain(answered["faces"]["text/plain"])


def test_the_table_of_the_same_criterion_is_a_part_of_the_work(dossier: Dossier) -> None:
    dossier.verifier(TABLE, [{"levier": "SEA"}])
    dossier.verifier(NOTE, TEXT)
    ask(dossier, level=2, reason="", seen="")
    dossier.verifier(TABLE, [{"levier": "SEO"}])
    dossier.verifier(NOTE, TEXT)
    assert live(dossier).panels[NOTE]["levels"]["open"] is True


def test_a_notebook_opened_again_finds_the_levels(dossier: Dossier) -> None:
    dossier.verifier(NOTE, TEXT)
    ask(dossier, level=1, reason="", seen="")
    again = ouvrir_dossier(COMPANY, "lea")
    shown = faces(again.verifier(NOTE, TEXT))
    assert live(again).panels[NOTE]["levels"] == {"open": False}
    assert [one["level"] for one in shown[MIME]["levels"]] == [1]
    other = ouvrir_dossier(COMPANY, "bob")
    assert faces(other.verifier(NOTE, TEXT))[MIME]["levels"] == []


def test_it_can_be_typed(dossier: Dossier) -> None:
    dossier.verifier(NOTE, TEXT)
    asked = faces(dossier.situer(NOTE))["text/plain"]
    assert "4a. " in asked
    compared = faces(dossier.situer(NOTE, 4, "Tout y est.", "4a, 4b"))
    assert "Votre travail – maîtrisé : Tout y est." in compared["text/plain"]
    assert compared["text/plain"].count("Copie ") >= 6, "each one's reason, then each one's text"
    assert "<details" in compared["text/html"]
    assert " open>" in compared["text/html"]
    assert faces(dossier.situer(NOTE)) == compared


@pytest.mark.parametrize(("question", "level"), [(NOTE, 5), (NOTE, "3"), (NOTE, True), (TABLE, 2), (KEYED, 2)])
def test_what_cannot_be_levelled_is_said_in_french(dossier: Dossier, question: str, level: Any) -> None:
    dossier.verifier(NOTE, TEXT)
    dossier.verifier(TABLE, TEXT)
    with pytest.raises(CasekitError):
        dossier.situer(question, level)
    assert faces(dossier.verifier(NOTE, TEXT))[MIME]["levels"] == []


def test_a_draft_cannot_be_levelled(dossier: Dossier) -> None:
    with pytest.raises(CasekitError, match="Prêt à relire"):
        dossier.situer(NOTE, 3)
    dossier.verifier(NOTE, "brouillon")
    with pytest.raises(CasekitError, match="Prêt à relire"):
        dossier.situer(NOTE, 3)


def test_nothing_is_shown_without_a_feedback_service_nor_at_grading(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier.verifier(NOTE, TEXT)
    ask(dossier, level=3, reason="Une raison.", seen="")
    monkeypatch.setattr(dossier_module, "feedback_service", lambda: None)
    alone = ouvrir_dossier(COMPANY, "lea")
    shown = faces(alone.verifier(NOTE, TEXT))
    assert "situer" not in shown["text/plain"] + shown["text/html"]
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    graded = ouvrir_dossier(COMPANY, "lea")
    assert graded.situer(NOTE, 3) is None
    handed_in = graded.verifier(NOTE, TEXT)._repr_mimebundle_()
    assert handed_in["text/plain"] == "0"
    assert [(one["level"], one["reason"]) for one in handed_in[MIME]["levels"]] == [(3, "Une raison.")]


AT = "2027-01-06T09:30:00+00:00"


@pytest.mark.parametrize(
    "data",
    [
        None, "3", 3, {}, [None], [3], [{"level": 3}], [{"level": 0, "at": AT}], [{"level": 5, "at": AT}],
        [{"level": True, "at": AT}], [{"level": 3.0, "at": AT}], [{"level": "3", "at": AT}], [{"level": 3, "at": 5}],
        [{"level": 3, "at": "hier"}], [{"level": 3, "at": "0001-01-01T00:00:00+14:00"}],
    ],
)  # fmt: skip
def test_what_is_no_level_is_left_out(data: Any) -> None:
    assert read_levels(data) == ()


def test_what_a_copy_says_is_bounded() -> None:
    many = [{"level": 1 + rank % 4, "at": AT, "reason": "x\u202e" * 9000, "seen": "3a " * 900} for rank in range(500)]
    found = read_levels(many)
    assert len(found) == MAX_KEPT
    assert all(len(one.reason) <= MAX_REASON and "\u202e" not in one.reason for one in found)
    assert all(one.seen == ((3, 0),) for one in found)
    odd = read_levels([{"level": 2, "at": AT, "reason": ["x"], "seen": 3, "rubric": {}, "work": 1}])
    assert odd == (OwnLevel(2, datetime(2027, 1, 6, 9, 30, tzinfo=UTC)),)


def test_the_first_level_and_the_last_ones_are_kept(tmp_path: Path) -> None:
    kept = KeptLevels(tmp_path, "lea")
    for minute in range(MAX_KEPT + 5):
        kept.add("q", OwnLevel(1 + minute % 4, datetime(2027, 1, 6, 9, minute, tzinfo=UTC)))
    found = kept.of("q")
    assert [one.at.minute for one in found] == [0, *range(6, MAX_KEPT + 5)]
    (path,) = (tmp_path / ".casekit" / "niveaux").iterdir()
    path.write_text("{abîmé", encoding="utf-8")
    assert kept.of("q") == ()


def test_a_level_that_cannot_be_written_is_said(dossier: Dossier, tmp_path: Path) -> None:
    dossier.verifier(NOTE, TEXT)
    (tmp_path / ".casekit" / "niveaux").write_text("un fichier au lieu d’un dossier", encoding="utf-8")
    with pytest.raises(CasekitError, match="n’a pas pu être gardé"):
        dossier.situer(NOTE, 3)
