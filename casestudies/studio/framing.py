"""What the library's charts share: a frame whose title says the finding, bars, what stands there before a result."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from casestudies.display import Card
from casestudies.french import french_number
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.typography import french

DARK = "#262B33"
HATCH = "///"
WAITING = Card("Pas encore", "mixed", "!", ("Répondez d’abord à la question, puis relancez cette cellule.",))
"""What stands for a chart of results that are not there yet."""


def numbers_by_name(given: object) -> dict[str, float]:
    """Return figures by name, whatever holds them (series or dictionary); what is no number is left out.

    >>> numbers_by_name({"a": 1, "b": "deux", "c": float("inf")})
    {'a': 1.0}
    """
    if isinstance(given, pd.Series):
        given = given.to_dict()
    if not isinstance(given, Mapping):
        return {}
    pairs = ((str(name), value) for name, value in given.items())
    return {name: float(value) for name, value in pairs if isinstance(value, int | float) and math.isfinite(value)}


def framed(title: str, height: float, columns: int = 1) -> tuple[Figure, Any]:
    """Return a figure under its title, and its axes side by side."""
    figure = Figure(figsize=(8.5, height), layout="constrained")
    figure.suptitle(french(title), x=0.01, ha="left", fontsize=12, fontweight="bold", color=DARK)
    axes = figure.subplots(1, columns, sharey=columns > 1, squeeze=False)[0]
    for one in axes:
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes


def bars(axes: Any, values: Mapping[str, float], label: str, stressed: str, decimals: int = 0, unit: str = "") -> None:
    """Draw horizontal bars, first name on top, one of them hatched in another colour; a figure ends each."""
    names = list(values)
    most = max(values.values()) or 1.0
    for rank, name in enumerate(names):
        chosen = name == stressed
        axes.barh(
            rank, values[name], 0.6, color=VERMILION if chosen else BLUE, edgecolor="white" if chosen else DARK,
            hatch=HATCH if chosen else None, linewidth=0.8,
        )  # fmt: skip
        figure = french(french_number(values[name], decimals, unit))
        axes.text(values[name] + 0.02 * most, rank, figure, va="center", fontsize=10, color=DARK)
    axes.set_yticks(range(len(names)), [french(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, 1.18 * most)
    axes.set_xlabel(french(label))
