"""A deliverable as a workbook that people filled: read after its values, its rows replaced without losing the rest."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from casestudies.french import simplified
from casestudies.livrables.cells import HEADER_WITHIN, FileError, Line, header_of, read_cell, typed_rows
from casestudies.livrables.model import Cell, Deliverable, Field, Row

MAX_BYTES, MAX_UNZIPPED, MAX_PARTS = 5 * 2**20, 40 * 2**20, 500
MAX_LINE, MAX_LETTERS = 20_000, 200
"""The last line and the last column where anything may be written."""

VERSION = "Version"
"""The hidden sheet that names the version of the table that was shared in a workbook."""

_OLE = b"\xd0\xcf\x11\xe0"


def read_xlsx(deliverable: Deliverable, content: bytes, file: str) -> list[Row]:
    """Return the filled rows of a workbook.

    Raises
    ------
    FileError
        When the workbook is damaged, too large or protected, or its table cannot be read for sure.
    """
    sheet = _sheet(deliverable, open_book(content, file, False), file)
    calculates = any(cell.data_type == "f" for cell in sheet._cells.values())
    values = open_book(content, file, True)[sheet.title] if calculates else sheet
    _refuse_merged(sheet, file)
    _refuse_unknown_values(sheet, values, file)
    return typed_rows(deliverable, _lines(values, file), file)


def origin_of(content: bytes, file: str) -> tuple[str, str]:
    """Return the version that was shared in a workbook, and who changed it last; empty where it does not say.

    Raises
    ------
    FileError
        When the workbook is damaged, too large or protected.
    """
    book = open_book(content, file, True)
    version = book[VERSION]["A1"].value if VERSION in book.sheetnames else ""
    return str(version or ""), str(book.properties.lastModifiedBy or "")


def replace_rows(deliverable: Deliverable, content: bytes, rows: Sequence[Row], file: str) -> bytes:
    """Return the workbook with ``rows`` in place of its own; cells that say the same already are left untouched."""
    book, values = open_book(content, file, False), open_book(content, file, True)
    sheet = _sheet(deliverable, book, file)
    lines = _lines(values[sheet.title], file)
    position, names = header_of(deliverable, lines, file)
    top = lines[position].number
    columns = {name: number for number, name in enumerate(names, start=1) if name}
    for name in (name for row in rows[:1] for name in row if name not in columns):
        columns[name] = max(columns.values()) + 1
        sheet.cell(top, columns[name], name)
    last = max([top + len(rows), *(row for row, _ in sheet._cells)])
    for line in range(top + 1, last + 1):
        row: Mapping[str, Cell] = rows[line - top - 1] if line - top <= len(rows) else {}
        for name, column in columns.items():
            field = deliverable.field(name)
            there = values[sheet.title].cell(line, column)
            if read_cell(field, _raw(there)) != row.get(name):
                put_cell(sheet.cell(line, column), field, row.get(name))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put_cell(cell: Any, field: Field, value: Cell) -> None:
    """Write a value in a cell of a sheet: a date as a date, a text never as a formula."""
    cell.value = None
    if field.type == "date" and isinstance(value, str):
        try:
            cell.value = date.fromisoformat(value)
        except ValueError:
            pass
        else:
            cell.number_format = "DD/MM/YYYY"
            return
    if isinstance(value, float | int):
        cell.value = int(value) if float(value).is_integer() and abs(value) < 1e15 else value
        if "%" in cell.number_format:
            cell.number_format = "General"
    elif value is not None:
        cell.value = value
        cell.data_type = "s"


def open_book(content: bytes, file: str, values: bool) -> Any:
    """Return a workbook: the values last computed, or the formulas.

    Raises
    ------
    FileError
        When it is damaged, too large or protected.
    """
    _refuse_unsafe(content, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except Exception as cause:  # a damaged workbook may raise anything
        raise _damaged(file) from cause


def _refuse_unsafe(content: bytes, file: str) -> None:
    if content.startswith(_OLE):
        what = "le classeur est protégé par un mot de passe, ou à l’ancien format « .xls »."
        raise FileError.of(file, what, "Enregistrez-le au format « .xlsx », sans mot de passe.")
    if len(content) > MAX_BYTES:
        raise _too_large(file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as cause:
        raise _damaged(file) from cause
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNZIPPED:
        raise _too_large(file)


def _damaged(file: str) -> FileError:
    advice = "Ouvrez-le dans votre tableur et enregistrez-le de nouveau au format « .xlsx », ou repartez du modèle."
    return FileError.of(file, "le fichier est abîmé, ou ce n’est pas un classeur « .xlsx ».", advice)


def _too_large(file: str) -> FileError:
    return FileError.of(file, "le classeur est démesuré.", "Copiez votre tableau dans un modèle neuf, sans image.")


def _sheet(deliverable: Deliverable, book: Any, file: str) -> Any:
    """Return the sheet of the table: the one that has its name, else the only one that has its columns."""
    sheets = book.worksheets
    named = [sheet for sheet in sheets if simplified(sheet.title) == simplified(deliverable.sheet)]
    wanted = {simplified(field.name) for field in deliverable.fields if not field.optional}
    alike = [sheet for sheet in named or sheets if _holds(sheet, wanted)]
    if len(alike) == 1 or named:
        return (alike or named)[0]
    if not alike:
        advice = f"Redonnez le nom « {deliverable.sheet} » à la feuille de votre tableau, ou repartez du modèle."
        raise FileError.of(file, f"la feuille « {deliverable.sheet} » est introuvable.", advice)
    listed = ", ".join(f"« {sheet.title} »" for sheet in alike)
    advice = f"Donnez le nom « {deliverable.sheet} » à celle qui compte."
    raise FileError.of(file, f"plusieurs feuilles ont les bonnes colonnes : {listed}.", advice)


def _holds(sheet: Any, wanted: set[str]) -> bool:
    rows: dict[int, set[str]] = {}
    for (line, _), cell in sheet._cells.items():
        if line <= HEADER_WITHIN:
            rows.setdefault(line, set()).add(simplified(cell.value))
    return any(wanted <= found for found in rows.values())


def _refuse_merged(sheet: Any, file: str) -> None:
    for merged in sheet.merged_cells.ranges:
        what = f"feuille « {sheet.title} », les cases {merged.coord} sont fusionnées."
        raise FileError.of(file, what, "Séparez-les (« Annuler la fusion »), et écrivez chaque valeur dans sa case.")


def _refuse_unknown_values(sheet: Any, values: Any, file: str) -> None:
    for place, cell in sheet._cells.items():
        value = values._cells.get(place)
        where = f"case {cell.coordinate}"
        if cell.data_type == "f" and (value is None or (value.value is None and value.data_type != "str")):
            advice = "Ouvrez le fichier dans votre tableur et enregistrez-le, ou écrivez la valeur à la place."
            raise FileError.of(file, f"{where}, la formule n’a pas de valeur enregistrée.", advice)
        if value is not None and value.data_type == "e":
            raise FileError.of(file, f"{where}, le calcul donne l’erreur {value.value}.", "Corrigez la formule.")


def _lines(sheet: Any, file: str) -> list[Line]:
    """Return the lines that hold something; only cells that exist are looked at, whatever size the sheet says."""
    rows: dict[int, dict[int, object]] = {}
    for (line, column), cell in sheet._cells.items():
        raw = _raw(cell)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            continue
        if line > MAX_LINE or column > MAX_LETTERS:
            what = f"la case {get_column_letter(column)}{line} est remplie, très loin du tableau."
            raise FileError.of(file, what, "Videz-la, ou copiez votre tableau dans un modèle neuf.")
        rows.setdefault(line, {})[column] = raw
    return [
        Line(line, [cells.get(column) for column in range(1, max(cells) + 1)]) for line, cells in sorted(rows.items())
    ]


def _raw(cell: Any) -> object:
    """Return a cell's value; a number shown as a percentage becomes the text that people see."""
    value: object = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        return f"{value * 100:.12g} %"
    return value if isinstance(value, str | int | float | datetime | date | None) else str(value)
