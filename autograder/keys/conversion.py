"""The formulas of a conversion: what passes each stage, what traffic costs, how two pages are told apart."""

import math
from collections.abc import Sequence
from itertools import pairwise

Z_95, Z_POWER_80 = 1.96, 0.84
"""Multipliers of a two-sided 95 % interval, and of a power of 80 %."""


def stage_rates(counts: Sequence[float]) -> list[float]:
    """Return the share of each stage that reaches the next one, for the same people.

    >>> stage_rates([1000, 50, 10])
    [0.05, 0.2]
    """
    return [after / before for before, after in pairwise(counts)]


def extra_clients(counts: Sequence[float], stage: int, points: float = 0.01) -> float:
    """Return the clients won when ``points`` (0.01 for one point) are added to one rate, the others unchanged.

    ``counts`` go from the first stage to the clients; ``stage`` is the rank of the rate, from 0.

    1,000 visits, 5 %, then 20 %: one point on the first rate is ten leads, so two clients.

    >>> round(extra_clients([1000, 50, 10], 0), 6), round(extra_clients([1000, 50, 10], 1), 6)
    (2.0, 0.5)
    """
    return counts[-1] * points / stage_rates(counts)[stage]


def budget_for(spent_ht: float, half_ht: float, times: float) -> float:
    """Return the budget that multiplies by ``times`` what a lever brings, on the curve budget ÷ (budget + half).

    The curve is the one of ``casestudies.market.saturation`` (ceiling × budget ÷ (budget + half)), read backwards.

    Half of the ceiling is reached with 1,000 €; 60 % of it (1.2 times more) asks for 1,500 €.

    >>> round(budget_for(1000.0, 1000.0, 1.2), 6)
    1500.0
    """
    aimed = times * spent_ht / (spent_ht + half_ht)
    return half_ht * aimed / (1 - aimed)


def standard_error(won: float, visits: float) -> float:
    """Return the standard error of a rate: √(p (1 − p) ÷ n).

    >>> round(standard_error(50, 1000), 5)
    0.00689
    """
    rate = won / visits
    return math.sqrt(rate * (1 - rate) / visits)


def difference_interval(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """Return the 95 % interval of the difference between two rates (second − first), each given as (won, visits).

    Without continuity correction, unpooled (Newcombe, « Interval estimation for the difference between independent
    proportions », Statistics in Medicine, 17, 1998, method 1); fair for counts of some tens and more.

    30 of 1,000 and 50 of 1,000: 0.02 ± 1.96 × √(0.03 × 0.97 ÷ 1000 + 0.05 × 0.95 ÷ 1000).

    >>> [round(bound, 4) for bound in difference_interval((30, 1000), (50, 1000))]
    [0.0028, 0.0372]
    """
    gap = second[0] / second[1] - first[0] / first[1]
    margin = Z_95 * math.hypot(standard_error(*first), standard_error(*second))
    return gap - margin, gap + margin


def sample_size(rate: float, aimed: float, z: float = Z_95 + Z_POWER_80) -> float:
    """Return the visits that each page needs for a difference between two rates to be seen.

    n = (1.96 + 0.84)² × (p (1 − p) + q (1 − q)) ÷ (q − p)²: five false alarms in a hundred, eight real differences in
    ten seen (Fleiss, Levin & Paik, « Statistical Methods for Rates and Proportions », 3rd ed., 2003, chapter 4, without
    continuity correction).

    From 4 to 5 %: 7.84 × (0.0384 + 0.0475) ÷ 0.0001.

    >>> round(sample_size(0.04, 0.05), 2)
    6734.56
    """
    return z**2 * (rate * (1 - rate) + aimed * (1 - aimed)) / (aimed - rate) ** 2
