"""The learner's open case: what it shows, what it hands in, what it says of a mistake."""

import re
from pathlib import Path

import pandas as pd
import pytest

import casestudies.dossier as dossier_module
from autograder.keys.cases import case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.questions import questions_of
from autograder.keys.variants import accepted_draw
from casestudies import ouvrir_dossier
from casestudies.answers import MIME, decode
from casestudies.errors import CasekitError, UnknownNameError

QUESTION = next(q for q in questions_of(company="kerlavandre") if isinstance(q.check, CloseTo) and q.key)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def dossier(folder: Path):
    return ouvrir_dossier("kerlavandre", "lea")


def shown(thing) -> dict:
    return thing._repr_mimebundle_()


def test_it_says_whose_figures_they_are(folder: Path) -> None:
    assert "référence" in repr(ouvrir_dossier("kerlavandre"))
    assert "« lea »".replace(" ", "\u00a0") in repr(ouvrir_dossier("kerlavandre", "lea"))
    assert "« lea »".replace(" ", "\u00a0") in repr(ouvrir_dossier("kerlavandre"))


def test_brief_documents_and_tables_are_shown(dossier) -> None:
    assert "{" not in shown(dossier.message())["text/markdown"]
    assert "Tables" in shown(dossier.tables())["text/markdown"]
    assert shown(dossier.document("charte"))["text/markdown"].startswith("#")
    table = dossier.table("commandes")
    assert isinstance(table, pd.DataFrame)
    assert list(dossier.dictionnaire("commandes").index) == list(table.columns)
    assert dossier.periode("pendant").jours >= 10
    assert "pendant" in dossier.periodes().index


def test_a_document_is_shown_whole_or_by_parts(dossier) -> None:
    whole = shown(dossier.document("charte"))["text/markdown"]
    part = shown(dossier.document("charte", "Nos couleurs", "Notre ton"))["text/markdown"]
    assert re.findall("^#+ .*", part, re.MULTILINE) == [
        re.match(r"# .*", whole)[0], "## Notre ton", "## Nos couleurs"
    ]  # fmt: skip
    assert "Nous vouvoyons" in part
    assert "Qui nous sommes" not in part
    with pytest.raises(UnknownNameError, match=r"Aucune partie ne s’appelle « Notre tons ».*« Notre ton »"):
        dossier.document("charte", "Notre tons")


def test_the_texts_of_tables_are_read_whole(folder: Path) -> None:
    with pd.option_context("display.max_colwidth", 50):
        ouvrir_dossier("kerlavandre", "lea")
        assert pd.get_option("display.max_colwidth") is None


def test_a_table_given_can_be_changed_without_harm(dossier) -> None:
    products = dossier.table("produits")
    products["nom"] = ""
    assert (dossier.table("produits")["nom"] != "").all()


@pytest.mark.parametrize("call", ["table", "dictionnaire", "document", "periode", "indice"])
def test_an_unknown_name_lists_the_known_ones(dossier, call: str) -> None:
    with pytest.raises(UnknownNameError, match="Noms possibles"):
        getattr(dossier, call)("inconnu")


def test_an_error_is_shown_as_one_sentence(folder: Path) -> None:
    with pytest.raises(CasekitError) as caught:
        ouvrir_dossier("inconnue")
    assert "kerlavandre" in "".join(caught.value._render_traceback_())


def test_an_answer_is_handed_in_and_commented(dossier) -> None:
    case = case_of("kerlavandre", "lea", accepted_draw("kerlavandre", "lea"))
    key = QUESTION.key(case)
    wrong = shown(dossier.verifier(QUESTION.id, key.wrong[0].value))
    assert "Erreur reconnue" in wrong["text/plain"]
    assert "Erreur reconnue" in wrong["text/html"]
    right = shown(dossier.verifier(QUESTION.id, key.right))
    assert right["text/plain"].startswith("✓ Juste")
    payload = right[MIME]
    assert payload["learner"] == "lea"
    assert decode(payload["answer"]) == pytest.approx(key.right)


def test_an_unknown_question_is_refused(dossier) -> None:
    with pytest.raises(UnknownNameError, match="question"):
        dossier.verifier("q-rien", 1)


def test_hints_are_counted_and_progress_is_kept(dossier) -> None:
    texts = [shown(dossier.indice(QUESTION.id))["text/plain"] for _ in range(4)]
    assert texts[0].startswith("→ Indice 1 sur 3")
    assert texts[3] == texts[2]
    dossier.verifier(QUESTION.id, None)
    again = ouvrir_dossier("kerlavandre")
    assert "Pas encore de réponse · 3" in repr(again.progression())
    assert "<table" in shown(again.progression())["text/html"]


def test_progress_shows_the_notebook_at_hand_first_even_after_a_restart(dossier, monkeypatch) -> None:
    dossier.verifier(QUESTION.id, None)
    notebook = QUESTION.notebook.split("/")[-1]
    asked = len(questions_of(notebook=QUESTION.notebook))
    assert f"sur {asked}" in dossier.progression().caption
    monkeypatch.setenv("JPY_SESSION_NAME", f"/ailleurs/{notebook}.ipynb")
    again = ouvrir_dossier("kerlavandre").progression()
    assert f"sur {asked}" in again.caption
    assert "autres notebooks" in shown(again)["text/html"]
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert f"sur {len(questions_of(company='kerlavandre'))}" in ouvrir_dossier("kerlavandre").progression().caption


def test_at_grading_an_answer_is_worth_zero_until_it_is_evaluated(folder: Path, monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("CASEKIT_LEARNER", "lea")
    monkeypatch.setenv("CASEKIT_DRAW", "0")
    card = shown(ouvrir_dossier("kerlavandre", "autre").verifier(QUESTION.id, 12))
    assert card["text/plain"] == "0"
    assert "aucun point" in card["text/html"]
    assert card[MIME]["learner"] == "lea"


def test_without_the_trainers_side_an_answer_is_recorded(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    dossier = ouvrir_dossier("kerlavandre", "lea")
    assert "Réponse enregistrée" in repr(dossier.verifier("q-quelconque", 3))
    assert "pas disponibles" in repr(dossier.indice("q-quelconque"))


def test_a_changed_identifier_is_said_loudly(folder: Path) -> None:
    ouvrir_dossier("kerlavandre", "ana.martin")
    said = repr(ouvrir_dossier("kerlavandre", "bob"))
    assert "bob" in said
    assert "ana.martin" in said
    ouvrir_dossier("kerlavandre", "ana.martin")
    asked = repr(ouvrir_dossier("kerlavandre", "Ana Martin"))
    assert "Est-ce la même personne" in asked
    assert 'identifiant = "ana.martin"' in asked
    assert "préparés pour" in repr(ouvrir_dossier("kerlavandre"))
