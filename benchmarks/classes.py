"""Courses whose grading is measured, everything handed in: an ordinary one, the kit's own, a tiny one."""

import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.demo.people import ASSIGNMENT, PEOPLE, Profile
from autograder.demo.run import hand_in
from autograder.grading.release import release
from benchmarks import ordinary
from benchmarks.commands import nbgrader, run

WRONG = (*((exercise,) for exercise in ordinary.EXERCISES), *combinations(ordinary.EXERCISES[::2], 2))
"""What is wrong in the copies that are not all right, by turns."""

ONE_WRONG_IN = 4
STOCK_CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "cours"\n'
STAMP = "2026-11-20 10:00:00 UTC"
TINY, TINY_NOTEBOOK = "calcul", "somme"
TINY_TEST = "assert somme == 55\n### BEGIN HIDDEN TESTS\nassert isinstance(somme, int)\n### END HIDDEN TESTS"

Fill = Callable[[NotebookNode, int], None]
"""Writes, in a released notebook, what the learner of this number answers."""


def name(number: int) -> str:
    """Return the identifier of a learner."""
    return f"e{number:04d}"


def names(size: int) -> list[str]:
    """Return the identifiers of a class."""
    return [name(number) for number in range(size)]


def stock_class(root: Path, size: int) -> Path:
    """Return the folder of a course with stock nbgrader's own settings, where an ordinary class has handed in."""
    root.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(STOCK_CONFIG, encoding="utf-8")
    ordinary.write_source(root / "source" / ordinary.ASSIGNMENT)
    run(nbgrader("generate_assignment", ordinary.ASSIGNMENT, "--create"), root)
    _hand_in(root / "release" / ordinary.ASSIGNMENT, root / "submitted", size, size, fill_ordinary)
    return root


def ordinary_class(root: Path, size: int, period: int) -> Course:
    """Return a course of the kit's where an ordinary class has handed in.

    Beyond the first ``period`` learners, each hands in what one of them does: their marks are known from that one's.
    """
    course = init_course(root)
    ordinary.write_source(course.source(ordinary.ASSIGNMENT))
    _hand_in(release(course, ordinary.ASSIGNMENT), course.folder("submitted"), size, period, fill_ordinary)
    return course


def kit_class(root: Path, size: int) -> Course:
    """Return a course where simulated learners have handed in the kit's own assignment, each on their variant."""
    course = init_course(root)
    people = names(size)
    lines = "".join(f"{person};;\n" for person in people)
    (root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{lines}", encoding="utf-8")
    released = release(course, ASSIGNMENT)
    profiles = [one for one in PEOPLE if one.act and not one.accident]
    for number, person in enumerate(people):
        profile = profiles[number % len(profiles)]
        hand_in(course, released, Profile(person, profile.story, profile.act))
    return course


def tiny_class(root: Path, size: int) -> Course:
    """Return a course where a class has handed in a notebook of two cells: one answer, one test."""
    course = init_course(root)
    folder = course.source(TINY)
    folder.mkdir(parents=True)
    answer = "### BEGIN SOLUTION\nsomme = sum(range(11))\n### END SOLUTION"
    cells = [
        new_code_cell(answer, metadata=ordinary.tag("somme", solution=True)),
        new_code_cell(TINY_TEST, metadata=ordinary.tag("test-somme", points=1)),
    ]
    nbformat.write(ordinary.in_python(cells), folder / f"{TINY_NOTEBOOK}.ipynb")
    _hand_in(release(course, TINY), course.folder("submitted"), size, size, fill_tiny)
    return course


def fill_ordinary(notebook: NotebookNode, number: int) -> None:
    """Answer everything right, but for one learner in four."""
    wrong = () if number % ONE_WRONG_IN else WRONG[number // ONE_WRONG_IN % len(WRONG)]
    bodies = {one.name: one.answer(one.wrong if one in wrong else one.right) for one in ordinary.EXERCISES}
    _write(notebook, bodies | {ordinary.WRITTEN: ordinary.ADVICE})


def fill_tiny(notebook: NotebookNode, number: int) -> None:
    """Add up the first ten numbers, or one less for one learner in four."""
    last = 11 if number % ONE_WRONG_IN else 10
    _write(notebook, {"somme": f"somme = sum(range({last}))"})


def tiny_points(size: int) -> int:
    """Return the points of a tiny class in all: one for each learner who adds up right."""
    return size - len(range(0, size, ONE_WRONG_IN))


def _write(notebook: NotebookNode, answers: dict[str, str]) -> None:
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)


def _hand_in(released: Path, submitted: Path, size: int, period: int, fill: Fill) -> None:
    """Write what each learner hands in, from the released folder; who comes ``period`` after another does the same."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in released.glob("*.ipynb")}
    for number, learner in enumerate(names(size)):
        folder = submitted / learner / released.name
        shutil.copytree(released, folder)
        for file, text in texts.items():
            notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
            fill(notebook, number % period)
            nbformat.write(notebook, folder / file)
        (folder / "timestamp.txt").write_text(STAMP, encoding="utf-8")
