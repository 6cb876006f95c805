"""Willingness to pay, as two surveys see it: four price thresholds (van Westendorp), yes or no at a price."""

import math
from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    "Each person has a reference price, from which come four thresholds and a highest price accepted.",
    (
        Parameter("Thresholds.spread", "log points, standard deviation between people", 0.15, 0.30, "assumption"),
        Parameter("gaps", "log points, median", 0.08, 0.35, "assumption"),
        Parameter("gap_spread", "log points, standard deviation of the log of a gap", 0.2, 0.5, "assumption"),
        Parameter("step", "€, people answer by round figures", 5, 20, "assumption"),
        Parameter("muddled", "share of the answers out of order", 0.02, 0.08, "assumption"),
        Parameter("spread_for.share", "share of buyers at the target price", 0.35, 0.50, "assumption"),
    ),
)


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
