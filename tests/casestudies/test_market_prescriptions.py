"""Prescriptions: fates at the rates asked for, replacements known sooner than sales, everything decided in a year."""

import numpy as np
import pytest

from casestudies.market.prescriptions import DROPPED, REPLACED, SOLD, Prescribing, surfaces

LAW = Prescribing(near=0.55, abandoned=0.15, kept_near=0.72, kept_far=0.40, longest=350)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_fates_follow_the_stock(rng):
    stock = LAW.stock(40_000, rng)
    assert stock.mean() == pytest.approx(0.55, abs=0.01)
    fate = LAW.fates(stock, rng)
    assert (fate == DROPPED).mean() == pytest.approx(0.15, abs=0.01)
    for near, kept in ((1, 0.72), (0, 0.40)):
        live = fate[(stock == near) & (fate != DROPPED)]
        assert (live == SOLD).mean() == pytest.approx(kept, abs=0.015)


def test_a_replacement_is_known_sooner_than_a_sale(rng):
    fate = np.repeat([SOLD, REPLACED], 5000)
    days = LAW.delays(fate, rng)
    assert days.min() >= 20
    assert days.max() <= LAW.longest
    assert days[fate == REPLACED].mean() + 90 < days[fate == SOLD].mean()


def test_surfaces_gather_around_their_median(rng):
    area = surfaces(np.full(5000, 300.0), 0.5, rng)
    assert np.median(area) == pytest.approx(300, rel=0.05)
    assert (area == np.round(area)).all()
