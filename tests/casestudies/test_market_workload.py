"""Days left for a project."""

import numpy as np
import pytest

from casestudies.market.workload import availability


def test_days_add_up_and_give_the_load_asked():
    working = np.array([5, 4, 5, 5, 3, 5, 5, 5, 5, 5])
    work, load = np.array([20.0, 12.0, 6.0]), np.array([1.3, 0.8, 0.5])
    found = availability(working, work, load, np.full(3, 0.06), 0.85, np.random.default_rng(1))
    assert np.allclose(found.away + found.others + found.left, working)
    for one in (found.away, found.others, found.left):
        assert (one >= 0).all()
        assert (2 * one == np.round(2 * one)).all()
    assert work / found.left.sum(axis=1) == pytest.approx(load, rel=0.06)


def test_one_project_never_takes_everything():
    found = availability(
        np.full(10, 5), np.array([100.0]), np.array([0.5]), np.array([0.0]), 0.8, np.random.default_rng(1)
    )
    assert found.left.sum() == pytest.approx(40, abs=0.5)
