"""The components of the market: each does what its docstring says."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from casestudies.market import budget, calendar, defects, demand, levers, orders, promotion, sampling
from casestudies.market.customers import Customers
from casestudies.market.emails import Emailing
from casestudies.market.funnel import Funnel


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_systematic_rounding_never_strays_from_the_running_total(rng):
    expected = rng.uniform(0, 3, (4, 200))
    drawn = sampling.systematic(expected, rng)
    assert (np.abs(np.cumsum(drawn, axis=1) - np.cumsum(expected, axis=1)) <= 1).all()


def test_systematic_sampling_of_probabilities_gives_zeros_and_ones(rng):
    assert set(np.unique(sampling.systematic(rng.uniform(0, 1, 500), rng))) == {0, 1}


def test_jitter_has_mean_one_and_the_spread_asked_for(rng):
    factors = sampling.jitter(50_000, 0.1, rng)
    assert factors.mean() == pytest.approx(1, abs=0.003)
    assert np.log(factors).std() == pytest.approx(0.1, abs=0.002)


def test_pick_within_stays_in_its_slice_and_follows_the_weights(rng):
    weights = np.array([1.0, 3.0, 0.0, 5.0, 5.0])
    first = np.repeat([0, 2], 4000)
    drawn = sampling.pick_within(weights, first, first + 2 + (first == 2), rng)
    assert set(drawn[:4000]) == {0, 1}
    assert set(drawn[4000:]) == {3, 4}
    assert (drawn[:4000] == 1).mean() == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize(
    ("year", "winter", "summer"),
    [
        (2022, date(2022, 1, 12), date(2022, 6, 22)),
        (2023, date(2023, 1, 11), date(2023, 6, 28)),
        (2025, date(2025, 1, 8), date(2025, 6, 25)),
        (2026, date(2026, 1, 7), date(2026, 6, 24)),
        (2028, date(2028, 1, 12), date(2028, 6, 28)),
    ],
)
def test_soldes_follow_the_published_dates(year, winter, summer):
    (first, last), (summer_first, _) = calendar.soldes(year)
    assert (first, summer_first) == (winter, summer)
    assert (last - first).days == 27


def test_calendar_knows_holidays_sales_and_black_friday():
    days = calendar.days(date(2025, 1, 1), date(2026, 1, 31)).set_index("date")
    assert days.loc["2025-07-14", "holiday"]
    assert days.loc["2025-06-09", "holiday"]  # lundi de Pentecôte
    assert not days.loc["2025-07-15", "holiday"]
    assert days.loc["2025-01-08", "soldes"]
    assert not days.loc["2025-01-07", "soldes"]
    assert days.loc["2025", "black_friday"].sum() == 7
    assert days.loc["2025-11-28", "black_friday"]
    assert (days["weekday"] == days.index.day_of_week).all()


def test_ar1_has_the_size_and_memory_asked_for(rng):
    noise = demand.ar1(40_000, 0.05, 0.4, rng)
    assert noise.std() == pytest.approx(0.05, rel=0.03)
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(0.4, abs=0.02)


def test_demand_grows_and_follows_the_week():
    days = calendar.days(date(2024, 7, 1), date(2026, 6, 30))
    model = demand.Demand(0.10, (0.0, 0.0), 0.0, 0.0, 0.5, 0.02, 0.3)
    level = pd.Series(model.expected(days), index=days["date"])
    assert level["2026-03-02"] / level["2025-03-03"] == pytest.approx(np.exp(0.10 * 364 / 365))
    assert level["2026-03-02"] > level["2026-03-07"]
    assert level["2025-11-28"] / level["2025-11-21"] > 1.5


def test_promotion_lifts_by_its_lift_then_dips_by_its_dip():
    promo = promotion.PromotionEffects(100, 14, 0.2, 0.6, 0.15, 5.0, 0.12, 0.1)
    factor = promo.promoted(200)
    assert factor[100:114].mean() == pytest.approx(1.6)
    assert factor[114:128].mean() == pytest.approx(0.85)
    assert (np.diff(factor[114:]) > 0).all()
    assert (factor[:100] == 1).all()
    assert promo.neighbour(200)[100:114] == pytest.approx(0.88)
    assert promo.running(200).sum() == 14


def test_adstock_keeps_the_level_and_remembers():
    steady = levers.adstock(np.full(60, 10.0), 0.5)
    assert steady == pytest.approx(10.0)
    pulse = np.zeros(60)
    pulse[30] = 8.0
    after = levers.adstock(pulse, 0.5)
    assert after[31] == pytest.approx(after[30] / 2)


def test_hill_saturates():
    response = levers.hill(np.array([1.0, 2.0, 4.0]), 2.0, 1.2)
    assert response[1] == pytest.approx(0.5)
    assert response[2] - response[1] < response[1]


def test_doubling_spend_brings_less_than_twice_the_clicks(rng):
    campaign = levers.Campaign("P", "L", "C", "N", 100.0, 8.0, 0.5, 1.0, 1.2, 1.5, 1.1)
    flat = np.full(400, 100.0)
    usual, double = (campaign.clicks(spend, rng).mean() for spend in (flat, 2 * flat))
    assert usual == pytest.approx(200, rel=0.02)
    assert 1.2 < double / usual < 1.9
    assert campaign.impressions(flat, rng).mean() == pytest.approx(12_500, rel=0.02)
    pushed = campaign.spend(np.ones(400), np.repeat([0.0, 1.0], 200), rng)
    assert pushed[200:].mean() / pushed[:200].mean() == pytest.approx(1.5, rel=0.03)


def _funnel() -> Funnel:
    return Funnel(
        np.array([0.6, 0.9]), np.array([0.03, 0.01]), np.array([0.75, 1.5]), np.array([0.8, 0.75]), 2.0,
        np.array([0.2, 0.34]), np.array([0.47, 0.62]), 0.035, 0.033,
    )  # fmt: skip


def test_funnel_narrows_at_every_step_and_keeps_the_orders_of_the_day(rng):
    funnel = _funnel()
    sessions = funnel.sessions(np.full((2, 300), 1000.0), rng)
    expected = funnel.expected_orders(sessions, np.full(300, 40.0))
    assert expected.sum(axis=(0, 1)) == pytest.approx(40.0)
    placed, cancelled, refunded = funnel.orders(expected, rng)
    assert cancelled.sum() / placed.sum() == pytest.approx(0.035, abs=0.002)
    assert (placed >= cancelled + refunded).all()
    steps = funnel.steps(sessions, expected, placed, rng)
    assert (steps["users"] <= sessions).all()
    assert (steps["views"] >= steps["carts"]).all()
    assert (steps["carts"] >= steps["checkouts"]).all()
    assert (steps["checkouts"] >= placed).all()
    rates = placed.sum(axis=2) / sessions.sum(axis=2)
    assert (rates[0] > 2 * rates[1]).all()
    assert (rates[:, 1] > 1.7 * rates[:, 0]).all()


def test_new_customers_have_new_numbers_and_known_ones_come_back(rng):
    people = Customers(active=300, spread=0.6, recent=0.2)
    day = np.repeat(np.arange(20), 50)
    first = people.first_orders(np.full(1000, 0.4), rng)
    numbers = people.numbers(day, first, rng)
    assert first.sum() == pytest.approx(400, abs=1)
    fresh = numbers[first == 1]
    assert (np.diff(fresh) == 1).all()
    assert fresh[0] == 300
    again = (numbers >= 300) & (first == 0)
    assert again.any()
    arrival = pd.Series(day[first == 1], index=fresh)
    assert (arrival[numbers[again]].to_numpy() < day[again]).all()
    assert len(np.unique(numbers)) < 1000


def test_lots_keep_the_units_of_each_group(rng):
    units = np.array([0, 1, 7, 30])
    group, size = orders.lots(units, 1.7, rng)
    assert np.bincount(group, size, 4).tolist() == units.tolist()
    assert (size >= 1).all()


def test_orders_hold_exactly_the_units_of_the_day_and_none_is_empty(rng):
    units = rng.integers(20, 60, (10, 2))
    products = np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
    order_day = np.repeat(np.arange(10), 12)
    lines = orders.compose(units, products, order_day, np.ones(120), 1.7, rng)
    day = order_day[lines.order]
    family = (lines.product == 2).astype(int)
    assert np.array_equal(np.bincount(day * 2 + family, lines.quantity, 20).reshape(10, 2), units)
    assert len(np.unique(lines.order)) == 120
    assert not pd.DataFrame({"o": lines.order, "p": lines.product}).duplicated().any()


def test_shipping_is_paid_once_and_only_under_the_threshold():
    fee = orders.shipping(np.array([0, 0, 1, 2, 2]), np.array([10.0, 10.0, 60.0, 30.0, 30.0]), 4.9, 49.0)
    assert fee.tolist() == [4.9, 0, 0, 0, 0]


def test_email_counters_are_consistent(rng):
    rates = Emailing(0.004, 0.01, 0.3, 1.5, 0.35, 0.03, 1.4, 0.002, 0.08, 64.0)
    found = rates.counters(np.full(50, 20_000.0), np.ones(50), rng)
    delivered = found["sent"] - found["hardBounces"] - found["softBounces"]
    assert (found["uniqueViews"] < delivered).all()
    assert (found["viewed"] >= found["uniqueViews"]).all()
    assert (found["appleMppOpens"] < found["uniqueViews"]).all()
    assert (found["clickers"] >= found["uniqueClicks"]).all()
    assert found["uniqueClicks"].sum() / delivered.sum() == pytest.approx(0.03, rel=0.05)


def test_a_plan_is_missed_by_the_gap_asked_for(rng):
    actual = rng.uniform(800, 1200, (2, 12))
    plan = budget.planned(actual, np.array([0.15, -0.10]), 10.0, rng)
    assert actual.sum(axis=1) / plan.sum(axis=1) - 1 == pytest.approx([0.15, -0.10], abs=0.02)
    assert (plan % 10 == 0).all()
    assert (budget.planned_orders(np.array([[0, 5, 9]]), np.array([0.2]), rng) >= 1).all()


def test_orders_exported_twice_are_cleaned_by_dropping_duplicates(rng):
    table = pd.DataFrame({"id": ["a", "a", "b", "c", "c", "c"], "line": [1, 2, 1, 1, 2, 3]})
    twice = defects.exported_twice(table, "id", 0.34, rng)
    assert len(twice) > len(table)
    pd.testing.assert_frame_equal(twice.drop_duplicates().reset_index(drop=True), table)


def test_french_text_is_read_back_without_loss(rng):
    amounts = np.round(rng.uniform(0, 2e6, 50), 2)
    read = [float(text.replace("\u202f", "").replace(",", ".")) for text in defects.french_text(amounts)]
    assert read == amounts.tolist()
