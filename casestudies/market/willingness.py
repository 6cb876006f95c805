"""Willingness to pay, as two surveys see it: four price thresholds (van Westendorp), yes or no at a price.

Ranges assumed: ``Thresholds.spread`` 0.15–0.3 log points, standard deviation between people; ``gaps`` 0.08–0.35 log
points, median; ``gap_spread`` 0.2–0.5 log points, standard deviation of the log of a gap; ``step`` 5–20 €, people
answer by round figures; ``muddled`` 0.02–0.08 share of the answers out of order; ``spread_for.share`` 0.35–0.5 share
of buyers at the target price.
"""

import math
from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints


@dataclass(frozen=True)
class Thresholds:
    """How people place their four thresholds around their reference price.

    Attributes
    ----------
    centre : median reference price by segment (€ incl. tax).
    spread : log standard deviation of the reference price inside a segment (0.15–0.30).
    gaps : median log distances: too cheap to cheap, cheap to reference, reference to expensive, then too expensive.
    gap_spread : log standard deviation of each distance (0.2–0.5).
    step : people answer by multiples of so many euros.

    """

    centre: Floats
    spread: float
    gaps: tuple[float, float, float, float]
    gap_spread: float
    step: float

    def answers(self, segment: Ints, taste: Floats, rng: np.random.Generator) -> Floats:
        """Return (too cheap, cheap, expensive, too expensive) by person, in euros, strictly growing.

        ``taste`` is a standard normal by person: what makes them ready to pay more than their segment.
        """
        middle = np.log(self.centre[segment]) + self.spread * taste
        gaps = np.array(self.gaps) * np.exp(self.gap_spread * rng.standard_normal((len(segment), 4)))
        logs = np.stack(
            [
                middle - gaps[:, 1] - gaps[:, 0],
                middle - gaps[:, 1],
                middle + gaps[:, 2],
                middle + gaps[:, 2] + gaps[:, 3],
            ],
            axis=1,
        )
        rounded = np.round(np.exp(logs) / self.step) * self.step
        shift = self.step * np.arange(4)
        answers: Floats = np.maximum.accumulate(rounded - shift, axis=1) + shift
        return answers


def muddle(answers: Floats, share: float, rng: np.random.Generator) -> Floats:
    """Return the answers where a ``share`` of the people swapped cheap with expensive (out of order, hence to drop)."""
    chosen = rng.choice(len(answers), round(share * len(answers)), replace=False)
    mixed = answers.copy()
    mixed[chosen] = mixed[chosen][:, [0, 2, 1, 3]]
    return mixed


@dataclass(frozen=True)
class Acceptance:
    """Share of people who say yes at a price: a normal law on the log of the highest price accepted.

    Attributes
    ----------
    median : median highest price by segment (€ incl. tax).
    spread : log standard deviation inside a segment (0.2–0.8).
    link : correlation of the highest price with the taste that also sets the thresholds (0–1).

    """

    median: Floats
    spread: float
    link: float

    def accepts(self, prices: Floats, segment: Ints, taste: Floats, rng: np.random.Generator) -> Ints:
        """Return 0/1 by (person, price): yes up to the highest price that the person accepts."""
        own = self.link * taste + math.sqrt(1 - self.link**2) * rng.standard_normal(len(taste))
        highest = self.median[segment] * np.exp(self.spread * own)
        return (prices[None, :] <= highest[:, None]).astype(np.int64)

    def share(self, prices: Floats, weights: Floats) -> Floats:
        """Return the expected share of yes at each price; ``weights`` is the share of each segment."""
        z = np.log(prices[:, None] / self.median[None, :]) / self.spread
        above = np.array([[0.5 * math.erfc(cell / math.sqrt(2)) for cell in row] for row in z.tolist()])
        shares: Floats = above @ weights
        return shares


def spread_for(elasticity: float, share: float) -> tuple[float, float]:
    """Return (spread, log distance from the price to the median) giving this ``share`` and ``elasticity`` at a price.

    With z the normal quantile of 1 − share, the elasticity at the price is −φ(z) / (spread × share) and the price is
    z × spread above the median.
    """
    low, high = -4.0, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 0.5 * math.erfc(middle / math.sqrt(2)) > share else (low, middle)
    z = (low + high) / 2
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    spread = density / (share * -elasticity)
    return spread, z * spread
