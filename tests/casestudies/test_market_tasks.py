"""A project as a network: its length, its slack, its critical path."""

from graphlib import CycleError

import numpy as np
import pytest

from casestudies.market.tasks import Estimates, estimates, schedule

NEEDS = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0]], dtype=bool)
"""A before B and C, both before D."""


def test_pert_by_hand():
    one = Estimates(np.array([2.0]), np.array([4.0]), np.array([12.0]))
    assert one.expected[0] == pytest.approx(5.0)
    assert one.deviation[0] == pytest.approx(10 / 6)


def test_schedule_by_hand():
    found = schedule(NEEDS, np.array([2.0, 5.0, 3.0, 1.0]))
    assert found.length == 8
    assert found.early.tolist() == [0, 2, 2, 7]
    assert found.slack.tolist() == [0, 0, 2, 0]
    assert found.critical.tolist() == [True, True, False, True]
    assert found.unique
    assert found.margin == 2


def test_two_equal_paths_are_not_unique():
    assert not schedule(NEEDS, np.array([2.0, 3.0, 3.0, 1.0])).unique


def test_a_circle_is_refused():
    circle = NEEDS.copy()
    circle[0, 3] = True
    with pytest.raises(CycleError):
        schedule(circle, np.ones(4))


def test_estimates_are_in_order_and_to_the_half_day():
    found = estimates(np.linspace(1, 12, 500), 0.75, 1.9, 0.1, np.random.default_rng(1))
    assert (found.low < found.likely).all()
    assert (found.likely < found.high).all()
    for one in (found.low, found.likely, found.high):
        assert (one * 2 == np.round(one * 2)).all()
        assert one.min() >= 0.5
    long = found.likely > 4
    assert (found.high / found.likely)[long].mean() == pytest.approx(1.9, rel=0.02)
