"""What is known of an assignment's marks: its cells and their points, what people gave, the levels of its reviews.

Where the levels come from (markers, dates, rubrics, differences not settled) is read in the store of reviews.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from nbgrader.api import Assignment, Gradebook

from autograder.course.course import Course
from autograder.course.gradebook import Mark, read_cells
from autograder.keys.questions import Review
from autograder.review.model import Retained
from autograder.review.orals import OralNotes, Orals
from autograder.review.qualities import Qualities
from autograder.review.store import ReviewStore
from casestudies.errors import CasekitError


class NotReleasedError(CasekitError):
    """The gradebook does not know the assignment yet."""


@dataclass
class Marks:
    """The cells of an assignment: their notebook and their points; then marks and reviews, by learner and cell.

    ``qualities`` holds the free comment on what is never scored, by learner; ``heard`` what each marker kept of an
    oral, by learner, part and marker.
    """

    notebooks: dict[str, str] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)
    given: dict[str, dict[str, Mark]] = field(default_factory=lambda: defaultdict(dict))
    reviewed: dict[str, dict[str, Retained]] = field(default_factory=lambda: defaultdict(dict))
    qualities: dict[str, str] = field(default_factory=dict)
    heard: dict[str, dict[str, dict[str, OralNotes]]] = field(default_factory=lambda: defaultdict(dict))


def read_marks(course: Course, assignment: str, reviews: list[Review]) -> Marks:
    """Return the marks of an assignment, and write nothing; ``review.take_in`` is a step of its own.

    Raises
    ------
    NotReleasedError
        When the assignment was not released.
    """
    marks = Marks()
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        released = gradebook.db.query(Assignment).filter(Assignment.name == assignment).one_or_none()
        if released is None:
            raise NotReleasedError(
                f"« {assignment} » n’a pas encore été distribuée : lancez « casekit release {assignment} »."
            )
        with ReviewStore.of(course, assignment, reviews) as store:
            for part, retained in store.retained().items():
                marks.reviewed[part.learner][part.id] = retained
        with Qualities.of(course) as unscored:
            marks.qualities = {name: one.text for name, one in unscored.comments(assignment).items()}
        with Orals.of(course) as orals:
            for (learner, identifier), notes in orals.of_assignment(assignment).items():
                marks.heard[learner][identifier] = notes
        for notebook in released.notebooks:
            for cell in notebook.grade_cells:
                marks.notebooks[cell.name] = notebook.name
                marks.points[cell.name] = float(cell.max_score)
        for (learner, _, cell_name), mark in read_cells(gradebook, assignment)[0].items():
            marks.given[learner][cell_name] = mark
    return marks
