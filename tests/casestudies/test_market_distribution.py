"""Distribution: what is left to the maker, and large shops that stock the brand more often."""

import numpy as np
import pytest

from casestudies.market import distribution


def test_rates_on_selling_and_buying_prices_say_the_same():
    retail, wholesale = np.array([0.35]), np.array([0.20])
    received = distribution.maker_share(retail, wholesale, np.zeros(1))
    bought = 1 / ((1 + distribution.markup(retail)) * (1 + distribution.markup(wholesale)))
    assert received == pytest.approx(bought)


def test_large_shops_list_more_when_the_lean_is_positive():
    rng = np.random.default_rng(7)
    turnover = distribution.turnovers(20_000, 150_000.0, 0.6, rng)
    assert np.median(turnover) == pytest.approx(150_000, rel=0.03)
    chances = distribution.listing_chances(turnover, -0.5, 0.9)
    assert chances[np.abs(turnover / np.median(turnover) - 1) < 0.01].mean() == pytest.approx(0.378, abs=0.01)
    stocked = distribution.listed(chances, rng)
    assert stocked.mean() == pytest.approx(chances.mean(), abs=0.01)
    assert turnover[stocked == 1].sum() / turnover.sum() > stocked.mean() + 0.1
