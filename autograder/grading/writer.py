"""The one writer of the gradebook: it records what workers found, a batch at a time, whole or not at all.

In this order: the graded copies and the records are made apart and waited for until they are on the disk; they are put
in their places, and their names waited for; the grades and the lines of the journal that say so are committed together.
Only then is a submission said to be graded. A run that is stopped at any instant goes on from the last commit: what was
put in place without it is graded again and written over. nbgrader's own steps decide what is recorded; they are given
one open session instead of opening the database themselves.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from nbformat.notebooknode import NotebookNode
from nbformat.v4.nbjson import to_notebook
from nbgrader.api import Assignment, BaseCell, Gradebook, Notebook, SubmittedAssignment
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from sqlalchemy import Column, DateTime, MetaData, String, Table, delete, insert, select

from autograder.course.configuration import VALUES, WORK_ROOM
from autograder.course.course import Course
from autograder.grading import nbgrader_seam
from autograder.grading.handed_in import Submitted, put, put_copy
from autograder.grading.job import Graded
from autograder.grading.memory.store import add
from autograder.grading.placing import Placing
from autograder.grading.records import record_bytes, record_path
from autograder.grading.source import AssignmentSource
from autograder.grading.submission_book import Cells, SubmissionBook
from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import replace_file
from casestudies import __version__

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


@dataclass(frozen=True)
class GradedEntry:
    """What became of one submission, to be recorded; ``handed_in`` is in UTC, without a zone, None to leave what is."""

    copy: Submitted
    graded: Graded
    fingerprint: str
    handed_in: datetime | None = None

    @property
    def learner(self) -> str:
        """Whose it is."""
        return self.graded.learner


class Writer:
    """An open gradebook; use it as a context."""

    def __init__(self, course: Course, source: AssignmentSource) -> None:
        self._course, self._source = course, source
        self._gradebook = Gradebook(course.db_url, course.course_id)
        JOURNAL.create(self._gradebook.engine, checkfirst=True)
        self._session = self._gradebook.db.registry()
        self._session.expire_on_commit = self._session.autoflush = False
        self._gradebook.db.commit = lambda: None  # nbgrader commits at every step; here, once a batch
        self._assignment = self._gradebook.find_assignment(source.name)
        self._cells = Cells(self._gradebook, self._assignment)
        self._save, self._penalise = SaveAutoGrades(config=course.config), AssignLatePenalties(config=course.config)

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
        found: datetime | None = self._assignment.duedate
        return found

    def write(self, entries: Sequence[GradedEntry]) -> None:
        """Record graded submissions together: grades, records, the graded copies, the repaired files, the journal.

        Raises
        ------
        OSError
            When the disk is full or a folder cannot be written; nothing of these submissions is then recorded.
        """
        learners = [entry.learner for entry in entries]
        try:
            book = SubmissionBook(self._gradebook, self._cells, self._assignment, learners)
            with Placing(work_room(self._course)) as placing, nbgrader_seam.writing(book):
                for entry in entries:
                    self._grades(book, entry)
                    self._files(placing, entry)
                placing.place()
                for entry in entries:
                    self._beside(entry)
                self._note(entries)
                self._settle()
        except BaseException:
            self._session.rollback()
            raise

    def _settle(self) -> None:
        """Commit, and forget all that is somebody's; what is the assignment's serves for the next submissions."""
        self._session.commit()
        for known in list(self._session):
            if not isinstance(known, Assignment | Notebook | BaseCell):
                self._session.expunge(known)

    def _grades(self, book: SubmissionBook, entry: GradedEntry) -> None:
        """Have nbgrader's own steps say what is to be recorded of a submission; nothing is sent yet."""
        graded, assignment = entry.graded, self._source.name
        book.update_or_create_student(graded.learner)
        when = {"timestamp": entry.handed_in} if entry.handed_in else {}
        submission = book.update_or_create_submission(assignment, graded.learner, **when)
        for notebook in submission.notebooks:
            if notebook.name not in graded.notebooks:
                _reset(notebook, 0.0 if notebook.name in graded.absent else None)
        for name, text in graded.notebooks.items():
            who = {"student": graded.learner, "assignment": assignment, "notebook": name}
            for step in (self._save, self._penalise) if _late(submission) else (self._save,):
                step(_marked_cells(text), {"nbgrader": {**who, "db_url": self._course.db_url}})

    def _files(self, placing: Placing, entry: GradedEntry) -> None:
        """Make the graded copy and the records, to be put in place of the earlier ones."""
        graded, submitted = entry.graded, entry.copy
        copy = placing.made_for(self._course.folder("autograded") / graded.learner / self._source.name)
        copy.mkdir()
        for name in submitted.digests:
            if not is_notebook_name(name):
                put_copy(copy, name, submitted.folder / name)
        for name, content in self._source.files.items():  # the course's own come last, and stay
            if not is_notebook_name(name):
                put(copy, name, content)
        for name, text in graded.notebooks.items():
            put(copy, f"{name}.ipynb", text.encode("utf-8"))
        if not any(copy.iterdir()):
            copy.rmdir()
        for record in graded.records:
            path = record_path(self._course.records, record.assignment, record.learner, record.notebook)
            placing.made_for(path).write_bytes(record_bytes(record))

    def _beside(self, entry: GradedEntry) -> None:
        """Write the repaired files beside the originals, and what the tables say, which only saves time later."""
        for name, content in entry.graded.repaired.items():
            replace_file(entry.copy.folder / name, content)  # which keeps the original
        for (company, draw), values in entry.graded.values.items():
            add(self._course.root / VALUES, company, entry.learner, draw, values)

    def _note(self, entries: Sequence[GradedEntry]) -> None:
        now = datetime.now(UTC).replace(tzinfo=None)
        lines = [
            {
                "assignment": self._source.name, "learner": entry.learner, "fingerprint": entry.fingerprint,
                "kit_version": __version__, "graded_at": now,
            }
            for entry in entries
        ]  # fmt: skip
        here = JOURNAL.c.learner.in_([entry.learner for entry in entries])
        self._session.execute(delete(JOURNAL).where(JOURNAL.c.assignment == self._source.name, here))
        self._session.execute(insert(JOURNAL), lines)


def _marked_cells(text: str) -> NotebookNode:
    """Return the cells of a notebook that nbgrader's writing steps look at; a worker of ours wrote and validated it."""
    cells = [cell for cell in json.loads(text)["cells"] if "nbgrader" in cell["metadata"]]
    return to_notebook({"cells": cells, "metadata": {}})


def _late(submission: SubmittedAssignment) -> bool:
    """Return whether a submission is late, or was: nbgrader's step of penalties changes nothing in any other."""
    penalties = [notebook.late_submission_penalty for notebook in submission.notebooks]
    return submission.total_seconds_late > 0 or any(penalty is not None for penalty in penalties)


def _reset(notebook: Any, score: float | None) -> None:
    """Give the grades of a notebook that was not graded: 0 when it was not handed in, none when it is unreadable."""
    for grade in notebook.grades:
        grade.auto_score = score
        grade.needs_manual_grade = score is None
