"""The SWOT as a figure that helps to decide: four quadrants, heaviest factors first, a title that says what follows."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.french import french_number, number_in, simplified
from casestudies.studio.palette import GREEN, ORANGE, SKY, VERMILION
from casestudies.typography import french

QUADRANTS = {
    "force": ("Forces", "interne", GREEN),
    "faiblesse": ("Faiblesses", "interne", ORANGE),
    "opportunite": ("Opportunités", "externe", SKY),
    "menace": ("Menaces", "externe", VERMILION),
}
"""Title, origin and colour of each quadrant; the colours stay distinct for colour-blind readers."""

SHOWN = 6
"""Factors drawn in each quadrant; the others are counted."""

DARK = "#1b1b1b"
_WIDTH, _MOST_LINES = 68, 3
"""Characters in a line of a label, lines in a label."""
_LINE, _BAR, _GAP, _AROUND = 0.165, 0.2, 0.13, 1.9
"""Heights of a line of a label, of a bar, of what parts two factors, of all that is not factors (inches)."""
_ADVICE = {
    (True, True): "s’appuyer sur les forces pour saisir les opportunités",
    (True, False): "se servir des forces pour contrer les menaces",
    (False, True): "corriger les faiblesses pour saisir les opportunités",
    (False, False): "réduire les faiblesses avant que les menaces ne frappent",
}
_LABELS = ("facteur", "fait", "element", "libelle")


@dataclass(frozen=True)
class Factor:
    """One factor: what it says, and its score (weight × intensity), None when one of them is missing."""

    text: str
    score: float | None


def factors_of(table: pd.DataFrame | Sequence[Mapping[str, object]]) -> dict[str, list[Factor]]:
    """Return the factors of each quadrant, the highest score first, those without a score last.

    >>> factors_of([{"quadrant": "Force", "facteur": "A", "poids": 0.5, "intensité": "4"}])["force"]
    [Factor(text='A', score=2.0)]
    """
    rows = table.to_dict("records") if isinstance(table, pd.DataFrame) else table
    found: dict[str, list[Factor]] = {name: [] for name in QUADRANTS}
    for row in rows:
        cells = {simplified(name): cell for name, cell in row.items()}
        quadrant = simplified(cells.get("quadrant")).removesuffix("s")
        text = next((str(cells[name]) for name in _LABELS if _filled(cells.get(name))), "")
        if quadrant in found and text:
            weight, intensity = _number(cells.get("poids")), _number(cells.get("intensite"))
            score = None if weight is None or intensity is None else weight * intensity
            found[quadrant].append(Factor(" ".join(text.split()), score))
    for factors in found.values():
        factors.sort(key=lambda factor: (factor.score is None, -(factor.score or 0)))
    return found


def _filled(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _number(cell: object) -> float | None:
    if isinstance(cell, str):
        return number_in(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return float(cell)
    return None


def totals_of(factors: Mapping[str, Sequence[Factor]]) -> dict[str, float]:
    """Return the sum of the scores of each quadrant."""
    return {name: sum(factor.score or 0 for factor in factors[name]) for name in QUADRANTS}


def balance(factors: Mapping[str, Sequence[Factor]]) -> str:
    """Return the sentence that helps to decide: the priority that follows from what weighs more."""
    totals = totals_of(factors)
    if not (totals["force"] + totals["faiblesse"] and totals["opportunite"] + totals["menace"]):
        return "SWOT à compléter : donnez un poids et une intensité à des facteurs internes et externes"
    said = {name: french_number(total, 1) for name, total in totals.items()}
    advice = _ADVICE[totals["force"] >= totals["faiblesse"], totals["opportunite"] >= totals["menace"]]
    return (
        f"Priorité : {advice} (forces {said['force']} contre faiblesses {said['faiblesse']}, "
        f"opportunités {said['opportunite']} contre menaces {said['menace']})"
    )


def alternative(factors: Mapping[str, Sequence[Factor]]) -> str:
    """Return the alternative text: the balance, then the first factor of each quadrant."""
    firsts = []
    for name, (title, _, _) in QUADRANTS.items():
        several = f"{title}, {len(factors[name])} facteur{'s' if len(factors[name]) > 1 else ''}"
        firsts.append(
            f"{several}, d’abord « {factors[name][0].text} »" if factors[name] else f"{title} : aucun facteur"
        )
    return french(f"Tableau SWOT en quatre quadrants. {balance(factors)}. {' ; '.join(firsts)}.")


def dessiner_swot(table: pd.DataFrame | Sequence[Mapping[str, object]]) -> Figure:
    """Draw the four quadrants of a SWOT table.

    The table has the columns ``quadrant``, ``facteur``, ``poids`` and ``intensité``; within a quadrant the factors are
    sorted by weight × intensity, the length of the bar. The alternative text comes with the figure.
    """
    factors = factors_of(table)
    names = list(QUADRANTS)
    bands = [_Band.of([factors[name] for name in pair]) for pair in (names[:2], names[2:])]
    heights = [band.height for band in bands]
    figure = Figure(figsize=(11, sum(heights) + _AROUND), layout="constrained")
    grid = figure.subplots(2, 2, height_ratios=heights)
    highest = max([factor.score or 0 for some in factors.values() for factor in some] or [0]) or 1
    for place, (axes, name) in enumerate(zip(grid.ravel(), QUADRANTS, strict=True)):
        _draw(axes, name, factors[name], bands[place // 2], highest)
    title = "\n".join(textwrap.wrap(french(balance(factors)), 92))
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, fontweight="bold", color=DARK)
    figure.supxlabel(french("Score de chaque facteur : poids × intensité (sans unité)"), fontsize=10)
    decrire(figure, alternative(factors))
    return figure


@dataclass(frozen=True)
class _Band:
    """Two quadrants side by side: how many factors they have room for, and how many lines each label."""

    places: int
    lines: int

    @classmethod
    def of(cls, quadrants: Sequence[Sequence[Factor]]) -> "_Band":
        """Make room for the fuller quadrant, and for the longest label."""
        shown = [factor for factors in quadrants for factor in factors[:SHOWN]]
        places = max(2, *(min(len(factors), SHOWN) for factors in quadrants))
        return cls(places, max([len(_wrapped(factor.text)) for factor in shown] or [1]))

    @property
    def place(self) -> float:
        """Height of one factor, label and bar (inches)."""
        return self.lines * _LINE + _BAR + _GAP

    @property
    def height(self) -> float:
        """Height of the band (inches)."""
        return self.places * self.place


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(french(text), _WIDTH, max_lines=_MOST_LINES, placeholder="…")


def _draw(axes: Any, name: str, factors: Sequence[Factor], band: _Band, highest: float) -> None:
    title, origin, colour = QUADRANTS[name]
    shown = factors[:SHOWN]
    total = french_number(sum(factor.score or 0 for factor in factors), 1)
    left = len(factors) - len(shown)
    more = f", dont {left} non montré{'s' if left > 1 else ''}" if left else ""
    axes.set_title(french(f"{title} ({origin}) : {total}{more}"), loc="left", fontsize=11, fontweight="bold")
    axes.set_xlim(0, highest * 1.15)
    axes.set_ylim(band.places, 0)
    thick = _BAR / band.place
    for line, factor in enumerate(shown):
        middle = line + (band.lines * _LINE + _BAR / 2) / band.place
        score = "–" if factor.score is None else french_number(factor.score, 2)
        axes.barh(middle, factor.score or 0, thick, color=colour, edgecolor=DARK, linewidth=0.8)
        label = "\n".join(_wrapped(factor.text))
        axes.text(highest * 0.008, middle - thick * 0.7, label, fontsize=9.5, linespacing=1.1, va="bottom")
        axes.text((factor.score or 0) + highest * 0.015, middle, score, fontsize=9.5, va="center")
    if not factors:
        axes.text(highest * 0.57, band.places / 2, "Aucun facteur", fontsize=10, ha="center", va="center")
    axes.set_yticks([])
    axes.xaxis.set_major_formatter(lambda value, _: french_number(value, 1))
    axes.spines[["top", "right"]].set_visible(False)
