"""The results of a class on one sheet: learners as lines, criteria as columns, levels and points as numbers.

Three blocks of columns, each on pages of its own when printed: levels, verdicts, points. An unknown level or unknown
points are an empty cell, never a zero; the verdict says why.
"""

from dataclasses import dataclass

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from autograder.sheets import wording
from autograder.sheets.model import CriterionRow, Sheet, Verdict
from autograder.sheets.workbook import print_on_a4, put, put_number
from casestudies.french import short_number
from casestudies.typography import french

RESULTS = "Résultats"
HEAD = 4
"""The line of titles: filters stand there, and what is above and before the criteria stays in sight."""
PEOPLE = ("Apprenant", "Identifiant")
PEOPLE_WIDTHS = (30, 16)
SCALE = 70
"""The size of what is printed, in % of its own: eleven criteria or so beside the names."""
FILLS = {
    Verdict.ACQUIRED: "E7F5EE", Verdict.PARTIAL: "FFF4E0", Verdict.NOT_ACQUIRED: "FDECEB", Verdict.TO_REVIEW: "EEF2F6",
    Verdict.ABSENT: "FFFFFF", Verdict.WITHDRAWN: "FFFFFF",
}  # fmt: skip
"""Pale grounds that repeat what the words already say."""


@dataclass(frozen=True)
class ColumnBlock:
    """One kind of columns, one for each criterion: its name in the titles, and the width of its columns."""

    name: str
    width: int


LEVELS, VERDICTS, POINTS = ColumnBlock("niveau", 9), ColumnBlock("verdict", 13), ColumnBlock("points", 11)
BLOCKS = (LEVELS, VERDICTS, POINTS)


def results_sheet(page: Worksheet, sheets: list[Sheet]) -> None:
    """Write the results of a class of at least one candidate."""
    page.title = RESULTS
    first = sheets[0]
    put(page, 1, 1, wording.title(first), wrap=False).font = Font(bold=True, size=14)
    told = f"Établi le {wording.day(first)}. Une case sans nombre n’est pas un zéro : le verdict dit pourquoi."
    put(page, 2, 1, french(told), wrap=False)
    titles = [*PEOPLE, *(f"{row.code}\n{title}" for block in BLOCKS for row, title in _titles(block, sheets))]
    for column, text in enumerate(titles, start=1):
        put(page, HEAD, column, text).font = Font(bold=True)
    for line, sheet in enumerate(sheets, start=HEAD + 1):
        put(page, line, 1, sheet.learner.full_name)
        put(page, line, 2, sheet.learner.id)
        column = len(PEOPLE)
        for block in BLOCKS:
            for row in sheet.criteria:
                column += 1
                _write(page, line, column, block, row)
    last = HEAD + len(sheets)
    for line, row in enumerate(first.criteria, start=last + 2):
        put(page, line, 1, french(f"{row.code} : {row.statement}"), wrap=False)
    _lay_out(page, len(first.criteria), last, len(titles))
    page.oddHeader.left.text = wording.title(first).replace("&", "&&")


def _titles(block: ColumnBlock, sheets: list[Sheet]) -> list[tuple[CriterionRow, str]]:
    """Return each criterion with the title of its column, and what its points are out of when that is the same."""
    found = []
    for index, row in enumerate(sheets[0].criteria):
        tops = {sheet.criteria[index].auto_max for sheet in sheets}
        out_of = f" sur {short_number(row.auto_max)}" if block is POINTS and len(tops) == 1 and row.auto_max > 0 else ""
        found.append((row, french(block.name + out_of)))
    return found


def _write(page: Worksheet, line: int, column: int, block: ColumnBlock, row: CriterionRow) -> None:
    if block is LEVELS:
        put_number(page, line, column, row.level, "0").alignment = Alignment("center", "top")
    elif block is VERDICTS:
        put(page, line, column, french(wording.SHORT[row.verdict]))
    else:
        put_number(page, line, column, row.auto_points if row.auto_max > 0 else None, "0.0")
    if block is not POINTS:
        page.cell(line, column).fill = PatternFill("solid", FILLS[row.verdict])


def _lay_out(page: Worksheet, criteria: int, last: int, columns: int) -> None:
    """Set the filters, what stays in sight, the widths, and what is printed on each page."""
    page.auto_filter.ref = f"A{HEAD}:{get_column_letter(columns)}{last}"
    page.freeze_panes = f"{get_column_letter(len(PEOPLE) + 1)}{HEAD + 1}"
    widths = (*PEOPLE_WIDTHS, *(block.width for block in BLOCKS for _ in range(criteria)))
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    print_on_a4(page, f"{HEAD}:{HEAD}")
    page.print_area = f"A{HEAD}:{get_column_letter(columns)}{last}"
    page.print_title_cols = f"A:{get_column_letter(len(PEOPLE))}"
    page.sheet_properties.pageSetUpPr.fitToPage = False
    page.page_setup.scale = SCALE
    ends = [len(PEOPLE) + criteria * number for number in range(1, len(BLOCKS))]
    page.col_breaks = ColBreak(brk=[Break(id=end) for end in ends])
