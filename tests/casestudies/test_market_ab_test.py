"""The page test component: a fair split, the rates asked for, a score that knows noise from effect."""

import numpy as np
import pytest

from casestudies.market.ab_test import PageTest, z_score


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
