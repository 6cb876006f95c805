"""The rules of a strategy: cells asked for in some rows, orders that agree, targets that move, a budget well shared."""

import math
from dataclasses import replace

import pytest
from rules import rows, said, survives

from autograder.keys.cases import Case, case_of, hypotheses
from autograder.keys.checks.amounts import StartAndTarget
from autograder.keys.checks.budgets import BestSplit, read_split
from autograder.keys.checks.plans import RankedAfter, RankedByDate
from autograder.keys.checks.structure import FilledWhen
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from autograder.keys.questions.e1_strategie import strategie_leviers as facts
from casestudies.answers import encode
from casestudies.dossier import Dossier
from casestudies.findings import Finding, Outcome
from casestudies.identity import Identity
from casestudies.studio.leviers import plan_of, to_see

KEPT = FilledWhen("budget", (("statut", ("retenu",)), ("levier", ("SEO", "SEA"))))
AFTER = RankedAfter("levier", "ordre", "dépend_de")
DATES = RankedByDate("ordre", "début")
MOVES = StartAndTarget("départ", "cible")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("SEO", "retenu", 10), ""),
        (("SEO", "écarté", ""), ""),
        (("Salons", "retenu", ""), ""),
        (("seo", "Retenu", ""), "Ligne 1, colonne « budget » : à remplir, puisque la ligne dit « Retenu » et « seo »."),
    ],
)
def test_filled_when(cells, words):
    assert said(KEPT, rows("levier statut budget", cells)) == words


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((1, ""), (2, "SEO"), ""),
        ((2, ""), (1, ""), ""),
        ((None, ""), (1, "SEO"), ""),
        ((2, ""), (1, "SEO"), "« SEA » dépend de « SEO », mais son rang (1) n’est pas après (2)"),
        ((1, ""), (1, "seo"), "« SEA » dépend de « SEO »"),
    ],
)
def test_ranked_after(first, second, words):
    found = said(AFTER, rows("levier ordre dépend_de", ("SEO", *first), ("SEA", *second)))
    assert found.startswith(words)
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((1, "2026-09-21"), (2, "05/10/2026"), ""),
        ((1, "2026-09-21"), (2, "2026-09-21"), ""),
        ((1, "bientôt"), (2, "2026-09-21"), ""),
        ((2, "2026-09-21"), (1, "2026-10-05"), "Le rang 2 commence le lundi 21 septembre 2026, avant le rang 1"),
    ],
)
def test_ranked_by_date(first, second, words):
    found = said(DATES, rows("ordre début", first, second))
    assert found.startswith(words)
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((120, 150), ""),
        (("2,1 %", "2,5 %"), ""),
        (("", 150), ""),
        (("beaucoup", 150), "Ligne 1 : « départ » et « cible » doivent être deux nombres"),
        ((150, "150"), "Ligne 1 : « départ » et « cible » sont égales"),
    ],
)
def test_start_and_target(cells, words):
    found = said(MOVES, rows("départ cible", cells))
    assert found.startswith(words)
    assert bool(found) == bool(words)


def test_rules_stand_any_cell():
    survives(KEPT, rows("levier statut budget", ("SEO", "retenu", 1)))
    survives(AFTER, rows("levier ordre dépend_de", ("SEO", 1, ""), ("SEA", 2, "SEO")))
    survives(DATES, rows("ordre début", (1, "2026-09-21"), (2, "2026-10-05")))
    survives(MOVES, rows("départ cible", (1, 2)))


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("treziflow", "", 0)


def judged(case: Case, answer: object) -> Finding:
    question = question_of("s3-repartition")
    assert isinstance(question.check, BestSplit)
    return evaluate(question, case, encode(answer))


def test_a_split_near_the_best_is_right(case):
    best, edges = facts.best_split(case), case.fact(facts.near_bounds)
    rounded = {name: max(edges[name][0], 500.0 * math.floor(amount / 500)) for name, amount in best.items()}
    roomy = max(rounded, key=lambda name: edges[name][1] - rounded[name])
    rounded[roomy] += hypotheses(case)["budget_2026_2027_ht"] - sum(rounded.values())
    assert judged(case, best).outcome is Outcome.RIGHT
    assert judged(case, {name.upper(): f"{amount} €" for name, amount in rounded.items()}).outcome is Outcome.RIGHT


@pytest.mark.parametrize("number", range(20))
def test_the_simulator_does_not_answer_the_question(number, tmp_path):
    """What the panel leads to, as it is or brought back to any total, breaks the committee's rule."""
    case = case_of("treziflow", f"panneau-{number}", 0)
    panel, budget = facts.best_on_panel(case), hypotheses(case)["budget_2026_2027_ht"]
    simulator = plan_of(Dossier(case.company, Identity("", 0), tmp_path, None), case.fact(facts.values))
    assert {lever.name: (lever.least_ht, lever.most_ht) for lever in simulator.levers} == case.fact(facts.bounds)
    assert "presque égales" in to_see(replace(simulator, spends_ht=panel))
    for share in (0.9, 1.0, budget / sum(panel.values())):
        found = judged(case, {name: share * amount for name, amount in panel.items()})
        assert found.fraction == 0
    assert judged(case, panel).misconceptions == ("M351",)


def test_a_split_half_way_earns_half(case):
    best, now = facts.best_split(case), facts.same_shares(case)
    found = judged(case, {name: 0.35 * best[name] + 0.65 * now[name] for name in best})
    assert (found.outcome, found.fraction) == (Outcome.WRONG, 0.5)
    assert "fait mieux" in found.message


def test_a_split_worse_than_today_earns_nothing(case):
    best, now = facts.best_split(case), facts.same_shares(case)
    away = {name: max(now[name] - 0.3 * (best[name] - now[name]), facts.near_bounds(case)[name][0]) for name in best}
    found = judged(case, away)
    assert found.fraction == 0


def test_limits_are_named(case):
    best = facts.best_split(case)
    low, high = facts.near_bounds(case)["SEO"]
    said = judged(case, {**best, "SEO": low - 5000}).remarks + judged(case, {**best, "SEO": high + 9000}).remarks
    assert "« SEO » : sous sa borne basse." in said
    assert "« SEO » : au-dessus de sa borne haute." in said
    assert any("dépasse le budget" in remark for remark in said)
    assert any("il reste de l’argent" in remark for remark in said)


def test_what_cannot_be_read_says_what_is_expected(case):
    assert judged(case, [1, 2]).outcome is Outcome.UNREADABLE
    found = judged(case, {"SEO": 1000})
    assert found.outcome is Outcome.UNREADABLE
    assert "« SEA »" in found.message
    assert read_split({"SEO": "beaucoup"}, ("SEO",)) == "« SEO » : on attend un montant, en € HT."
