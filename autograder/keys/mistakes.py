"""Wrong values by the id of their misconception: those that questions share, those that a variant tells apart."""

from collections.abc import Callable, Mapping

import pandas as pd

from autograder.keys import metrics

Mistakes = dict[str, float | tuple[float, ...]]
SEEN = 0.025
"""How far from the right value, as a share of it, a mistake is that shows in the figures."""
APART = 0.02
"""A mistaken value nearer than this to the right one, as a share of the larger, is none that a check could name."""


def mistaken_change(start: float, end: float) -> Mistakes:
    """Return what a relative change is mistaken for when its two values are right.

    >>> mistaken_change(200, 250)["M52"]
    50
    """
    return {
        "M50": (end - start) / end,
        "M51": (end / start, 100 * end / start),
        "M52": end - start,
        "M127": (start - end) / start,
    }


def mistaken_return(revenue_ht: float, margin_ht: float, cost_ht: float) -> Mistakes:
    """Return what a return on investment is mistaken for when its amounts are right.

    >>> mistaken_return(4000, 1500, 1000)["M22"]
    3.0
    """
    return {
        "M21": metrics.ratio(revenue_ht, cost_ht),
        "M22": metrics.return_on_investment(revenue_ht, cost_ht),
        "M23": metrics.ratio(margin_ht, cost_ht),
        "M24": (margin_ht - cost_ht) / revenue_ht,
        "M25": (margin_ht - cost_ht) / margin_ht,
    }


def told_apart(right: float, mistakes: Mistakes, *ids: str) -> Mistakes:
    """Return the mistakes without those of ``ids`` that change so little here that nobody could see them made.

    >>> told_apart(100, {"M70": 101, "M71": 120}, "M70", "M71")
    {'M71': 120}
    """
    return _kept(mistakes, lambda name, value: name not in ids or abs(value - right) > SEEN * abs(right))


def apart(right: float, wrongs: Mapping[str, float | tuple[float, ...]], step: float = 0.0) -> Mistakes:
    """Return the wrong values that a check can tell from the right one in this variant.

    ``step`` is the announced rounding, where there is one.

    >>> apart(100.0, {"M700": 120.0, "M701": 101.0, "M702": (99.0, 50.0)})
    {'M700': 120.0, 'M702': (50.0,)}
    """
    return _kept(wrongs, lambda _, value: _differs(value, right, step))


def elsewhere(right: Mapping[str, float], wrongs: Mapping[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return the wrong values that differ from the right ones for some label: a median may forgive a few odd rows."""
    return {name: values for name, values in wrongs.items() if any(_differs(values[key], right[key]) for key in right)}


def by_name(values: pd.Series) -> dict[str, float]:
    """Return a series as plain numbers by label."""
    return {str(name): float(value) for name, value in values.items()}


def _differs(value: float, right: float, step: float = 0.0) -> bool:
    return abs(value - right) >= max(APART * max(abs(value), abs(right)), 2 * step)


def _kept(mistakes: Mapping[str, float | tuple[float, ...]], keeps: Callable[[str, float], bool]) -> Mistakes:
    """Return the mistakes with those of their values that ``keeps`` says, by id and value; none without a value."""
    kept: Mistakes = {}
    for name, values in mistakes.items():
        several = values if isinstance(values, tuple) else (values,)
        if far := tuple(value for value in several if keeps(name, value)):
            kept[name] = far if isinstance(values, tuple) else values
    return kept
