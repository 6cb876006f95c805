"""The review desk in a real JupyterLab, by keyboard alone: every level is in the database, nothing is lost on the way.

With CASEKIT_REVUE_COMPLETE=1, the class is whole: 46 criteria and 20 learners; it takes a few minutes.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_course import EVERY_CRITERION, desk_course, names
from in_lab import CAPTURES, Notebook, opened_page, running_lab
from nbgrader.api import Gradebook
from playwright.sync_api import Page
from reviewing import ASSIGNMENT, M1, M2, M3, NOTEBOOK, mark

from autograder.course import Course
from autograder.lab import Lab
from autograder.questions import Review
from autograder.referentiel import load_referentiel
from autograder.review import Marker, Part, ReviewStore, Stage
from autograder.review.desk.session import Session
from autograder.review.sampling import ask_for_share

pytestmark = pytest.mark.xdist_group("lab")

WHOLE = os.environ.get("CASEKIT_REVUE_COMPLETE") == "1"
ORAL = Review("r-oral", "Présentation orale", "B1-C16", f"{ASSIGNMENT}/", minutes=1)
DECLARED = EVERY_CRITERION if WHOLE else EVERY_CRITERION[11:16]
LEARNERS = names(20 if WHOLE else 4)
OPEN = """import os, sys
from pathlib import Path
sys.path[:0] = {tests!r}
from desk_course import EVERY_CRITERION
from autograder.course import Course
from autograder.questions import Review
from autograder.review.desk.widget import ReviewDesk
Path('noyau.txt').write_text(str(os.getpid()))
declared = [*EVERY_CRITERION{cut}, Review('r-oral', 'Présentation orale', 'B1-C16', 'e2-performance/', 60)]
ReviewDesk(Course(Path.cwd()), 'e2-performance', {marker!r}, [one for one in declared if one.id in {ids!r}])"""


def opening(marker: str, declared: tuple[Review, ...]) -> str:
    tests = [str(Path(__file__).parent)]
    return OPEN.format(tests=tests, cut="", marker=marker, ids={one.id for one in declared})


class Revue:
    """The desk in one notebook of a course; every method after ``open`` only presses keys."""

    def __init__(self, page: Page, lab: Lab, course: Course) -> None:
        self.page, self.lab, self.course = page, lab, course
        self.notebook = Notebook(page)

    def open(self, marker: str, declared: tuple[Review, ...] = DECLARED) -> None:
        cell = {"cell_type": "code", "id": "c0", "metadata": {}, "outputs": [], "execution_count": None,
                "source": opening(marker, declared)}  # fmt: skip
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        content = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (self.course.root / "essai.ipynb").write_text(json.dumps(content), encoding="utf-8")
        self.notebook.open(self.lab, "essai.ipynb")
        self.run()

    def run(self) -> None:
        self.notebook.run(0)
        self.page.locator(".ck-desk .ck-columns:visible").wait_for()
        self.page.wait_for_function("document.activeElement.matches('.ck-desk')")

    def kernel(self) -> int:
        return int((self.course.root / "noyau.txt").read_text())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def told(self, words: str) -> None:
        """Wait until the live region says so."""
        self.page.wait_for_function(
            "words => document.querySelector('.ck-live').textContent.replace(/\\u00a0/g, ' ').includes(words)", arg=words
        )

    def next(self) -> bool:
        """Press « n » and wait for the answer; say whether another copy came."""
        self.press("n")
        self.page.wait_for_function(
            "!document.querySelector('.ck-desk[aria-busy]') && document.querySelector('.ck-live').textContent"
        )
        return "Tout est relu" not in self.page.locator(".ck-live").inner_text()

    def check(self, name: str) -> None:
        """Look at the desk with axe, and keep a picture."""
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=str(CAPTURES / f"revue-{name}.png"))
        found = Axe().run(self.page, context=".ck-desk")
        assert found.violations_count == 0, found.generate_report()


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, 1000, 30) as opened:
        yield opened


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return desk_course(tmp_path_factory.mktemp("revue") / "cours", DECLARED, LEARNERS)


@pytest.fixture(scope="module")
def lab(chromium: str, course: Course) -> Iterator[Lab]:
    with running_lab(course.root, 24000) as server:
        yield server


def order(course: Course, marker: Marker) -> list[Part]:
    with Session(course, ASSIGNMENT, marker, DECLARED) as session:
        return session.queue.parts


def given(course: Course) -> dict[Part, float | None]:
    """Return every first level that is in the store."""
    reviewed = [one for one in DECLARED if load_referentiel().criteria[one.criterion].reviewed]
    with ReviewStore.of(course, ASSIGNMENT, reviewed) as store:
        return {part: one[Stage.FIRST].level for part, one in store.readings().items() if Stage.FIRST in one}


def test_a_class_is_marked_by_digits_and_n_alone(lab: Lab, page: Page, course: Course) -> None:
    """In the middle, the page reloads; later, the kernel is killed: every level that was given is there."""
    revue = Revue(page, lab, course)
    revue.open("m1")
    parts = order(course, M1)
    wanted = {part: 1 + number * 7 % 4 for number, part in enumerate(parts)}
    assert len(parts) == len(LEARNERS) * sum(load_referentiel().criteria[one.criterion].reviewed for one in DECLARED)
    reload_at, kill_at = len(parts) // 3, 2 * len(parts) // 3
    for number, (part, level) in enumerate(wanted.items()):
        if number in (reload_at, kill_at):
            assert given(course) == dict(list(wanted.items())[:number])
        if number == reload_at:
            page.reload()
            revue.notebook.open(lab, "essai.ipynb")
            revue.run()
        if number == kill_at:
            os.kill(revue.kernel(), signal.SIGKILL)
            page.locator(".jp-Dialog").wait_for()
            page.keyboard.press("Enter")
            page.locator(".jp-Dialog").wait_for(state="detached")
            revue.run()
        revue.press(str(level))
        assert revue.next() is (number < len(parts) - 1), part
    assert given(course) == wanted
    with Gradebook(course.db_url) as gradebook:
        for part, level in wanted.items():
            grade = gradebook.find_grade(part.id, NOTEBOOK, ASSIGNMENT, part.learner)
            assert (grade.manual_score, grade.needs_manual_grade) == (level, False)
    totals = page.locator(".ck-totals tbody")
    for code in ("B1-C12", "B1-C15"):
        row = totals.locator("tr", has_text=code)
        assert "corrigé par la machine" in row.text_content().replace("\u00a0", " ")
