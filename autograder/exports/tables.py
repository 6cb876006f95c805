"""A table written as CSV: UTF-8 with its mark, so that a spreadsheet reads the accents, and never a formula."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.sheets.files import safe_for_csv, write_whole
from casestudies.typography import french

NO_GRADE = "-"
"""What Moodle reads as no grade; alone, it is no formula."""

Cell = str | int | float | None
"""None is what is not known: an empty cell, never a zero."""


class Separators(StrEnum):
    """Which signs a spreadsheet expects: « ; » and a decimal comma in French, « , » and a point elsewhere."""

    FRENCH = "fr"
    ENGLISH = "en"

    @property
    def field(self) -> str:
        """What stands between two cells."""
        return ";" if self is Separators.FRENCH else ","

    @property
    def decimal(self) -> str:
        """What stands before the decimals."""
        return "," if self is Separators.FRENCH else "."


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
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=separators.field)
        writer.writerow(self.columns)
        writer.writerows([self._shown(*cell, separators) for cell in zip(self.columns, row, strict=True)]
                         for row in self.rows)  # fmt: skip
        return text.getvalue().encode("utf-8-sig")

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

    >>> number(2.50, Separators.FRENCH), number(-1, Separators.ENGLISH), number(0.126, Separators.ENGLISH)
    ('2,5', '-1', '0.13')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", separators.decimal)


def write_tables(tables: Iterable[ExportTable], folder: Path, separators: Separators) -> list[Path]:
    """Write each table as a CSV of its name in ``folder``, whole or not at all; return the files.

    Raises
    ------
    CasekitError
        When a file cannot be written.
    """
    return [write_whole(folder / f"{table.name}.csv", table.as_csv(separators)) for table in tables]
