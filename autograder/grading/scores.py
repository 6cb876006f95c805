"""The machine's points in nbgrader's gradebook: put anew for some answers, in one session, all together or not at all.

Only ``auto_score`` is written, as nbgrader's own step does it. What a person gave (points, extra credit, comment) is
left as it is, and so is the flag that asks for a person where one has already marked.
"""

from collections.abc import Collection
from typing import Any, Self

from nbformat.v4 import new_notebook
from nbgrader.api import BaseCell, Grade, Gradebook, SubmittedAssignment
from nbgrader.preprocessors import AssignLatePenalties

from autograder.course.course import Course
from autograder.course.gradebook import Cell, attached
from autograder.grading.regrade import ScoreChange


class Scores:
    """The grades of some answers in an open gradebook; use it as a context, and ``commit`` at the end."""

    def __init__(self, course: Course, assignment: str, changes: Collection[ScoreChange]) -> None:
        self._course, self._assignment = course, assignment
        self._gradebook = Gradebook(course.db_url, course.config.CourseDirectory.course_id)
        self._grades = self._read({change.learner for change in changes}, {change.question for change in changes})
        self._late: set[tuple[str, str]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the gradebook; what was not committed is forgotten."""
        self._gradebook.close()

    def _read(self, learners: set[str], cells: set[str]) -> dict[Cell, Any]:
        query = attached(Grade, self._assignment, Grade).where(
            SubmittedAssignment.student_id.in_(learners), BaseCell.name.in_(cells)
        )
        found = self._gradebook.db.execute(query)
        return {(learner, notebook, cell): grade for learner, notebook, cell, grade in found}

    def __contains__(self, change: ScoreChange) -> bool:
        """Say whether the gradebook has a grade for the answer of ``change``."""
        return (change.learner, change.notebook, change.question) in self._grades

    def put(self, change: ScoreChange) -> bool:
        """Write the points of one answer; return whether a person has marked it, whose points then count."""
        grade = self._grades[change.learner, change.notebook, change.question]
        grade.auto_score = change.after.points
        if grade.manual_score is None:
            grade.needs_manual_grade = False
        if grade.notebook.late_submission_penalty is not None:
            self._late.add((change.learner, change.notebook))
        return grade.manual_score is not None

    def commit(self) -> None:
        """Record everything that was put; nbgrader then works out again the penalties of what was handed in late."""
        self._gradebook.db.commit()
        for learner, notebook in sorted(self._late):
            who = {"student": learner, "assignment": self._assignment, "notebook": notebook}
            step = AssignLatePenalties(config=self._course.config)
            step.preprocess(new_notebook(), {"nbgrader": {**who, "db_url": self._course.db_url}})
