"""The summary of a plan, on one page: figures and lines taken from what was handed in, nothing else."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casestudies.french import french_number, short_date, short_number, simplified
from casestudies.livrables.blocks import TableBlock, paragraphs_of
from casestudies.livrables.model import Cell, Deliverable, Field, Highlight, Outline, Row, Share
from casestudies.livrables.tables import shown
from casestudies.livrables.tasks import tasks_of
from casestudies.typography import french

MOST_LINES, MOST_LETTERS = 4, 150
"""What a title of the summary may hold, so that all of them stand on one page."""
UNKNOWN = "–"
_COLUMN = re.compile(r"\{([^{}]+)\}")
_CENT = 0.005
_WHOLE = 1000
"""From this amount on, nobody reads cents."""


@dataclass(frozen=True)
class Summary:
    """The key figures, then what there is to say under each title; a title without lines is not written yet."""

    figures: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()


EMPTY = Summary()
"""That of a plan which asks for none."""


@dataclass(frozen=True)
class Piece:
    """What a deliverable holds: its rows, or its text."""

    deliverable: Deliverable
    rows: Sequence[Row] = ()
    text: str = ""


def summary_of(outline: Outline, filled: Mapping[str, Piece]) -> Summary:
    """Return the summary that an outline asks for, from the deliverables by slug; one that is not there is unknown."""
    return Summary(
        tuple((french(one.title), _figure(one, filled.get(one.deliverable))) for one in outline.figures),
        tuple((french(one.title), _bounded(_lines(one, filled.get(one.deliverable)))) for one in outline.lines),
    )


def amount(number: float, unit: str = "") -> str:
    r"""Return a number as a summary says it: whole when it is large.

    >>> amount(48200.4, "€"), amount(12.345)
    ('48\u202f200\xa0€', '12,35')
    """
    whole = abs(number) >= _WHOLE or unit == "%"
    return french(f"{short_number(round(number) if whole else number)} {unit}".strip())


@dataclass(frozen=True)
class Shared:
    """How a total is shared out: the names with their sums, the largest first, and how many rows each has."""

    share: Share
    column: str
    sums: tuple[tuple[str, float, int], ...]

    @property
    def grid(self) -> TableBlock:
        """The table: each name with its lines, its sum and its part of the total, then the total."""
        total = sum(number for _, number, _ in self.sums)
        header = (self.column, "Lignes", f"Montant ({self.share.unit})", "Part")
        rows = [*self.sums, ("Total", total, sum(count for *_, count in self.sums))]
        lines = tuple(
            (
                name,
                str(count),
                amount(number),
                french(f"{short_number(100 * number / total, 0)} %") if total else UNKNOWN,
            )
            for name, number, count in rows
        )
        return TableBlock(
            french(self.share.title), tuple(map(french, header)), lines, (1, 2, 3), (0.52, 0.12, 0.22, 0.14)
        )


def shared(share: Share, deliverable: Deliverable, rows: Sequence[Row]) -> Shared | None:
    """Return how the total of a column is shared out; None when no row has a number."""
    names: dict[str, str] = {}
    sums: dict[str, list[float]] = {}
    for row in rows:
        number, name = row.get(share.total), shown(row.get(share.by), deliverable.field(share.by))
        if isinstance(number, int | float):
            names.setdefault(simplified(name), name)
            sums.setdefault(simplified(name), []).append(number)
    found = [(names[key], float(sum(numbers)), len(numbers)) for key, numbers in sums.items()]
    ordered = sorted(found, key=lambda one: -one[1])
    return Shared(share, deliverable.field(share.by).label, tuple(ordered)) if ordered else None


def _kept(asked: Highlight, filled: Piece) -> list[Row]:
    column, value = asked.only
    return [row for row in filled.rows if not column or simplified(row.get(column) or "") == simplified(value)]


def _figure(asked: Highlight, filled: Piece | None) -> str:
    rows = _kept(asked, filled) if filled else []
    if not filled or not rows:
        return UNKNOWN
    if asked.counted:
        return french(f"{len(rows)} {asked.unit}".strip())
    if asked.total or asked.value:
        numbers = [row.get(asked.total or asked.value) for row in rows][: None if asked.total else 1]
        known = [one for one in numbers if isinstance(one, int | float)]
        return amount(sum(known), asked.unit) if known else UNKNOWN
    tasks = tasks_of(filled.deliverable, rows)
    if not tasks:
        return UNKNOWN
    first, last = min(one.first for one in tasks), max(one.last for one in tasks)
    return french(f"du {short_date(first)} au {short_date(last)}")


def _lines(asked: Highlight, filled: Piece | None) -> list[str]:
    if filled is None:
        return []
    if not filled.deliverable.is_table:
        return [line for _, lines in paragraphs_of(filled.text) for line in lines]
    said: dict[str, list[str]] = {}
    for row in _kept(asked, filled):
        cells = {name: _worded(row.get(name), filled.deliverable.field(name)) for name in _COLUMN.findall(asked.phrase)}
        text = _COLUMN.sub(partial(_cell_named, cells), asked.phrase)
        group = shown(row.get(asked.by), filled.deliverable.field(asked.by)) if asked.by else ""
        said.setdefault(group, []).append(text)
    if asked.by:
        return [f"{group[:1].upper()}{group[1:]} : {' ; '.join(dict.fromkeys(some))}" for group, some in said.items()]
    return list(dict.fromkeys(said.get("", [])))


def _cell_named(cells: Mapping[str, str], found: re.Match[str]) -> str:
    return cells[found[1]]


def _worded(cell: Cell, one: Field) -> str:
    """Return a cell within a sentence: an amount has its cents or none."""
    if isinstance(cell, str) or cell is None or abs(cell) < 1:
        return shown(cell, one)
    return french_number(cell, 0 if abs(cell) >= _WHOLE or abs(cell - round(cell)) < _CENT else 2)


def _clipped(line: str) -> str:
    """Return a line within what the summary holds, cut after a word.

    >>> _clipped("mot ; " * 40)[-5:]
    ' mot…'
    """
    short = textwrap.shorten(line, MOST_LETTERS, placeholder="…")
    return short if not short.endswith("…") else short.removesuffix("…").rstrip(" ,;:.") + "…"


def _bounded(lines: Sequence[str]) -> tuple[str, ...]:
    kept = list(map(_clipped, lines))
    over = len(kept) - MOST_LINES
    if over > 0:
        kept = [*kept[: MOST_LINES - 1], f"… et {over + 1} autres, dans le plan."]
    return tuple(map(french, kept))
