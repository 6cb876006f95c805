"""One accessible A4 page set per candidate (PDF/UA-1), made by typst from a template that only reads data."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from casestudies.errors import CasekitError

TEMPLATE = Path(__file__).parent / "sheet.typ"
STANDARD = "ua-1"
KEPT = "\u202f’‘“”–—…→−·€□"
"""Signs beyond the Latin letters that the sheets write themselves."""


def as_pdfs(sheets: list[Sheet]) -> Iterator[tuple[Sheet, bytes]]:
    """Yield each sheet with its PDF.

    The fonts that come with typst are used, so that a sheet is the same on every machine; a name in a writing they do
    not have takes the machine's fonts, and a character that no font has becomes « □ ».

    Raises
    ------
    CasekitError
        When typst cannot make a sheet.
    """
    bundled = typst.Compiler(TEMPLATE, ignore_system_fonts=True)
    for sheet in sheets:
        yield sheet, _pdf(bundled, sheet)


def _pdf(bundled: Any, sheet: Sheet) -> bytes:
    data = json.dumps(on_paper(sheet), ensure_ascii=False)
    stamp = datetime.combine(sheet.date, time(12), tzinfo=UTC)
    first = None
    for compiler, text in _attempts(bundled, data):
        try:
            made = compiler.compile(
                format="pdf", sys_inputs={"data": text}, pdf_standards=[STANDARD], timestamp=stamp, pdf_tags=True
            )
        except typst.TypstError as error:
            first = first or error
        else:
            return bytes(made)
    raise CasekitError(f"La fiche de « {sheet.learner.id} » n’a pas pu être mise en page : {first}") from first


def _attempts(bundled: Any, data: str) -> Iterator[tuple[Any, str]]:
    yield bundled, data
    yield _with_system_fonts(), data
    yield (
        bundled,
        "".join(sign if sign < "\u0250" or "\u1e00" <= sign < "\u1f00" or sign in KEPT else "□" for sign in data),
    )


@cache
def _with_system_fonts() -> Any:
    return typst.Compiler(TEMPLATE)
