"""Submissions in the open gradebook, as nbgrader's writing steps ask for them, without a query for every cell."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import selectinload

T = TypeVar("T")

Place = tuple[str, str, str]
"""A notebook's name, a cell's, a learner."""


class Cells:
    """The names of an assignment's cells by their keys in the gradebook: read once for a whole class."""

    def __init__(self, gradebook: Gradebook, assignment: Assignment) -> None:
        found = gradebook.db.query(BaseCell.id, BaseCell.name, BaseCell.type).filter(
            BaseCell.notebook_id.in_([notebook.id for notebook in assignment.notebooks])
        )
        self._names = {cell: (name, kind == "TaskCell") for cell, name, kind in found}

    def placed(self, submission: SubmittedAssignment, what: str) -> dict[Place, Any]:
        """Return the grades or the comments (``what``) by place; a task gives way to another cell of its name."""
        found: dict[Place, Any] = {}
        for notebook in submission.notebooks:
            for entry in getattr(notebook, what):
                name, task = self._names.get(entry.cell_id, ("", True))
                place = notebook.name, name, submission.student.id
                found[place] = found.get(place, entry) if task else entry
        return found


class SubmissionBook(Gradebook):
    """The gradebook that is open, with the submissions of some learners to one assignment at hand.

    nbgrader's own methods find them here. What is not at hand is asked of the database, so that what is missing is
    missed as nbgrader says it. Nothing is sent before the writer says so, or before a sum of what was written counts.
    """

    def __init__(self, gradebook: Gradebook, cells: Cells, assignment: Assignment, learners: Collection[str]) -> None:
        """Read what the gradebook has of ``learners``, in the same few queries however many they are."""
        self.db, self.engine = gradebook.db, gradebook.engine
        self.course_id, self.authenticator = gradebook.course_id, gradebook.authenticator
        self._cells, self._assignment = cells, assignment
        notebooks = selectinload(SubmittedAssignment.notebooks)
        parts = notebooks.selectinload(SubmittedNotebook.grades), notebooks.selectinload(SubmittedNotebook.comments)
        students = self.db.query(Student).filter(Student.id.in_(learners))
        submissions = self.db.query(SubmittedAssignment).options(*parts).filter(
            SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.student_id.in_(learners)
        )  # fmt: skip
        self._students: dict[str, Student | None] = dict.fromkeys(learners) | {one.id: one for one in students}
        self._submissions: dict[str, SubmittedAssignment | None] = dict.fromkeys(learners)
        self._submissions |= {one.student_id: one for one in submissions}
        self._grades: dict[Place, Any] = {}
        self._comments: dict[Place, Any] = {}

    def close(self) -> None:
        """Close nothing: the session stays open."""

    def add_student(self, student_id: str, **kwargs: Any) -> Student:
        """Add a learner, and have them at hand."""
        self._students[student_id] = super().add_student(student_id, **kwargs)
        return self._students[student_id]

    def find_student(self, student_id: str) -> Student:
        """Return a learner.

        Raises
        ------
        MissingEntry
            When there is none of this identifier.
        """
        found = _there(self._students, student_id, f"No such student: {student_id}")
        return found or super().find_student(student_id)

    def find_assignment(self, name: str) -> Assignment:
        """Return an assignment."""
        return self._assignment if name == self._assignment.name else super().find_assignment(name)

    def update_or_create_submission(self, assignment: str, student: str, **kwargs: Any) -> SubmittedAssignment:
        """Return a submission to the assignment, made when there is none, and have its cells at hand."""
        submission = super().update_or_create_submission(assignment, student, **kwargs)
        self._submissions[student] = submission
        self._grades |= self._cells.placed(submission, "grades")
        self._comments |= self._cells.placed(submission, "comments")
        return submission

    def find_submission(self, assignment: str, student: str) -> SubmittedAssignment:
        """Return a submission.

        Raises
        ------
        MissingEntry
            When there is none.
        """
        mine = self._submissions if assignment == self._assignment.name else {}
        found = _there(mine, student, f"No such submission: {assignment} for {student}")
        return found or super().find_submission(assignment, student)

    def find_submission_notebook(self, notebook: str, assignment: str, student: str) -> SubmittedNotebook:
        """Return one notebook of a submission; of a late one, with what was written so far counted in its score."""
        mine = self._submissions.get(student) if assignment == self._assignment.name else None
        if mine is not None and mine.total_seconds_late > 0:
            self.db.flush()
        found = next((one for one in mine.notebooks if one.name == notebook), None) if mine else None
        return found or super().find_submission_notebook(notebook, assignment, student)

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Grade:
        """Return the grade of a cell."""
        mine = self._grades.get((notebook, grade_cell, student)) if assignment == self._assignment.name else None
        return mine or super().find_grade(grade_cell, notebook, assignment, student)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Comment:
        """Return the comment of a cell."""
        mine = self._comments.get((notebook, solution_cell, student)) if assignment == self._assignment.name else None
        return mine or super().find_comment(solution_cell, notebook, assignment, student)


def _there(known: Mapping[str, T | None], name: str, missing: str) -> T | None:
    """Return what is known under a name, None for a name that was not looked up.

    Raises
    ------
    MissingEntry
        When it was looked up, and the database has nothing under it: ``missing``, in nbgrader's words.
    """
    if name in known and known[name] is None:
        raise MissingEntry(missing)
    return known.get(name)
