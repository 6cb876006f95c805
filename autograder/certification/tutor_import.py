"""Reading a « grille tuteur » back: every problem reported with its cell, nothing guessed, nothing half kept."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import from_excel

from autograder.certification.model import Rating, TutorGrid
from autograder.certification.reading import Problems, read_day
from autograder.certification.tutor_form import (
    COMPANY,
    DAY,
    END,
    FIELDS,
    HEADER,
    IDENTIFIER,
    LEVELS,
    NOT_OBSERVED,
    ROLE,
    SHEET,
    START,
    TUTOR,
)  # fmt: skip
from autograder.course.course import Learner
from autograder.referentiel import LEVEL_NAMES, load_referentiel
from casestudies.errors import CasekitError
from casestudies.identity import normal_form
from casestudies.livrables.xlsx_file import open_book
from casestudies.typography import french

MAX_LINES, MAX_TEXT = 200, 2_000
OLDEST_YEAR = 1990
_LEVEL = re.compile(r"([1-4])(?:[.,]0+)?(?:\s*[-–—:.]?\s*(\D.*))?")
Cells = Mapping[tuple[int, int], Any]
"""The cells that exist, by line and column."""


def read_grid(path: Path, learners: Mapping[str, Learner], today: date) -> TutorGrid:
    """Return what a tutor wrote in a grid.

    Raises
    ------
    CasekitError
        When the file is not a grid, is about nobody of the class, or a cell is missing or cannot be read for sure.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être lu ({error.strerror}).") from error
    book = open_book(content, path.name, values=False)
    if SHEET not in book.sheetnames:
        raise CasekitError(
            f"{path.name} n’est pas une grille tuteur : la feuille « {SHEET} » y manque. Partez du fichier écrit par "
            "« casekit tuteur IDENTIFIANT »."
        )
    cells: Cells = book[SHEET]._cells
    problems = Problems(path.name)
    labels = _labels(cells)
    learner = normal_form(_text(cells, labels, IDENTIFIER, problems))
    if learner and learner not in learners:
        problems.add(_address(labels[IDENTIFIER], 3), f"« {learner[:40]} » n’est pas dans eleves.csv.")
    start, end, day = (_day(cells, labels, label, problems) for label in (START, END, DAY))
    texts = {label: _text(cells, labels, label, problems) for label in (COMPANY, TUTOR, ROLE)}
    if start and end and end < start:
        problems.add(_address(labels[END], 3), "la pratique finit avant de commencer.")
    if day and day > today:
        problems.add(_address(labels[DAY], 3), "cette date est dans le futur.")
    if day and start and day < start:
        problems.add(_address(labels[DAY], 3), "la grille est remplie avant le début de la pratique.")
    ratings = _ratings(cells, problems)
    problems.settle("La grille n’a pas été importée : corrigez le fichier, ou demandez-le à la personne tutrice.")
    assert start is not None  # else a problem was told
    assert end is not None
    assert day is not None
    return TutorGrid(
        learner, texts[COMPANY], texts[TUTOR], texts[ROLE], start, end, day, ratings, sha256(content).hexdigest()
    )


def _labels(cells: Cells) -> dict[str, int]:
    """Return the line of each label of the first column."""
    wanted = (IDENTIFIER, *FIELDS)
    return {
        str(cell.value).strip(): line
        for (line, column), cell in cells.items()
        if column == 1 and line <= MAX_LINES and isinstance(cell.value, str) and cell.value.strip() in wanted
    }


def _text(cells: Cells, labels: Mapping[str, int], label: str, problems: Problems) -> str:
    line = labels.get(label)
    if line is None:
        problems.add("A1", f"le libellé « {label} » a disparu de la première colonne : repartez d’une grille neuve.")
        return ""
    found = _plain(cells.get((line, 3)), _address(line, 3), problems)
    if not found:
        problems.add(_address(line, 3), f"« {label} » est vide.")
    return found


def _day(cells: Cells, labels: Mapping[str, int], label: str, problems: Problems) -> date | None:
    line = labels.get(label)
    cell = cells.get((line, 3)) if line else None
    value = cell.value if cell is not None else None
    if isinstance(value, datetime | date):
        found: date | None = value.date() if isinstance(value, datetime) else value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _serial(value)
    else:
        text = _text(cells, labels, label, problems)
        if not text:
            return None
        found = read_day(text.replace(".", "/")) or (_serial(float(text)) if text.isdecimal() else None)
    if found is None or not OLDEST_YEAR <= found.year < OLDEST_YEAR + 200:
        problems.add(_address(line or 1, 3), f"« {str(value)[:40]} » n’est pas une date : écrivez jour/mois/année.")
        return None
    return found


def _serial(number: float) -> date | None:
    """Return the day of a date that a spreadsheet shows as a number."""
    try:
        found = from_excel(number)
    except (ValueError, OverflowError):
        return None
    return found.date() if isinstance(found, datetime) else None


def _ratings(cells: Cells, problems: Problems) -> tuple[Rating, ...]:
    """Return the level of every competency, in the référentiel's order."""
    top = _header(cells)
    if top is None:
        problems.add(
            "A1", f"la ligne de titres « {' | '.join(HEADER)} » est introuvable : repartez d’une grille neuve."
        )
        return ()
    competencies = load_referentiel().competencies
    found: dict[str, Rating] = {}
    for line in range(top + 1, MAX_LINES + 1):
        texts = [_plain(cells.get((line, column)), _address(line, column), problems) for column in range(1, 6)]
        if not any(texts):
            continue
        code = texts[0]
        if code not in competencies:
            problems.add(
                _address(line, 1), f"« {code[:40]} » n’est le code d’aucune compétence : ne changez pas les codes."
            )
        elif code in found:
            problems.add(_address(line, 1), f"le code « {code} » est répété.")
        elif _same(texts[2], competencies[code].statement):
            found[code] = Rating(code, _level(texts[3], _address(line, 4), problems), texts[4])
        else:
            problems.add(
                _address(line, 3),
                f"le texte de la compétence {code} a été changé, ou vient d’une autre version du référentiel : "
                "repartez d’une grille neuve.",
            )
            found[code] = Rating(code, None)
    missing = [code for code in competencies if code not in found]
    if missing:
        problems.add(_address(top, 1), f"compétence(s) absente(s) du tableau : {', '.join(missing)}.")
    return tuple(found[code] for code in competencies if code in found)


def _header(cells: Cells) -> int | None:
    for line in range(1, MAX_LINES + 1):
        row = [cells.get((line, column)) for column in range(1, len(HEADER) + 1)]
        if tuple(str(cell.value).strip() if cell is not None else "" for cell in row) == HEADER:
            return line
    return None


def _level(text: str, where: str, problems: Problems) -> int | None:
    simple = " ".join(text.casefold().split())
    if simple in (NOT_OBSERVED, NOT_OBSERVED + "e"):
        return None
    found = _LEVEL.fullmatch(simple)
    if found and found[2] in (None, LEVEL_NAMES[int(found[1])]):
        return int(found[1])
    listed = ", ".join(f"« {one} »" for one in LEVELS)
    what = f"« {text[:40]} » n’est pas un niveau de la liste" if text else "le niveau manque"
    problems.add(where, f"{what} : {listed}.")
    return None


def _plain(cell: Any, where: str, problems: Problems) -> str:
    """Return what a cell shows, whatever its type."""
    value = cell.value if cell is not None else None
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        problems.add(where, "une formule n’est pas acceptée ici : écrivez la valeur.")
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    if len(text) > MAX_TEXT:
        problems.add(where, f"ce texte dépasse {MAX_TEXT} caractères.")
    return text[:MAX_TEXT]


def _same(text: str, statement: str) -> bool:
    return french(text).split() == french(statement).split()


def _address(line: int, column: int) -> str:
    return f"{'ABCDE'[column - 1]}{line}"
