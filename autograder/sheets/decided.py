"""What the sheets conclude of each criterion, in the words that a learner's feedback repeats."""

from collections.abc import Iterable

from autograder.course.course import Course
from autograder.referentiel import load_referentiel
from autograder.sheets import wording
from autograder.sheets.build import build_sheets
from autograder.sheets.marks import NotReleasedError
from autograder.sheets.model import Sheet
from casestudies.errors import CasekitError

Decided = dict[str, dict[str, str]]
"""By learner, then by criterion: « niveau 3, acquis », « à relire »."""


def decided_in(sheets: Iterable[Sheet]) -> Decided:
    """Return what these sheets conclude."""
    return {sheet.learner.id: {row.code: wording.decision(row) for row in sheet.criteria} for sheet in sheets}


def decided_of(course: Course, assignment: str) -> Decided:
    """Return what the sheets of an assignment conclude; nothing for one that is none of the référentiel's.

    Raises
    ------
    CasekitError
        When the settings or the deadlines of the course cannot be read.
    """
    try:
        load_referentiel().assessment_of(assignment)
    except CasekitError:
        return {}
    try:
        return decided_in(build_sheets(course, assignment))
    except NotReleasedError:
        return {}
