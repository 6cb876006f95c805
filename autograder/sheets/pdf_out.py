"""One accessible A4 page set per candidate (PDF/UA-1), made by typst from a template that only reads data."""

from pathlib import Path

from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from casestudies.typesetting import typeset

TEMPLATE = Path(__file__).parent / "sheet.typ"


def as_pdf(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet.

    Raises
    ------
    CasekitError
        When typst cannot make it.
    """
    logo = sheet.centre.issuer.logo
    pictures = (logo.content,) if logo else ()
    return typeset(TEMPLATE, on_paper(sheet), sheet.date, f"La fiche de « {sheet.learner.id} »", pictures)
