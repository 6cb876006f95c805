"""The heatmap of a class as a drawing: criteria in lines, learners in columns, the level written in each cell."""

import io
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from autograder.sheets import wording
from autograder.sheets.model import CriterionRow, Verdict
from autograder.sheets.overview.build import Overview
from casestudies.spreadsheets import showable
from casestudies.typography import french

INK, LINE = "#1b1b1b", "#5b6770"
LEVELS = {1: "#f2b48c", 2: "#fbe5b6", 3: "#cfe3f2", 4: "#8fbfe0"}
"""Orange to blue, which the commonest forms of colour blindness tell apart; the level is written in each cell too."""

OTHERS = {
    Verdict.TO_REVIEW: ("#ffffff", "", "R"), Verdict.ABSENT: ("#e4e7ea", "", "A"),
    Verdict.WITHDRAWN: ("#ffffff", "////", ""),
}  # fmt: skip
WRITTEN = 40
"""Most learners for whom the cells are wide enough to be written in."""

NAME = 24


@dataclass(frozen=True)
class Heatmap:
    """The drawing in two formats and the text that says the same."""

    png: bytes
    svg: bytes
    alternative: str


def heatmap(view: Overview) -> Heatmap:
    """Draw the class; the drawing is the same for the same sheets."""
    people, rows = len(view.sheets), len(view.criteria)
    # hashsalt: without it, each drawing has identifiers of its own
    with mpl.rc_context({"svg.hashsalt": "casekit", "svg.fonttype": "none", "hatch.linewidth": 0.5}):
        figure = Figure(figsize=(min(2.2 + 0.34 * people, 16), 2.2 + 0.3 * rows), layout="constrained")
        axes = figure.add_subplot()
        for column, sheet in enumerate(view.sheets):
            for line, row in enumerate(sheet.criteria):
                _cell(axes, column, line, row, written=people <= WRITTEN)
        axes.set_xlim(0, people)
        axes.set_ylim(rows, 0)
        axes.set_yticks([line + 0.5 for line in range(rows)], [row.code for row in view.criteria])
        step = -(-people // WRITTEN)
        shown = range(0, people, step)
        names = [_plain(view.sheets[column].learner.id) for column in shown]
        axes.set_xticks([column + 0.5 for column in shown], names, rotation=90)
        axes.tick_params(length=0, labelsize=8, colors=INK)
        axes.spines[:].set_visible(False)
        axes.set_xlabel("Apprenants (identifiants)", color=INK, fontsize=9)
        axes.set_ylabel("Critères", color=INK, fontsize=9)
        figure.legend(handles=_legend(), loc="outside lower left", ncols=4, fontsize=8, frameon=False)
        return Heatmap(_saved(figure, "png", dpi=130), _saved(figure, "svg"), alternative(view))


def alternative(view: Overview) -> str:
    """Return what the drawing shows, in words."""
    told = [f"Carte de {len(view.criteria)} critères en lignes et de {len(view.sheets)} apprenants en colonnes."]
    shares = {
        row.code: view.count(row.code, Verdict.ACQUIRED) / view.decided(row.code)
        for row in view.criteria
        if view.decided(row.code)
    }
    for best, word in ((max, "Le critère le mieux acquis"), (min, "le moins acquis")):
        if shares:
            code = best(shares, key=lambda one: shares[one])
            told.append(f"{word} : {code} ({view.count(code, Verdict.ACQUIRED)} sur {view.decided(code)} décidés).")
    waiting = sum(view.count(row.code, Verdict.TO_REVIEW) for row in view.criteria)
    told.append(f"{waiting} cases à relire, {len(view.absent)} apprenants absents. Le tableau dit chaque case.")
    return french(" ".join(told))


def _cell(axes: Any, column: int, line: int, row: CriterionRow, written: bool) -> None:
    if row.level is not None:
        colour, hatch, text = LEVELS[row.level], "", str(row.level)
    else:
        colour, hatch, text = OTHERS[row.verdict]
    axes.add_patch(Rectangle((column, line), 1, 1, facecolor=colour, edgecolor=LINE, hatch=hatch, linewidth=0.5))
    if written and text:
        axes.text(column + 0.5, line + 0.5, text, ha="center", va="center", fontsize=9, color=INK)


def _legend() -> list[Patch]:
    levels = [
        Patch(facecolor=colour, edgecolor=LINE, label=french(wording.level(level))) for level, colour in LEVELS.items()
    ]
    others = [
        Patch(facecolor=colour, edgecolor=LINE, hatch=hatch, label=f"{text} {verdict.value}".strip())
        for verdict, (colour, hatch, text) in OTHERS.items()
    ]
    return levels + others


def _plain(text: str) -> str:
    """Return a short label without what matplotlib would read as mathematics."""
    cleaned = showable(text).replace("$", r"\$").replace("\n", " ")
    return cleaned if len(cleaned) <= NAME else cleaned[: NAME - 1] + "…"


def _saved(figure: Figure, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    figure.savefig(buffer, format=kind, metadata=metadata, **options)
    return buffer.getvalue()
