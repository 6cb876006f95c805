"""The sheets of a class as CSV for a French spreadsheet: UTF-8 with its mark, semicolons, decimal commas."""

from collections.abc import Iterable

from autograder.sheets import wording
from autograder.sheets.model import CriterionRow, Sheet
from casestudies.french import short_number
from casestudies.spreadsheets import csv_bytes

COLUMNS = (
    "identifiant", "prenom", "nom", "evaluation", "entreprise", "tirage", "version", "donnees", "date", "critere",
    "enonce", "competences", "type", "points", "points_max", "niveau_machine", "niveau_relecture", "niveau", "verdict",
    "modifie_par_le_formateur", "motifs", "notebooks", "relecteurs", "relu_le", "grilles", "a_concilier",
    "commentaires",
)  # fmt: skip


def as_csv(sheets: list[Sheet]) -> bytes:
    """Return one line per learner and criterion; what is not known is an empty cell."""
    return csv_bytes([COLUMNS, *(_cells(sheet, row) for sheet in sheets for row in sheet.criteria)])


def _cells(sheet: Sheet, row: CriterionRow) -> list[str]:
    learner, variants = sheet.learner, sheet.variants
    return [
        learner.id,
        learner.first_name,
        learner.last_name,
        sheet.assessment.code,
        ", ".join(one.company for one in variants),
        ", ".join(_or_empty(one.draw) or "?" for one in variants) if len(variants) > 1 else _or_empty(variants[0].draw),
        sheet.kit_version,
        sheet.data_version,
        sheet.date.isoformat(),
        row.code,
        row.statement,
        ", ".join(row.competencies),
        "+".join(row.type),
        "" if row.auto_points is None else short_number(row.auto_points),
        short_number(row.auto_max),
        _or_empty(row.auto_level),
        _or_empty(row.review_level),
        _or_empty(row.level),
        row.verdict.value,
        "oui" if row.changed else "non",
        " | ".join(row.reasons),
        _several(item.notebook for item in row.evidence),
        _several(name for item in row.evidence for name in item.markers),
        _several(wording.moment(item.reviewed_at) for item in row.evidence if item.reviewed_at),
        _several(item.rubric for item in row.evidence),
        "oui" if any(item.unreconciled for item in row.evidence) else "non",
        _several(item.comment for item in row.evidence),
    ]


def _several(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(text for text in texts if text))


def _or_empty(value: int | None) -> str:
    return "" if value is None else str(value)
