"""What nbgrader's gradebook knows of an assignment: the cells and their points, what people gave, their comments.

Where the levels come from (markers, dates, rubrics, differences not settled) is read in the store of reviews.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograder.course.course import Course
from autograder.keys.questions import Review
from autograder.review import Retained, ReviewStore
from autograder.review.qualities import Qualities
from casestudies.errors import CasekitError


class NotReleasedError(CasekitError):
    """The gradebook does not know the assignment yet."""


@dataclass(frozen=True)
class Mark:
    """What the gradebook holds for one cell of one learner."""

    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    again: bool = False
    comment: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether a person gave or changed these points."""
        return self.manual is not None or bool(self.extra)

    @property
    def bonus(self) -> float:
        """Points that a person added to the mark, as nbgrader counts them: they may go over the most there is."""
        return self.extra or 0.0

    @property
    def blank(self) -> bool:
        """Whether nbgrader found a reviewed cell exactly as it was handed out, and gave it zero by itself."""
        return self.manual is None and self.auto == 0 and not self.again


@dataclass
class Marks:
    """The cells of an assignment: their notebook and their points; then marks and reviews, by learner and cell.

    ``qualities`` holds the free comment on what is never scored, by learner.
    """

    notebooks: dict[str, str] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)
    given: dict[str, dict[str, Mark]] = field(default_factory=lambda: defaultdict(dict))
    reviewed: dict[str, dict[str, Retained]] = field(default_factory=lambda: defaultdict(dict))
    qualities: dict[str, str] = field(default_factory=dict)


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
        for notebook in released.notebooks:
            for cell in notebook.grade_cells:
                marks.notebooks[cell.name] = notebook.name
                marks.points[cell.name] = float(cell.max_score)
        comments = _comments(gradebook, assignment)
        for learner, notebook_name, cell_name, auto, manual, extra, again in _grades(gradebook, assignment):
            comment = comments.get((learner, notebook_name, cell_name), "")
            marks.given[learner][cell_name] = Mark(auto, manual, extra, bool(again), comment)
    return marks


def _grades(gradebook: Gradebook, assignment: str) -> list[tuple[str, str, str, float, float, float, bool]]:
    columns = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    query = gradebook.db.query(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, *columns).select_from(
        Grade
    )
    found: list[tuple[str, str, str, float, float, float, bool]] = _of(query, Grade, assignment)
    return found


def _comments(gradebook: Gradebook, assignment: str) -> dict[tuple[str, str, str], str]:
    columns = (SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Comment.manual_comment)
    query = gradebook.db.query(*columns).select_from(Comment).filter(Comment.manual_comment.isnot(None))
    return {(learner, notebook, cell): text for learner, notebook, cell, text in _of(query, Comment, assignment)}


def _of(query: Any, kind: Any, assignment: str) -> Any:
    """Join what is attached to the cells of a submission and keep one assignment."""
    return (
        query.join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .filter(Assignment.name == assignment)
        .all()
    )
