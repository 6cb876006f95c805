"""An anonymous survey."""

import numpy as np
import pandas as pd
import pytest

from casestudies.market.survey import answers, smallest_group


def test_answers_have_the_mean_asked():
    found = answers(np.tile([0.3, 0.8], (5000, 1)), 4, np.random.default_rng(1))
    assert found.mean(axis=0) == pytest.approx([1.2, 3.2], abs=0.05)
    assert (found.min(), found.max()) == (0, 4)


def test_smallest_group():
    table = pd.DataFrame({"team": list("aaabb"), "place": list("xxyyy")})
    assert smallest_group(table, ("team",)) == 2
    assert smallest_group(table, ("team", "place")) == 1
