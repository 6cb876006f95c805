"""A portfolio of accounts: totals kept, classes by potential, visits shared, a force that is never whole."""

import numpy as np
import pytest

from casestudies.market.accounts import Segment, classes, force, visits


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_revenue_is_uneven_and_keeps_the_total_of_the_segment(rng):
    segment = Segment("négoce", 100, 9_000_000.0, 0.85, 0.38, 1.7, (18, 12, 6), 1.0)
    buying = np.arange(100) >= 10
    revenue = segment.revenues(buying, rng)
    assert revenue.sum() == pytest.approx(9_000_000, abs=1000)
    assert (revenue[:10] == 0).all()
    assert np.sort(revenue)[-20:].sum() > 0.4 * revenue.sum()
    potential = segment.potentials(revenue, rng)
    assert (potential[10:] > revenue[10:]).all()
    assert (potential > 0).all()


def test_those_who_never_buy_still_have_a_potential(rng):
    segment = Segment("architecte", 400, 0.0, 0.7, 0.0, 60_000.0, (8, 6, 3), 0.4)
    revenue = segment.revenues(np.ones(400, dtype=bool), rng)
    assert (revenue == 0).all()
    assert np.median(segment.potentials(revenue, rng)) == pytest.approx(60_000, rel=0.12)


def test_classes_follow_the_potential():
    potential = np.array([10.0, 90.0, 50.0, 40.0, 30.0, 20.0, 80.0, 70.0, 60.0, 15.0])
    rank = classes(potential)
    assert np.bincount(rank).tolist() == [2, 3, 5]
    assert set(potential[rank == 0]) == {90.0, 80.0}


def test_visits_keep_their_total_and_follow_the_weights(rng):
    made = visits(np.repeat([1.0, 3.0], 200), 1600.0, rng)
    assert abs(made.sum() - 1600) <= 1
    assert made[200:].sum() / made[:200].sum() == pytest.approx(3, rel=0.12)


@pytest.mark.parametrize("needed", [1400.0, 2063.0, 2300.0, 2987.0])
@pytest.mark.parametrize("fraction", [0.24, 0.44])
def test_the_force_required_is_never_whole(needed, fraction):
    found = force(needed, 2.4, 158, fraction)
    assert found.required % 1 == pytest.approx(fraction, abs=0.03)
    assert found.required == pytest.approx(needed / found.capacity)
    assert 140 <= found.field_days <= 200
