"""The sheets of a class as JSON: the identifier of each learner, no name."""

import json
from typing import Any

from autograder.sheets.model import CriterionRow, Evidence, Sheet


def as_json(sheets: list[Sheet]) -> str:
    """Return the list of sheets as JSON text; what is not known is null, never zero."""
    return json.dumps([_sheet(sheet) for sheet in sheets], ensure_ascii=False, indent=2) + "\n"


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "learner": sheet.learner.id,
        "assessment": sheet.assessment.code,
        "variant": {one.company: {"draw": one.draw, "seed": one.seed} for one in sheet.variants},
        "kit_version": sheet.kit_version,
        "data_version": sheet.data_version,
        "centre": sheet.centre.plain(),
        "qualities": sheet.qualities,
        "criteria": {row.code: _criterion(row) for row in sheet.criteria},
    }


def _criterion(row: CriterionRow) -> dict[str, Any]:
    return {
        "auto": {"points": row.auto_points, "max": row.auto_max, "level": row.auto_level, "changed": row.changed},
        "level": row.level,
        "verdict": row.verdict.value,
        "review_level": row.review_level,
        "reasons": list(row.reasons),
        "reviews": [_review(item) for item in row.evidence if item.markers],
    }


def _review(item: Evidence) -> dict[str, Any]:
    return {
        "part": item.id,
        "markers": list(item.markers),
        "at": item.reviewed_at.isoformat(timespec="seconds") if item.reviewed_at else None,
        "rubric": item.rubric or None,
        "unreconciled": item.unreconciled,
    }
