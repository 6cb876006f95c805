"""The candidate's sheet: criterion → points, level, verdict → competency → bloc, and its exports."""

from autograder.sheets.build import build_sheets
from autograder.sheets.exports import ALL, FORMATS, print_sheets, write_sheets
from autograder.sheets.json_out import as_json
from autograder.sheets.model import CriterionRow, Sheet, Verdict

__all__ = [
    "ALL",
    "FORMATS",
    "CriterionRow",
    "Sheet",
    "Verdict",
    "as_json",
    "build_sheets",
    "print_sheets",
    "write_sheets",
]
