"""Why sales and margin moved from one quarter to the next: each cause's share, and the shares add up exactly.

The shares are Shapley's (1953): what a cause adds, in the mean over every order in which the causes can come in. As a
way to decompose any figure that several causes make: Shorrocks (2013), « Decomposition procedures for distributional
analysis: a unified framework based on the Shapley value », Journal of Economic Inequality 11.
"""

from dataclasses import dataclass, fields
from math import factorial

import numpy as np

from casestudies.market.sampling import Floats
from casestudies.quarters.market import QUARTERS, Market, YearPlan


def subsets(count: int) -> Floats:
    """Return every subset of ``count`` causes, one a row: 1 where the cause has come in.

    >>> subsets(2).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    """
    ranks = np.arange(2**count)[:, None]
    return (ranks >> np.arange(count) & 1).astype(np.float64)


def shapley(values: Floats) -> Floats:
    """Return the share of each cause from the value of every subset, in the order of ``subsets``; they add up.

    A product that goes from 2 × 3 to 4 × 5: the first cause adds 4 × 3 − 6 = 6, or 20 − 2 × 5 = 10; the second adds
    20 − 12 = 8, or 10 − 6 = 4.

    >>> shapley(np.array([6.0, 12.0, 10.0, 20.0])).tolist()
    [8.0, 6.0]
    """
    count = len(values).bit_length() - 1
    inside = subsets(count)
    size = inside.sum(axis=1).astype(np.intp)
    weight = np.array([factorial(one) * factorial(count - 1 - one) for one in range(count)]) / factorial(count)
    shares = [
        (weight[size[without]] * (values[without | 1 << cause] - values[without])).sum()
        for cause in range(count)
        for without in [np.flatnonzero(inside[:, cause] == 0)]
    ]
    return np.array(shares)


@dataclass(frozen=True)
class Causes:
    """The state of each cause by quarter, the last one of the year before first; axes (quarter, lever).

    ``split`` is each lever's expense as a multiple of the usual one; ``memory`` and ``saturation`` are what they add to
    an effect that would follow the expense; ``offer`` holds what it does to revenue, then to margin.
    """

    season: Floats
    split: Floats
    memory: Floats
    saturation: Floats
    rival: Floats
    offer: Floats


CAUSES = tuple(field.name for field in fields(Causes))


@dataclass(frozen=True)
class Movements:
    """What moved to each quarter from the one before, € excl. tax, by (quarter, cause) in the order of ``CAUSES``."""

    sales_ht: Floats
    margin_ht: Floats


def causes_of(market: Market, plan: YearPlan) -> Causes:
    """Return the state of each cause; the quarter before the first is the last of a usual year."""
    responses = market.responses
    ones = np.ones((1, len(market.levers)))
    spends = plan.spends_ht / responses.usual_ht
    doses = responses.doses(spends)
    follows = responses.acquired + (1 - responses.acquired) * doses
    kept = market.offer.margin(plan.offers, market.margin_rate)
    revenue = np.concatenate([[1.0], market.offer.revenue(plan.offers)])
    return Causes(
        season=np.concatenate([market.season[-1:], market.season])[:, None],
        split=np.concatenate([ones, spends]),
        memory=np.concatenate([0 * ones, (1 - responses.acquired) * (doses - spends)]),
        saturation=np.concatenate([0 * ones, responses.effect(doses) - follows]),
        rival=np.concatenate([ones, market.rival(plan.offers)]),
        offer=np.stack([revenue, np.concatenate([[market.margin_rate], kept])], axis=1),
    )


def movements(market: Market, plan: YearPlan) -> Movements:
    """Return the share of each cause in each movement of sales and of margin."""
    causes = causes_of(market, plan)
    rows = [_values(market, causes, quarter) for quarter in range(QUARTERS)]
    sales, margin = (np.stack([shapley(row[which]) for row in rows]) for which in (0, 1))
    return Movements(sales, margin)


def _values(market: Market, causes: Causes, quarter: int) -> tuple[Floats, Floats]:
    """Return sales and margin of every subset of causes, the others still as they were in the quarter before."""
    came = subsets(len(CAUSES)).astype(bool)
    now = {
        name: np.where(came[:, rank, None], states[quarter + 1], states[quarter])
        for rank, name in enumerate(CAUSES)
        for states in [getattr(causes, name)]
    }
    responses = market.responses
    effect = responses.acquired + (1 - responses.acquired) * now["split"]
    effect = effect + now["memory"] + now["saturation"]
    demand = (responses.sales_ht * now["season"] * now["rival"] * effect).sum(axis=1)
    revenue, kept = now["offer"].T
    return demand * revenue, demand * kept - market.quarter_ht


def gaps(market: Market, played: YearPlan, other: YearPlan) -> Floats:
    """Return what doing as ``other`` adds to the margin of the year: the split of each quarter, then the offers."""
    values = []
    for came in subsets(QUARTERS + 1).astype(bool):
        spends = np.where(came[:QUARTERS, None], other.spends_ht, played.spends_ht)
        mixed = YearPlan(spends, other.offers if came[-1] else played.offers)
        values.append(float(market.margin_ht(mixed).sum()))
    return shapley(np.array(values))
