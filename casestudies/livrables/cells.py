"""From the cells of a file to typed rows: the header found, each cell read after its column, blank rows dropped."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from casestudies.errors import CasekitError
from casestudies.french import clean, date_in, french_digits, number_in, short_date, simplified
from casestudies.livrables.model import Cell, Deliverable, Field, Row

MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 2000, 60, 10_000
HEADER_WITHIN = 20
"""The header is looked for in the first rows only."""

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Days since 1900 that a spreadsheet shows when a date has lost its format: from 1954 to 2119."""


class FileError(CasekitError):
    """A deliverable's file cannot be read: the message says which file, what, and what to do."""

    @classmethod
    def of(cls, file: str, what: str, advice: str) -> "FileError":
        """Build the message."""
        return cls(f"{file} : {what} {advice}")


@dataclass(frozen=True)
class Line:
    """One line of a file as it was read: its number in the file, and its cells."""

    number: int
    cells: Sequence[object]


def typed_rows(deliverable: Deliverable, lines: Sequence[Line], file: str) -> list[Row]:
    """Return the filled rows under the header, every column present in each, unknown columns last.

    Raises
    ------
    FileError
        When there is no header, a column is missing or twice there, or there is too much.
    """
    position, names = header_of(deliverable, lines, file)
    body = lines[position + 1 :]
    rows = []
    fields = [deliverable.field(name) for name in names]
    blank = dict.fromkeys(deliverable.names)
    for line in body:
        _check_width(line, names, file)
        row: Row = dict(blank)
        for field, raw in zip(fields, line.cells, strict=False):
            if field.name:
                row[field.name] = read_cell(field, raw)
                _check_length(row[field.name], field.name, line, file)
        if any(cell is not None for cell in row.values()):
            rows.append(row)
    if len(rows) > MAX_ROWS:
        raise FileError.of(file, f"{len(rows)} lignes remplies.", f"Gardez-en {MAX_ROWS} au plus.")
    return rows


def header_of(deliverable: Deliverable, lines: Sequence[Line], file: str) -> tuple[int, list[str]]:
    """Return the position of the header among ``lines``, and the name of each of its columns (empty when none)."""
    wanted = {simplified(name): name for name in deliverable.names}
    found = -1
    names: list[str] = []
    for position, line in enumerate(lines[:HEADER_WITHIN]):
        read = [wanted.get(simplified(cell), _text(cell)) for cell in line.cells]
        if len(set(read) & set(deliverable.names)) > len(set(names) & set(deliverable.names)):
            found, names = position, read
    if found < 0:
        listed = ", ".join(f"« {name} »" for name in deliverable.names)
        advice = f"La première ligne doit porter les noms des colonnes : {listed}. Repartez du modèle."
        raise FileError.of(file, "aucun titre de colonne n’est reconnu.", advice)
    return found, _checked(deliverable, names, file)


def _checked(deliverable: Deliverable, names: list[str], file: str) -> list[str]:
    while names and not names[-1]:
        names.pop()
    missing = [field.name for field in deliverable.fields if field.name not in names and not field.optional]
    if missing:
        listed = ", ".join(f"« {name} »" for name in missing)
        raise FileError.of(file, f"colonne introuvable : {listed}.", "Remettez ce titre dans la ligne des titres.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FileError.of(file, f"la colonne « {twice[0]} » est là deux fois.", "Supprimez-en une, ou renommez-la.")
    if len(names) > MAX_COLUMNS:
        raise FileError.of(file, f"{len(names)} colonnes.", f"Gardez-en {MAX_COLUMNS} au plus.")
    return names


def _check_width(line: Line, names: list[str], file: str) -> None:
    over = [
        position
        for position, cell in enumerate(line.cells)
        if _text(cell) and (position >= len(names) or not names[position])
    ]
    if over:
        what = f"ligne {line.number}, la {over[0] + 1}e case est remplie, mais sa colonne n’a pas de titre."
        raise FileError.of(file, what, "Donnez un titre à cette colonne, ou videz la case.")


def _check_length(cell: Cell, name: str, line: Line, file: str) -> None:
    if isinstance(cell, str) and len(cell) > MAX_TEXT:
        what = f"ligne {line.number}, la case « {name} » compte {len(cell)} caractères."
        raise FileError.of(file, what, f"Gardez-en {MAX_TEXT} au plus.")


def read_cell(field: Field, raw: object) -> Cell:
    """Return what a cell holds, after the type of its column; what cannot be read so stays as text, for the checks.

    >>> read_cell(Field("poids", "nombre", ""), "0,5"), read_cell(Field("poids", "nombre", ""), "lourd")
    (0.5, 'lourd')
    >>> read_cell(Field("origine", "choix", "", ("interne", "externe")), " Interne ")
    'interne'
    """
    if field.type == "nombre" and isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw) if math.isfinite(raw) else None
    if field.type == "date" and isinstance(raw, int | float) and _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        return (date(1899, 12, 30) + timedelta(days=int(raw))).isoformat()
    text = _text(raw)
    if not text:
        return None
    if field.type == "nombre":
        number = number_in(text, field.in_percent)
        return text if number is None else number
    if field.type == "date":
        day = date_in(text)
        return day.isoformat() if day else text
    if field.type == "choix":
        return next((choice for choice in field.choices if simplified(choice) == simplified(text)), text)
    return text


def typed(field: Field, cell: Cell) -> str:
    """Return a cell as it is typed in French: « 0,5 », « 06/01/2027 »; empty when nothing is written."""
    if isinstance(cell, float | int):
        return french_digits(cell)
    return short_date(cell or "") if field.type == "date" else cell or ""


def doubt_of(field: Field, cell: Cell) -> str:
    """Return what could not be read in a cell after the type of its column, empty when all is well.

    >>> doubt_of(Field("poids", "nombre", ""), "lourd"), doubt_of(Field("poids", "nombre", ""), 0.5)
    ('« lourd » n’est pas un nombre.', '')
    """
    if not isinstance(cell, str):
        return ""
    if field.type == "nombre":
        return f"« {cell} » n’est pas un nombre."
    if field.type == "date" and not cell[:4].isdigit():
        return f"« {cell} » n’est pas une date (jour/mois/année)."
    if field.type == "choix" and cell not in field.choices:
        return f"« {cell} » n’est pas dans la liste."
    return ""


def _text(raw: object) -> str:
    """Return a cell as text: what a person sees in it, without outer spaces."""
    if raw is None or (isinstance(raw, float) and not math.isfinite(raw)):
        return ""
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, int | float):
        return french_digits(raw)
    if isinstance(raw, datetime | date):
        return raw.isoformat()[:10]
    return clean(str(raw))


def frame_of(deliverable: Deliverable, rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a DataFrame: columns of numbers as numbers, the others as text, None where nothing is written."""
    names = list(rows[0]) if rows else list(deliverable.names)
    frame = pd.DataFrame([[row.get(name) for name in names] for row in rows], columns=names, dtype=object)
    for field in deliverable.fields:
        cells = list(frame[field.name])
        if field.type == "nombre" and not any(isinstance(cell, str) for cell in cells):
            frame[field.name] = pd.Series(cells, dtype="float64", index=frame.index)
    return frame
