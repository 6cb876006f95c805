"""A test of two pages: visits split at random between two arms, each with its own conversion.

Ranges assumed: ``visitors`` 50–1,000 visits a day, both arms; ``lift`` −0.1 to 0.5 relative gain of page B.
Ranges known: ``rate`` 0.025–0.05 conversions per visit on page A (dgl-agency.fr: B2B form 2.5-5 %).
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints


@dataclass(frozen=True)
class PageTest:
    """Two pages tested side by side; ``visitors`` a day for both arms, ``rate`` of A, relative ``lift`` of B."""

    visitors: float
    rate: float
    lift: float

    @property
    def rates(self) -> Floats:
        """Conversion of each arm."""
        return np.array([self.rate, self.rate * (1 + self.lift)])

    def run(self, pace: Floats, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Return visits and conversions by (day, arm); ``pace`` is the traffic of each day, 1 in the mean."""
        total = rng.poisson(self.visitors * pace)
        left = rng.binomial(total, 0.5)
        visits = np.stack([left, total - left], axis=1)
        return visits, rng.binomial(visits, self.rates)


def z_score(visits: Ints, won: Ints) -> float:
    """Return the pooled z of the difference between two arms (B − A), from totals by arm.

    >>> round(z_score(np.array([1000, 1000]), np.array([30, 50])), 2)
    2.28
    """
    rate = won / visits
    pooled = won.sum() / visits.sum()
    return float((rate[1] - rate[0]) / np.sqrt(pooled * (1 - pooled) * (1 / visits).sum()))


def running(visits: Ints, won: Ints) -> tuple[Floats, Floats]:
    """Return the difference between two arms (B − A) and its pooled z at the end of each day, from the first day on.

    ``visits`` and ``won`` end in (day, arm); what comes before is kept, as the number of a replay.

    >>> gap, z = running(np.array([[500, 500], [500, 500]]), np.array([[10, 20], [20, 30]]))
    >>> gap.round(3).tolist(), z.round(2).tolist()
    ([0.02, 0.02], [1.85, 2.28])
    """
    tries, hits = np.cumsum(visits, axis=-2), np.cumsum(won, axis=-2)
    rate = hits / tries
    pooled = hits.sum(axis=-1) / tries.sum(axis=-1)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / tries).sum(axis=-1))
    gap: Floats = rate[..., 1] - rate[..., 0]
    return gap, np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0)


def replayed(visits: Ints, rates: Floats, count: int, seed: int) -> tuple[Floats, Floats]:
    """Return, by (replay, day), difference and z of ``count`` tests that have these visits and these true rates."""
    rng = np.random.default_rng(seed)
    return running(np.broadcast_to(visits, (count, *visits.shape)), rng.binomial(visits, rates, (count, *visits.shape)))
