"""One accessible A4 page set per candidate (PDF/UA-1), made by typst from a template that only reads data."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from autograder.sheets import wording
from autograder.sheets.files import showable
from autograder.sheets.model import Sheet
from casestudies.errors import CasekitError
from casestudies.typography import french

TEMPLATE = Path(__file__).parent / "sheet.typ"
STANDARD = "ua-1"
KEPT = "\u202f’‘“”–—…→−·€□"
"""Signs beyond the Latin letters that the sheets write themselves."""

CRITERIA_HEADER = ("Code", "Critère", "Points", "Machine", "Relecture", "Niveau", "Verdict")
WORDS: dict[str, Any] = {
    "criteria": "Critères",
    "criteria_header": CRITERIA_HEADER,
    "competencies": "Compétences",
    "competencies_header": ("Code", "Compétence", "Critères", "Verdict"),
    "reasons": "Motifs, critère par critère",
    "comments": "Commentaires du formateur",
    "incidents": "Incidents",
    "incidents_header": ("Notebook", "Ce qui s’est passé", "Que faire"),
    "mistakes": "Erreurs reconnues",
    "mistakes_header": ("Code", "Erreur", "Fois"),
    "evidence": "Détail des questions",
    "evidence_header": ("Critère", "Question ou partie relue", "Points", "Constat"),
    "rules": "Comment lire cette fiche",
}


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
    data = json.dumps(page_data(sheet), ensure_ascii=False)
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


def page_data(sheet: Sheet) -> dict[str, Any]:
    """Return what the template shows, all of it text."""
    page: dict[str, Any] = {
        "title": wording.title(sheet) + f" — {sheet.learner.full_name}",
        "heading": wording.title(sheet),
        "version": f"casekit {sheet.kit_version}",
        "footer": " · ".join(
            (sheet.learner.full_name[:60], sheet.assessment.code, f"casekit {sheet.kit_version}",
             wording.short_variants(sheet), wording.day(sheet))
        ),
        "page": "Page",
        "words": WORDS,
        "header": wording.header(sheet),
        "summary": wording.summary(sheet),
        "criteria": [
            {
                "code": row.code,
                "statement": row.statement,
                "points": wording.points(row.auto_points, row.auto_max),
                "auto": wording.digit(row.auto_level),
                "review": wording.digit(row.review_level),
                "level": wording.digit(row.level),
                "verdict": row.verdict.value,
            }
            for row in sheet.criteria
        ],
        "competencies": [
            {
                "code": row.competency.code,
                "statement": row.competency.statement,
                "criteria": row.criteria,
                "verdict": row.verdict.feminine,
            }
            for row in sheet.competencies
        ],
        "bloc": {"title": f"Bloc {sheet.bloc.bloc.code.removeprefix('B')}, {sheet.bloc.bloc.title}",
                 "text": wording.bloc(sheet)},
        "reasons": [
            {"code": ", ".join(row.code for row in rows), "texts": texts}
            for texts, rows in groupby(sheet.criteria, key=lambda row: row.reasons) if texts
        ],
        "comments": [
            {"title": f"{row.code}, {item.title}", "texts": item.comment.splitlines()}
            for row in sheet.criteria for item in row.evidence if item.comment
        ],
        "incidents": [(item.notebook or "copie", item.what, item.advice) for item in sheet.incidents],
        "mistakes": [(item.id, item.title, str(item.count)) for item in sheet.mistakes],
        "evidence": [
            (row.code, item.title, wording.points(item.points, item.max_points), wording.outcome(item))
            for row in sheet.criteria for item in row.evidence
            if any(one.points is not None for other in sheet.criteria for one in other.evidence)
        ],
        "rules": wording.notes(sheet),
    }  # fmt: skip
    settled: dict[str, Any] = _settled(page)
    return settled


def _settled(value: Any) -> Any:
    """Settle the typography of every text, and drop what no document can hold."""
    if isinstance(value, str):
        return french(showable(value))
    if isinstance(value, dict):
        return {name: _settled(one) for name, one in value.items()}
    return [_settled(one) for one in value]
