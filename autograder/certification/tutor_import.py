"""Reading a « grille tuteur » back: every problem reported with its cell, nothing guessed, nothing half kept."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import from_excel

from autograder.certification import tutor_form as form
from autograder.certification.model import Rating, TutorGrid
from autograder.course.class_list import Learner
from autograder.course.lists import Problems, read_day
from autograder.referentiel import LEVEL_NAMES, load_referentiel
from casestudies.errors import CasekitError, why
from casestudies.identity import normal_form
from casestudies.livrables.xlsx_file import open_book
from casestudies.typography import french

MAX_LINES, MAX_TEXT = 200, 2_000
OLDEST_YEAR = 1990
_LEVEL = re.compile(r"([1-4])(?:[.,]0+)?(?:\s*[-–—:.]?\s*(\D.*))?")


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
        raise CasekitError(f"{path} ne peut pas être lu ({why(error)}).") from error
    book = open_book(content, path.name, values=False)
    if form.SHEET not in book.sheetnames:
        raise CasekitError(
            f"{path.name} n’est pas une grille tuteur : la feuille « {form.SHEET} » y manque. Partez du fichier écrit "
            "par « casekit tuteur IDENTIFIANT »."
        )
    page = _Page(book[form.SHEET]._cells, Problems(path.name))
    learner = normal_form(page.text(form.IDENTIFIER))
    if learner and learner not in learners:
        page.fail(form.IDENTIFIER, f"« {learner[:40]} » n’est pas dans eleves.csv.")
    start, end, day = map(page.day, form.DATES)
    company, tutor, role = map(page.text, (form.COMPANY, form.TUTOR, form.ROLE))
    if start and end and end < start:
        page.fail(form.END, "la pratique finit avant de commencer.")
    if day and day > today:
        page.fail(form.DAY, "cette date est dans le futur.")
    if day and start and day < start:
        page.fail(form.DAY, "la grille est remplie avant le début de la pratique.")
    ratings = _ratings(page)
    page.problems.settle("La grille n’a pas été importée : corrigez le fichier, ou demandez-le à la personne tutrice.")
    assert start is not None  # else a problem was told
    assert end is not None
    assert day is not None
    return TutorGrid(learner, company, tutor, role, start, end, day, ratings, sha256(content).hexdigest())


class _Page:
    """The page of a grid, its cells by line and column, and the problems found in it."""

    def __init__(self, cells: Mapping[tuple[int, int], Any], problems: Problems) -> None:
        self._cells, self.problems = cells, problems
        self._labels = {
            label: line
            for line, column in cells
            if column == 1 and line <= MAX_LINES and (label := self.shown(line, 1)) in (form.IDENTIFIER, *form.FIELDS)
        }

    def value(self, line: int, column: int) -> Any:
        """Return what a cell holds, None for one that is not there."""
        cell = self._cells.get((line, column))
        return cell.value if cell is not None else None

    def shown(self, line: int, column: int) -> str:
        """Return the bare text of a cell."""
        value = self.value(line, column)
        return str(value).strip() if value is not None else ""

    def plain(self, line: int, column: int) -> str:
        """Return what a cell shows, whatever its type; a formula or a text without end is a problem."""
        cell, value = self._cells.get((line, column)), self.value(line, column)
        if cell is not None and value is not None and cell.data_type in ("f", "e"):
            self.add(line, column, "une formule n’est pas acceptée ici : écrivez la valeur.")
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        text = self.shown(line, column)
        if len(text) > MAX_TEXT:
            self.add(line, column, f"ce texte dépasse {MAX_TEXT} caractères.")
        return text[:MAX_TEXT]

    def text(self, label: str) -> str:
        """Return what stands beside a label."""
        line = self._labels.get(label)
        if line is None:
            self.add(1, 1, f"le libellé « {label} » a disparu de la première colonne : repartez d’une grille neuve.")
            return ""
        found = self.plain(line, 3)
        if not found:
            self.add(line, 3, f"« {label} » est vide.")
        return found

    def day(self, label: str) -> date | None:
        """Return the day beside a label, however a spreadsheet keeps it."""
        value = self.value(self._labels.get(label, 0), 3)
        if isinstance(value, datetime | date):
            found: date | None = value.date() if isinstance(value, datetime) else value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = _serial(value)
        else:
            text = self.text(label)
            if not text:
                return None
            found = read_day(text.replace(".", "/")) or (_serial(float(text)) if text.isdecimal() else None)
        if found is None or not OLDEST_YEAR <= found.year < OLDEST_YEAR + 200:
            self.fail(label, f"« {str(value)[:40]} » n’est pas une date : écrivez jour/mois/année.")
            return None
        return found

    def add(self, line: int, column: int, problem: str) -> None:
        """Tell a problem of a cell."""
        self.problems.add(f"{'ABCDE'[column - 1]}{line}", problem)

    def fail(self, label: str, problem: str) -> None:
        """Tell a problem of what stands beside a label."""
        self.add(self._labels.get(label, 1), 3, problem)


def _serial(number: float) -> date | None:
    """Return the day of a date that a spreadsheet shows as a number."""
    try:
        found = from_excel(number)
    except (ValueError, OverflowError):
        return None
    return found.date() if isinstance(found, datetime) else None


def _ratings(page: _Page) -> tuple[Rating, ...]:
    """Return the level of every competency, in the référentiel's order."""
    columns = range(1, len(form.HEADER) + 1)
    lines = range(1, MAX_LINES + 1)
    top = next((one for one in lines if tuple(page.shown(one, column) for column in columns) == form.HEADER), None)
    if top is None:
        page.add(
            1, 1, f"la ligne de titres « {' | '.join(form.HEADER)} » est introuvable : repartez d’une grille neuve."
        )
        return ()
    competencies = load_referentiel().competencies
    found: dict[str, Rating] = {}
    for line in range(top + 1, MAX_LINES + 1):
        code, _, statement, level, comment = texts = [page.plain(line, column) for column in columns]
        if not any(texts):
            continue
        if code not in competencies:
            page.add(line, 1, f"« {code[:40]} » n’est le code d’aucune compétence : ne changez pas les codes.")
        elif code in found:
            page.add(line, 1, f"le code « {code} » est répété.")
        elif french(statement).split() == french(competencies[code].statement).split():
            found[code] = Rating(code, _level(level, line, page), comment)
        else:
            page.add(
                line, 3,
                f"le texte de la compétence {code} a été changé, ou vient d’une autre version du référentiel : "
                "repartez d’une grille neuve.",
            )  # fmt: skip
            found[code] = Rating(code, None)
    missing = [code for code in competencies if code not in found]
    if missing:
        page.add(top, 1, f"compétence(s) absente(s) du tableau : {', '.join(missing)}.")
    return tuple(found[code] for code in competencies if code in found)


def _level(text: str, line: int, page: _Page) -> int | None:
    simple = " ".join(text.casefold().split())
    if simple in (form.NOT_OBSERVED, form.NOT_OBSERVED + "e"):
        return None
    found = _LEVEL.fullmatch(simple)
    if found and found[2] in (None, LEVEL_NAMES[int(found[1])]):
        return int(found[1])
    listed = ", ".join(f"« {one} »" for one in form.LEVELS)
    what = f"« {text[:40]} » n’est pas un niveau de la liste" if text else "le niveau manque"
    page.add(line, 4, f"{what} : {listed}.")
    return None
