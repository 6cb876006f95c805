"""A trial in stores: changes of the size asked for, settled noise, comparison of two groups."""

import numpy as np
import pytest

from casestudies.market import stores


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def trial() -> stores.Trial:
    return stores.Trial((0, 3, 4, 6, 9), 112, 56, 0.04, 0.015, 0.3)


def test_changes_have_exactly_the_spread_and_the_luck_asked_for(trial, rng):
    change = trial.changes(11, trial.luck, rng)
    treated = trial.is_treated(11)
    assert treated.sum() == 5
    assert change[~treated].mean() == pytest.approx(0)
    assert change[treated].mean() == pytest.approx(0.3 * trial.standard_error(11))
    assert change[treated].std(ddof=1) == pytest.approx(0.015)
    assert change[~treated].std(ddof=1) == pytest.approx(0.015)


def test_the_action_runs_in_treated_stores_only(trial):
    running = trial.running(11, 300)
    assert running.sum() == 5 * 56
    assert running[0, 112] == 1
    assert running[1].sum() == 0


def test_ups_and_downs_last_four_weeks(rng):
    levels = stores.ups_and_downs(3, 280, 112, 0.01, rng)
    assert (levels[:, 112:140] == levels[:, 112:113]).all()
    assert (levels[:, 111] != levels[:, 112]).all()


def test_settled_noise_changes_as_asked_and_nothing_else_moves(rng):
    noise, weight = 0.05 * rng.standard_normal((4, 200)), rng.uniform(0.5, 1.5, 200)
    before, during = slice(20, 76), slice(76, 132)
    change = np.array([0.02, -0.01, 0.0, 0.05])
    moved = stores.settled(noise, weight, before, during, change)
    level = [np.exp(moved[:, window]) @ weight[window] / weight[window].sum() for window in (before, during)]
    assert np.log(level[1] / level[0]) == pytest.approx(change)
    assert (moved[:, :76] == noise[:, :76]).all()
    assert (moved[:, 132:] == noise[:, 132:]).all()


def test_the_interval_covers_the_effect_nineteen_times_in_twenty(rng):
    treated = np.repeat([1, 0], [60, 60])
    covered = 0
    for _ in range(400):
        before = np.full(120, 100.0)
        during = 100 * (1 + 0.03 * treated + 0.02 * rng.standard_normal(120))
        low, high = stores.compare(before, during, treated).interval
        covered += low < 0.03 < high
    assert covered / 400 == pytest.approx(0.95, abs=0.03)


def test_a_large_difference_is_proven_and_a_small_one_is_not():
    before, treated = np.full(6, 100.0), np.array([1, 1, 1, 0, 0, 0])
    assert stores.compare(before, np.array([110.0, 111, 109, 101, 102, 100]), treated).proven
    assert not stores.compare(before, np.array([105.0, 98, 103, 101, 104, 99]), treated).proven
