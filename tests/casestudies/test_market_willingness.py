"""Willingness to pay: thresholds in order, acceptance falling with the price, the elasticity asked for."""

import numpy as np
import pytest

from casestudies.market import willingness


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_thresholds_grow_and_are_round(rng):
    law = willingness.Thresholds(np.array([600.0, 700.0]), 0.2, (0.3, 0.12, 0.2, 0.16), 0.35, 10.0)
    segment = np.repeat([0, 1], 3000)
    answers = law.answers(segment, rng.standard_normal(6000), rng)
    assert (np.diff(answers, axis=1) > 0).all()
    assert (answers % 10 == 0).all()
    middle = np.sqrt(answers[:, 1] * answers[:, 2])
    assert np.median(middle[3000:]) / np.median(middle[:3000]) == pytest.approx(7 / 6, rel=0.03)


def test_muddled_answers_are_out_of_order(rng):
    answers = np.tile([1.0, 2.0, 3.0, 4.0], (200, 1))
    mixed = willingness.muddle(answers, 0.05, rng)
    assert ((np.diff(mixed, axis=1) <= 0).any(axis=1)).sum() == 10


def test_acceptance_follows_its_law(rng):
    law = willingness.Acceptance(np.array([500.0, 800.0]), 0.4, 0.7)
    prices = np.array([400.0, 600.0, 900.0])
    segment = np.repeat([0, 1], 10_000)
    yes = law.accepts(prices, segment, rng.standard_normal(20_000), rng)
    assert (np.diff(yes, axis=1) <= 0).all()
    assert yes.mean(axis=0) == pytest.approx(law.share(prices, np.array([0.5, 0.5])), abs=0.012)


def test_spread_gives_the_share_and_the_elasticity_asked_for():
    spread, above = willingness.spread_for(-1.8, 0.44)
    price = 700.0
    law = willingness.Acceptance(np.array([price * np.exp(-above)]), spread, 0.0)
    low, at, high = law.share(price * np.exp([-0.001, 0.0, 0.001]), np.ones(1))
    assert at == pytest.approx(0.44)
    assert np.log(high / low) / 0.002 == pytest.approx(-1.8, rel=1e-3)
