"""The budget simulator: its formulas, the sentence it says, and that it stands without a front end."""

import re
from itertools import pairwise

import ipywidgets as widgets
import pytest

from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.studio import budget
from casestudies.studio.budget import RESPONSES, BudgetLever, BudgetPlan, plan_of, simulateur_budget, summary, to_see

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


def test_panel_moves_without_a_front_end(dossier: Dossier) -> None:
    panel = simulateur_budget(dossier)
    words, chart = panel.children[:2]
    sliders = [child for child in panel.children if isinstance(child, widgets.IntSlider)]
    assert [slider.description for slider in sliders] == [f"{name} (€ HT)" for name in RESPONSES]
    alternative = re.search(r'alt="([^"]+)"', chart.value)
    assert alternative
    assert all(name in alternative.group(1) for name in RESPONSES)
    first = words.value
    sliders[1].value = 0
    assert words.value != first
    (button,) = (child for child in panel.children if isinstance(child, widgets.Button))
    button.click()
    assert words.value == first


def test_chart_is_titled_and_labelled(dossier: Dossier) -> None:
    (axes,) = budget.draw(plan_of(dossier)).axes
    assert axes.get_title()
    assert "€ HT" in axes.get_xlabel()
    assert axes.get_ylabel() == "Levier"
    hatched = {patch.get_hatch() for patch in axes.patches}
    assert hatched == {"", "//"}, "colour never speaks alone"
