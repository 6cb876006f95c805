"""Hours, places and value of a day."""

import numpy as np
import pytest

from casestudies.market.timesheets import Habits, absences, at_home, sheet

WEEKDAY = np.arange(200) % 5


def _habits() -> Habits:
    return Habits(
        hours=np.array([7.2, 9.0]), billable=np.array([0.7, 0.45]), meeting=np.array([0.1, 0.3]),
        value=np.array([80.0, 70.0]),
    )  # fmt: skip


def test_means_are_those_asked():
    present = np.ones((2, 4000), dtype=bool)
    found = sheet(_habits(), present, 0.6, 0.2, np.random.default_rng(1))
    assert found.hours.mean(axis=1) == pytest.approx([7.2, 9.0], abs=0.03)
    assert (found.billable / found.hours).mean(axis=1) == pytest.approx([0.7, 0.45], abs=0.005)
    assert (found.billable + found.meeting <= found.hours).all()
    assert (found.hours * 4 == np.round(found.hours * 4)).all()


def test_value_is_counted_once_and_wholly():
    present = np.random.default_rng(2).random((2, 300)) < 0.9
    found = sheet(_habits(), present, 0.6, 0.2, np.random.default_rng(1))
    assert found.value.sum(axis=1) == pytest.approx((found.billable * [[80.0], [70.0]]).sum(axis=1), rel=1e-3)
    assert (found.hours[~present] == 0).all()
    assert (found.value == 0).mean() > 0.7


def test_days_at_home_follow_the_contract_and_the_common_day():
    found = at_home(np.array([0, 2, 5]), WEEKDAY, 2, 0.0, np.random.default_rng(1))
    assert found.mean(axis=1) == pytest.approx([0.0, 0.4, 1.0])
    assert found[1, WEEKDAY == 2].all()


def test_holidays_and_sick_days():
    found = absences(np.array([[10, 100], [20, 150]]), 8, 0.0, 200, np.random.default_rng(1))
    assert found.sum(axis=1).tolist() == [16, 16]
    assert found[0, 10:18].all()
    sick = absences(np.zeros((50, 0), dtype=np.int64), 8, 0.04, 1000, np.random.default_rng(1))
    assert sick.mean() == pytest.approx(0.04, abs=0.004)
