"""The cells of the released assignments, as nbgrader's gradebook knows them: what tells one notebook from another."""

from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.grading.triage.matching import Cells, kit_cells
from autograder.grading.triage.plan import Others
from casestudies.errors import CasekitError


def cells_of(course: Course, assignment: str) -> tuple[Cells, Others]:
    """Return the grade ids of a released assignment's notebooks, and those of the other assignments.

    Raises
    ------
    CasekitError
        When the course does not have the assignment, or it was not released.
    """
    course.require(assignment)
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        released = {
            found.name: {one.name: {cell.name for cell in one.source_cells} for one in found.notebooks}
            for found in gradebook.assignments
        }
    if assignment not in released:
        raise CasekitError(f"« {assignment} » n’a pas encore été distribuée : lancez « casekit release {assignment} ».")
    others = {**kit_cells(), **released}
    return released[assignment], {name: cells for name, cells in others.items() if name != assignment}
