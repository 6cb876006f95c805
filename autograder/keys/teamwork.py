"""The formulas of a team's life: a scale read backwards, a net recommendation, what stored files emit."""

from collections.abc import Iterable

TERABYTE = 1e12
GIGABYTE = 1e9
PROMOTERS, DETRACTORS = 9, 6
"""Least mark of a promoter, highest of a detractor, out of ten."""


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
