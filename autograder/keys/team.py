"""The formulas of a team: person-days, delay, drift; a scale read backwards, a net recommendation, what files emit.

Beside ``project``; days are person-days, shares of the time are in per cent where a name says so.
"""

from collections.abc import Iterable

TERABYTE = 1e12
GIGABYTE = 1e9
PROMOTERS, DETRACTORS = 9, 6
"""Least mark of a promoter, highest of a detractor, out of ten."""


def person_days(duration_days: float, share_pct: float) -> float:
    """Return the load of a task: its duration × the share of the days that its owner gives to it.

    >>> person_days(8, 50)
    4.0
    """
    return duration_days * share_pct / 100


def weeks_late(load: float, weeks: float) -> float:
    """Return how many weeks after the deadline a person ends who is asked ``load`` days by day available.

    The person gives to the project, each week, the days available over the weeks of the project.

    >>> weeks_late(1.5, 10)
    5.0
    """
    return (load - 1) * weeks


def drift(consumed: float, left: float, expected: float) -> float:
    """Return the days that tasks will take by day expected: (consumed + left to do) ÷ expected.

    Source: estimate to complete (ETC) and at completion (EAC = AC + ETC), ANSI/EIA-748, earned value management.

    >>> drift(3, 1.5, 4)
    1.125
    """
    return (consumed + left) / expected


def upright(mark: float, least: float = 1, most: float = 5) -> float:
    """Return the mark of a question that is read backwards, put the right way up on its own scale.

    >>> upright(5), upright(2)
    (1, 4)
    """
    return least + most - mark


def net_recommendation(marks: Iterable[float]) -> float:
    """Return the share of promoters less that of detractors, in points, everybody counted.

    Reichheld, « The One Number You Need to Grow », Harvard Business Review, December 2003: 9–10 promote, 0–6 detract.

    >>> net_recommendation([10, 9, 8, 7, 3])
    20.0
    """
    given = list(marks)
    promoting = sum(mark >= PROMOTERS for mark in given)
    detracting = sum(mark <= DETRACTORS for mark in given)
    return 100 * (promoting - detracting) / len(given)


def stored_kgco2e(size_bytes: float, kgco2e_by_terabyte: float) -> float:
    """Return what keeping files on line for a year emits, kgCO2e, with a factor by terabyte and year.

    >>> stored_kgco2e(500e9, 105.0)
    52.5
    """
    return size_bytes / TERABYTE * kgco2e_by_terabyte
