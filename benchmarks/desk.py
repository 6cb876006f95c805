"""How long a marker waits for the next copy in the review desk, in a small class and in a large one."""

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

import nbformat
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.keys.questions import reviews_of
from autograder.review.desk.widget import ReviewDesk
from benchmarks.measure import Line, seconds
from benchmarks.regrade import simulate

ASSIGNMENT, MARKER = "e2-performance", "m1"
SMALL, LARGE = 20, 200
READ = 15
"""How many copies are read in each measure."""
PAUSE_S = 1.0
"""How long a very quick marker reads."""


def marked_course(root: Path, learners: int) -> Course:
    """Return a course whose learners all handed in the model notebooks, graded, with nothing reviewed yet."""
    course = init_course(root)
    names = [f"copie-{number:04d}" for number in range(learners)]
    simulate(course.records, names[0])
    for name in names:
        copy = course.folder("autograded") / name / ASSIGNMENT
        shutil.copytree(course.source(ASSIGNMENT), copy)
        if name != names[0]:
            shutil.copytree(course.records / ASSIGNMENT / names[0], course.records / ASSIGNMENT / name)
    with Gradebook(course.db_url) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        for notebook in sorted(course.source(ASSIGNMENT).glob("*.ipynb")):
            gradebook.add_notebook(notebook.stem, ASSIGNMENT)
            reviewed = {one.id for one in reviews_of(notebook=f"{ASSIGNMENT}/{notebook.stem}")}
            for cell in nbformat.read(notebook, as_version=4).cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                if name in reviewed:
                    gradebook.add_grade_cell(name, notebook.stem, ASSIGNMENT, max_score=4, cell_type=cell.cell_type)
                    gradebook.add_solution_cell(name, notebook.stem, ASSIGNMENT)
        for name in names:
            gradebook.add_student(name)
            gradebook.add_submission(ASSIGNMENT, name)
    return course


def next_copies(course: Course, pause: bool) -> list[float]:
    """Return the seconds of each « level, then next »; ``pause`` lets the next copy be prepared, as reading does."""
    desk = ReviewDesk(course, ASSIGNMENT, MARKER)
    taken = []
    try:
        for number in range(READ):
            if pause:
                time.sleep(PAUSE_S)
            taken.append(seconds(lambda number=number: _mark(desk, number)))  # type: ignore[misc]
        return taken
    finally:
        desk.close()


def _mark(desk: ReviewDesk, number: int) -> None:
    before = desk.deliverable["key"]
    desk.do({"do": "level", "value": 1 + number % 4})
    desk.do({"do": "next"})
    assert desk.deliverable["key"] != before
    assert not desk.state["alert"], desk.state["alert"]


def next_learner() -> list[Line]:
    """Measure the median wait: in a small class, in a large one, with the next copy prepared and without."""
    lines: list[Line] = []
    for learners in (SMALL, LARGE):
        with tempfile.TemporaryDirectory() as temporary:
            course = marked_course(Path(temporary) / "cours", learners)
            for pause in (True, False):  # each goes on where the other stopped
                taken = median(next_copies(course, pause))
                name = f"{learners} apprenants, copie {'préparée' if pause else 'ouverte aussitôt'}"
                lines.append(Line(name, taken, taken / lines[0].seconds if lines else 1.0))
    return lines
