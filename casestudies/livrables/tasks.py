"""The tasks that the rows of a deliverable make: what, from which day to which, who answers for it.

Working days are those of the plannings: Monday to Friday, French public holidays left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from casestudies.livrables.model import Agenda, Cell, Deliverable, Field, Row
from casestudies.livrables.tables import shown
from casestudies.market.calendar import public_holidays
from casestudies.typography import french

MOST_DAYS = 2_600
"""Working days in ten years: a longer task is a slip of the hand."""


@dataclass(frozen=True)
class DatedAction:
    """One task: its name, its first and last days, who answers for it, what sorts it, the rest of its row in words."""

    title: str
    first: date
    last: date
    owner: str = ""
    labels: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def tasks_of(deliverable: Deliverable, rows: Sequence[Row]) -> list[DatedAction]:
    """Return the tasks of a deliverable that has an agenda; a row without a name or readable days makes none."""
    agenda = deliverable.agenda
    return [] if agenda is None else list(_tasks(deliverable, agenda, rows))


def undated(deliverable: Deliverable, rows: Sequence[Row]) -> int:
    """Return how many rows make no task."""
    return len(rows) - len(tasks_of(deliverable, rows))


def last_day(first: date, days: int) -> date:
    """Return the last day of a task of so many working days, its first one counted when it is a working day.

    >>> last_day(date(2026, 12, 24), 2), last_day(date(2026, 12, 26), 1)
    (datetime.date(2026, 12, 28), datetime.date(2026, 12, 28))
    """
    closed = list(public_holidays(range(first.year, first.year + days // 200 + 2)))
    found: date = np.busday_offset(np.datetime64(first, "D"), days - 1, roll="forward", holidays=closed).item()
    return found


def _tasks(deliverable: Deliverable, agenda: Agenda, rows: Sequence[Row]) -> Iterator[DatedAction]:
    for row in rows:
        title, first = _text(row.get(agenda.title)), _day(row.get(agenda.start))
        last = _last(agenda, row, first) if first else None
        if not (title and first and last):
            continue
        details = tuple(
            (french(one.label), _one(row, one)) for one in map(deliverable.field, agenda.details) if _one(row, one)
        )
        labels = tuple(text for name in agenda.labels if (text := _text(row.get(name))))
        yield DatedAction(title, first, last, _text(row.get(agenda.owner)) if agenda.owner else "", labels, details)


def _last(agenda: Agenda, row: Row, first: date) -> date | None:
    if agenda.end:
        last = _day(row.get(agenda.end))
        return last if last and last >= first else None
    if not agenda.days:
        return first
    days = row.get(agenda.days)
    return last_day(first, max(round(days), 1)) if isinstance(days, int | float) and 0 < days <= MOST_DAYS else None


def _day(cell: Cell) -> date | None:
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        return None


def _text(cell: Cell) -> str:
    return "" if cell is None else shown(cell, Field("", "texte", ""))


def _one(row: Row, one: Field) -> str:
    cell = row.get(one.name)
    return "" if cell is None else shown(cell, one)
