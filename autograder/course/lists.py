"""Reading the small CSV files that a centre fills: strict, every problem reported with its line, all at once."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from casestudies.errors import CasekitError, why
from casestudies.identity import normal_form
from casestudies.spreadsheets import csv_bytes, is_formula, readable_text

MAX_BYTES = 5_000_000
MAX_CELL = 2_000
SHOWN = 15
"""How many problems are reported at once: the first ones are enough to go on."""
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})")

_HOUR = re.compile(r"([0-9]{1,2})\s*(?:[h:]\s*([0-9]{2})|h)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,3}")


@dataclass
class Problems:
    """What is wrong in one file, collected so that everything can be put right in one go."""

    file: str
    told: list[str] = field(default_factory=list)

    def add(self, line: int | str, problem: str) -> None:
        """Add a problem; ``line`` is a line's number or a cell's address."""
        place = f"ligne {line}" if isinstance(line, int) else f"cellule {line}"
        self.told.append(f"{self.file}, {place} : {problem}")

    def settle(self, consequence: str) -> None:
        """Raise the problems found, if any, then ``consequence``.

        Raises
        ------
        CasekitError
            When there is at least one.
        """
        if self.told:
            more = len(self.told) - SHOWN
            others = [f"… et {more} autre(s) problème(s)."] if more > 0 else []
            raise CasekitError("\n".join([*self.told[:SHOWN], *others, consequence]))


@dataclass(frozen=True)
class FileRow:
    """One line of a file: its cells by column, and where it stands."""

    line: int
    cells: dict[str, str]
    problems: Problems

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell, empty when the column is absent."""
        return self.cells.get(column, "")

    def fail(self, problem: str) -> None:
        """Tell a problem of this line."""
        self.problems.add(self.line, problem)

    def day(self, column: str) -> date | None:
        """Return a date, None for an empty cell or a text that is not a date, which is reported."""
        text = self[column]
        found = read_day(text)
        if text and found is None:
            self.fail(f"« {text[:40]} » n’est pas une date (colonne « {column} ») : écrivez AAAA-MM-JJ ou JJ/MM/AAAA.")
        return found

    def hour(self, column: str) -> time | None:
        """Return an hour of the day, None for an empty cell or a text that is not an hour, which is reported."""
        text = self[column]
        found = read_hour(text)
        if text and found is None:
            self.fail(f"« {text[:40]} » n’est pas une heure (colonne « {column} ») : écrivez 09:30 ou 9 h 30.")
        return found

    def number(self, column: str) -> int | None:
        """Return a whole number of three digits at most, None for an empty cell or another text, which is reported."""
        text = self[column]
        if text and not _NUMBER.fullmatch(text):
            self.fail(f"« {text[:40]} » n’est pas un nombre entier (colonne « {column} »).")
            return None
        return int(text) if text else None

    def choice(self, column: str, choices: Collection[str]) -> str:
        """Return one of the texts that a cell may hold, whatever its capitals; any other text is reported."""
        text = self[column]
        found = next((one for one in choices if one.casefold() == text.casefold()), None)
        if found is None:
            listed = ", ".join(f"« {one} »" if one else "vide" for one in choices)
            self.fail(f"« {text[:40]} » ne convient pas (colonne « {column} ») : {listed}.")
        return found or ""


def read_day(text: str) -> date | None:
    """Return the day that a text writes, None when it writes none.

    >>> read_day("2026-03-01") == read_day("1/3/2026") == date(2026, 3, 1), read_day("31/02/2026")
    (True, None)
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    parts = found.groupdict()
    year, month, day = (int(parts[key] or parts[f"{key}2"]) for key in ("y", "m", "d"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_hour(text: str) -> time | None:
    """Return the hour that a text writes, None when it writes none.

    >>> read_hour("9 h 30") == read_hour("09:30") == time(9, 30), read_hour("14h") == time(14), read_hour("25:00")
    (True, True, None)
    """
    found = _HOUR.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def read_rows(path: Path, required: Collection[str], optional: Collection[str] = ()) -> tuple[list[FileRow], Problems]:
    """Return the lines of a CSV file, separated by semicolons or commas, and the place to report their problems.

    Empty lines are skipped; an apostrophe put before what looks like a formula is taken off.

    Raises
    ------
    CasekitError
        When the file cannot be read, a column is missing, unknown or repeated, or a line has too many cells.
    """
    problems = Problems(path.name)
    text = _text_of(path)
    separator = ";" if ";" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns: list[str] = []
    rows: list[FileRow] = []
    try:
        for start, cells in _numbered(reader):
            texts = [_plain(cell) for cell in cells]
            if not any(texts):
                continue
            if not columns:
                columns = [text.casefold() for text in texts]
                _require_columns(path, columns, required, optional)
                continue
            if len(texts) > len(columns) and any(texts[len(columns) :]):
                problems.add(start, f"{len(texts)} cases pour {len(columns)} colonnes : un séparateur est en trop.")
            if any(len(text) > MAX_CELL for text in texts):
                problems.add(start, f"un texte dépasse {MAX_CELL} caractères.")
            rows.append(FileRow(start, dict(zip(columns, texts, strict=False)), problems))
    except csv.Error as error:
        raise CasekitError(f"{path.name}, ligne {reader.line_num} : CSV illisible ({error}).") from error
    if not columns:
        raise CasekitError(f"{path.name} est vide : sa première ligne doit nommer les colonnes {_named(required)}.")
    return rows, problems


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CasekitError(f"{path.name} est trop long pour être ce fichier.")
        text = readable_text(path.read_bytes())
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être lu ({why(error)}).") from error
    if text is None:
        raise CasekitError(f"{path.name} n’est pas un fichier texte : enregistrez-le au format « CSV UTF-8 ».")
    return text


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each line with the number of the line where it begins: a cell may hold several."""
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num  # type: ignore[attr-defined]


def _plain(cell: str) -> str:
    text = normal_form(cell)
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def _require_columns(path: Path, columns: list[str], required: Collection[str], optional: Collection[str]) -> None:
    missing = [name for name in required if name not in columns]
    unknown = [name for name in columns if name and name not in (*required, *optional)]
    if missing:
        raise CasekitError(f"{path.name}, ligne 1 : colonne(s) absente(s) : {_named(missing)}.")
    if unknown:
        known = _named([*required, *optional])
        raise CasekitError(
            f"{path.name}, ligne 1 : colonne(s) inconnue(s) : {_named(unknown)}. Colonnes connues : {known}."
        )
    if len(set(columns)) < len(columns):
        raise CasekitError(f"{path.name}, ligne 1 : une colonne est répétée ou sans nom.")


def _named(names: Collection[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def write_new(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write a list to fill, and return its path.

    Raises
    ------
    CasekitError
        When the file is there already: it is never overwritten.
    """
    try:
        with path.open("xb") as file:
            file.write(csv_bytes(rows))
    except FileExistsError:
        raise CasekitError(f"{path} existe déjà : il n’est pas remplacé. Complétez-le, ou déplacez-le.") from None
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être écrit ({why(error)}).") from error
    return path
