"""A shared drive: many small files, few huge ones, copies of copies, and what nobody opens any more.

Ranges assumed: ``copied`` 0.08–0.25 share of the originals; ``more`` 0.2–0.6 mean copies beyond the first; ``stale``
0.2–0.45 share of the files; ``sigma`` 0.4–1 log points, standard deviation of the weights.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints, systematic, unrolled

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Drive:
    """Files as arrays: the original each one comes from, which copy it is (0 = original), kind, bytes, days."""

    original: Ints
    copy: Ints
    kind: Ints
    size: Ints
    created: Ints
    opened: Ints


@dataclass(frozen=True)
class Storage:
    """How a drive fills up.

    Attributes
    ----------
    share, weight : share of the files and median weight (MB) by kind.
    sigma : log standard deviation of the weights.
    copied : probability that an original has a copy; ``more`` the mean number of further copies.
    stale : probability that a file was not opened for ``limit`` days or more.
    age : age of the oldest file, in days.

    """

    share: Floats
    weight: Floats
    sigma: float
    copied: float
    more: float
    stale: float
    limit: int
    age: int

    def fill(self, originals: int, rng: np.random.Generator) -> Drive:
        """Return the files of the drive, originals before their copies; days are counted back from today."""
        kind = rng.permutation(unrolled(systematic(self.share * originals, rng)))
        weight = self.weight[kind] * np.exp(self.sigma * rng.standard_normal(len(kind)))
        size = np.maximum(np.round(weight * MEGABYTE), 1000).astype(np.int64)
        has = rng.random(len(kind)) < self.copied
        count = 1 + np.where(has, 1 + rng.poisson(self.more, len(kind)), 0)
        original = unrolled(count)
        copy = np.arange(len(original)) - (np.cumsum(count) - count)[original]
        old = rng.random(len(original)) < self.stale
        low, high = np.where(old, self.limit, 0), np.where(old, self.age - 30, self.limit - 30)
        opened = rng.integers(low, high)
        born = np.minimum.reduceat(-opened, (np.cumsum(count) - count).astype(np.intp))
        start = rng.integers(-born, self.age)[original]
        created = np.where(
            copy == 0, start, opened + np.floor((start - opened) * rng.random(len(opened))).astype(np.int64)
        )
        return Drive(original, copy, kind[original], size[original], created, opened)
