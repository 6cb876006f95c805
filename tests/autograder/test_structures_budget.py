"""The tables and the note of notebook 03: a model passes; each rule broken alone gives its own remark only."""

import copy
from typing import Any

import pytest

from autograder.keys import metrics
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.reading import plain
from autograder.keys.evaluation import evaluate
from autograder.keys.questions.e2_performance import budget_facts as budget
from autograder.keys.questions.e2_performance.budget_roi import SERIES
from autograder.keys.questions.e2_performance.budget_tables import ALERT, amounts
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in SERIES}
Rows = list[dict[str, Any]]
WORDS = "La dépense de média explique presque tout, le reste suit le prévu."


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("kerlavandre", "", 0)


def judged(question: str, answer: object, case: Case) -> Finding:
    return evaluate(QUESTIONS[question], case, encode(answer), {})


@pytest.fixture
def postes(case: Case) -> Rows:
    rows = []
    for lever in budget.LEVERS:
        for nature, poste in (("dépense", "agence"), ("dépense", "média"), ("recette", "ventes")):
            total = amounts(case)[plain(lever), plain(nature)][1]
            amount = total / 2 if nature == "dépense" else total
            rows.append(_poste(lever, nature, poste, amount))
    return [*rows, _poste("Tous", "coût caché", "temps de travail", 5000)]


def _poste(lever: str, nature: str, poste: str, amount: object) -> dict[str, Any]:
    return {
        "levier": lever, "nature": nature, "poste": poste, "montant_ht": amount, "récurrence": "mensuelle",
        "commentaire": WORDS,
    }  # fmt: skip


@pytest.fixture
def recommendations(case: Case) -> Rows:
    rows = []
    for lever in budget.LEVERS:
        for nature in ("dépense", "recette"):
            planned, actual = amounts(case)[plain(lever), plain(nature)]
            share = metrics.change(planned, actual)
            if abs(share) > ALERT:
                favourable = (actual > planned) == (nature == "recette")
                rows.append({
                    "levier": lever, "nature": nature, "prévu": planned, "réel": actual, "écart": actual - planned,
                    "écart_%": 100 * share, "F/D": "F" if favourable else "D", "cause": WORDS,
                    "action": "Plafonner le budget chaque mois, avec un contrôle.", "levier_action": lever,
                    "effet_attendu": "−500 € HT", "délai": "septembre",
                })  # fmt: skip
    return rows


NOTE = (
    "Ne refaisons pas l’opération à l’identique. Son ROI est de −140 %, pour 3 500 € dépensés. "
    "À douze mois, il remonte à 80 %. Le SEA a dépassé le prévu de 21 %. "
) + "Nous proposons une remise réservée aux premières commandes. " * 12


def test_models_are_ready(case: Case, postes: Rows, recommendations: Rows) -> None:
    for question, answer in (("q3-postes", postes), ("q3-preconisations", recommendations), ("q3-note", NOTE)):
        found = judged(question, answer, case)
        assert (found.outcome, found.remarks) == (Outcome.READY, ())


def test_blanks_are_not_attempted(case: Case) -> None:
    assert judged("q3-postes", None, case).outcome is Outcome.NOT_ATTEMPTED
    assert judged("q3-preconisations", [{"levier": "", "cause": ""}] * 4, case).outcome is Outcome.NOT_ATTEMPTED
    assert judged("q3-note", "\n\n", case).outcome is Outcome.NOT_ATTEMPTED


def test_order_and_writing_do_not_matter(case: Case, postes: Rows, recommendations: Rows) -> None:
    shuffled = [dict(reversed(row.items())) for row in reversed(postes)]
    shuffled[0] = {**shuffled[0], "nature": "Cout cache"}
    assert judged("q3-postes", shuffled, case).outcome is Outcome.READY
    for row in recommendations:
        row.update({"levier": row["levier"].upper(), "écart_%": f"{row['écart_%']:.1f} %".replace(".", ",")})
    assert judged("q3-preconisations", recommendations, case).outcome is Outcome.READY
    for row in recommendations:
        row["écart_%"] = round(row["écart"] / row["prévu"], 4)
    assert judged("q3-preconisations", recommendations, case).outcome is Outcome.READY


def without(rows: Rows, lever: str, nature: str) -> Rows:
    return [row for row in rows if (row["levier"], row["nature"]) != (lever, nature)]


POSTES_BROKEN = {
    "column": (lambda rows: [{k: v for k, v in row.items() if k != "récurrence"} for row in rows], "récurrence"),
    "empty": (lambda rows: _set(rows, 0, "poste", ""), "« poste » : case vide"),
    "lever": (lambda rows: _set(rows, -1, "levier", "Salons"), "« Salons »"),
    "nature": (lambda rows: [*rows, _poste("SEO", "don", "x", 1)], "« don »"),
    "recurrence": (lambda rows: _set(rows, 3, "récurrence", "parfois"), "« parfois »"),
    "expense": (lambda rows: without(rows, "SEO", "dépense"), "« SEO » : il manque une ligne « dépense »"),
    "receipt": (lambda rows: without(rows, "SEA", "recette"), "« SEA » : il manque une ligne « recette »"),
    "hidden": (lambda rows: rows[:-1], "« coût caché »"),
    "total": (lambda rows: _set(rows, 0, "montant_ht", rows[0]["montant_ht"] * 1.2), "« SEO », dépense : le total"),
    "number": (lambda rows: _set(rows, 0, "montant_ht", "beaucoup"), "« SEO », dépense : un montant"),
    "comment": (lambda rows: _set(rows, 0, "commentaire", "Très cher"), "mots"),
}

RECOMMENDATIONS_BROKEN = {
    "column": (lambda rows: [{k: v for k, v in row.items() if k != "délai"} for row in rows], "délai"),
    "empty": (lambda rows: _set(rows, 0, "effet_attendu", None), "« effet_attendu » : case vide"),
    "lever": (lambda rows: [*rows, {**rows[0], "levier": "Salons"}], "« Salons »"),
    "nature": (lambda rows: [*rows, {**rows[0], "nature": "don"}], "« don »"),
    "sense value": (lambda rows: _set(rows, 0, "F/D", "bof"), "« bof »"),
    "target": (lambda rows: _set(rows, 0, "levier_action", "tous"), "« tous »"),
    "missing": (lambda rows: rows[1:], "aucune ligne ne le traite"),
    "figure": (lambda rows: _set(rows, 0, "réel", rows[0]["réel"] + 400), "colonne « réel »"),
    "text figure": (lambda rows: _set(rows, 0, "écart", "beaucoup"), "colonne « écart »"),
    "sense": (lambda rows: _set(rows, 0, "F/D", "D" if rows[0]["F/D"] == "F" else "F"), "relisez le sens"),
    "other lever": (lambda rows: _set(rows, 0, "levier_action", "Réseaux sociaux"), "un autre levier"),
    "cause": (lambda rows: _set(rows, 0, "cause", "Trop cher"), "« cause »"),
    "action": (lambda rows: _set(rows, 0, "action", "Dépenser moins"), "« action »"),
}

NOTE_BROKEN = {
    "short": (lambda text: "Le ROI du SEA est de 12 %, 13 %, 14 % et 15 %.", "on attend de 120 à 200 mots"),
    "long": (lambda text: text * 2, "on attend de 120 à 200 mots"),
    "figures": (lambda text: text.replace("3 500", "des").replace("80 %", "un peu"), "chiffre"),
    "roi": (lambda text: text.replace("ROI", "gain"), "ROI"),
    "levers": (lambda text: text.replace("SEA", "moteur"), "levier"),
}


def _set(rows: Rows, place: int, name: str, value: object) -> Rows:
    changed = copy.deepcopy(rows)
    changed[place][name] = value
    return changed


def broken_alone(found: Finding, words: str) -> None:
    assert found.outcome is Outcome.TO_COMPLETE
    assert len(found.remarks) == 1, found.remarks
    assert words in found.remarks[0].replace("\u00a0", " ")
    assert 0 < found.fraction < 1


@pytest.mark.parametrize("name", POSTES_BROKEN)
def test_one_rule_of_the_items_broken(name: str, case: Case, postes: Rows) -> None:
    change, words = POSTES_BROKEN[name]
    broken_alone(judged("q3-postes", change(postes), case), words)


@pytest.mark.parametrize("name", RECOMMENDATIONS_BROKEN)
def test_one_rule_of_the_recommendations_broken(name: str, case: Case, recommendations: Rows) -> None:
    change, words = RECOMMENDATIONS_BROKEN[name]
    broken_alone(judged("q3-preconisations", change(recommendations), case), words)


@pytest.mark.parametrize("name", NOTE_BROKEN)
def test_one_rule_of_the_note_broken(name: str, case: Case) -> None:
    change, words = NOTE_BROKEN[name]
    broken_alone(judged("q3-note", change(NOTE), case), words)


def test_a_revenue_far_from_its_plan_also_calls_for_a_row() -> None:
    """Over learners, some receipt ends beyond the threshold: leaving it out is said."""
    for number in range(200):
        found = case_of("kerlavandre", f"recette{number}", 0)
        far = [
            lever
            for lever in budget.LEVERS
            if abs(metrics.change(*amounts(found)[plain(lever), plain("recette")])) > ALERT
        ]
        if far:
            rows = [{"levier": "SEO", "nature": "dépense"}]
            remarks = judged("q3-preconisations", rows, found).remarks
            assert any(far[0] in remark and "recette" in remark for remark in remarks)
            return
    pytest.fail("no receipt beyond the threshold in 200 variants")
