"""A portfolio of business accounts: revenue, potential, classes, and the visits that they get or should get."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, jitter, systematic

ABOUT = About(
    "Business accounts buy unevenly, could buy more, and get more or fewer visits than their class asks for.",
    (
        Parameter("revenue", "€ excl. tax per year for the whole segment", 0, 12_000_000, "assumption"),
        Parameter("spread", "log points, standard deviation between accounts", 0.6, 1.2, "assumption"),
        Parameter("margin", "share of revenue", 0.3, 0.6, "materials made and sold by one maker; assumption"),
        Parameter(
            "headroom",
            "potential per euro sold, in the median; € per year where nothing is sold yet",
            1.3,
            100_000,
            "assumption",
        ),
        Parameter("norms", "visits per year of an account of class A, B, C", 1, 24, "assumption"),
        Parameter("attention", "visits made per visit that the norm asks for, relative", 0.2, 2.0, "assumption"),
        Parameter("per_day", "field visits per salesperson and day", 2.0, 4.0, "assumption"),
        Parameter("field_days", "days in the field per salesperson and year", 140, 190, "assumption"),
    ),
)

CLASSES = ("A", "B", "C")
FIRST, SECOND = 0.20, 0.50
"""Share of the accounts of a segment, by potential, that ends class A, then class B."""


@dataclass(frozen=True)
class Segment:
    """One type of account.

    Attributes
    ----------
    name : what learners see.
    accounts : number of accounts.
    revenue : what the whole segment buys in a year (€ excl. tax); 0 for those who prescribe and never buy.
    spread : unevenness of the accounts (log standard deviation).
    margin : margin on revenue before logistics and sales costs.
    headroom : median potential per euro sold, or, when nothing is sold, potential in € of the median account.
    norms : visits a year for classes A, B, C.
    attention : how much the salespeople favour the segment beyond its norm (1 = as the norm).

    """

    name: str
    accounts: int
    revenue: float
    spread: float
    margin: float
    headroom: float
    norms: tuple[int, int, int]
    attention: float

    def revenues(self, buying: NDArray[np.bool_], rng: np.random.Generator) -> Floats:
        """Return the yearly revenue of each account, to ten euros; the total is the segment's to the rounding."""
        weight = jitter(self.accounts, self.spread, rng) * buying
        total: Floats = np.round(self.revenue * weight / max(float(weight.sum()), 1e-9), -1)
        return total

    def potentials(self, revenue: Floats, rng: np.random.Generator) -> Floats:
        """Return what each account could buy or have bought in a year, to a hundred euros."""
        if self.revenue == 0:
            return np.round(self.headroom * np.exp(self.spread * rng.standard_normal(self.accounts)), -2)
        middle = self.revenue / self.accounts
        base = np.where(revenue > 0, revenue, 0.4 * middle * jitter(self.accounts, 0.5, rng))
        wanted = base * (1 + (self.headroom - 1) * jitter(self.accounts, 0.6, rng))
        return np.asarray(np.round(np.maximum(wanted, 500.0), -2), dtype=np.float64)


def classes(potential: Floats) -> Ints:
    """Return 0, 1 or 2 (A, B, C) by decreasing potential within one segment."""
    rank = np.empty(len(potential), dtype=np.int64)
    rank[np.argsort(-potential, kind="stable")] = np.arange(len(potential))
    share = (rank + 0.5) / len(potential)
    return np.where(share < FIRST, 0, np.where(share < SECOND, 1, 2)).astype(np.int64)


def visits(weight: Floats, total: float, rng: np.random.Generator) -> Ints:
    """Share ``total`` visits between accounts in proportion to ``weight``, with a noise of 35 % on each account."""
    noisy = weight * jitter(len(weight), 0.35, rng)
    return systematic(total * noisy / noisy.sum(), rng)


@dataclass(frozen=True)
class Force:
    """The field force that the norms ask for, and what one salesperson can do in a year."""

    required: float
    per_day: float
    field_days: int

    @property
    def capacity(self) -> float:
        """Field visits of one salesperson in a year."""
        return self.per_day * self.field_days


def force(needed: float, per_day: float, usual_days: int, fraction: float) -> Force:
    """Return the force for ``needed`` visits a year, its size ending near ``fraction`` beyond a whole number.

    ``per_day`` (one decimal) and ``usual_days`` give the order of size; the days in the field are then set, to the
    day, so that the number of salespeople is never whole.
    """
    whole = max(int(needed / (per_day * usual_days)), 1)
    days = round(needed / ((whole + fraction) * per_day))
    return Force(needed / (days * per_day), per_day, days)
