"""A survey: answers on a scale or to one choice, shared out by quotas; no group too small."""

import numpy as np
import pandas as pd
import pytest

from casestudies.market.survey import answers, one_choice, shared_out, smallest_group


def test_answers_have_the_mean_asked():
    found = answers(np.tile([0.3, 0.8], (5000, 1)), 4, np.random.default_rng(1))
    assert found.mean(axis=0) == pytest.approx([1.2, 3.2], abs=0.05)
    assert (found.min(), found.max()) == (0, 4)


def test_smallest_group():
    table = pd.DataFrame({"team": list("aaabb"), "place": list("xxyyy")})
    assert smallest_group(table, ("team",)) == 2
    assert smallest_group(table, ("team", "place")) == 1


@pytest.mark.parametrize("size", [0, 1, 7, 240])
def test_quotas_add_up_and_keep_to_their_share(size):
    share = np.array([0.31, 0.05, 0.34, 0.30])
    counts = shared_out(size, share)
    assert counts.sum() == size
    assert (np.abs(counts - size * share) < 1).all()
    assert shared_out(size, 10 * share).tolist() == counts.tolist()


def test_one_choice_is_a_quota_in_any_order():
    share = np.array([0.5, 0.3, 0.2])
    first, second = (one_choice(100, share, np.random.default_rng(seed)) for seed in (1, 2))
    assert np.bincount(first).tolist() == np.bincount(second).tolist() == [50, 30, 20]
    assert first.tolist() != second.tolist()
