"""The slides of a learner's talk, from their plan and from what they handed in beside their notebooks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from casestudies.diapositives.model import Deck, Proof, Slide, clocks
from casestudies.diapositives.proofs import evidence_of
from casestudies.errors import CasekitError
from casestudies.home.summary import assessment_title
from casestudies.livrables.current import current
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Cell, Deliverable, Row
from casestudies.livrables.store import Shelf
from casestudies.livrables.summary import Piece
from casestudies.names import name_of
from casestudies.quoting import on_one_line
from casestudies.seeds import REFERENCE
from casestudies.spreadsheets import showable
from casestudies.typography import french

if TYPE_CHECKING:
    from casestudies.dossier import Dossier

PLAN = "plan-soutenance"
"""The deliverable that the slides are made of."""
MOST = 20
"""Rows of the plan that become slides: ten are asked."""
LONGEST_SECONDS = 3600


@dataclass(frozen=True)
class Speaker:
    """Who gives a talk: identifier, folder of the notebooks, which answers were right, what the jury expects."""

    learner: str
    folder: Path
    found: Callable[[str], bool]
    reminders: tuple[str, ...] = ()


def plan_of(company: str) -> Deliverable:
    """Return the plan of the talk.

    Raises
    ------
    CasekitError
        When it is about another company.
    """
    plan = deliverables()[PLAN]
    if plan.company != company:
        raise CasekitError(
            f"Les diapositives viennent du plan de soutenance, qui porte sur {name_of(plan.company)} : ouvrez ce "
            f'dossier-là, avec `ouvrir_dossier("{plan.company}", identifiant)`.'
        )
    return plan


def collect(dossier: "Dossier", tables: Mapping[str, str], speaker: Speaker, plan: Deliverable, today: date) -> Deck:
    """Return the slides of a plan: one by row, and blank ones up to the number that is asked.

    ``tables`` are the tables of the case, with their titles.

    Raises
    ------
    FileError
        When the file of the plan cannot be read.
    """
    shelf = Shelf(speaker.folder)
    rows = _rows(shelf, speaker.learner, plan)
    filled, unreadable = _filled(shelf, speaker.learner, plan)
    evidence = evidence_of(dossier, plan.company, tables, filled, speaker.found, plan.slug)
    shown = [*rows[:MOST], *({} for _ in range(plan.rows - len(rows)))]
    lengths = [_seconds(row.get("secondes")) for row in shown]
    slides = tuple(
        Slide(number, _text(row.get("message")), evidence.proof(proof) if proof else Proof(), length, until)
        for number, (row, length, until) in enumerate(zip(shown, lengths, clocks(lengths), strict=True), start=1)
        for proof in [_text(row.get("preuve"))]
    )
    return Deck(
        french(assessment_title(plan.assessment)), name_of(plan.company),
        "" if speaker.learner == REFERENCE else speaker.learner, today, slides, plan.rows,
        tuple(map(french, speaker.reminders)), max(len(rows) - MOST, 0), unreadable,
    )  # fmt: skip


def _rows(shelf: Shelf, learner: str, deliverable: Deliverable) -> list[Row]:
    return list(current(shelf, learner, deliverable).rows)


def _filled(shelf: Shelf, learner: str, plan: Deliverable) -> tuple[dict[str, Piece], tuple[str, ...]]:
    """Return what was handed in for the same assessment, by deliverable, then what cannot be read of it."""
    filled, unreadable = {}, []
    for one in deliverables().values():
        if one.assessment != plan.assessment or one.company != plan.company or one is plan:
            continue
        try:
            rows = _rows(shelf, learner, one) if one.is_table else []
        except CasekitError as error:  # the slides do without it
            unreadable.append(str(error))
            continue
        text = "" if one.is_table else current(shelf, learner, one).text
        if rows or text:
            filled[one.slug] = Piece(one, rows, text)
    return filled, tuple(unreadable)


def _text(cell: Cell) -> str:
    return french(on_one_line(showable("" if cell is None else str(cell))))


def _seconds(cell: Cell) -> float | None:
    """Return a number of seconds, None for what is none."""
    known = isinstance(cell, int | float) and isfinite(cell) and 0 < cell <= LONGEST_SECONDS
    return float(cell) if known and isinstance(cell, int | float) else None
