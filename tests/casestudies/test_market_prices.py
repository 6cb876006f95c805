"""Prices: stages are all seen, sales answer by the elasticity, histories do what they say."""

import numpy as np
import pytest

from casestudies.market import prices


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_stages_hold_and_see_every_level(rng):
    levels = np.array([-0.1, 0.0, 0.1])
    path = prices.stages(np.array([100.0, 500.0]), levels, 8, 30, rng)
    assert path.shape == (2, 30)
    assert (path[:, :8] == path[:, :1]).all()
    assert {*path[1]} == set(np.round(500 * np.exp(levels)))


def test_units_answer_the_price_by_the_elasticity(rng):
    visits = np.full((1, 4000), 1000)
    relative = np.repeat([[1.0, 0.9]], 2000, axis=0).T.reshape(1, -1)
    sold = prices.units(visits, np.array([0.02]), relative, np.array([-2.0]), 0.05, rng)[0]
    assert sold[:2000].mean() == pytest.approx(20, rel=0.01)
    assert sold[2000:].mean() / sold[:2000].mean() == pytest.approx(0.9**-2, rel=0.01)


def test_shortages_cut_the_share_of_weeks_asked_for(rng):
    sold = np.full((5, 200), 20)
    left, short = prices.shortages(sold, 0.03, 0.35, rng)
    assert short.sum() == pytest.approx(30, abs=5)
    assert (left[short == 1] == 7).all()
    assert (left[short == 0] == 20).all()


def test_best_price_is_a_maximum():
    cost, slope = 120.0, -1.8
    best = prices.best_price(cost, slope)
    grid = np.linspace(0.8, 1.25, 91) * best
    assert grid[np.argmax((grid - cost) * grid**slope)] == pytest.approx(best, rel=0.006)


@pytest.mark.parametrize("history", prices.HISTORIES)
def test_daily_prices_end_at_the_list_price_unless_already_cut(history, rng):
    path = prices.daily_prices(200.0, history, 45, rng)
    assert len(path) == 45
    assert (path[-1] < 200) == (history == "successives")
    lowest = path[-prices.REFERENCE_DAYS :].min()
    assert (lowest < 200) == (history in {"eclair", "hausse", "successives", "deux_eclairs"})
    if history == "successives":
        assert path[-42:-12].min() == 200
