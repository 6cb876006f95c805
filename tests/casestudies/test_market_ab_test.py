"""The page test component: a fair split, the rates asked for, a score that knows noise from effect."""

import numpy as np
import pytest

from casestudies.market.ab_test import PageTest, replayed, running, z_score


def test_visits_are_split_evenly_and_convert_with_the_rate_of_their_page():
    visits, won = PageTest(1000.0, 0.03, 0.4).run(np.ones(400), np.random.default_rng(2))
    total, kept = visits.sum(axis=0), won.sum(axis=0)
    assert total[0] / total.sum() == pytest.approx(0.5, abs=0.004)
    assert kept / total == pytest.approx([0.03, 0.042], abs=0.0015)
    assert (won <= visits).all()


def test_the_score_of_equal_pages_is_standard_normal():
    rng = np.random.default_rng(4)
    page = PageTest(400.0, 0.03, 0.0)
    scores = [z_score(*(part.sum(axis=0) for part in page.run(np.ones(30), rng))) for _ in range(400)]
    assert np.mean(scores) == pytest.approx(0, abs=0.15)
    assert np.std(scores) == pytest.approx(1, abs=0.12)


def test_what_runs_ends_where_the_score_of_the_whole_test_is():
    visits, won = PageTest(400.0, 0.03, 0.3).run(np.ones(30), np.random.default_rng(6))
    gap, z = running(visits, won)
    assert z[-1] == pytest.approx(z_score(visits.sum(axis=0), won.sum(axis=0)))
    assert gap[-1] == pytest.approx(np.diff(won.sum(axis=0) / visits.sum(axis=0))[0])
    assert running(visits[:1], np.zeros((1, 2), dtype=np.int64))[1].tolist() == [0.0], (
        "nothing is said of no conversion"
    )


def test_replays_are_the_same_for_the_same_seed_and_right_on_average():
    visits = np.full((20, 2), 300)
    gap, z = replayed(visits, np.array([0.03, 0.05]), 500, 3)
    again, _ = replayed(visits, np.array([0.03, 0.05]), 500, 3)
    assert (gap == again).all()
    assert gap.shape == z.shape == (500, 20)
    assert gap[:, -1].mean() == pytest.approx(0.02, abs=0.0006)
