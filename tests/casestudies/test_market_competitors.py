"""Competitors: prices around the median, promotions under the usual price, marks between one and five."""

import numpy as np
import pytest

from casestudies.market import competitors


def test_prices_shown_are_usual_or_lower():
    rng = np.random.default_rng(7)
    usual = competitors.usual_prices(np.array([500.0, 200.0]), np.array([[-0.1, 0.0], [0.1, 0.2]]))
    assert usual.tolist() == [[452.0, 200.0], [553.0, 244.0]]
    shown, cut = competitors.shown_prices(usual, 2000, 0.12, (0.10, 0.20), rng)
    assert cut.mean() == pytest.approx(0.12, abs=0.01)
    assert (shown[cut == 0] == np.broadcast_to(usual[..., None], shown.shape)[cut == 0]).all()
    ratio = (shown / usual[..., None])[cut == 1]
    assert ratio.min() > 0.79
    assert ratio.max() < 0.91
    assert competitors.out_of_stock((50, 200), 0.06, rng).mean() == pytest.approx(0.06, abs=0.01)


def test_marks_stay_near_their_profile_and_in_range():
    rng = np.random.default_rng(7)
    profile = np.tile([1.0, 3.0, 5.0], (2000, 1))
    marks = competitors.ratings(profile, 0.2, rng)
    assert set(np.unique(marks)) <= {1, 2, 3, 4, 5}
    assert (np.abs(marks - profile) <= 1).all()
    assert (marks[:, 1] != 3).mean() == pytest.approx(0.2, abs=0.03)
