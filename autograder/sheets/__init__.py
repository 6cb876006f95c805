"""The candidate's sheet: criterion → points, level, verdict → competency → bloc, and its exports."""

from autograder.sheets.blocs import BlocDecision, decide_bloc, decide_blocs
from autograder.sheets.build import build_sheets
from autograder.sheets.centre import Centre, CentreError, centre_of
from autograder.sheets.exports import ALL, CLASS, FORMATS, print_sheets, write_sheets
from autograder.sheets.json_out import as_json
from autograder.sheets.model import CriterionRow, Sheet, Verdict

__all__ = [
    "ALL",
    "CLASS",
    "FORMATS",
    "BlocDecision",
    "Centre",
    "CentreError",
    "CriterionRow",
    "Sheet",
    "Verdict",
    "as_json",
    "build_sheets",
    "centre_of",
    "decide_bloc",
    "decide_blocs",
    "print_sheets",
    "write_sheets",
]
