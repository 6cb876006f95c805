"""The running totals of a table being filled: what its description asks to add up, said in one line each."""

from collections.abc import Iterator, Sequence

from casestudies.french import short_number, simplified
from casestudies.livrables.model import Deliverable, Row, Total
from casestudies.typography import french

_TOLERANCE = 0.005 + 1e-9
"""Weights rounded to a hundredth may miss 1 by a little: as the check of the table has it."""


def totals_of(deliverable: Deliverable, rows: Sequence[Row]) -> list[str]:
    """Return each total that has a number to add, by group where the description says so."""
    return [text for total in deliverable.totals if (text := _said(deliverable, total, rows))]


def amounts_of(deliverable: Deliverable, rows: Sequence[Row]) -> list[str]:
    """Return the totals that a reader of the filled table wants: not those that only say whether weights make 1."""
    return [
        french(text)
        for total in deliverable.totals
        if not total.sums_to_one and (text := _said(deliverable, total, rows))
    ]


def _said(deliverable: Deliverable, total: Total, rows: Sequence[Row]) -> str:
    sums: dict[str, float] = {}
    titles: dict[str, str] = {}
    for group, amount in _amounts(total, rows):
        titles.setdefault(simplified(group), group)
        sums[simplified(group)] = sums.get(simplified(group), 0.0) + amount
    parts = [
        f"{titles[group]} {short_number(amount, 3)}{_against_one(amount) if total.sums_to_one else ''}".strip()
        for group, amount in sums.items()
    ]
    return f"Total « {deliverable.field(total.column).label} » : {' ; '.join(parts)}" if parts else ""


def _amounts(total: Total, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    """Yield each number of a column, with its group; a row that has no group yet waits."""
    for row in rows:
        amount, group = row.get(total.column), row.get(total.by) if total.by else ""
        if isinstance(amount, float | int) and group is not None:
            yield str(group), amount


def _against_one(amount: float) -> str:
    if abs(amount - 1) <= _TOLERANCE:
        return " ✓"
    off = short_number(abs(amount - 1), 3)
    return f" (il manque {off} pour faire 1)" if amount < 1 else f" ({off} de trop pour faire 1)"
