"""A table written as CSV: UTF-8 with its mark, so that a spreadsheet reads the accents, and never a formula."""

from dataclasses import dataclass
from typing import NamedTuple

from casestudies.spreadsheets import safe_for_csv, spreadsheet
from casestudies.typography import french

NO_GRADE = "-"
"""What Moodle reads as no grade; alone, it is no formula."""

Cell = str | int | float | None
"""None is what is not known: an empty cell, never a zero."""


class Separators(NamedTuple):
    """Which signs a spreadsheet expects: between two cells, and before the decimals."""

    field: str
    decimal: str


SEPARATORS = {"fr": Separators(";", ","), "en": Separators(",", ".")}
"""Those of a spreadsheet in French, and elsewhere."""


@dataclass(frozen=True)
class ExportTable:
    """A table with a name: its columns and its rows.

    Texts are shown with French typography, but for the columns of ``codes``: what they hold is compared, not read.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    codes: frozenset[str] = frozenset()

    def as_csv(self, separators: Separators) -> bytes:
        """Return the table as CSV."""
        shown = ([self._shown(*cell, separators) for cell in zip(self.columns, row, strict=True)] for row in self.rows)
        return spreadsheet([self.columns, *shown], separators.field)

    def _shown(self, column: str, cell: Cell, separators: Separators) -> str:
        if cell is None:
            return ""
        if cell == NO_GRADE:
            return NO_GRADE
        if isinstance(cell, str):
            return safe_for_csv(cell if column in self.codes else french(cell))
        return number(cell, separators)


def number(value: float, separators: Separators) -> str:
    """Return a number without useless decimals; a negative one is a number all the same, never a formula.

    >>> number(2.50, SEPARATORS["fr"]), number(-1, SEPARATORS["en"]), number(0.126, SEPARATORS["en"])
    ('2,5', '-1', '0.13')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", separators.decimal)
