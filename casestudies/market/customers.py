"""Who orders: first-time buyers with a new number, known customers who come back more or less often."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, pick, systematic

ABOUT = About(
    "Orders come from first-time buyers and from known customers who come back more or less often.",
    (
        Parameter("active", "customers", 1000, 10000, "assumption"),
        Parameter("spread", "shape of a gamma law", 0.5, 1.5, "BG/NBD, the smaller the more uneven; assumption"),
        Parameter("recent", "share of the repeat orders", 0.05, 0.3, "assumption"),
    ),
)


@dataclass(frozen=True)
class Customers:
    """The customers behind the orders.

    Attributes
    ----------
    active : known customers likely to come back over a quarter (thousands).
    spread : shape of the gamma law of their purchase rates (0.5–1.5: the smaller, the more uneven; BG/NBD).
    recent : share of the repeat orders placed by people won in the same window (0.05–0.15; assumption).

    """

    active: int
    spread: float
    recent: float

    def first_orders(self, share: Floats, rng: np.random.Generator) -> Ints:
        """Return 1 for a first order, else 0, from the expected ``share`` of first orders of each order."""
        return systematic(np.clip(share, 0.02, 0.95), rng)

    def numbers(self, day: Ints, first: Ints, rng: np.random.Generator) -> Ints:
        """Return a customer number for each order (orders sorted by ``day``).

        Known customers are numbered from 0 to ``active`` − 1, new ones from ``active`` in order of arrival.
        """
        rates = rng.gamma(self.spread, 1.0, self.active)
        known = pick(rates, len(day), rng)
        rank = np.cumsum(first) - 1
        before = np.searchsorted(day[first == 1], day, side="left")
        won = np.floor(rng.random(len(day)) * before).astype(np.int64)
        back = (rng.random(len(day)) < self.recent) & (before > 0)
        return np.where(first == 1, self.active + rank, np.where(back, self.active + won, known))
