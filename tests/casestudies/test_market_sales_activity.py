"""The sales activity component: the first contact waits, the others follow."""

import numpy as np
import pytest

from casestudies.market.sales_activity import contacts


def test_every_lead_gets_a_first_contact_then_follow_ups():
    rng = np.random.default_rng(6)
    start = np.repeat([10, 50], 10_000)
    lead, day = contacts(start, np.full(20_000, 3.0), np.repeat([1.0, 6.0], 10_000), 4.0, rng)
    count = np.bincount(lead, minlength=20_000)
    assert count.min() == 1
    assert count.mean() == pytest.approx(4, abs=0.05)
    first = np.cumsum(count) - count
    waited = (day[first] - start).reshape(2, -1).mean(axis=1) + 0.5
    assert waited == pytest.approx([1.0, 6.0], abs=0.2)
    same = np.diff(lead) == 0
    assert (np.diff(day)[same] >= 0).all()
    assert np.diff(day)[same].mean() == pytest.approx(4, abs=0.1)
