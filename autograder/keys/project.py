"""The formulas of a project: an uncertain chain of tasks, the chance of a date, what a project will have cost.

Beside ``metrics``; durations are in working days, amounts in euros excluding VAT.
"""

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist


def deviation(optimistic: float, pessimistic: float) -> float:
    """Return the standard deviation of a duration told by its two ends: (pessimistic − optimistic) ÷ 6.

    Source: Malcolm, Roseboom, Clark and Fazar, « Application of a Technique for Research and Development Program
    Evaluation », Operations Research, 7(5), 1959 (PERT).

    >>> deviation(4, 10)
    1.0
    """
    return (pessimistic - optimistic) / 6


def chain_deviation(deviations: Iterable[float]) -> float:
    """Return the standard deviation of a chain of independent tasks: variances add, deviations do not.

    >>> chain_deviation([3, 4])
    5.0
    """
    return sqrt(sum(one**2 for one in deviations))


def chance(limit: float, expected: float, spread: float) -> float:
    """Return the probability that a duration is ``limit`` at most, by the normal law (PERT).

    >>> chance(20, 20, 3)
    0.5
    """
    return NormalDist(expected, spread).cdf(limit)


def cost_index(earned: float, spent: float) -> float:
    """Return the cost performance index: the budget of the work done over what was spent.

    Source: ANSI/EIA-748, earned value management (CPI = EV ÷ AC).

    >>> cost_index(8000, 10000)
    0.8
    """
    return earned / spent


def forecast_at_completion(budget: float, index: float) -> float:
    """Return what the project will have cost if the rest costs as the beginning did: budget ÷ cost index.

    Source: ANSI/EIA-748, earned value management (EAC = BAC ÷ CPI).

    >>> forecast_at_completion(40000, 0.8)
    50000.0
    """
    return budget / index
