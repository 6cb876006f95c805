"""A range: units grow by their trend, other sales follow their rate and mix."""

import numpy as np
import pytest

from casestudies.market import product_range


def test_units_reach_the_last_year_by_the_trend():
    rng = np.random.default_rng(7)
    units = product_range.yearly_units(np.full(500, 1000.0), np.full(500, 0.10), 3, rng)
    mean = units.mean(axis=0)
    assert mean[2] == pytest.approx(1000, rel=0.01)
    assert mean[2] / mean[1] == pytest.approx(1.10, rel=0.01)


def test_attached_units_follow_their_rate_and_mix():
    rng = np.random.default_rng(7)
    mix = np.array([[0.0, 0.7, 0.3], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]])
    units = product_range.attached_units(np.array([5000, 5000, 0]), np.array([0.4, 1.2, 1.0]), mix, rng)
    assert units.sum(axis=1) == pytest.approx([2000, 6000, 0], rel=0.1)
    assert (units[mix == 0] == 0).all()
