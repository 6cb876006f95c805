"""What other software reads: Moodle's gradebook and competencies, CASE for the référentiel, flat tables for a sheet."""

from autograder.exports.case import as_case
from autograder.exports.flat import flat_tables
from autograder.exports.moodle import Key, framework, gradebook
from autograder.exports.pseudonyms import Pseudonyms
from autograder.exports.tables import Separators, Table, write_tables

__all__ = [
    "Key",
    "Pseudonyms",
    "Separators",
    "Table",
    "as_case",
    "flat_tables",
    "framework",
    "gradebook",
    "write_tables",
]
