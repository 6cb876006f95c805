"""What nbgrader's gradebook holds of one submission: points, the trainer's levels and comments."""

from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from autograder.course.gradebook import Mark, read_cells


@dataclass
class NotebookMarks:
    """What is held of one notebook of a submission, by grade id; ``penalty`` is in points."""

    marks: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0


@dataclass
class Gradings:
    """What is held of a submission: who handed it in and each notebook's marks."""

    full_name: str
    notebooks: dict[str, NotebookMarks] = field(default_factory=dict)


def gradings_of(db_url: str, assignment: str, learner: str) -> Gradings:
    """Return what the gradebook at ``db_url`` holds; a learner or submission it does not know gives no marks."""
    with Gradebook(db_url) as gradebook:
        found = Gradings(_full_name(gradebook, learner), _expected(gradebook, assignment))
        try:
            submission = gradebook.find_submission(assignment, learner)
        except MissingEntry:
            return found
        penalties = {one.name: float(one.late_submission_penalty or 0.0) for one in submission.notebooks}
        marks, comments = read_cells(gradebook, assignment, learner)
    order = {(name, cell): rank for name, held in found.notebooks.items() for rank, cell in enumerate(held.marks)}
    found.notebooks |= {name: NotebookMarks(penalty=penalty) for name, penalty in penalties.items()}
    for _, name, cell in sorted(marks, key=lambda place: order.get(place[1:], len(order))):
        found.notebooks[name].marks[cell] = marks[learner, name, cell]
    for (_, name, cell), text in comments.items():
        if text.strip():
            found.notebooks[name].comments[cell] = text.strip()
    return found


def _full_name(gradebook: Any, learner: str) -> str:
    try:
        student = gradebook.find_student(learner)
    except MissingEntry:
        return learner
    return f"{student.first_name or ''} {student.last_name or ''}".strip() or learner


def _expected(gradebook: Any, assignment: str) -> dict[str, NotebookMarks]:
    """Return the marks of a copy of which nothing was graded yet: what one can have, and nothing given."""
    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return {}
    return {
        notebook.name: NotebookMarks(
            {cell.name: Mark(top=float(cell.max_score), again=True) for cell in notebook.grade_cells}
        )
        for notebook in notebooks
    }
