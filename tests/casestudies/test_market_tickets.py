"""Requests that come back."""

import numpy as np
import pytest

from casestudies.market.tickets import NEVER, SupportDesk

DESK = SupportDesk(delay=np.array([2.0, 4.5]), reopened=np.array([0.35, 0.08]), again=14.0, twice=0.2, shape=3.0)


def _answer(end: int):
    rng = np.random.default_rng(1)
    opened = np.sort(rng.integers(0, 150, 6000))
    team = np.arange(6000) % 2
    return opened, team, DESK.answer(opened, team, np.ones(6000), end, rng)


def test_delays_and_returns_are_those_asked():
    opened, team, found = _answer(10_000)
    assert (found.first < NEVER).all()
    for rank in range(2):
        mine = team == rank
        assert (found.first - opened)[mine].mean() == pytest.approx(DESK.delay[rank], rel=0.05)
        assert (found.returns > 0)[mine].mean() == pytest.approx(DESK.reopened[rank], abs=0.02)
    once = found.returns == 1
    assert (found.last - found.first)[once].mean() == pytest.approx(14, rel=0.05)
    assert (found.last[found.returns == 0] == found.first[found.returns == 0]).all()


def test_an_export_hides_what_comes_later():
    _, _, found = _answer(149)
    for one in (found.first, found.last):
        assert one[one < NEVER].max() <= 149
    assert ((found.first == NEVER) <= (found.last == NEVER)).all()
    assert (found.returns[found.first == NEVER] == 0).all()
    assert (found.last == NEVER).mean() > 0.01
