"""How far markers agree: exact agreement, Krippendorff's alpha for ordered levels, and each marker's drift in time.

Only levels given without seeing the other's are compared: those of the first and of the second reading.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import TypeVar

import krippendorff
import numpy as np

from autograder.review.double import Pair
from autograder.review.model import Part, Reading, Stage
from autograder.review.retained import Readings, both_done

G = TypeVar("G", bound=Hashable)
WINDOW = 10
"""How many readings make one point of a drift."""


@dataclass(frozen=True)
class Agreement:
    """What two or more markers gave the same parts.

    ``alpha`` is 1 for a perfect agreement and 0 for one that chance would give. It is None when it has no meaning:
    nothing marked twice, or one level only ever given.
    """

    count: int
    exact: float | None
    alpha: float | None


@dataclass(frozen=True)
class Drift:
    """A marker's readings over a while: ``severity`` below 0 is stricter than everyone's mean on the same criteria.

    ``gap`` is the mean difference with the other marker of the parts marked twice; None when there are none.
    """

    marker: str
    since: datetime
    until: datetime
    count: int
    level: float
    severity: float
    gap: float | None


def alpha(levels: Iterable[Mapping[Hashable, float]]) -> float | None:
    """Return Krippendorff's alpha, ordinal, of what each marker gave: one mapping from part to level for each.

    >>> round(alpha([{"a": 1, "b": 2, "c": 4}, {"a": 1, "b": 2, "c": 3}]), 3)
    0.949
    >>> alpha([{"a": 3}, {"a": 3}]) is None
    True
    """
    rows = list(levels)
    times: defaultdict[Hashable, int] = defaultdict(int)
    for row in rows:
        for unit in row:
            times[unit] += 1
    units = [unit for unit, count in times.items() if count > 1]
    if len({row[unit] for row in rows for unit in units if unit in row}) < 2:
        return None
    matrix = np.array([[row.get(unit, np.nan) for unit in units] for row in rows], dtype=float)
    return float(krippendorff.alpha(reliability_data=matrix, level_of_measurement="ordinal"))


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Return the agreement on parts marked twice, whoever marked them."""
    found = list(pairs)
    given: defaultdict[str, dict[Hashable, float]] = defaultdict(dict)
    for pair in found:
        for review in (pair.first, pair.second):
            assert review.level is not None
            given[review.marker][pair.part] = review.level
    exact = fmean(pair.gap == 0 for pair in found) if found else None
    return Agreement(len(found), exact, alpha(given.values()))


def by_markers(pairs: Iterable[Pair]) -> dict[tuple[str, str], Agreement]:
    """Return the agreement of each pair of markers, whichever was the first."""
    return _by(pairs, _markers)


def by_criterion_and_markers(pairs: Iterable[Pair]) -> dict[tuple[str, tuple[str, str]], Agreement]:
    """Return the agreement of each pair of markers on each criterion."""
    return _by(pairs, lambda pair: (pair.part.criterion, _markers(pair)))


def drift(readings: Mapping[Part, Readings], size: int = WINDOW) -> dict[str, list[Drift]]:
    """Return, for each marker, their readings in the order they were made, ``size`` at a time."""
    given = [
        review
        for one in readings.values()
        for stage, review in one.items()
        if stage in (Stage.FIRST, Stage.SECOND) and review.level is not None
    ]
    by_code: defaultdict[str, list[float]] = defaultdict(list)
    by_marker: defaultdict[str, list[Reading]] = defaultdict(list)
    for review in sorted(given, key=lambda review: (review.at, review.version)):
        by_code[review.part.criterion].append(_level(review))
        by_marker[review.marker].append(review)
    means = {code: fmean(levels) for code, levels in by_code.items()}
    return {
        marker: [_window(marker, mine[at : at + size], means, readings) for at in range(0, len(mine), size)]
        for marker, mine in sorted(by_marker.items())
    }


def _window(
    marker: str, reviews: list[Reading], means: Mapping[str, float], readings: Mapping[Part, Readings]
) -> Drift:
    gaps = [
        _level(review) - _level(readings[review.part][_other(review.stage)])
        for review in reviews
        if both_done(readings[review.part])
    ]
    return Drift(
        marker,
        reviews[0].at,
        reviews[-1].at,
        len(reviews),
        fmean(_level(review) for review in reviews),
        fmean(_level(review) - means[review.part.criterion] for review in reviews),
        fmean(gaps) if gaps else None,
    )


def _by(pairs: Iterable[Pair], group: Callable[[Pair], G]) -> dict[G, Agreement]:
    grouped: defaultdict[G, list[Pair]] = defaultdict(list)
    for pair in pairs:
        grouped[group(pair)].append(pair)
    return {name: agreement(found) for name, found in sorted(grouped.items(), key=lambda item: str(item[0]))}


def _markers(pair: Pair) -> tuple[str, str]:
    first, second = sorted((pair.first.marker, pair.second.marker))
    return first, second


def _other(stage: Stage) -> Stage:
    return Stage.SECOND if stage is Stage.FIRST else Stage.FIRST


def _level(review: Reading) -> float:
    assert review.level is not None
    return review.level
