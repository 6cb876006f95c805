"""The review desk in a real JupyterLab, by keyboard alone: every level is in the database, nothing is lost on the way.

With CASEKIT_REVUE_COMPLETE=1, the class is whole: 46 criteria and 20 learners; it takes a few minutes.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_course import EVERY_CRITERION, ORAL, desk_course, names
from in_lab import CAPTURES, PATIENCE_S, Notebook, Room, opened_page, room_of
from nbgrader.api import Gradebook
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from reviewing import ASSIGNMENT, M1, M2, M3, NOTEBOOK, mark

from autograder.course.course import Course
from autograder.course.lab import Lab
from autograder.keys.questions import Review
from autograder.referentiel import load_referentiel
from autograder.review.desk.opening import write_notebook
from autograder.review.desk.session import DeskSession
from autograder.review.model import Marker, Part, Stage
from autograder.review.orals import Orals
from autograder.review.sampling import ask_for_share
from autograder.review.store import ReviewStore

pytestmark = pytest.mark.xdist_group("lab-outils")

WHOLE = os.environ.get("CASEKIT_REVUE_COMPLETE") == "1"
DECLARED = EVERY_CRITERION if WHOLE else EVERY_CRITERION[11:16]
LEARNERS = names(20 if WHOLE else 4)
OPEN = """import os, sys
from pathlib import Path
sys.path.append({tests!r})
from desk_course import EVERY_CRITERION, ORAL
from autograder.course.course import Course
from autograder.review.desk.widget import ReviewDesk
Path('noyau.txt').write_text(str(os.getpid()))
declared = [one for one in (*EVERY_CRITERION, ORAL) if one.id in {ids!r}]
ReviewDesk(Course(Path.cwd()), 'e2-performance', {marker!r}, declared)"""


class Revue:
    """The desk in one notebook of a course; every method after ``open`` only presses keys."""

    def __init__(self, page: Page, lab: Room, course: Course) -> None:
        self.page, self.lab, self.course = page, lab, course
        self.notebook = Notebook(page)

    def open(self, marker: str, declared: tuple[Review, ...] = DECLARED) -> None:
        source = OPEN.format(tests=str(Path(__file__).parent), marker=marker, ids={one.id for one in declared})
        cell = {"cell_type": "code", "id": "c0", "metadata": {}, "outputs": [], "execution_count": None,
                "source": source}  # fmt: skip
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        content = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (self.course.root / "essai.ipynb").write_text(json.dumps(content), encoding="utf-8")
        self.notebook.open(self.lab, "essai.ipynb")
        self.run()

    def run(self) -> None:
        """Run the cell; a desk that it showed before is another one."""
        self.notebook.go(0)
        self.page.evaluate("document.querySelectorAll('.ck-desk').forEach(desk => desk.dataset.old = '')")
        for _ in range(5):  # a notebook that is still settling does not hear the first one
            self.page.locator(".jp-NotebookPanel .jp-Notebook").focus()
            self.page.keyboard.press("Control+Enter")
            try:
                self.page.locator(".ck-desk:not([data-old]) .ck-columns:visible").wait_for(timeout=10_000)
                break
            except PlaywrightTimeoutError:
                continue
        self.page.wait_for_timeout(1300)  # JupyterLab may take the keyboard back once
        self.page.wait_for_function("document.activeElement.matches('.ck-desk:not([data-old])')")

    def kernel(self) -> int:
        return int((self.course.root / "noyau.txt").read_text())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def told(self, words: str) -> None:
        """Wait until the live region says so."""
        self.page.wait_for_function(
            "words => document.querySelector('.ck-live').textContent.replace(/\\u00a0/g, ' ').includes(words)",
            arg=words,
        )

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so."""
        limit = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < limit
            self.page.wait_for_timeout(100)

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
    with opened_page(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def course(study: Path) -> Course:
    return desk_course(study / "revue", DECLARED, LEARNERS)


@pytest.fixture(scope="module")
def lab(server: Lab, course: Course) -> Iterator[Room]:
    with room_of(server, course.root) as room:
        yield room


def order(course: Course, marker: Marker) -> list[Part]:
    with DeskSession(course, ASSIGNMENT, marker, DECLARED) as session:
        return session.queue.parts


def given(course: Course) -> dict[Part, float | None]:
    """Return every first level that is in the store."""
    reviewed = [one for one in DECLARED if load_referentiel().criteria[one.criterion].reviewed]
    with ReviewStore.of(course, ASSIGNMENT, reviewed) as store:
        return {part: one[Stage.FIRST].level for part, one in store.readings().items() if Stage.FIRST in one}


def test_a_class_is_marked_by_digits_and_n_alone(lab: Room, page: Page, course: Course) -> None:
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


SMALL = (*EVERY_CRITERION[12:14], ORAL)
"""B1-C13, B1-C14 and an oral."""


@pytest.fixture(scope="module")
def small(study: Path) -> Course:
    return desk_course(study / "petite", SMALL, names(3), work=True)


@pytest.fixture(scope="module")
def small_lab(server: Lab, small: Course) -> Iterator[Room]:
    with room_of(server, small.root) as room:
        yield room


@pytest.fixture
def revue(page: Page, small: Course, small_lab: Room) -> Revue:
    page.set_viewport_size({"width": 1360, "height": 1000})
    return Revue(page, small_lab, small)


def readings(course: Course) -> dict[Part, tuple[float | None, str, str]]:
    with ReviewStore.of(course, ASSIGNMENT, SMALL) as store:
        return {
            part: (one[Stage.FIRST].level, one[Stage.FIRST].comment, one[Stage.FIRST].note)
            for part, one in store.readings().items() if Stage.FIRST in one
        }  # fmt: skip


def shown_part(page: Page, course: Course, marker: Marker) -> Part:
    """Return the part whose copy the page shows."""
    name = page.locator(".ck-copy h3").inner_text().partition(" – ")[0]
    with DeskSession(course, ASSIGNMENT, marker, SMALL) as session:
        return next(part for part in session.queue.parts if session.queue.name(part) == name)


def test_what_is_typed_is_kept_whatever_happens(revue: Revue, page: Page, small: Course) -> None:
    revue.open("m1", SMALL)
    part = shown_part(page, small, M1)
    revue.check("bureau")
    revue.notebook.tab_to("Commentaire pour l’apprenant")
    page.keyboard.type("Sources claires, note 4n.")
    revue.told("Commentaire enregistré")
    assert readings(small)[part] == (None, "Sources claires, note 4n.", ""), "digits and n are text in a field"
    page.keyboard.type(" Limite absente.")
    page.reload()  # before anything was sent
    revue.notebook.open(revue.lab, "essai.ipynb")
    revue.run()
    revue.until(lambda: readings(small)[part][1] == "Sources claires, note 4n. Limite absente.")
    revue.until(lambda: "Limite absente." in page.get_by_label("Commentaire pour l’apprenant").input_value())
    os.kill(revue.kernel(), signal.SIGKILL)
    page.locator(".jp-Dialog").wait_for()
    page.keyboard.press("Enter")
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.locator(".ck-desk").focus()
    revue.notebook.tab_to("Note privée")
    page.keyboard.type("à revoir")  # nobody listens
    page.locator(".ck-alert", has_text="Le noyau ne répond pas").wait_for()
    page.screenshot(path=str(CAPTURES / "revue-noyau.png"))
    revue.press("Escape", "Escape")
    revue.run()
    revue.until(lambda: readings(small)[part] == (None, "Sources claires, note 4n. Limite absente.", "à revoir"))
    revue.press("2", "u")
    revue.told("Dernier changement annulé")
    assert readings(small)[part][0] is None


def test_the_bank_by_keyboard(revue: Revue, page: Page, small: Course) -> None:
    revue.open("m2", SMALL)
    part = shown_part(page, small, M2)
    before = readings(small).get(part, (None, "", ""))[1]
    revue.press("c")
    page.keyboard.type("{prenom}, citez vos sources.")
    revue.notebook.tab_to("Ajouter à la banque")
    revue.press("Enter")
    page.locator("[role=option]").first.wait_for()
    revue.notebook.tab_to("Nouveau commentaire")
    page.keyboard.type("Séparez le constat de sa cause.")
    revue.notebook.tab_to("Ajouter à la banque")
    revue.press("Enter")
    page.locator("[role=option]").nth(1).wait_for()
    revue.check("banque")
    page.wait_for_function("document.activeElement.matches('[role=listbox]')")
    revue.press("Home", "ArrowDown", "Enter")
    revue.told("Commentaire inséré")
    text = (before + "\n" if before else "") + "Séparez le constat de sa cause."
    assert readings(small)[part][1] == text
    assert page.get_by_label("Commentaire pour l’apprenant").input_value() == text
    revue.press("c", "Escape", "u")
    revue.told("Dernier changement annulé")
    assert readings(small)[part][1] == before
    revue.press("?")
    revue.notebook.tab_to("Raccourcis à une touche")
    revue.check("aide")
    revue.press("Space", "Escape", "4")
    page.wait_for_timeout(300)
    assert readings(small).get(part, (None,))[0] is None, "shortcuts are switched off"
    page.locator(".ck-desk").focus()
    revue.notebook.tab_to("Autres actions")
    revue.press("Enter")
    revue.notebook.tab_to("Aide et raccourcis")
    revue.press("Enter")
    revue.notebook.tab_to("Raccourcis à une touche")
    revue.press("Space", "Escape", "4")
    revue.told("Niveau 4 enregistré")


def test_an_oral_has_a_clock_and_a_copy_its_qualities(revue: Revue, page: Page, small: Course) -> None:
    revue.open("m3", SMALL)
    revue.notebook.tab_to("Relire")
    revue.press("ArrowDown")
    page.locator(".ck-quality").wait_for()
    revue.notebook.tab_to("Qualités non observables")
    page.keyboard.type("Rigueur visible.")
    revue.told("Commentaire sur les qualités enregistré")
    revue.check("copie")
    page.locator(".ck-desk").focus()
    revue.notebook.tab_to("Relire")
    revue.press("ArrowUp")
    page.locator(".ck-quality").wait_for(state="hidden")
    page.locator(".ck-desk").focus()
    while page.locator("dialog.ck-oral[open]").is_hidden():
        revue.press("n")
        page.wait_for_function("!document.querySelector('.ck-desk[aria-busy]')")
    page.set_viewport_size({"width": 1280, "height": 720})
    revue.press("t")
    page.wait_for_function("document.querySelector('.ck-time').value >= '00:01'")
    box = page.locator("dialog.ck-oral").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 720}, "JupyterLab takes no room from it"
    revue.press("e")
    page.keyboard.type("1 annonce son plan")
    revue.press("Enter")
    revue.told("Note enregistrée")
    revue.check("oral")
    revue.press("Escape", "t", "3")
    revue.told("Niveau 3 enregistré")
    assert shown_level(small, "r-oral") == 3
    with Orals.of(small) as orals:
        ((_, kept),) = orals.of_assignment(ASSIGNMENT).items()
    assert [one.words for one in kept["m3"].heard] == ["annonce son plan"]
    revue.press("Escape")
    page.locator("dialog.ck-oral").wait_for(state="hidden")
    page.set_viewport_size({"width": 1360, "height": 1000})


def shown_level(course: Course, identifier: str) -> float | None:
    return next(level for part, (level, _, _) in readings(course).items() if part.id == identifier)


def test_two_versions_are_shown_and_one_is_chosen(revue: Revue, page: Page, small: Course) -> None:
    revue.open("m4", SMALL)
    part = shown_part(page, small, Marker("m4"))
    with ReviewStore.of(small, ASSIGNMENT, SMALL) as store:
        mark(store, M3, part.learner, part.id, level=1, comment="Autre avis.")
    revue.press("4")
    page.locator(".ck-conflict button").first.wait_for()
    revue.check("conflit")
    revue.press("n")
    page.locator(".ck-alert", has_text="Choisissez d’abord").wait_for()
    revue.notebook.tab_to("Garder ma saisie")
    revue.press("Enter")
    revue.told("Votre saisie est enregistrée")
    assert readings(small)[part][:2] == (4, "Autre avis.")


def test_differences_are_settled_by_keyboard(revue: Revue, page: Page, small: Course) -> None:
    with ReviewStore.of(small, ASSIGNMENT, SMALL) as store:
        m5, m6 = Marker("m5"), Marker("m6")
        ask_for_share(store, m6, 100, ["B1-C14"])
        for learner, levels in zip(names(3), ((1, 4), (3, 3), (2, 3)), strict=True):
            for marker, level in zip((m5, m6), levels, strict=True):
                mark(store, marker, learner, SMALL[1].id, level=level, comment=f"Avis de {marker.name}.")
    revue.open("m7", SMALL)
    revue.notebook.tab_to("Autres actions")
    revue.press("Enter")
    revue.notebook.tab_to("Conciliation")
    revue.press("Enter")
    page.locator(".ck-pair", has_text="Écart").wait_for()
    revue.check("conciliation")
    revue.press("3")
    revue.told("Niveau 3 retenu")
    revue.press("n")
    revue.told("double relecture 2 sur 3")
    revue.press("2", "n")
    revue.told("Tout est concilié")
    with ReviewStore.of(small, ASSIGNMENT, SMALL) as store:
        counts = {part.learner: one.level for part, one in store.retained().items() if part.id == SMALL[1].id}
    assert counts == {"a001": 3, "a002": 3, "a003": 2}
    revue.notebook.tab_to("Revenir à la revue")
    revue.press("Enter")
    page.locator(".ck-selectors:visible").wait_for()
    revue.notebook.tab_to("Accord")
    revue.press("Enter")
    page.locator(".ck-agreement table").first.wait_for()
    revue.check("accord")


def test_a_second_marking_is_asked_for_by_keyboard(revue: Revue, page: Page, small: Course) -> None:
    revue.open("m10", SMALL)
    revue.notebook.tab_to("Autres actions")
    revue.press("Enter")
    revue.notebook.tab_to("Demander une seconde relecture")
    revue.press("Enter")
    page.keyboard.type("m11")
    revue.check("seconde")
    revue.notebook.tab_to("Part des copies")
    page.keyboard.type("100")
    revue.notebook.tab_to("B1-C13")
    revue.press("Space")
    revue.notebook.tab_to("Demander")
    revue.press("Enter")
    revue.told("confiées à m11")
    with ReviewStore.of(small, ASSIGNMENT, SMALL) as store:
        asked = {key for key, marker in store.seconds().items() if marker == "m11"}
    assert asked == {(learner, SMALL[0].id) for learner in names(3)}


@pytest.mark.parametrize("look", ["sombre", "étroit"])
def test_the_desk_in_the_dark_and_in_little_room(revue: Revue, page: Page, look: str) -> None:
    revue.open("m8", SMALL)
    if look == "sombre":
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    else:
        page.evaluate(
            "document.body.append(document.querySelector('.ck-desk'));"
            "Object.assign(document.querySelector('.ck-desk').style, {position: 'fixed', inset: '0 auto auto 0',"
            " width: '400px', zIndex: 9999, maxHeight: '100vh', overflow: 'auto'})"
        )
        page.set_viewport_size({"width": 400, "height": 1400})
    revue.check(look)
    assert page.evaluate("(desk => desk.scrollWidth <= desk.clientWidth)(document.querySelector('.ck-desk'))")


def test_the_course_s_own_notebook_asks_for_a_name(revue: Revue, page: Page, small: Course) -> None:
    write_notebook(small.root)
    revue.notebook.open(revue.lab, "revue.ipynb")
    revue.notebook.run(1)
    page.locator(".ck-home:visible").wait_for()
    revue.check("accueil")
    page.locator(".ck-desk").focus()
    revue.notebook.tab_to("Votre nom")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("m9")
    revue.press("Enter")
    page.locator(".ck-top h2", has_text="E2").wait_for()
    revue.check("rien-a-relire")
    assert "casekit grade" in page.locator(".ck-alert").first.inner_text()
