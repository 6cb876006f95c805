"""The keys of a class as a workbook: questions as lines, learners as columns, right values as numbers.

Three sheets: the right values, what each known mistake gives, what was handed in. Texts are never formulas.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from autograder.course.private import CONFIDENTIAL
from autograder.key_sheets.model import KeyLine, KeySheet
from autograder.key_sheets.page import unmarked
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.questions import Question, question_of
from autograder.keys.right_answers import significant_decimals
from autograder.sheets import wording
from autograder.sheets.workbook import print_on_a4, put, saved
from casestudies.answers import Value
from casestudies.typography import french

HEAD = 4
"""The line of titles: filters stand there, and what is above and before the learners stays in sight."""
FILLS = {"good": "E7F5EE", "mixed": "FFF4E0", "bad": "FDECEB", "neutral": "EEF2F6"}
"""Pale grounds that repeat what the words already say."""
Cell = float | str
Asked = tuple[str, ...]
QUESTION = ("Notebook", "Critère", "Question", "Identifiant", "Élément", "Unité")
QUESTION_WIDTHS = (22, 10, 34, 22, 22, 20)
MISTAKE = (*QUESTION, "Code", "Erreur")


@dataclass
class TableRow:
    """One line of a sheet: what says which question it is, then a cell for each learner, by their place."""

    about: Asked
    check: object
    cells: dict[int, Cell] = field(default_factory=dict)
    tones: dict[int, str] = field(default_factory=dict)

    @property
    def smallest(self) -> float:
        """The least of its numbers, signs aside, zeros too; 0 when it has none."""
        return min((abs(one) for one in self.cells.values() if isinstance(one, float) and one), default=0.0)


def class_table(sheets: Sequence[KeySheet]) -> bytes:
    """Return the workbook of a class."""
    book = Workbook()
    book.properties.title, book.properties.language = f"Corrigés — {CONFIDENTIAL}", "fr-FR"
    _sheet(book.active, "Valeurs justes", QUESTION, sheets, _rows(sheets, _right))
    _sheet(book.create_sheet(), "Erreurs connues", MISTAKE, sheets, _rows(sheets, _wrong))
    if any(sheet.is_graded for sheet in sheets):
        _sheet(book.create_sheet(), "Réponses rendues", QUESTION, sheets, _rows(sheets, _handed))
    return saved(book)


Found = Iterable[tuple[Asked, Cell, str]]
"""For one question of one learner: what says which line it is, its cell, and its tone."""


def _rows(sheets: Sequence[KeySheet], cells: Callable[[Question, KeyLine], Found]) -> list[TableRow]:
    """Return the lines of a sheet; labels that only some variants have make lines of their own."""
    found: dict[str, dict[Asked, TableRow]] = {}
    for place, sheet in enumerate(sheets):
        for line in sheet.lines:
            question = question_of(line.question)
            rows = found.setdefault(question.id, {})
            for about, cell, tone in cells(question, line):
                row = rows.setdefault(about, TableRow(about, question.check))
                row.cells[place] = cell
                if tone:
                    row.tones[place] = tone
    return [row for rows in found.values() for row in rows.values()]


def _right(question: Question, line: KeyLine) -> Found:
    if line.right is not None:
        for element, cell in _parts(line.right, line.shown):
            yield (*_asked(question), element, _unit(question)), cell, ""


def _wrong(question: Question, line: KeyLine) -> Found:
    for mistake in line.mistakes:
        for number, value in enumerate(mistake.values):
            title = mistake.title + (f" ({number + 1})" if number else "")
            shown = mistake.shown if len(mistake.values) == 1 else ()
            for element, cell in _parts(value, shown):
                yield (*_asked(question), element, _unit(question), mistake.code, title), cell, ""


def _handed(question: Question, line: KeyLine) -> Found:
    given = line.handed_in
    if given is not None:
        known = f" ({' ; '.join(given.mistakes)})" if given.mistakes else ""
        points = wording.points(given.points, given.max_points)
        told = f"{given.outcome.label}{known}, {points} : {given.shown}"
        yield (*_asked(question), "", _unit(question)), told, given.outcome.tone


def _asked(question: Question) -> Asked:
    return question.notebook.partition("/")[2], question.criterion, question.title, question.id


def _unit(question: Question) -> str:
    unit = str(getattr(question.check, "unit", ""))
    return "%" if unit == PROPORTION else unit


def _parts(value: Value, shown: tuple[str, ...]) -> Iterable[tuple[str, Cell]]:
    """Yield the name and the cell of each part of an answer; what is no number is shown in words."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield str(name), _cell(one)
    elif isinstance(value, list):
        yield "", ", ".join(map(str, value))
    elif isinstance(value, str) and shown:
        yield "", unmarked(shown[0])
    else:
        yield "", _cell(value)


def _cell(value: object) -> Cell:
    return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else str(value)


def _sheet(page: Worksheet, title: str, columns: Asked, sheets: Sequence[KeySheet], rows: Sequence[TableRow]) -> None:
    page.title = title
    put(page, 1, 1, f"{title} : {sheets[0].assignment}", wrap=False).font = Font(bold=True, size=14)
    put(page, 2, 1, CONFIDENTIAL, wrap=False).font = Font(bold=True, color="8A1C1C")
    people = [
        one.learner.full_name + (f"\n({one.learner.id})" if one.learner.full_name != one.learner.id else "")
        for one in sheets
    ]
    for column, name in enumerate((*columns, *people), start=1):
        put(page, HEAD, column, name).font = Font(bold=True)
    for line, row in enumerate(rows, start=HEAD + 1):
        for column, text in enumerate(row.about, start=1):
            put(page, line, column, french(text))
        for place, value in row.cells.items():
            _write(page, line, len(columns) + 1 + place, value, row)
    last = HEAD + max(len(rows), 1)
    page.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(columns) + len(people))}{last}"
    page.freeze_panes = f"{get_column_letter(len(columns) + 1)}{HEAD + 1}"
    extra = (8, 40) if columns is MISTAKE else ()
    for column, width in enumerate((*QUESTION_WIDTHS, *extra, *(18 for _ in people)), start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    print_on_a4(page, f"{HEAD}:{HEAD}")
    page.oddHeader.center.text = CONFIDENTIAL


def _write(page: Worksheet, line: int, column: int, value: Cell, row: TableRow) -> None:
    if isinstance(value, str):
        cell = put(page, line, column, french(value))
    else:
        cell = page.cell(line, column, value)
        cell.alignment = Alignment(vertical="top")
        cell.number_format = number_format(row.check, row.smallest)
    tone = row.tones.get(column - 1 - len(row.about))
    if tone:
        cell.fill = PatternFill("solid", FILLS[tone])


def number_format(check: object, smallest: float) -> str:
    """Return the format of the numbers of a line; ``smallest`` is the least of them, signs aside.

    >>> number_format(CloseTo(PROPORTION), 0.25), number_format(CloseTo("clients", 0), 12), number_format(None, 0.01)
    ('0.00%', '#,##0', '#,##0.0000')
    """
    if getattr(check, "unit", "") == PROPORTION:
        return f"0.{'0' * min(significant_decimals(100 * smallest), 6)}%"
    announced = check.decimals if isinstance(check, CloseTo) else None
    decimals = min(significant_decimals(smallest), 6) if announced is None else max(announced, 0)
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")
