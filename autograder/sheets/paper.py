"""What a candidate's sheet shows on paper, all of it settled text: the same for the PDF and the document to edit."""

from itertools import groupby
from typing import Any

from autograder.sheets import wording
from autograder.sheets.model import Sheet
from casestudies.settling import settled

CRITERIA_HEADER = ("Code", "Critère", "Points", "Machine", "Relecture", "Niveau", "Verdict")
WORDS: dict[str, Any] = {
    "criteria": "Critères",
    "criteria_header": CRITERIA_HEADER,
    "competencies": "Compétences",
    "competencies_header": ("Code", "Compétence", "Critères", "Verdict"),
    "reasons": "Motifs, critère par critère",
    "reviews": "Relectures et commentaires",
    "incidents": "Incidents",
    "incidents_header": ("Notebook", "Ce qui s’est passé", "Que faire"),
    "mistakes": "Erreurs reconnues",
    "mistakes_header": ("Code", "Erreur", "Fois"),
    "evidence": "Détail des questions",
    "evidence_header": ("Critère", "Question ou partie relue", "Points", "Constat"),
    "qualities": "Qualités non observables",
    "sources": "Origine des copies",
    "sources_header": wording.SOURCES_HEADER,
    "rules": "Comment lire cette fiche",
}


def on_paper(sheet: Sheet) -> dict[str, Any]:
    """Return what is shown, by name; each value is text, or lists of texts."""
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
            (row.code, row.statement, wording.points(row.auto_points, row.auto_max), wording.digit(row.auto_level),
             wording.digit(row.review_level), wording.digit(row.level), row.verdict.value)
            for row in sheet.criteria
        ],
        "competencies": [
            (row.competency.code, row.competency.statement, row.criteria, row.verdict.feminine)
            for row in sheet.competencies
        ],
        "bloc": {"title": f"Bloc {sheet.bloc.bloc.code.removeprefix('B')}, {sheet.bloc.bloc.title}",
                 "text": wording.bloc(sheet)},
        "reasons": [
            {"code": ", ".join(row.code for row in rows), "texts": texts}
            for texts, rows in groupby(sheet.criteria, key=lambda row: row.reasons) if texts
        ],
        "reviews": [
            {"title": f"{row.code}, {item.title} : {item.outcome}", "facts": wording.review(item),
             "texts": [*item.comment.splitlines(), *item.heard]}
            for row, item in wording.reviewed(sheet)
        ],
        "incidents": [(item.notebook or "copie", item.what, item.advice) for item in sheet.incidents],
        "mistakes": [(item.id, item.title, str(item.count)) for item in sheet.mistakes],
        "evidence": [
            (row.code, item.title, wording.points(item.points, item.max_points), wording.outcome(item))
            for row in sheet.criteria for item in row.evidence
            if any(one.points is not None for other in sheet.criteria for one in other.evidence)
        ],
        "qualities": wording.qualities(sheet).splitlines(),
        "sources": [wording.source(one) for one in sheet.sources],
        "rules": wording.notes(sheet),
    }  # fmt: skip
    found: dict[str, Any] = settled(page)
    return found
