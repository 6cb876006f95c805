"""The budget simulator: its formulas, the sentence it says, and that it stands without a front end."""

import re
from itertools import pairwise

import pytest

from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.studio import budget
from casestudies.studio.budget import (
    RESPONSES,
    BudgetLever,
    BudgetPlan,
    outcome,
    plan_of,
    simulateur_budget,
    summary,
    to_see,
)
from casestudies.studio.simulator import BACK, LOCK

LEVER = BudgetLever("SEA", 100, 400, 0.25, 1.0)


@pytest.fixture
def dossier(tmp_path) -> Dossier:
    return Dossier(company_of("kerlavandre", "", 0), Identity("", 0), tmp_path, None)


def plan(**spends: float) -> BudgetPlan:
    levers = (BudgetLever("SEA", 100, 400, 0.0, 1.0), BudgetLever("SEO", 100, 200, 0.0, 1.0))
    return BudgetPlan(levers, spends, 0.5)


def test_today_gives_todays_sales() -> None:
    for acquired, half in RESPONSES.values():
        assert BudgetLever("x", 80, 900, acquired, half).sales(80) == pytest.approx(900)


def test_sales_grow_less_and_less_and_stay_under_the_ceiling() -> None:
    sales = [LEVER.sales(100 * step) for step in range(60)]
    steps = [after - before for before, after in pairwise(sales)]
    assert all(step > 0 for step in steps)
    assert steps == sorted(steps, reverse=True)
    assert sales[0] == pytest.approx(100), "what comes without any expense"
    assert sales[-1] < 400 * (0.25 + 0.75 * 2)


@pytest.mark.parametrize("spend", [0, 50, 100, 240])
def test_next_euro_is_the_slope(spend: float) -> None:
    slope = (LEVER.sales(spend + 1e-4) - LEVER.sales(spend)) / 1e-4
    assert LEVER.next_euro(spend) == pytest.approx(slope, rel=1e-4)


def test_plan_by_hand() -> None:
    found = plan(SEA=100, SEO=0)
    assert found.spend_ht == 100
    assert found.result_ht == pytest.approx(400 * 0.5 - 100)
    assert found.average == {"SEA": pytest.approx(2.0), "SEO": 0.0}
    assert found.next_euro == {"SEA": pytest.approx(1.0), "SEO": pytest.approx(2.0)}


def test_moving_money_towards_the_better_next_euro_pays() -> None:
    before, after = plan(SEA=100, SEO=100), plan(SEA=110, SEO=90)
    assert before.next_euro["SEA"] > before.next_euro["SEO"]
    assert after.result_ht > before.result_ht


def test_the_sentence_names_the_best_and_the_worst() -> None:
    words = to_see(plan(SEA=100, SEO=100))
    assert words.index("« SEA »") < words.index("« SEO »")
    assert "de « SEO » vers « SEA »" in words


def test_the_sentence_when_there_is_nothing_left_to_move() -> None:
    assert "presque égales" in to_see(BudgetPlan((LEVER,), {"SEA": 100}, 0.5))


def test_the_sentence_when_the_worst_has_nothing() -> None:
    levers = (BudgetLever("SEA", 100, 400, 0.0, 1.0), BudgetLever("SEO", 100, 40, 0.0, 1.0))
    assert "ne reçoit déjà rien" in to_see(BudgetPlan(levers, {"SEA": 100, "SEO": 0}, 0.5))


def test_summary_compares_with_the_start() -> None:
    start = plan(SEA=100, SEO=100)
    assert "comme aujourd’hui" in summary(start, start)
    assert "50 € de moins qu’aujourd’hui" in summary(plan(SEA=100, SEO=50), start)
    assert "100 € de plus qu’aujourd’hui" in summary(plan(SEA=200, SEO=100), start)


def test_the_company_sits_on_its_own_curve(dossier: Dossier) -> None:
    found = plan_of(dossier)
    spent = dossier.table("budget").groupby("levier")["reel_ht"].sum()
    assert {lever.name for lever in found.levers} == set(spent.index)
    assert found.spend_ht == pytest.approx(float(spent.sum()), abs=len(spent) * budget.STEP / 2)


def test_the_chart_comes_once_the_bet_is_locked(dossier: Dossier) -> None:
    simulator = budget.experiment(dossier)
    assert [one.kind for one in simulator.view().controls] == ["radios", "button"]
    assert simulator.view().chart == ""
    simulator.put("bet", budget.YES)
    simulator.press(LOCK)
    view = simulator.view()
    assert [one.label for one in view.controls[:-1]] == list(RESPONSES)
    assert all(name in alternative(view.chart) for name in RESPONSES)
    assert "C’est donc" not in view.words, "the bet is settled once something was tried"


def test_moving_a_lever_changes_what_is_said_and_drawn(dossier: Dossier) -> None:
    simulator = budget.experiment(dossier)
    simulator.put("bet", budget.NO)
    simulator.press(LOCK)
    first = simulator.view()
    simulator.put("SEA", 0)
    moved = simulator.view()
    assert plain(moved.status).startswith("SEA : 0 €. ")
    assert moved.chart != first.chart
    assert "SEA −" in alternative(moved.chart)
    assert "Votre pari\u00a0: «\u00a0non\u00a0». Dans la répartition réelle" in moved.words
    simulator.press(BACK)
    assert simulator.view().chart == first.chart
    assert "rien" in alternative(simulator.view().chart)


def test_the_bet_is_settled_by_the_figures() -> None:
    levers = (BudgetLever("SEA", 100, 400, 0.0, 1.0), BudgetLever("SEO", 100, 500, 0.9, 1.0))
    said = plain(outcome(BudgetPlan(levers, {"SEA": 100, "SEO": 100}, 0.5)))
    assert "« SEO » (2,50 €)" in said
    assert "« SEA » (1,00 €)" in said
    assert said.endswith("C’est donc non.")
    assert outcome(plan(SEA=100, SEO=100)).endswith("C’est donc oui.")


def test_chart_is_titled_labelled_and_no_line_goes_through_its_figures(dossier: Dossier) -> None:
    start = plan_of(dossier)
    chart = budget.draw(start, start)
    assert "Ce que rapporterait le prochain euro de chaque levier" in chart
    assert "(€ HT)" in plain(chart)
    assert "repeating-linear-gradient" in chart, "colour never speaks alone"
    assert chart.count("<b ") == len(RESPONSES), "the line is drawn in the tracks"
    assert not re.search(r'class="ck-figure">[^<]*<b', chart)


def alternative(chart: str) -> str:
    found = re.search(r'role="img" aria-label="([^"]+)"', chart)
    assert found
    return plain(found.group(1))


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def test_a_cell_shows_a_sentence_that_stays(dossier: Dossier) -> None:
    shown = simulateur_budget(dossier)._repr_mimebundle_()
    assert "lancez cette cellule" in shown["text/html"]
    assert "lancez cette cellule" in shown["text/plain"]
