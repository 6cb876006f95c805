"""The sheets of a class as a workbook: the results of all, then one sheet per candidate.

Levels and points are numbers; every other cell is text, never a formula.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from autograder.sheets import wording
from autograder.sheets.model import Sheet
from autograder.sheets.workbook import print_on_a4, put, put_number, saved
from autograder.sheets.xlsx_class import FILLS, RESULTS, results_sheet
from casestudies.french import short_number
from casestudies.spreadsheets import showable
from casestudies.typography import french

WIDTHS = (14, 46, 14, 12, 11, 12, 11, 22, 70)
LINE = Border(bottom=Side("thin", "BFC7D1"))


def as_xlsx(sheets: list[Sheet]) -> bytes:
    """Return the workbook of a class."""
    book = Workbook()
    book.properties.title = wording.title(sheets[0]) if sheets else "Fiches d’évaluation"
    book.properties.language = "fr-FR"
    if sheets:
        results_sheet(book.active, sheets)
    else:
        book.active.title = RESULTS
        put(book.active, 1, 1, "Aucun candidat.")
    taken = {RESULTS.casefold()}
    for sheet in sheets:
        _candidate_sheet(book.create_sheet(sheet_name(sheet.learner.full_name, taken)), sheet)
    return saved(book)


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a workbook accepts and that is not in ``taken``, and add it there.

    >>> taken = {"résultats"}
    >>> sheet_name("Résultats", taken), sheet_name("a/b:c*", taken), sheet_name("'" + "x" * 40, taken)
    ('Résultats (2)', 'a b c', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')
    """
    cleaned = " ".join(re.sub(r"[\[\]:*?/\\]", " ", showable(name).replace("\n", " ")).split()).strip("' ")
    base = cleaned[:31].strip("' ") or "Candidat"
    if base.casefold() in ("history", "historique"):
        base += " (1)"
    found, number = base, 1
    while found.casefold() in taken:
        number += 1
        found = f"{base[: 31 - len(f' ({number})')]} ({number})"
    taken.add(found.casefold())
    return found


def _candidate_sheet(page: Worksheet, sheet: Sheet) -> None:
    _put(page, 1, [wording.title(sheet)], bold=True, wrap=False)
    line = 2
    for name, text in (*wording.header(sheet), ("Bilan", wording.summary(sheet))):
        _put(page, line, [name, text], wrap=False)
        line += 1
    head = [
        "Critère", "Énoncé", "Compétences", "Points", "Niveau machine", "Niveau relecture", "Niveau", "Verdict",
        "Motifs",
    ]  # fmt: skip
    line = _table(page, line + 1, "Critères", head, [
        [
            row.code, row.statement, ", ".join(row.competencies), _Points(row.auto_points, row.auto_max),
            row.auto_level, row.review_level, row.level, row.verdict.value, "\n".join(map(french, row.reasons)),
        ]
        for row in sheet.criteria
    ])  # fmt: skip
    for offset, row in enumerate(reversed(sheet.criteria)):
        page.cell(line - 2 - offset, 8).fill = PatternFill("solid", FILLS[row.verdict])
    competencies = [
        [row.competency.code, row.competency.statement, ", ".join(row.criteria), row.verdict.feminine]
        for row in sheet.competencies
    ]
    line = _table(page, line, "Compétences", ["Code", "Énoncé", "Critères", "Verdict"], competencies)
    line = _table(page, line, "Bloc", ["Code", "Titre et décision"], [
        [sheet.bloc.bloc.code, sheet.bloc.bloc.title], ["", wording.bloc(sheet)],
    ])  # fmt: skip
    evidence: list[list[_Cell]] = [
        [row.code, item.title, item.notebook, _Points(item.points, item.max_points), "", "", "",
         french(wording.outcome(item))]
        for row in sheet.criteria for item in row.evidence
    ]  # fmt: skip
    names = ["Critère", "Question ou partie relue", "Notebook", "Points", "", "", "", "Constat"]
    line = _table(page, line, "Détail", names, evidence)
    line = _table(page, line, "Relectures et commentaires", list(wording.REVIEWS_HEADER), wording.review_cells(sheet))
    sources = [[one[0], one[1], *one[3:], "", "", "", one[2]] for one in map(wording.source, sheet.sources)]
    names = ["Notebook", "Critères", "casekit", "Données", "", "", "", "Variante"]
    line = _table(page, line, "Origine des copies", names, sources)
    unscored = [["", wording.qualities(sheet)]] if sheet.qualities else []
    line = _table(page, line, "Qualités non observables", ["", "Commentaire, jamais noté"], unscored)
    incidents = [[item.notebook or "copie", french(item.what), "", "", "", "", "", "", french(item.advice)]
                 for item in sheet.incidents]  # fmt: skip
    line = _table(page, line, "Incidents", ["Notebook", "Ce qui s’est passé", *[""] * 6, "Que faire"], incidents)
    mistakes: list[list[_Cell]] = [[item.id, french(item.title), item.count] for item in sheet.mistakes]
    line = _table(page, line, "Erreurs reconnues", ["Code", "Erreur", "Fois"], mistakes)
    _put(page, line, ["Règles"], bold=True)
    for offset, text in enumerate(wording.notes(sheet), start=1):
        _put(page, line + offset, [text], wrap=False)
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    print_on_a4(page)


@dataclass(frozen=True)
class _Points:
    """Points and what they are out of; None for points that are not known."""

    value: float | None
    top: float


_Cell = str | int | _Points | None
"""What a cell holds: a text, a number, points, nothing known."""


def _table(page: Worksheet, line: int, title: str, head: Sequence[_Cell], rows: Sequence[Sequence[_Cell]]) -> int:
    """Write a titled table when it has rows; return the line after it and an empty one."""
    if not rows:
        return line
    _put(page, line, [title], bold=True)
    _put(page, line + 1, head, bold=True)
    for offset, row in enumerate(rows, start=2):
        _put(page, line + offset, row)
    return line + len(rows) + 3


def _put(page: Worksheet, line: int, cells: Iterable[_Cell], bold: bool = False, wrap: bool = True) -> None:
    for column, one in enumerate(cells, start=1):
        if isinstance(one, str):
            cell = put(page, line, column, one, wrap)
        elif isinstance(one, _Points) and one.top > 0:
            cell = put_number(page, line, column, one.value, f'General" / {short_number(one.top)}"')
        else:
            cell = put_number(page, line, column, one if isinstance(one, int) else None, "0")
        cell.font = Font(bold=bold)
        if wrap and one != "":
            cell.border = LINE
