"""A planning as an XLSX workbook in the company's documentary standard: header, dates, colours, units, source."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from casestudies.display import Card
from casestudies.dossier import being_graded
from casestudies.errors import CasekitError
from casestudies.french import unaccented
from casestudies.studio.planning_style import BLANC, CREME, ENCRE, FEUILLE, NOTHING, STATES, day_of, moment
from casestudies.typography import french

NAME = re.compile(r"\d{4}-\d{2}-\d{2}_[a-z0-9]+(?:-[a-z0-9]+)*_v\d+")
"""Form of a file name in the standard: « AAAA-MM-JJ_sujet_vN »."""
HEADER = ("titre", "fichier", "auteur", "date", "version", "destinataires", "statut")
NOTICE = (
    "Durées en jours de présence du rôle, charges en heures. Source : planning du projet et disponibilités de l’équipe."
)
_WIDTHS = {"libelle": 38, "role": 26, "suppleant": 26, "livrable": 28, "predecesseurs": 22}
Header = pd.DataFrame | Mapping[str, object] | list[dict[str, object]] | None
"""What fills the header: a table of one row, a mapping, a list of one row."""


def exporter_planning(table: pd.DataFrame | None, chemin: str | Path, entete: Header = None) -> Card:
    """Write the planning as an XLSX workbook in the company's standard, and say where it is.

    Parameters
    ----------
    table
        The planning, its columns in the order wanted.
    chemin
        The file, with or without « .xlsx », or the folder where the file named in the header goes. The name of the
        file follows the standard « AAAA-MM-JJ_sujet_vN ».
    entete
        What the header says: titre, fichier, auteur, date, version, destinataires, statut; a table of one
        row, or a list of one row, will do.

    Raises
    ------
    CasekitError
        When the name of the file is not in the standard; the message is in French.
    """
    if table is None or table.empty:
        return NOTHING
    facts = _header(entete)
    path = Path(chemin)
    name, folder = path.name.removesuffix(".xlsx"), path.parent
    if facts.get("fichier") and not NAME.fullmatch(name):
        name, folder = facts["fichier"].removesuffix(".xlsx"), path
    if not NAME.fullmatch(name):
        raise CasekitError(
            f"« {name} » ne suit pas la norme « AAAA-MM-JJ_sujet_vN » : sans espace, ni accent, ni majuscule."
        )
    path = folder / f"{name}.xlsx"
    book = _workbook(table, {**facts, "fichier": name})
    if not being_graded():
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
    return Card("Planning exporté", "good", "✓", (f"Ouvrez `{path.as_posix()}` dans votre tableur et relisez-le.",))


def _header(given: Header) -> dict[str, str]:
    """Return the facts of the header by plain name, blanks left out."""
    if isinstance(given, pd.DataFrame):
        given = given.to_dict("records")  # type: ignore[assignment]
    if isinstance(given, list):
        given = given[0] if given else {}
    facts = {unaccented(name): value for name, value in (given or {}).items()}
    shown = {name: day.isoformat() if (day := moment(value)) else str(value) for name, value in facts.items()}
    return {name: text for name, text in shown.items() if text.strip() and text != "None"}


def _workbook(table: pd.DataFrame, facts: Mapping[str, str]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = "Planning"
    book.properties.title = facts.get("titre", "Planning")
    book.properties.creator = facts.get("auteur", "casekit")
    book.properties.language = "fr-FR"
    for line, name in enumerate((name for name in HEADER if facts.get(name)), start=1):
        sheet.cell(line, 1, name.capitalize()).font = Font(bold=True, color=ENCRE[1:])
        sheet.cell(line, 2, facts[name]).font = Font(color=ENCRE[1:], bold=name == "titre")
    top = sheet.max_row + 2
    _titles(sheet, table, top)
    for line, cells in enumerate(table.itertuples(index=False, name=None), start=top + 1):
        for number, (name, value) in enumerate(zip(table.columns, cells, strict=True), start=1):
            _write(sheet.cell(line, number), unaccented(name), value, striped=(line - top) % 2 == 0)
    note = sheet.cell(top + len(table) + 2, 1, french(f"{NOTICE} Signes de l’état : {_legend()}."))
    note.font = Font(italic=True, color=ENCRE[1:])
    _page(sheet, top)
    return book


def _legend() -> str:
    return ", ".join(f"{state.sign} {state.word}" for state in STATES.values())


def _titles(sheet: Any, table: pd.DataFrame, top: int) -> None:
    for number, name in enumerate(table.columns, start=1):
        cell = sheet.cell(top, number, str(name))
        cell.font = Font(bold=True, color=BLANC[1:])
        cell.fill = PatternFill("solid", fgColor=FEUILLE[1:])
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        width = _WIDTHS.get(unaccented(name), max(13, len(str(name)) + 3))
        sheet.column_dimensions[get_column_letter(number)].width = width


def _write(cell: Any, name: str, value: object, striped: bool) -> None:
    """Write one cell: true dates, a coloured state with its sign and word, one line in two on a light ground."""
    day = day_of(value) if name in ("debut", "fin") else None
    state = STATES.get(unaccented(value)) if name == "etat" else None
    text = "" if value is None or (isinstance(value, float) and value != value) else value
    cell.value = day or (f"{state.sign} {state.word}" if state else text)
    if isinstance(cell.value, str):
        cell.data_type = "s"  # a text that begins with « = » is no formula
    cell.number_format = "yyyy-mm-dd" if day else "General"
    cell.font = Font(color=(BLANC if state else ENCRE)[1:], bold=bool(state))
    ground = state.colour if state else (CREME if striped else BLANC)
    cell.fill = PatternFill("solid", fgColor=ground[1:])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = Border(bottom=Side(style="thin", color=ENCRE[1:]))


def _page(sheet: Any, top: int) -> None:
    sheet.freeze_panes = sheet.cell(top + 1, 3)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "Page &P sur &N"
