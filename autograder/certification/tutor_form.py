"""The « grille tuteur » as a workbook to fill or to print: one line per competency, levels in a drop-down list."""

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo

from autograder.course.class_list import Learner
from autograder.referentiel import LEVEL_NAMES, load_referentiel
from autograder.sheets.workbook import TOP, print_on_a4, put, saved
from casestudies.spreadsheets import showable
from casestudies.typography import french

SHEET = "Grille tuteur"
NOT_OBSERVED = "non observé"
LEVELS: Final = {f"{level} {name}": level for level, name in LEVEL_NAMES.items()} | {NOT_OBSERVED: None}
"""What the drop-down list offers."""
HEADER: Final = ("Code", "Activité", "Compétence", "Niveau", "Commentaire")
IDENTIFIER, NAME = "Identifiant", "Nom"
COMPANY, TUTOR, ROLE, START, END, DAY = FIELDS = (
    "Entreprise",
    "Nom de la personne tutrice",
    "Fonction",
    "Début de la pratique",
    "Fin de la pratique",
    "Grille remplie le",
)
"""What the tutor writes above the table, by its label."""
DATES = (START, END, DAY)
FIRST_FIELD = 9
WIDTHS = (15, 34, 62, 18, 48)
INSTRUCTIONS = (
    "À remplir par la personne qui tutore l’apprenant en entreprise : les cases encadrées seulement.",
    "1. Écrivez l’entreprise, votre nom, votre fonction et les dates (jour/mois/année).",
    "2. Pour chaque compétence, choisissez un niveau dans la liste : 1 insuffisant, 2 fragile, 3 acquis, 4 maîtrisé.",
    "3. Choisissez « non observé » quand l’apprenant n’a pas eu l’occasion de la pratiquer : ce n’est pas un zéro.",
    "4. Un commentaire donne un exemple de ce qui a été fait. Rendez le fichier au centre, ou imprimez-le.",
)
BOLD = Font(bold=True)
_LINE = Side(style="thin", color="595959")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="1F3A5F")


def as_xlsx(learner: Learner) -> bytes:
    """Return the blank grid of a learner; only the cells to fill can be changed."""
    book = Workbook()
    book.properties.title = french(f"Grille tuteur : {showable(learner.full_name)}")
    book.properties.creator = "casekit"
    book.properties.language = "fr-FR"
    page = book.active
    assert page is not None  # a new workbook has one sheet
    page.title = SHEET
    _heading(page, learner)
    top = FIRST_FIELD + len(FIELDS) + 1
    last = _table(page, top)
    _lists(page, top, last)
    _page(page, top)
    return saved(book)


def _heading(page: Any, learner: Learner) -> None:
    title = put(page, 1, 1, french("Grille tuteur : les compétences pratiquées en entreprise"), wrap=False)
    title.font = Font(bold=True, size=15)
    for line, text in enumerate(INSTRUCTIONS, start=2):
        put(page, line, 1, french(text), wrap=False).font = Font(bold=line == 2)
    known = ((IDENTIFIER, learner.id), (NAME, learner.full_name))
    for line, (label, value) in enumerate(known, start=2 + len(INSTRUCTIONS)):
        put(page, line, 1, label, wrap=False).font = BOLD
        put(page, line, 3, value, wrap=False)
    for line, label in enumerate(FIELDS, start=FIRST_FIELD):
        put(page, line, 1, label, wrap=False).font = BOLD
        cell = page.cell(line, 3)
        cell.border, cell.alignment = _BOX, Alignment(horizontal="left", vertical="top", wrap_text=True)
        cell.protection = Protection(locked=False)
        cell.number_format = "DD/MM/YYYY" if label in DATES else "@"


def _table(page: Any, top: int) -> int:
    """Write the table of competencies under its header; return its last line."""
    referentiel = load_referentiel()
    for column, name in enumerate(HEADER, start=1):
        cell = put(page, top, column, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
    line = top
    for line, one in enumerate(referentiel.competencies.values(), start=top + 1):
        activity = referentiel.activities[one.activity]
        for column, text in enumerate((one.code, f"{activity.code} {activity.title}", one.statement), start=1):
            put(page, line, column, french(text))
        for column in (4, 5):
            cell = page.cell(line, column)
            cell.border, cell.alignment, cell.number_format = _BOX, TOP, "@"
            cell.protection = Protection(locked=False)
        page.row_dimensions[line].height = 15 * max(2, -(-len(one.statement) // 58), -(-len(activity.title) // 30))
    table = Table(displayName="Grille", name="Grille", ref=f"A{top}:E{line}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)
    return line


def _lists(page: Any, top: int, last: int) -> None:
    levels = DataValidation(type="list", formula1=f'"{",".join(LEVELS)}"', allow_blank=True, showErrorMessage=True)
    levels.errorTitle, levels.error = "Niveau inconnu", french(f"Choisissez dans la liste : {', '.join(LEVELS)}.")
    levels.promptTitle, levels.prompt = "Niveau", french(f"Choisissez : {', '.join(LEVELS)}.")
    levels.showInputMessage = True
    levels.add(f"D{top + 1}:D{last}")
    days = DataValidation(showInputMessage=True, promptTitle="Date", prompt="Jour/mois/année, par exemple 31/01/2026.")
    for label in DATES:
        days.add(f"C{FIRST_FIELD + FIELDS.index(label)}")
    page.add_data_validation(levels)
    page.add_data_validation(days)


def _page(page: Any, top: int) -> None:
    """Protect what is not to be filled, without a password, and set an A4 page."""
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False  # allowed: to read a long comment
    print_on_a4(page, f"{top}:{top}")
    page.oddFooter.left.text = "Date et signature :"
