"""Writing the sheets of a class where they are asked for, and showing their verdicts in the terminal."""

from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.console import out, say
from autograder.parallel import spread
from autograder.sheets import wording
from autograder.sheets.csv_out import as_csv
from autograder.sheets.docx_out import as_docx
from autograder.sheets.files import write_whole
from autograder.sheets.json_out import as_json
from autograder.sheets.model import Sheet, Verdict
from autograder.sheets.pdf_out import as_pdf
from autograder.sheets.xlsx_out import as_xlsx
from casestudies import typesetting
from casestudies.errors import CasekitError
from casestudies.french import meant, nearest
from casestudies.identity import normal_form
from casestudies.typography import french

CLASS = "classe"
FORMATS = ("json", "csv", "xlsx", "pdf", "docx", CLASS)
WHOLE = {"json": lambda sheets: as_json(sheets).encode("utf-8"), "csv": as_csv, "xlsx": as_xlsx}
"""The formats that have one file for the class."""
EACH = {"pdf": as_pdf, "docx": as_docx}
"""The formats that have one file for each candidate."""
ALL = "tout"
NAME = "fiches"
WIDE = 9
"""Most criteria that a terminal shows side by side; above, verdicts are counted."""


def write_sheets(sheets: list[Sheet], folder: Path, formats: tuple[str, ...] = FORMATS) -> list[Path]:
    """Write the sheets in ``folder`` in each of ``formats``, each file whole or not at all; return the files.

    Raises
    ------
    CasekitError
        When a file cannot be written or a page cannot be made.
    """
    written = [write_whole(folder / f"{NAME}.{kind}", WHOLE[kind](sheets)) for kind in WHOLE if kind in formats]
    each = tuple(kind for kind in EACH if kind in formats)
    if each:
        documents = partial(_documents, folder, each)
        written += chain.from_iterable(spread(documents, sheets, "Fiches", 1 if typesetting.begun() else None))
    if CLASS in formats and sheets:
        written += _write_class(sheets, folder)
    return written


def of_learners(sheets: list[Sheet], learners: Sequence[str]) -> list[Sheet]:
    """Return the sheets of these identifiers, in the order of the class; all of them when none is named.

    Raises
    ------
    CasekitError
        When nobody has one of these identifiers.
    """
    known = {sheet.learner.id for sheet in sheets}
    wanted = set(map(normal_form, learners))
    for name in wanted - known:
        near = meant(nearest(name, sorted(known)))
        raise CasekitError(
            f"Pas de fiche pour « {name[:40]} » : personne n’a cet identifiant dans eleves.csv ni parmi les copies "
            f"remises.{' ' if near else ''}{near}"
        )
    return [sheet for sheet in sheets if not wanted or sheet.learner.id in wanted]


def _documents(folder: Path, kinds: tuple[str, ...], sheet: Sheet) -> list[Path]:
    return [write_whole(folder / f"fiche-{sheet.learner.id}.{kind}", EACH[kind](sheet)) for kind in kinds]


def _write_class(sheets: list[Sheet], folder: Path) -> list[Path]:
    """Write the page of the class, and its drawing in two formats to be used elsewhere."""
    from autograder.sheets.overview.build import overview_of
    from autograder.sheets.overview.page import overview_page
    from autograder.sheets.overview.plot import heatmap

    view = overview_of(sheets)
    drawing = heatmap(view)
    return [
        write_whole(folder / f"{CLASS}.html", overview_page(view, drawing).encode("utf-8")),
        write_whole(folder / f"{CLASS}.png", drawing.png),
        write_whole(folder / f"{CLASS}.svg", drawing.svg),
    ]


def print_sheets(sheets: list[Sheet]) -> None:
    """Print the verdicts of the class, one line per learner."""
    if not sheets:
        say("Aucun candidat : complétez eleves.csv.")
        return
    first = sheets[0]
    table = Table(title=wording.title(first), title_justify="left")
    table.add_column("Apprenant", overflow="fold")
    by_criterion = len(first.criteria) <= WIDE
    for name in [row.code for row in first.criteria] if by_criterion else [verdict.value for verdict in Verdict]:
        table.add_column(french(name))
    for sheet in sheets:
        counts = [str(sheet.count(verdict) or "") for verdict in Verdict]
        cells = [wording.short_verdict(row) for row in sheet.criteria] if by_criterion else counts
        table.add_row(escape(sheet.learner.full_name), *map(french, cells))
    out.print(table)
    if by_criterion:
        say("Entre parenthèses : le niveau, de 1 à 4. « partiel » : partiellement acquis.")
    waiting = sum(sheet.count(Verdict.TO_REVIEW) for sheet in sheets)
    if waiting:
        say(f"{waiting} critère(s) à relire : chaque fiche dit pourquoi.")
