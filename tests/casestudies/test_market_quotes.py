"""Quotes: delays by circuit, chances that fall with the delay, and a regression that finds both again."""

import numpy as np
import pytest

from casestudies.market.quotes import Quoting, logistic

LAW = Quoting(ease=(-0.4, 0.2), slope=0.08, warmth=0.4, delay=(3.0, 9.0), revised=0.1, unanswered=0.5)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(2)


def test_delays_have_the_mean_of_their_circuit(rng):
    circuit = np.repeat([0, 1], 20_000)
    delay = LAW.delays(circuit, rng)
    assert delay[circuit == 0].mean() == pytest.approx(3, abs=0.1)
    assert delay[circuit == 1].mean() == pytest.approx(9, abs=0.2)
    assert delay.min() == 0


def test_chances_fall_with_the_delay_and_rise_with_warmth():
    circuit, delay = np.zeros(4, dtype=np.int64), np.array([0, 5, 10, 5])
    chance = LAW.chance(circuit, np.array([0, 0, 0, 1]), delay)
    assert chance[0] > chance[1] > chance[2]
    assert chance[3] > chance[1]
    assert chance[0] == pytest.approx(1 / (1 + np.exp(0.4)))


def test_the_regression_finds_the_law_again(rng):
    size = 60_000
    circuit, inbound = rng.integers(0, 2, size), rng.integers(0, 2, size)
    delay = LAW.delays(circuit, rng)
    accepted = (rng.random(size) < LAW.chance(circuit, inbound, delay)).astype(float)
    design = np.column_stack([circuit == 0, circuit == 1, inbound, delay]).astype(float)
    found, errors = logistic(design, accepted)
    assert (np.abs(found - np.array([-0.4, 0.2, 0.4, -0.08])) < 4 * errors).all()
    assert errors[-1] == pytest.approx(0.0022, rel=0.3)
