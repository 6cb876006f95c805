"""What other software reads: Moodle's gradebook and competencies, CASE for the référentiel, flat tables for a sheet."""

from autograder.exports.case import as_case
from autograder.exports.flat import flat_tables
from autograder.exports.moodle import MoodleKey, framework, gradebook
from autograder.exports.pseudonyms import Pseudonyms
from autograder.exports.tables import ExportTable, Separators, write_tables

__all__ = [
    "ExportTable",
    "MoodleKey",
    "Pseudonyms",
    "Separators",
    "as_case",
    "flat_tables",
    "framework",
    "gradebook",
    "write_tables",
]
