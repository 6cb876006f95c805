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
