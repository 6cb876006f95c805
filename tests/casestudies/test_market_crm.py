"""The pipeline component: rates, delays, what an export shows, working days."""

import numpy as np
import pytest

from casestudies.market.crm import NEVER, Journey, Pipeline, to_working_days


@pytest.fixture
def journey() -> Journey:
    pipeline = Pipeline(np.array([[0.4, 0.5, 0.6, 0.3], [0.5, 0.2, 0.6, 0.3]]), np.array([6.0, 12, 14, 30]), 2.0, 25.0)
    source = np.repeat([0, 1], 20_000)
    return pipeline.run(np.zeros(40_000, dtype=np.int64), source, np.ones(40_000), np.random.default_rng(3))


def test_each_stage_is_passed_with_its_rate(journey):
    reached = (journey.stages < NEVER).reshape(2, 20_000, 4).sum(axis=1)
    rates = reached[:, 1:] / reached[:, :-1]
    assert reached[:, 0] / 20_000 == pytest.approx([0.4, 0.5], abs=0.015)
    assert rates[:, 0] == pytest.approx([0.5, 0.2], abs=0.02)
    assert rates[:, 2] == pytest.approx([0.3, 0.3], abs=0.04)


def test_stages_follow_each_other_after_the_delays_asked_for(journey):
    won = journey.stages[journey.depth == 4]
    assert (np.diff(won, axis=1) >= 0).all()
    assert won[:, -1].mean() == pytest.approx(62, abs=2)
    assert journey.stages[journey.depth >= 1, 0].mean() == pytest.approx(6, abs=0.15)


def test_a_lead_is_won_or_lost_never_both(journey):
    assert ((journey.lost < NEVER) == (journey.depth < 4)).all()
    lost = journey.depth < 4
    last = np.where(journey.stages < NEVER, journey.stages, -1).max(axis=1)
    assert (journey.lost[lost] > last[lost]).all()


def test_an_export_shows_nothing_that_comes_later(journey):
    seen = journey.seen_on(20)
    assert (seen.stages[seen.stages < NEVER] <= 20).all()
    assert (seen.depth <= journey.depth).all()
    assert ((seen.lost == NEVER) & (seen.depth < 4)).any()


def test_closing_multiplies_the_last_rate_only():
    pipeline = Pipeline(np.full((1, 2), 0.5), np.array([5.0, 5.0]), 2.0, 10.0)
    closing = np.repeat([0.6, 1.4], 10_000)
    found = pipeline.run(
        np.zeros(20_000, dtype=np.int64), np.zeros(20_000, dtype=np.int64), closing, np.random.default_rng(1)
    )
    depth = found.depth.reshape(2, 10_000)
    assert (depth >= 1).mean(axis=1) == pytest.approx([0.5, 0.5], abs=0.02)
    assert (depth == 2).sum(axis=1) / (depth >= 1).sum(axis=1) == pytest.approx([0.3, 0.7], abs=0.02)


def test_days_move_to_the_next_working_day():
    first = np.datetime64("2026-05-01")  # a Friday, closed
    moved = to_working_days(np.array([0, 1, 3, NEVER]), first, np.array(["2026-05-01"], dtype="datetime64[D]"))
    assert moved.tolist() == [3, 3, 3, NEVER]
