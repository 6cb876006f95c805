"""The blank workbook of a deliverable: drop-down lists, help on every column, a sheet that says how to fill it in."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from casestudies.livrables.cells import MAX_ROWS
from casestudies.livrables.model import Deliverable, Field, Row
from casestudies.livrables.xlsx_file import VERSION, put_cell
from casestudies.typography import french

GUIDE, LISTS = "Mode d’emploi", "Listes"
_WIDTHS = {"texte": 42, "choix": 22, "nombre": 14, "date": 15}
_HEAD = PatternFill("solid", fgColor="1F3A5F")
_LINE = Side(style="thin", color="9AA5B1")
_KINDS = {
    "texte": "du texte",
    "nombre": "un nombre (virgule décimale, sans unité)",
    "date": "une date (jour/mois/année)",
    "choix": "un choix de la liste",
}


def write_xlsx(deliverable: Deliverable, rows: Sequence[Row] = (), version: str = "") -> bytes:
    """Return the workbook, with ``rows`` already written in it; ``version`` travels with it, out of sight."""
    book = Workbook()
    book.properties.title = french(deliverable.title)
    book.properties.creator = "casekit"
    book.properties.language = "fr-FR"
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = deliverable.sheet
    _guide(book.create_sheet(GUIDE), deliverable)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    if version:
        kept = book.create_sheet(VERSION)
        kept.sheet_state = "hidden"
        kept["A1"] = version
    fields = deliverable.columns(rows)
    for number, field in enumerate(fields, start=1):
        _head(sheet, number, field)
        _choices(sheet, lists, number, field)
    for line in range(2, max(deliverable.rows, len(rows)) + 2):
        for number, field in enumerate(fields, start=1):
            cell = sheet.cell(line, number)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
            if field.type == "date":
                cell.number_format = "DD/MM/YYYY"
            if line - 2 < len(rows):
                put_cell(cell, field, rows[line - 2].get(field.name))
    _page(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(sheet: Any, number: int, field: Field) -> None:
    cell = sheet.cell(1, number, field.name)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.comment = Comment(_help(field), "casekit", height=110, width=300)
    sheet.column_dimensions[get_column_letter(number)].width = max(_WIDTHS[field.type], len(field.name) + 3)


def _choices(sheet: Any, lists: Any, number: int, field: Field) -> None:
    """Add the help shown on the cells of a column, and its drop-down list when it has one."""
    letter = get_column_letter(number)
    rule = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=french(field.label)[:32])
    rule.prompt = _help(field)[:255]
    if field.choices:
        for line, choice in enumerate(field.choices, start=1):
            lists.cell(line, number, choice)
        rule.type = "list"
        rule.formula1 = f"{LISTS}!${letter}$1:${letter}${len(field.choices)}"
        rule.showErrorMessage = True
        rule.errorTitle = "Choix inconnu"
        rule.error = french(f"Choisissez dans la liste : {', '.join(field.choices)}.")[:255]
    rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
    sheet.add_data_validation(rule)


def _help(field: Field) -> str:
    return french(f"{field.help}{' (Facultatif.)' if field.optional else ''}")


def _page(sheet: Any) -> None:
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 32
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _guide(sheet: Any, deliverable: Deliverable) -> None:
    lines = [
        deliverable.title,
        f"1. Remplissez la feuille « {deliverable.sheet} », une ligne par élément ; gardez les titres des colonnes.",
        "2. Cliquez sur une case pour lire son aide ; les cases à choix montrent une liste.",
        "3. Ajoutez ou supprimez des lignes si besoin. Ne fusionnez pas de cases.",
        f"4. Enregistrez sous le nom « {deliverable.slug}.xlsx » dans le dossier « livrables », à côté du notebook.",
        "5. Revenez au notebook et relancez la cellule de votre réponse : elle lit ce fichier."
        if deliverable.question
        else "5. Revenez au notebook et relancez dossier.valorisation() ; sinon, envoyez ce fichier à votre centre.",
    ]
    for number, text in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, french(text))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)
    top = len(lines) + 2
    table = [("Colonne", "Ce qu’elle contient", "Aide"), *map(_described, deliverable.fields)]
    for line, cells in enumerate(table, start=top):
        for column, words in enumerate(cells, start=1):
            cell = sheet.cell(line, column, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == top)
    for letter, width in (("A", 60), ("B", 36), ("C", 60)):
        sheet.column_dimensions[letter].width = width


def _described(field: Field) -> tuple[str, str, str]:
    kind = f"{_KINDS[field.type]} : {', '.join(field.choices)}" if field.choices else _KINDS[field.type]
    return field.name, french(kind), _help(field)
