"""Practice on sample copies in a real JupyterLab, by keyboard alone: levels, verdict, back to the review."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_course import EVERY_CRITERION, desk_course, names
from in_lab import Room, opened_page, room_of
from playwright.sync_api import Page
from reviewing import ASSIGNMENT, Marker
from test_lab_revue import Revue

from autograder.course.course import Course
from autograder.course.lab import Lab
from autograder.review.calibration.records import CalibrationRecords
from autograder.review.store import ReviewStore

pytestmark = pytest.mark.xdist_group("lab-outils")

DECLARED = EVERY_CRITERION[12:14]
"""B1-C13 and B1-C14."""


@pytest.fixture(scope="module")
def course(study: Path) -> Course:
    return desk_course(study / "etalonnage", DECLARED, names(2))


@pytest.fixture(scope="module")
def lab(server: Lab, course: Course) -> Iterator[Room]:
    with room_of(server, course.root) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium) as opened:
        yield opened


def test_three_copies_are_levelled_by_keyboard(lab: Room, page: Page, course: Course) -> None:
    revue = Revue(page, lab, course)
    revue.open("m1", DECLARED)
    revue.notebook.tab_to("Autres actions")
    revue.press("Enter")
    revue.notebook.tab_to("S’étalonner")
    revue.press("Enter")
    revue.told("trois copies")
    revue.check("etalonnage")
    page.locator(".ck-desk").focus()
    for level in ("4", "2", "1"):
        revue.press(level)
        revue.told(f"Niveau {level} donné")
        revue.next()
    revue.told("Voici le bilan")
    revue.check("etalonnage-bilan")
    assert page.locator(".ck-agreement table").count() == 2
    revue.press("n")
    revue.told("Copie A – copie d’étalonnage 1 sur 3")
    revue.notebook.tab_to("Revenir à la revue")
    revue.press("Enter")
    page.locator(".ck-desk textarea:visible").first.wait_for()
    with CalibrationRecords.of(course) as records:
        (kept,) = records.attempts(Marker("m1"))
    assert sorted(gap.given for gap in kept.verdict.gaps) == [1, 2, 4]
    with ReviewStore.of(course, ASSIGNMENT, DECLARED) as store:
        assert store.readings() == {}
