"""The tables and the note on strategy: the notebook's models pass; each rule broken alone gives its own remark only."""

import copy
from typing import Any

import pandas as pd
import pytest
from source import answers_of, inside

from autograder.cases import Case, case_of
from autograder.evaluation import evaluate
from autograder.questions import question_of
from autograder.questions.e1_strategie.strategie_tables import EXAMPLE
from autograder.variants import accepted_draw
from casestudies.answers import decode, encode
from casestudies.findings import Finding, Outcome

NOTEBOOK, LEARNER = "e1-strategie/03-strategie-leviers", "strategie"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("treziflow", LEARNER, accepted_draw("treziflow", LEARNER))


@pytest.fixture(scope="module")
def answers(case: Case, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with inside(tmp_path_factory.mktemp("modele")):
        return answers_of(NOTEBOOK, LEARNER, case.company.draw)


def judged(question: str, answer: object, case: Case, answers: dict[str, Any]) -> Finding:
    return evaluate(question_of(question), case, encode(answer), answers)


def set_cell(rows: Rows, who: int | str, name: str, value: object) -> Rows:
    """Change one cell: of the row of that number, or of the one whose lever, size or id is ``who``."""
    row = rows[who] if isinstance(who, int) else next(row for row in rows if who in row.values())
    row[name] = value
    return rows


def without(rows: Rows, name: str) -> Rows:
    return [{key: value for key, value in row.items() if key != name} for row in rows]


def named(rows: Rows, who: str) -> dict[str, Any]:
    return next(row for row in rows if who in row.values())


def swapped(rows: Rows, first: str, second: str, *names: str) -> Rows:
    one, other = named(rows, first), named(rows, second)
    for name in names:
        one[name], other[name] = other[name], one[name]
    return rows


BROKEN = {
    "s3-segments": {
        "column": (lambda r: without(r, "motif"), "« motif »"),
        "rows": (lambda r: [*r[:2], r[3]], "4 lignes|« 3 à 5 » manque"),
        "empty": (lambda r: set_cell(r, 0, "segment", ""), "« segment »"),
        "size": (lambda r: [*r, {**r[1], "effectif": "1 à 2"}], "« 1 à 2 » figure 2 fois"),
        "role": (lambda r: set_cell(r, 0, "rôle", "bof"), "« bof »"),
        "first": (
            lambda r: [{**row, "rôle": "secondaire", "positionnement": POSITION} for row in r],
            "« prioritaire »",
        ),
        "leads": (lambda r: set_cell(r, 0, "leads", 12), "« leads »"),
        "revenue": (lambda r: set_cell(r, 0, "revenu_par_lead", 250), "« revenu_par_lead »"),
        "reach": (lambda r: set_cell(r, 0, "joignables", 12), "« joignables »"),
        "no position": (lambda r: set_cell(r, 2, "positionnement", ""), "« positionnement » : à remplir"),
        "short position": (lambda r: set_cell(r, 2, "positionnement", "Pour tous"), "mots"),
        "short reason": (lambda r: set_cell(r, 2, "motif", "Beaucoup"), "mots"),
        "copied": (lambda r: set_cell(r, 2, "positionnement", EXAMPLE[1]), "exemple"),
    },
    "s3-objectifs": {
        "column": (lambda r: without(r, "indicateur"), "« indicateur »"),
        "rows": (lambda r: [r[0], r[2]], "lignes"),
        "empty": (lambda r: set_cell(r, 0, "unité", ""), "« unité »"),
        "id": (lambda r: set_cell(r, 0, "objectif_id", "premier"), "O1, O2"),
        "type": (lambda r: set_cell(r, 0, "type", "argent"), "« argent »"),
        "types": (lambda r: [{**row, "type": "conversion"} for row in r], "valeur différente"),
        "still": (lambda r: set_cell(r, 0, "cible", r[0]["valeur_départ"]), "égales"),
        "number": (lambda r: set_cell(r, 0, "cible", "beaucoup"), "deux nombres"),
        "date": (lambda r: set_cell(r, 0, "échéance", "bientôt"), "date"),
        "late": (lambda r: set_cell(r, 0, "échéance", "2027-12-31"), "dépasse l’échéance"),
        "source": (lambda r: set_cell(r, 0, "source", "mon intuition"), "citez une table"),
        "short": (lambda r: set_cell(r, 0, "objectif", "Vendre plus"), "mots"),
        "copied": (lambda r: set_cell(r, 0, "objectif", EXAMPLE[0]), "exemple"),
    },
    "s3-leviers": {
        "column": (lambda r: without(r, "dépend_de"), "« dépend_de »"),
        "missing": (lambda r: [row for row in r if row["levier"] != "Affiliation"], "« Affiliation » manque|lignes"),
        "status": (lambda r: set_cell(r, "Affiliation", "statut", "peut-être"), "« peut-être »"),
        "no status": (lambda r: set_cell(r, "Affiliation", "statut", ""), "« statut »"),
        "no reason": (lambda r: set_cell(r, "Affiliation", "motif", ""), "sans motif"),
        "no reason kept": (lambda r: set_cell(r, "SEO", "motif", ""), "« motif » : à remplir"),
        "short reason": (lambda r: set_cell(r, "SEO", "motif", "Pas cher"), "mots"),
        "no budget": (lambda r: set_cell(r, "E-mailing", "budget_ht", ""), "« budget_ht » : à remplir"),
        "no forecast": (lambda r: set_cell(r, "SEO", "clients_prévus", ""), "« clients_prévus » : à remplir"),
        "no delay": (lambda r: set_cell(r, "SEO", "délai_semaines", ""), "« délai_semaines » : à remplir"),
        "no start": (lambda r: set_cell(r, "SEO", "démarrage", ""), "« démarrage » : à remplir"),
        "unknown aim": (lambda r: set_cell(r, "SEA", "objectifs", "O1, O9"), "« O9 »"),
        "forgotten aim": (lambda r: set_cell(r, "E-mailing", "objectifs", "O1"), "« O3 »"),
        "too much": (lambda r: set_cell(r, "E-mailing", "budget_ht", 60000), "dépasse le plafond"),
        "forecast": (lambda r: set_cell(r, "SEA", "clients_prévus", 400), "« clients_prévus »"),
        "rank": (lambda r: set_cell(r, "Webinaires", "ordre", 9), "rangs"),
        "delay": (lambda r: set_cell(r, "SEO", "délai_semaines", 3), "« délai_semaines »"),
        "date": (lambda r: set_cell(r, "SEO", "démarrage", "bientôt"), "date"),
        "late": (lambda r: set_cell(r, "Webinaires", "démarrage", "2027-09-01"), "dépasse l’échéance"),
        "order and dates": (lambda r: set_cell(r, "Outbound", "démarrage", "2027-01-04"), "commence le"),
        "cycle": (lambda r: set_cell(r, "SEO", "dépend_de", "SEO"), "en rond|dépend de"),
        "unknown": (lambda r: set_cell(r, "SEA", "dépend_de", "Radio"), "« Radio »"),
        "after": (lambda r: set_cell(r, "SEA", "dépend_de", "Outbound"), "« SEA » dépend de « Outbound »"),
        "network first": (
            lambda r: swapped(
                set_cell(r, "Réseaux sociaux", "dépend_de", ""), "SEO", "Réseaux sociaux", "ordre", "démarrage"
            ),
            "après « Réseaux sociaux »|après « E-mailing »|dépend de « SEO »",
        ),
    },
}  # fmt: skip
POSITION = "Pour l’entreprise qui suit ses comptes sur un tableur, le solde à six semaines, chaque lundi."


@pytest.mark.parametrize(("question", "name"), [(q, n) for q, cases in BROKEN.items() for n in cases])
def test_a_table_broken_in_one_way_says_just_that(
    question: str, name: str, case: Case, answers: dict[str, Any]
) -> None:
    table = decode(answers[question])
    assert isinstance(table, pd.DataFrame)
    assert evaluate(question_of(question), case, answers[question], answers).outcome is Outcome.READY
    breaks, words = BROKEN[question][name]
    found = judged(question, breaks(copy.deepcopy(table.to_dict("records"))), case, answers)
    assert found.outcome is Outcome.TO_COMPLETE
    heard = [remark.replace("\u00a0", " ").replace("\u202f", " ") for remark in found.remarks]
    assert heard
    assert all(any(one in remark for one in words.split("|")) for remark in heard), heard


def test_budget_outside_the_useful_range(case: Case, answers: dict[str, Any]) -> None:
    table = decode(answers["s3-leviers"])
    assert isinstance(table, pd.DataFrame)
    rows = set_cell(table.to_dict("records"), "SEA", "budget_ht", 2000)
    set_cell(rows, "SEA", "clients_prévus", "")
    said = " ".join(judged("s3-leviers", rows, case, answers).remarks)
    assert "sous le budget minimal" in said


NOTE_BROKEN = {
    "short": (lambda text: text[:300] + " 1, 2, 3 et 4 clients, SEO, 2027", "de 120 à 200 mots"),
    "figures": (lambda text: "".join("x" if one.isdigit() else one for one in text) + " 2027 ", "chiffre"),
    "clients": (lambda text: text.replace("client", "compte"), "clients"),
    "date": (lambda text: text.replace("202", "302"), "échéance"),
}


@pytest.mark.parametrize("name", NOTE_BROKEN)
def test_a_note_broken_in_one_way_says_just_that(name: str, case: Case, answers: dict[str, Any]) -> None:
    text = decode(answers["s3-note"])
    breaks, words = NOTE_BROKEN[name]
    found = judged("s3-note", breaks(text), case, answers)
    assert len(found.remarks) == 1
    assert words in found.remarks[0].replace("\u00a0", " ")


@pytest.mark.parametrize("question", BROKEN)
def test_untouched_tables_are_not_attempted(question: str, case: Case) -> None:
    assert judged(question, None, case, {}).outcome is Outcome.NOT_ATTEMPTED
    assert judged(question, [], case, {}).outcome is Outcome.NOT_ATTEMPTED
