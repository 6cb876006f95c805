"""A lever over a year: each euro more brings a little less than the one before, under a ceiling never reached."""

from dataclasses import dataclass
from typing import TypeVar

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats

ABOUT = About(
    "A yearly budget becomes clients, less and less with each euro, under a ceiling.",
    (
        Parameter("ceiling.clients", "clients of this year", 5, 200, "assumption"),
        Parameter("ceiling.half", "multiple of this year's expense", 0.3, 2.5, "Robyn, rule of thumb"),
    ),
)

Number = TypeVar("Number", float, Floats)
"""One number, or one for each lever."""


def ceiling(clients: Number, half: Number) -> Number:
    """Return the clients that a lever never exceeds, from those of a year and its half-saturation.

    ``half`` is the budget that brings half of the ceiling, as a multiple of the expense of that year.

    >>> ceiling(20.0, 1.5)
    50.0
    """
    return clients * (1 + half)


@dataclass(frozen=True)
class Curve:
    """The response of one lever: its ceiling, in clients, and the budget that brings half of it (€ excl. tax)."""

    ceiling: float
    half_ht: float

    def clients(self, budget_ht: float) -> float:
        """Return the clients that a budget brings in a year.

        >>> curve = Curve(ceiling=60, half_ht=50_000)
        >>> curve.clients(50_000), curve.clients(100_000), curve.clients(0)
        (30.0, 40.0, 0.0)
        """
        return self.ceiling * budget_ht / (budget_ht + self.half_ht)

    def next_euro(self, budget_ht: float) -> float:
        """Return the clients that one more euro brings.

        >>> Curve(ceiling=60, half_ht=50_000).next_euro(50_000)
        0.0003
        """
        return self.ceiling * self.half_ht / (budget_ht + self.half_ht) ** 2
