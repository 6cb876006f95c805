"""What nbgrader's gradebook holds of one submission: points, the trainer's levels and comments."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import Gradebook, MissingEntry


@dataclass(frozen=True)
class Mark:
    """One graded cell: the machine's points, the trainer's, the most one can have."""

    auto: float | None
    manual: float | None
    extra: float
    top: float
    waiting: bool

    @property
    def score(self) -> float | None:
        """Points that count, None when nobody has given any yet."""
        given = self.auto if self.manual is None else self.manual
        return None if given is None else given + self.extra


@dataclass
class Marks:
    """What is held of one notebook of a submission, by grade id."""

    marks: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0


@dataclass
class Gradings:
    """What is held of a submission: who handed it in and each notebook's marks."""

    full_name: str
    notebooks: dict[str, Marks] = field(default_factory=dict)


@contextmanager
def _opened(db_url: str) -> Iterator[Any]:
    with Gradebook(db_url) as gradebook:
        yield gradebook


def gradings_of(db_url: str, assignment: str, learner: str) -> Gradings:
    """Return what the gradebook at ``db_url`` holds; a learner or submission it does not know gives no marks."""
    with _opened(db_url) as gradebook:
        found = Gradings(_full_name(gradebook, learner))
        found.notebooks.update(_expected(gradebook, assignment))
        try:
            submission = gradebook.find_submission(assignment, learner)
        except MissingEntry:
            return found
        for notebook in submission.notebooks:
            found.notebooks[notebook.name] = _marks(notebook)
    return found


def _full_name(gradebook: Any, learner: str) -> str:
    try:
        student = gradebook.find_student(learner)
    except MissingEntry:
        return learner
    return f"{student.first_name or ''} {student.last_name or ''}".strip() or learner


def _expected(gradebook: Any, assignment: str) -> dict[str, Marks]:
    """Return the marks of a copy of which nothing was graded yet: what one can have, and nothing given."""
    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return {}
    return {
        notebook.name: Marks(
            {cell.name: Mark(None, None, 0.0, float(cell.max_score), True) for cell in notebook.grade_cells}
        )
        for notebook in notebooks
    }


def _marks(notebook: Any) -> Marks:
    marks = Marks(penalty=float(notebook.late_submission_penalty or 0.0))
    for grade in notebook.grades:
        marks.marks[grade.name] = Mark(
            grade.auto_score,
            grade.manual_score,
            float(grade.extra_credit or 0.0),
            float(grade.max_score or 0.0),
            bool(grade.needs_manual_grade),
        )
    for comment in notebook.comments:
        if comment.manual_comment and comment.manual_comment.strip():
            marks.comments[comment.name] = comment.manual_comment.strip()
    return marks
