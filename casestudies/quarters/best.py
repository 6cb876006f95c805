"""The best way to play, computed: for every set of offers, the split that no euro moved elsewhere would better.

The margin is concave in the expenses (sums of concave responses to sums of expenses), so that multiplicative steps
along its slopes (exponentiated gradient: Kivinen and Warmuth 1997) go to the best split. The distance that is left is
known: no split can bring more than the slopes promise (the gap of Frank and Wolfe 1956).
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from casestudies.quarters.market import QUARTERS, Market, YearPlan

ROUNDS = 400


@dataclass(frozen=True)
class Best:
    """The best plan found, the margin of its year, and the most that another split could add to it (€ excl. tax)."""

    plan: YearPlan
    margin_ht: float
    missing_ht: float


def best_of(market: Market, rounds: int = ROUNDS) -> Best:
    """Return the best plan: every set of offers is tried, and the money of each quarter split for the most margin."""
    offers = np.array(list(product((0.0, 1.0), repeat=QUARTERS)))
    shares = np.full((len(offers), QUARTERS, len(market.levers)), 1 / len(market.levers))
    for number in range(rounds):
        slopes = market.slopes(YearPlan(market.quarter_ht * shares, offers))
        pace = 4.0 / np.sqrt(1 + number / 20)
        shares = shares * np.exp(pace * (slopes / slopes.max(axis=-1, keepdims=True) - 1))
        shares = shares / shares.sum(axis=-1, keepdims=True)
    margins = market.margin_ht(YearPlan(market.quarter_ht * shares, offers)).sum(axis=-1)
    rank = int(margins.argmax())
    plan = YearPlan(market.quarter_ht * shares[rank], offers[rank])
    slopes = market.slopes(plan)
    promised = market.quarter_ht * slopes.max(axis=-1).sum()
    return Best(plan, float(margins[rank]), float(promised - (slopes * plan.spends_ht).sum()))
