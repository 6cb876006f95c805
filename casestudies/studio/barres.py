"""A chart of bars drawn from a table: one bar a row, its figure written beside it, the longest said in the title."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from casestudies.charts import decrire
from casestudies.french import french_list, short_number
from casestudies.studio.palette import BLUE, GREEN, ORANGE, PINK, SKY, VERMILION
from casestudies.typography import french

LOOKS = ((BLUE, ""), (ORANGE, "//"), (GREEN, ".."), (PINK, "xx"), (SKY, "--"), (VERMILION, "\\\\"))
"""A colour and a texture for each kind of bar: colour never speaks alone."""
_NAME = 32
_MOST = 30
"""More bars would not be read."""


@dataclass(frozen=True)
class NamedBar:
    """One bar: its name, its number, its kind (what colours it)."""

    name: str
    number: float
    kind: str = ""


def draw_bars(title: str, bars: Sequence[NamedBar], unit: str) -> Figure:
    """Return the chart of ``bars``, from top to bottom; its title ends with the highest one and its figure.

    Raises
    ------
    ValueError
        When there is no bar, or are too many to be read.
    """
    if not 0 < len(bars) <= _MOST:
        raise ValueError(f"{len(bars)} bars")
    top = max(bars, key=lambda one: one.number)
    figures = [french(f"{short_number(one.number)} {unit}") for one in bars]
    heading = f"{title} : {_short(top.name)} en tête, {figures[bars.index(top)]}"
    kinds = list(dict.fromkeys(one.kind for one in bars))
    looks = {kind: LOOKS[place % len(LOOKS)] for place, kind in enumerate(kinds)}
    figure = Figure(figsize=(10.5, 1.5 + 0.42 * len(bars)), layout="constrained")
    axes = figure.add_subplot()
    for place, (one, words) in enumerate(zip(bars, figures, strict=True)):
        colour, hatch = looks[one.kind]
        axes.barh(place, one.number, height=0.62, color=colour, hatch=hatch, edgecolor="white")
        axes.annotate(
            words, (one.number, place), xytext=(5 if one.number >= 0 else -5, 0), textcoords="offset points",
            va="center", ha="left" if one.number >= 0 else "right", fontsize=9,
        )  # fmt: skip
    figure.suptitle(french("\n".join(textwrap.wrap(heading, 90))), x=0.01, ha="left", fontsize=12)
    axes.set_yticks(range(len(bars)), [french(_short(one.name)) for one in bars])
    axes.invert_yaxis()
    axes.set_xlabel(french(f"{title} ({unit})" if unit not in title else title))
    axes.axvline(0, color="#26302B", linewidth=0.8)
    axes.margins(x=0.22)
    axes.spines[["top", "right"]].set_visible(False)
    if len(kinds) > 1:
        patches = [
            Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=french(kind or "sans précision"))
            for kind, (colour, hatch) in looks.items()
        ]
        figure.legend(handles=patches, loc="outside lower center", ncols=len(patches), frameon=False)
    said = french_list(
        f"{_short(one.name)}{f' ({one.kind})' if one.kind else ''} {words}"
        for one, words in zip(bars, figures, strict=True)
    )
    decrire(figure, french(f"{title}, en barres : {said}."))
    return figure


def _short(name: str) -> str:
    return textwrap.shorten(name.replace("$", r"\$"), _NAME, placeholder="…")
