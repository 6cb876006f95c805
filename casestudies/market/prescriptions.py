"""Prescriptions: an architect writes a product down, and someone else keeps it, replaces it or gives up.

Ranges assumed: ``abandoned`` 0.08–0.25 share of the prescriptions; ``kept_near`` 0.6–0.8 share kept when a dealer
nearby holds stock; ``kept_far`` 0.3–0.5 share kept otherwise; ``near`` 0.4–0.7 share of the sites with stock nearby;
``longest`` 300–360 days until the last decisions.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints, Reals

SOLD, REPLACED, DROPPED, PENDING = range(4)


@dataclass(frozen=True)
class Prescribing:
    """What becomes of prescriptions.

    Attributes
    ----------
    near : share of the sites with a stocking dealer nearby.
    abandoned : share of the projects that never happen.
    kept_near, kept_far : share of the live projects that keep the product, with and without stock nearby.
    longest : days after which everything is decided.

    """

    near: float
    abandoned: float
    kept_near: float
    kept_far: float
    longest: int

    def stock(self, size: int, rng: np.random.Generator) -> Ints:
        """Return 1 when a dealer holds stock near the site, else 0."""
        return (rng.random(size) < self.near).astype(np.int64)

    def fates(self, stock: Ints, rng: np.random.Generator) -> Ints:
        """Return ``SOLD``, ``REPLACED`` or ``DROPPED`` for each prescription."""
        kept = np.where(stock == 1, self.kept_near, self.kept_far)
        live = np.where(rng.random(len(stock)) < kept, SOLD, REPLACED)
        return np.where(rng.random(len(stock)) < self.abandoned, DROPPED, live).astype(np.int64)

    def delays(self, fate: Ints, rng: np.random.Generator) -> Ints:
        """Return the days until the decision: a replacement is known sooner than a sale."""
        share = np.where(fate == SOLD, rng.beta(4.0, 2.0, len(fate)), rng.beta(1.6, 4.8, len(fate)))
        return np.round(20 + (self.longest - 20) * share).astype(np.int64)


def surfaces(median: Reals, spread: float, rng: np.random.Generator) -> Floats:
    """Return the surface of each site in whole square metres around its ``median`` (log-normal)."""
    area = np.maximum(np.asarray(median, dtype=np.float64) * np.exp(spread * rng.standard_normal(len(median))), 20.0)
    return np.asarray(np.round(area), dtype=np.float64)
