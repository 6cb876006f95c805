"""What grading a class costs: stock nbgrader and casekit on the same copies, and how near casekit is to the floor."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from nbgrader.api import Assignment, BaseCell, Grade, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook

from autograder.demo.people import ASSIGNMENT
from benchmarks import classes, ordinary
from benchmarks.commands import Run, casekit, nbgrader, run
from benchmarks.floor import floor

JOBS = 2
NBGRADER = f"nbgrader {version('nbgrader')}"
GROWTH, SMALL_GROWTH = (500, 1_000, 2_000, 4_000), (25, 50, 100)
SIZES, SMALL_SIZES = (40, 400), (10, 40)
GRACEFUL = "--Execute.shutdown_kernel=graceful"
"""nbgrader's own way of stopping a kernel, which the kit's settings change."""

Marks = dict[tuple[str, str, str], tuple[float | None, bool]]
"""The machine's points, and whether a person has to mark, by learner, notebook and cell."""

Tell = Callable[[str], None]
"""Called with what begins, in French."""


@dataclass(frozen=True)
class Row:
    """One line of the report: what graded, how many copies, what was seen of it, what it is compared with.

    ``stock`` and ``bare`` are seconds for each copy, None where there is nothing to compare with; ``same`` is how many
    copies have been found to have the marks that stock nbgrader gives.
    """

    name: str
    copies: int
    seen: Run
    stock: float | None = None
    bare: float | None = None
    same: int | None = None

    @property
    def each(self) -> float:
        """Seconds for each copy, everything included."""
        return self.seen.seconds / self.copies


def ordinary_assignment(sizes: tuple[int, int], tell: Tell) -> list[Row]:
    """Grade the ordinary assignment of a class by stock nbgrader, then by casekit, for that class and a larger one."""
    with tempfile.TemporaryDirectory() as temporary:
        place, few = Path(temporary), sizes[0]
        tell(f"Une évaluation ordinaire, {few} copies : nbgrader")
        stock = classes.stock_class(place / "nbgrader" / "cours", few)
        rows = [Row(NBGRADER, few, run(nbgrader("autograde", ordinary.ASSIGNMENT), stock))]
        expected = marks(stock, ordinary.ASSIGNMENT)
        bare = None
        for size in sizes:
            tell(f"Une évaluation ordinaire, {size} copies : casekit")
            course = classes.ordinary_class(place / str(size) / "cours", size, few)
            seen = run(casekit(ordinary.ASSIGNMENT, JOBS), course.root)
            known = {classes.name(number): classes.name(number % few) for number in range(size)}
            same = compared(marks(course.root, ordinary.ASSIGNMENT), expected, known)
            bare = bare or floor(course, ordinary.ASSIGNMENT, JOBS)
            rows.append(Row(f"casekit, {JOBS} processus", size, seen, rows[0].each, bare, same))
    return rows


def kit_assignment(sizes: tuple[int, int], tell: Tell) -> list[Row]:
    """Grade the kit's own assignment: a class by nbgrader with the kit's steps, it and a larger one by casekit."""
    rows: list[Row] = []
    given: Marks = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            place = Path(temporary) / str(size)
            tell(f"L’évaluation du kit, {size} copies : préparation")
            course = classes.kit_class(place / "cours", size)
            if not rows:
                tell(f"L’évaluation du kit, {size} copies : nbgrader")
                apart = Path(shutil.copytree(course.root, place / "nbgrader" / "cours"))
                command = nbgrader("autograde", ASSIGNMENT, GRACEFUL, module="benchmarks.stock")
                rows.append(Row(f"{NBGRADER}, étapes du kit", size, run(command, apart)))
                given = marks(apart, ASSIGNMENT)
            tell(f"L’évaluation du kit, {size} copies : casekit")
            seen = run(casekit(ASSIGNMENT, JOBS), course.root)
            known = {learner: learner for learner in classes.names(sizes[0])}
            same = compared(marks(course.root, ASSIGNMENT), given, known)
            bare = rows[-1].bare or floor(course, ASSIGNMENT, JOBS)
            rows.append(Row(f"casekit, {JOBS} processus", size, seen, rows[0].each, bare, same))
    return rows


def growth(sizes: tuple[int, ...], tell: Tell) -> list[Row]:
    """Grade larger and larger classes, a notebook of two cells each, every class by a command of its own."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            tell(f"Un notebook de deux cellules, {size} copies : casekit")
            course = classes.tiny_class(Path(temporary) / "cours", size)
            seen = run(casekit(classes.TINY, JOBS), course.root)
            given = [points for points, _ in marks(course.root, classes.TINY).values()]
            assert (len(given), sum(filter(None, given))) == (size, classes.tiny_points(size))
        rows.append(Row(f"casekit, {JOBS} processus", size, seen))
    return rows


def marks(root: Path, assignment: str) -> Marks:
    """Return the marks that the gradebook of a course's folder holds."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", root.name) as gradebook:
        lines = (
            gradebook.db.query(
                SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score, Grade.needs_manual_grade
            )
            .select_from(Grade)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
        )
        return {(learner, notebook, cell): (points, by_hand) for learner, notebook, cell, points, by_hand in lines}


def compared(found: Marks, expected: Marks, known: dict[str, str]) -> int:
    """Return how many learners of ``found`` have the marks that ``expected`` gives to the one they are known from.

    Raises
    ------
    AssertionError
        When one mark differs, or when there is nothing to compare.
    """
    for learner, other in known.items():
        here = {place[1:]: mark for place, mark in found.items() if place[0] == learner}
        there = {place[1:]: mark for place, mark in expected.items() if place[0] == other}
        assert here, f"{learner}: no mark"
        assert here == there, f"{learner}: {set(here.items()) ^ set(there.items())}"
    return len(known)
