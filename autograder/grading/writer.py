"""The one writer of the gradebook: it records what workers found, submission by submission, whole or not at all.

Grades, and the line of the journal that says so, are committed together: a run that is stopped at any instant goes on
from the last commit. nbgrader's own steps decide what is recorded; they are given one open session instead of opening
the database themselves.
"""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import nbformat
from nbgrader.api import Assignment, BaseCell, Gradebook, Notebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy import Column, DateTime, MetaData, String, Table, delete, insert, select

from autograder.course.configuration import VALUES, WORK_ROOM
from autograder.course.course import Course
from autograder.grading import nbgrader_seam
from autograder.grading.handed_in import Submitted, put, put_copy
from autograder.grading.job import Graded
from autograder.grading.memory.store import add
from autograder.grading.records import save_record
from autograder.grading.source import AssignmentSource
from autograder.grading.submission_book import Cells, SubmissionBook
from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import replace_file
from casestudies import __version__
from casestudies.atomic import settle

JOURNAL = Table(
    "casekit_journal",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("learner", String(256), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("kit_version", String(32), nullable=False),
    Column("graded_at", DateTime, nullable=False),
)
"""Which submission, in which state, was graded last: its fingerprint covers the copy, the assignment and the kit."""


def work_room(course: Course) -> Path:
    """Return the folder, on the course's own disk, where a graded copy is made whole before it is put in its place."""
    room = course.root / WORK_ROOM
    room.mkdir(parents=True, exist_ok=True)
    return room


class Writer:
    """An open gradebook; use it as a context."""

    def __init__(self, course: Course, source: AssignmentSource) -> None:
        self._course, self._source = course, source
        self._gradebook = Gradebook(course.db_url, course.course_id)
        JOURNAL.create(self._gradebook.engine, checkfirst=True)
        self._session = self._gradebook.db.registry()
        self._session.expire_on_commit = False
        self._gradebook.db.commit = lambda: None  # nbgrader commits at every step; here, once a submission
        self._swept: list[Path] = []
        self._cells: Cells | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the gradebook; what was not committed is forgotten."""
        self._session.rollback()
        self._gradebook.close()

    def journal(self) -> dict[str, str]:
        """Return the fingerprint of each submission of the assignment that was graded, by learner."""
        rows = self._gradebook.db.execute(
            select(JOURNAL.c.learner, JOURNAL.c.fingerprint).where(JOURNAL.c.assignment == self._source.name)
        )
        return {str(learner): str(fingerprint) for learner, fingerprint in rows}

    def due(self) -> datetime | None:
        """Return when the assignment is due, in UTC without a zone; None when the trainer set no date."""
        found: datetime | None = self._gradebook.find_assignment(self._source.name).duedate
        return found

    def write(self, graded: Graded, copy: Submitted, fingerprint: str, handed_in: datetime | None = None) -> None:
        """Record one graded submission: grades, records, the graded copy, the repaired files, the journal.

        ``handed_in`` is a time in UTC, without a zone; None leaves what is known.

        Raises
        ------
        OSError
            When the disk is full or a folder cannot be written; nothing of this submission is then recorded.
        """
        try:
            self._grades(graded, handed_in)
            self._files(graded, copy)
            for record in graded.records:
                save_record(self._course.records, record)
            self._values(graded)
            self._note(graded.learner, fingerprint)
            self._settle()
        except BaseException:
            self._session.rollback()
            raise
        self._sweep()

    def _settle(self) -> None:
        """Commit, and forget all that is somebody's; what is the assignment's serves for the next submission."""
        self._session.commit()
        for known in list(self._session):
            if not isinstance(known, Assignment | Notebook | BaseCell):
                self._session.expunge(known)

    def _grades(self, graded: Graded, handed_in: datetime | None) -> None:
        gradebook, assignment = self._gradebook, self._source.name
        gradebook.update_or_create_student(graded.learner)
        when = {"timestamp": handed_in} if handed_in else {}
        submission = gradebook.update_or_create_submission(assignment, graded.learner, **when)
        for notebook in submission.notebooks:
            if notebook.name not in graded.notebooks:
                _reset(notebook, 0.0 if notebook.name in graded.absent else None)
        if self._cells is None:
            self._cells = Cells(gradebook, assignment)
        with nbgrader_seam.writing(SubmissionBook(gradebook, self._cells, submission, (assignment, graded.learner))):
            for name, text in graded.notebooks.items():
                resources = {
                    "nbgrader": {
                        "student": graded.learner, "assignment": assignment, "notebook": name,
                        "db_url": self._course.db_url,
                    }
                }  # fmt: skip
                nb = nbformat.reader.reads(text)  # written by a worker of ours, which validated it
                for kind in (SaveAutoGrades, AssignLatePenalties):
                    nb, resources = kind(config=self._course.config)(nb, resources)

    def _files(self, graded: Graded, submitted: Submitted) -> None:
        """Put the graded copy in place of the earlier one, in two renames, down to the disk before grades say so.

        Raises
        ------
        OSError
            When the disk is full or a folder cannot be written; the earlier copy is then in its place.
        """
        target = self._course.folder("autograded") / graded.learner / self._source.name
        new = Path(tempfile.mkdtemp(dir=work_room(self._course)))
        self._swept.append(new)
        copy = new / "copie"
        copy.mkdir()
        for name in submitted.digests:
            if not is_notebook_name(name):
                put_copy(copy, name, submitted.folder / name)
        for name, content in self._source.files.items():  # the course's own come last, and stay
            if not is_notebook_name(name):
                put(copy, name, content)
        for name, text in graded.notebooks.items():
            put(copy, f"{name}.ipynb", text.encode("utf-8"))
        for path in (*copy.rglob("*"), copy):
            settle(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        earlier = new / "ancienne"
        if target.exists():
            target.rename(earlier)
        try:
            if any(copy.iterdir()):
                copy.rename(target)
        except OSError:
            if earlier.exists():
                earlier.rename(target)
            raise
        settle(target.parent)
        for name, content in graded.repaired.items():
            replace_file(submitted.folder / name, content)  # which keeps the original

    def _values(self, graded: Graded) -> None:
        for (company, draw), entries in graded.values.items():
            add(self._course.root / VALUES, company, graded.learner, draw, entries)

    def _note(self, learner: str, fingerprint: str) -> None:
        here = (JOURNAL.c.assignment == self._source.name) & (JOURNAL.c.learner == learner)
        self._gradebook.db.execute(delete(JOURNAL).where(here))
        line = {"assignment": self._source.name, "learner": learner, "fingerprint": fingerprint}
        now = datetime.now(UTC).replace(tzinfo=None)
        self._gradebook.db.execute(insert(JOURNAL).values(**line, kit_version=__version__, graded_at=now))

    def _sweep(self) -> None:
        for folder in self._swept:
            shutil.rmtree(folder, ignore_errors=True)
        self._swept.clear()


def _reset(notebook: Any, score: float | None) -> None:
    """Give the grades of a notebook that was not graded: 0 when it was not handed in, none when it is unreadable."""
    for grade in notebook.grades:
        grade.auto_score = score
        grade.needs_manual_grade = score is None
