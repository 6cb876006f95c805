"""nbgrader's gradebook, read in one way: what is attached to the cells of an assignment's submissions."""

from dataclasses import dataclass
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
from sqlalchemy import Select, select

Cell = tuple[str, str, str]
"""A learner, the name of a notebook, the name of one of its cells."""


@dataclass(frozen=True)
class Mark:
    """What the gradebook holds for one cell of one learner, in points: the machine's, a person's, a person's extra.

    ``top`` is the most there is; ``again`` says that nbgrader waits for a person.
    """

    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    top: float = 0.0
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
    def score(self) -> float | None:
        """Points that count, None when nobody has given any yet."""
        given = self.auto if self.manual is None else self.manual
        return None if given is None else given + self.bonus

    @property
    def blank(self) -> bool:
        """Whether nbgrader saw a reviewed cell exactly as it was handed out, and gave it zero by itself."""
        return self.manual is None and self.auto == 0 and not self.again


def attached(kind: type[Grade] | type[Comment], assignment: str, *columns: Any) -> Select[Any]:
    """Return the query of the cells of an assignment's submissions: learner, notebook, cell, then ``columns``.

    ``kind`` is what is attached to the cells; its own columns, or itself, can be among ``columns``.
    """
    return (
        select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, *columns)
        .select_from(kind)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .where(Assignment.name == assignment)
    )


def read_cells(gradebook: Gradebook, assignment: str, learner: str = "") -> tuple[dict[Cell, Mark], dict[Cell, str]]:
    """Return the marks of an assignment (everybody's, or those of ``learner``), and the comments that people wrote."""
    points = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.max_score, Grade.needs_manual_grade)
    grades = attached(Grade, assignment, *points)
    written = attached(Comment, assignment, Comment.manual_comment).where(Comment.manual_comment.isnot(None))
    if learner:
        grades = grades.where(SubmittedAssignment.student_id == learner)
        written = written.where(SubmittedAssignment.student_id == learner)
    comments = {(who, notebook, cell): str(text) for who, notebook, cell, text in gradebook.db.execute(written)}
    marks = {
        (who, notebook, cell): Mark(auto, manual, extra, top, bool(again), comments.get((who, notebook, cell), ""))
        for who, notebook, cell, auto, manual, extra, top, again in gradebook.db.execute(grades)
    }
    return marks, comments
