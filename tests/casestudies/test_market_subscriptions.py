"""The subscription component: lifetimes, months paid, fees."""

import numpy as np
import pytest

from casestudies.market import subscriptions


def test_clients_leave_with_the_probability_asked_for():
    rng = np.random.default_rng(5)
    first = np.repeat([-1, 3], 20_000)
    last = subscriptions.last_months(first, np.full(40_000, 0.03), rng)
    client, month = subscriptions.client_months(first, last, 12)
    at_risk = month > first[client]
    left = last[client] == month
    assert left[at_risk].mean() == pytest.approx(0.03, abs=0.0012)
    assert not left[~at_risk].any()


def test_months_are_paid_from_arrival_to_departure_within_the_horizon():
    client, month = subscriptions.client_months(np.array([-1, 2, 5]), np.array([1, 2, 40]), 8)
    assert client.tolist() == [0, 0, 1, 2, 2, 2]
    assert month.tolist() == [0, 1, 2, 5, 6, 7]


def test_fees_rise_once_by_the_step():
    rng = np.random.default_rng(5)
    since, raised = subscriptions.fees(np.full(20_000, 200.0), np.full(20_000, 4), 0.02, 0.15, rng)
    assert (raised == 230.0).all()
    assert since.min() == 5
    assert (since == 5).mean() == pytest.approx(0.02, abs=0.004)
