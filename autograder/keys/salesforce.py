"""The formulas of a plan's feasibility: volumes to find, hours to give, people to have; beside ``metrics``."""

import math
from collections.abc import Mapping, Sequence

MINUTES_AN_HOUR = 60
NEARLY = 1e-9
"""Slack of a headcount, so that a whole number is not rounded up by the last digit of a division."""


def volume_needed(target: float, rates: Sequence[float]) -> float:
    """Return how many must enter a step for ``target`` to come out of the last, each step keeping its rate.

    The funnel read backwards: target ÷ product of the rates (proportions).

    >>> volume_needed(10, [0.5, 0.25])
    80.0
    """
    return target / math.prod(rates)


def hours(counts: Sequence[float], minutes_each: Sequence[float]) -> float:
    """Return the hours that ``counts`` contacts take, each kind its own minutes.

    >>> hours([40, 10], [30, 60])
    30.0
    """
    pairs = zip(counts, minutes_each, strict=True)
    return sum(count * minutes for count, minutes in pairs) / MINUTES_AN_HOUR


def yearly_hours(weekly_hours: float, weeks: float, away_weeks: float = 0.0) -> float:
    """Return the hours that a person gives in a year: hours of a week × (weeks worked − weeks away).

    Workload method for the size of a sales force (Talley, « How to Design Sales Territories », Journal of Marketing,
    25(3), 1961): calls to make over calls that one person can make.

    >>> yearly_hours(20, 44, 4)
    800
    """
    return weekly_hours * (weeks - away_weeks)


def headcount(load_hours: float, hours_each: float) -> int:
    """Return the people needed, rounded up: half a person does not answer the telephone.

    >>> headcount(2100, 1000), headcount(2000, 1000)
    (3, 2)
    """
    return math.ceil(load_hours / hours_each - NEARLY)


def narrowest(possible: Mapping[str, float]) -> str:
    """Return the step that lets the least through: the output of a chain is that of its bottleneck.

    Source: Goldratt and Cox, « The Goal », 1984 (theory of constraints).

    >>> narrowest({"demande": 120, "vente": 90})
    'vente'
    """
    return min(possible, key=lambda name: possible[name])
