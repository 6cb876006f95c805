"""Who can do what, and what rests on one person."""

import numpy as np

from casestudies.market.skills import ABLE, alone, levels, resting_on

TRADE = np.array([[4, 0, 3], [3, 3, 0], [0, 4, 3]])


def test_notions_never_make_someone_able():
    found = levels(np.zeros((300, 5), dtype=np.int64), 0.4, np.random.default_rng(1))
    assert set(np.unique(found)) == {0, 1, 2}
    assert abs((found > 0).mean() - 0.4) < 0.05


def test_the_trade_is_kept():
    found = levels(TRADE, 0.5, np.random.default_rng(1))
    assert (found[TRADE > 0] == TRADE[TRADE > 0]).all()


def test_a_skill_comes_to_rest_on_one_person():
    assert alone(TRADE).tolist() == [False, False, False]
    found = resting_on(TRADE, 0, 0)
    assert alone(found).tolist() == [True, False, False]
    assert found[1, 0] == ABLE - 1
    assert (TRADE[1, 0], found[0, 0]) == (3, 4)
