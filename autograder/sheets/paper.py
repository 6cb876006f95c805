"""What a candidate's sheet shows on paper, all of it settled text: the same for the PDF and the document to edit.

One page to sign (header, criteria, bloc, comment, signatures), then an annex of what is not simply right.
"""

from itertools import groupby
from typing import Any

from autograder.sheets import wording
from autograder.sheets.model import CriterionRow, Evidence, Sheet, Verdict
from casestudies.findings import Outcome
from casestudies.french import french_list
from casestudies.settling import settled
from casestudies.typography import french

COMMENT_LETTERS = 300
"""Longest comment shown on the first page; a longer one is whole in the annex."""
AUTOMATIC = "(auto)"
WORDS: dict[str, Any] = {
    "criteria": "Critères",
    "criteria_header": ("Code", "Critère", "Machine", "Relecture", "Niveau", "Verdict"),
    "comment": "Commentaire, jamais noté",
    "signatures": "Signatures",
    "signatures_header": ("", "Nom", "Date et signature"),
    "annex": "Annexe",
    "competencies": "Compétences qui ne sont pas acquises",
    "competencies_header": ("Code", "Compétence", "Critères", "Verdict"),
    "reasons": "Motifs, critère par critère",
    "reviews": "Relectures et commentaires",
    "incidents": "Incidents",
    "incidents_header": ("Notebook", "Ce qui s’est passé", "Que faire"),
    "mistakes": "Erreurs reconnues",
    "mistakes_header": ("Code", "Erreur", "Fois"),
    "evidence": "Questions qui ne sont pas justes",
    "evidence_header": ("Critère", "Question", "Points", "Constat"),
    "qualities": "Qualités non observables",
    "sources": "Origine des copies",
    "sources_header": wording.SOURCES_HEADER,
    "rules": "Comment lire cette fiche",
}


def on_paper(sheet: Sheet) -> dict[str, Any]:
    """Return what is shown, by name; each value is text, or lists of texts."""
    comment = " ".join(sheet.qualities.split())
    cut = len(comment) > COMMENT_LETTERS
    automatic = [row.code for row in sheet.criteria if row.machine_alone]
    page: dict[str, Any] = {
        "title": wording.title(sheet) + f" — {sheet.learner.full_name}",
        "heading": wording.title(sheet),
        "version": f"casekit {sheet.kit_version}",
        "footer": " · ".join(
            (sheet.learner.full_name[:60], sheet.assessment.code, f"casekit {sheet.kit_version}",
             wording.short_variants(sheet), wording.day(sheet))
        ),
        "page": "Page",
        "logo": wording.logo_text(sheet.centre),
        "words": WORDS,
        "header": wording.header(sheet),
        "criteria": [
            (row.code, row.statement, wording.digit(row.auto_level), wording.digit(row.review_level),
             wording.digit(row.level), row.verdict.value + (f" {AUTOMATIC}" if row.machine_alone else ""))
            for row in sheet.criteria
        ],
        "automatic": french(
            f"{AUTOMATIC} : proposition automatique, qui ne vaut qu’une fois validée et signée par une personne (RGPD, "
            "article 22)."
        ) if automatic else "",
        "bloc": {"title": f"Bloc {sheet.bloc.bloc.code.removeprefix('B')}, {sheet.bloc.bloc.title}",
                 "text": wording.bloc(sheet), "competencies": _competencies(sheet)},
        "comment": comment[:COMMENT_LETTERS].rsplit(" ", 1)[0] + "… (la suite est en annexe)" if cut else comment,
        "signatures": [
            ("Évaluation", french_list(wording.markers(sheet))),
            *([(french(f"Proposition automatique ({', '.join(automatic)}), validée par :"), "")] if automatic else []),
            ("Visa de la candidate ou du candidat", sheet.learner.full_name[:90]),
        ],
        "reasons": [
            {"code": ", ".join(row.code for row in rows), "texts": texts}
            for texts, rows in groupby(sheet.criteria, key=lambda row: row.reasons) if texts
        ],
        "competencies": [
            (row.competency.code, row.competency.statement, row.criteria, row.verdict.feminine)
            for row in sheet.competencies if row.verdict is not Verdict.ACQUIRED
        ],
        "reviews": [
            {"title": f"{row.code}, {item.title} : {item.outcome}", "facts": wording.review(item),
             "texts": [*item.comment.splitlines(), *item.heard]}
            for row, item in wording.reviewed(sheet) if _to_say(row, item)
        ],
        "incidents": [(item.notebook or "copie", item.what, item.advice) for item in sheet.incidents],
        "mistakes": [(item.id, item.title, str(item.count)) for item in sheet.mistakes],
        "evidence": [
            (row.code, item.title, wording.points(item.points, item.max_points), wording.outcome(item))
            for row in sheet.criteria for item in row.evidence if _not_right(item)
        ],
        "qualities": wording.qualities(sheet).splitlines() if cut else [],
        "sources": [wording.source(one) for one in sheet.sources],
        "rules": wording.notes(sheet),
    }  # fmt: skip
    found: dict[str, Any] = settled(page)
    return found


def _competencies(sheet: Sheet) -> str:
    """Return the codes of the competencies by verdict, in one sentence."""
    by_verdict = {
        verdict: [row.competency.code for row in sheet.competencies if row.verdict is verdict] for verdict in Verdict
    }
    said = [f"{verdict.feminine} : {', '.join(codes)}" for verdict, codes in by_verdict.items() if codes]
    return french(f"Compétences – {' ; '.join(said)}.")


def _not_right(item: Evidence) -> bool:
    """Whether a question was graded, and is not simply right."""
    return item.changed or item.found not in (None, Outcome.RIGHT)


def _to_say(row: CriterionRow, item: Evidence) -> bool:
    """Whether a reviewed part has more to say than its level, which the first page has."""
    differ = item.waiting or item.unreconciled or item.settled or item.stale
    return bool(item.comment or item.heard or differ or row.verdict is not Verdict.ACQUIRED)
