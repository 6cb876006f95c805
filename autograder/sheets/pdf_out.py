"""One accessible A4 page set per candidate (PDF/UA-1), made by typst from a template that only reads data."""

from collections.abc import Iterator
from pathlib import Path

from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from autograder.sheets.typesetting import typeset

TEMPLATE = Path(__file__).parent / "sheet.typ"


def as_pdfs(sheets: list[Sheet]) -> Iterator[tuple[Sheet, bytes]]:
    """Yield each sheet with its PDF.

    Raises
    ------
    CasekitError
        When typst cannot make a sheet.
    """
    for sheet in sheets:
        yield sheet, typeset(TEMPLATE, on_paper(sheet), sheet.date, f"La fiche de « {sheet.learner.id} »")
