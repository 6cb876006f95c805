"""The floor: the same notebooks run in confined children and nothing else. No check, no point, no file, no database."""

import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.grading.execute import draw_for, kernel_environment
from autograder.grading.kernel.client import Child
from autograder.grading.kernel.keeper import own_nursery

CELL_S = 60.0


@dataclass(frozen=True)
class Bare:
    """One submission to run: the environment and the code cells of each of its notebooks, and its files."""

    notebooks: tuple[tuple[dict[str, str], tuple[str, ...]], ...]
    folder: Path


def floor(course: Course, assignment: str, jobs: int) -> float:
    """Return the seconds that a submission takes when ``jobs`` processes only have graded copies run again."""
    copies = [
        _bare(course, folder, assignment) for folder in sorted(course.folder("autograded").glob(f"*/{assignment}"))
    ]
    nursery = own_nursery()
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=(nursery.path,)) as pool:
        list(pool.map(_run, copies[:jobs]))  # the processes and the nursery are ready
        started = time.perf_counter()
        list(pool.map(_run, copies))
        return (time.perf_counter() - started) / len(copies)


def _bare(course: Course, folder: Path, assignment: str) -> Bare:
    found, learner = [], folder.parent.name
    for path in sorted(folder.glob("*.ipynb")):
        draw = draw_for({"student": learner, "assignment": assignment, "notebook": path.stem}, course.config)
        cells = _code(json.loads(path.read_text(encoding="utf-8")))
        found.append((kernel_environment(learner, draw), tuple(cells)))
    return Bare(tuple(found), folder)


def _code(notebook: dict[str, Any]) -> list[str]:
    sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [source for source in sources if source.strip()]


_HERE: dict[str, str] = {}


def _start(nursery: str) -> None:
    _HERE["nursery"] = nursery


def _run(copy: Bare) -> None:
    for environment, cells in copy.notebooks:
        with Child(_HERE["nursery"], environment, copy.folder) as child:
            for source in cells:
                child.execute(source, CELL_S, lambda _: None)
