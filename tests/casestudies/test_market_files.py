"""A shared drive that fills up."""

import numpy as np
import pytest

from casestudies.market.files import MEGABYTE, Storage

STORAGE = Storage(
    share=np.array([0.9, 0.1]), weight=np.array([1.0, 500.0]), sigma=0.5, copied=0.2, more=0.3, stale=0.35, limit=730,
    age=1900,
)  # fmt: skip


def test_shares_are_those_asked():
    found = STORAGE.fill(5000, np.random.default_rng(1))
    copies = np.bincount(found.original)
    assert (copies > 1).mean() == pytest.approx(0.2, abs=0.02)
    assert (copies[copies > 1] - 1).mean() == pytest.approx(1.3, abs=0.06)
    assert (found.opened >= 730).mean() == pytest.approx(0.35, abs=0.02)
    films = found.kind == 1
    assert films[found.copy == 0].mean() == pytest.approx(0.1, abs=0.001)
    assert np.median(found.size[films]) == pytest.approx(500 * MEGABYTE, rel=0.1)


def test_copies_weigh_as_their_original_and_come_after():
    found = STORAGE.fill(2000, np.random.default_rng(1))
    first = found.copy == 0
    assert (found.size == found.size[first][found.original]).all()
    assert (found.created <= found.created[first][found.original]).all()
    assert (found.opened <= found.created).all()
    assert found.created.max() < 1900
