"""One submission in the open gradebook, as nbgrader's writing steps ask for it, without a query for every cell."""

from types import SimpleNamespace
from typing import Any, Self

from nbgrader.api import Assignment, BaseCell, Gradebook, Notebook

Place = tuple[str, str]
"""A notebook's name and a cell's."""


class Cells:
    """The names of an assignment's notebooks and cells, by their keys in the gradebook: read once for a whole class."""

    def __init__(self, gradebook: Gradebook, assignment: str) -> None:
        found = (
            gradebook.db.query(Notebook.id, Notebook.name, BaseCell.id, BaseCell.name, BaseCell.type)
            .join(BaseCell, BaseCell.notebook_id == Notebook.id)
            .join(Assignment, Assignment.id == Notebook.assignment_id)
            .filter(Assignment.name == assignment)
        )
        self.notebooks: dict[str, str] = {}
        self._places: dict[str, Place] = {}
        self._tasks: set[str] = set()
        for notebook, name, cell, cell_name, kind in found:
            self.notebooks[notebook] = name
            self._places[cell] = (name, cell_name)
            if kind == "TaskCell":
                self._tasks.add(cell)

    def placed(self, entries: list[Any]) -> dict[Place, Any]:
        """Return grades or comments by the place of their cell; a task gives way to another cell of its name."""
        known = [entry for entry in entries if entry.cell_id in self._places]
        known.sort(key=lambda entry: entry.cell_id not in self._tasks)
        return {self._places[entry.cell_id]: entry for entry in known}


class SubmissionBook:
    """Stands where nbgrader's steps open the gradebook: the session that is open, with one submission at hand.

    What it does not have at hand is asked of the gradebook, so that what is missing is missed as nbgrader says it.
    """

    def __init__(self, gradebook: Gradebook, cells: Cells, submission: Any, names: tuple[str, str]) -> None:
        """Take ``submission``; ``names`` are its assignment's and its learner's."""
        self._gradebook, self._submission, self._names = gradebook, submission, names
        self._notebooks = {cells.notebooks.get(one.notebook_id): one for one in submission.notebooks}
        self._grades = cells.placed([entry for one in submission.notebooks for entry in one.grades])
        self._comments = cells.placed([entry for one in submission.notebooks for entry in one.comments])
        self.db = SimpleNamespace(commit=lambda: None)  # the writer commits, once, what a submission changes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing: the session stays open for the next submission."""

    def close(self) -> None:
        """Close nothing."""

    def __getattr__(self, name: str) -> Any:
        """Answer anything else as the gradebook does."""
        return getattr(self._gradebook, name)

    def find_grade(self, cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return the grade of a cell."""
        mine = (assignment, student) == self._names
        found = self._grades.get((notebook, cell)) if mine else None
        return found or self._gradebook.find_grade(cell, notebook, assignment, student)

    def find_comment(self, cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return the comment of a cell."""
        mine = (assignment, student) == self._names
        found = self._comments.get((notebook, cell)) if mine else None
        return found or self._gradebook.find_comment(cell, notebook, assignment, student)

    def find_submission(self, assignment: str, student: str) -> Any:
        """Return the submission, with what was written so far counted in its scores."""
        if (assignment, student) != self._names:
            return self._gradebook.find_submission(assignment, student)
        self._gradebook.db.flush()
        return self._submission

    def find_submission_notebook(self, notebook: str, assignment: str, student: str) -> Any:
        """Return one notebook of the submission, with what was written so far counted in its score."""
        self._gradebook.db.flush()
        found = self._notebooks.get(notebook) if (assignment, student) == self._names else None
        return found or self._gradebook.find_submission_notebook(notebook, assignment, student)
