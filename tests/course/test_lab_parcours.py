"""A learner's whole way: from « casekit lab » to the hand-in ZIP that the trainer's side recognises, over two days.

Once by keyboard alone, once by mouse; at each stop, axe, the width of the work at 200 %, no word of English.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import small
from in_lab import SECONDS, START_S, TRIALS, Notebook
from playwright.sync_api import Locator, Page, expect
from study_lab import (
    NORMAL,
    TWICE,
    accessible,
    action,
    capture,
    casekit_lab,
    choose_theme,
    downloaded,
    english,
    fits,
    go_home,
    home,
    key_of,
    normal_page,
    restart,
    resumed,
    surrounded,
    wait_for_theme,
)

from autograder.course.course import Course
from autograder.course.home import write_home
from autograder.grading.records import read_records
from autograder.grading.run import grade
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import questions_of
from casestudies.remise.receipt import NAME as RECEIPT
from casestudies.remise.receipt import read_receipt
from casestudies.typography import french

pytestmark = pytest.mark.xdist_group("lab")

LEARNER, OTHER = "ana.martin", "bob"
CHOICE, NUMBER = "q1-entree-conversion", "q1-sessions"
LAST = questions_of(notebook=f"{small.ASSIGNMENT}/{small.NOTEBOOK}")[-1].id
"""The last question of its notebook: one hands in from there."""
ANSWERS = {CHOICE: "choix", NUMBER: "sessions", LAST: "evolution"}
ASKED = "".join(
    f"""
```{{code-cell}}
:nbgrader: {{grade_id: a{question}, solution: true}}
{name} = None
### DÉBUT SOLUTION
{name} = 1
### FIN SOLUTION
```

```{{code-cell}}
:nbgrader: {{grade_id: {question}, grade: true, locked: true, points: 1}}
dossier.verifier("{question}", {name})
```
"""
    for question, name in ANSWERS.items()
)
TEXT = f"{small.TEXT[: small.TEXT.index('```{code-cell}' + chr(10) + ':nbgrader: {grade_id: a-un')]}{ASKED}"
IDENTITY, OPENING, LINE = "identifiant =", "ouvrir_dossier(", "sessions ="
KEYBOARD_IS = """place => {
  const inner = (node) => node?.shadowRoot?.activeElement ? inner(node.shadowRoot.activeElement) : node;
  const bar = (node) => {
    while (node && !node.matches?.('[role="toolbar"], jp-toolbar')) node = node.parentNode ?? node.host;
    return node;
  };
  const active = inner(document.activeElement);
  if (active === place) return "there";
  return bar(place) && bar(active) === bar(place) ? "in its toolbar" : "elsewhere";
}"""
TABS = 120
"""More than what the Tab key meets on a page, one way."""
PORTS = {"keyboard": 25000, "mouse": 27000}


@dataclass
class Worker:
    """Somebody in front of a page, who has a keyboard or a mouse; to write, both have keys."""

    page: Page
    by: str

    @property
    def notebook(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:visible")

    def cells(self) -> Locator:
        return self.notebook.locator(".jp-Notebook .jp-Cell")

    def rank(self, text: str) -> int:
        """Return the rank of the first code cell that holds a text."""
        holds = (
            "(cells, text) => cells.findIndex(cell => cell.matches('.jp-CodeCell') && cell.textContent.includes(text))"
        )
        return int(self.cells().evaluate_all(holds, text))

    def press(self, place: Locator) -> None:
        """Press a button or follow a link."""
        if self.by == "mouse":
            place.click()
        else:
            self.reach(place)
            self.page.keyboard.press("Enter")

    def reach(self, place: Locator) -> None:
        """Press Tab until a place has the keyboard, backwards when it is not found onwards; arrows in its toolbar."""
        expect(place).to_be_visible()
        for key in ("Tab", "Shift+Tab"):
            for _ in range(TABS):
                found = place.evaluate(KEYBOARD_IS)
                if found == "there":
                    return
                self.page.keyboard.press("ArrowRight" if found == "in its toolbar" else key)
        raise AssertionError(f"{place} cannot be reached with Tab")

    def enter(self, text: str) -> Locator:
        """Go into the cell that holds a text."""
        rank = self.rank(text)
        if self.by == "mouse":
            self.cells().nth(rank).locator(".cm-content").click()
        else:
            Notebook(self.page).go(rank)
            self.page.keyboard.press("Enter")
        return self.cells().nth(rank)

    def write(self, text: str, new: str) -> None:
        """Replace what is in the cell that holds a text."""
        self.enter(text)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(new)
        self.page.keyboard.press("Escape")

    def run(self, text: str) -> Locator:
        """Run the cell that holds a text, and return what it shows."""
        here = self.enter(text)
        prompt = here.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        for _ in range(TRIALS):  # again when a page that is still settling has lost it
            if self.by == "mouse":
                self.notebook.locator('[data-command="notebook:run-cell-and-select-next"]').click()
            else:
                self.page.keyboard.press("Control+Enter")
            with suppress(AssertionError):
                expect(prompt).not_to_have_text(before, timeout=START_S * SECONDS)
                break
            self.enter(text)
        expect(prompt).to_have_text(re.compile(r"\d+"))
        return here.locator(".jp-OutputArea").first

    def check(self, question: str) -> Locator:
        """Run the check of a question, and return its panel."""
        return self.run(f'verifier("{question}"')

    def choose(self, panel: Locator, letter: str) -> None:
        """Choose a letter in a panel."""
        radios = panel.get_by_role("radio")
        if self.by == "mouse":
            radios.nth("ABCDEFGH".index(letter)).click()
            return
        chosen = panel.get_by_role("radio", checked=True)
        self.reach(chosen if chosen.count() else radios.first)
        wanted = radios.nth("ABCDEFGH".index(letter))
        self.page.keyboard.press("Space")
        for _ in range(radios.count()):
            if wanted.evaluate("radio => radio === document.activeElement"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{letter} cannot be reached with the arrows")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small, "TEXT", TEXT)
        return small.make_course(tmp_path_factory.mktemp("parcours") / "cours", (LEARNER,))


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with normal_page(chromium) as opened:
        yield opened


def mistake(name: str) -> str:
    """Return how the explanation of a mistake begins."""
    return french(load_misconceptions()[name].explanation)[:40]


def stop_at(page: Page, name: str, context: str, place: Locator | None = None) -> None:
    """Look at a stop: at the usual size and at 200 %, axe and nothing cut; no word of English."""
    place = place or page.locator(f"{context}:visible").last
    place.scroll_into_view_if_needed()
    capture(page, f"parcours-{name}")
    accessible(page, context)
    assert english(page) == []
    page.set_viewport_size(TWICE)
    page.wait_for_timeout(200)
    place.scroll_into_view_if_needed()
    capture(page, f"parcours-{name}-200")
    accessible(page, context)
    fits(page, place, 0.7)
    page.set_viewport_size(NORMAL)


@pytest.mark.parametrize(("by", "theme"), [("keyboard", "Light"), ("mouse", "Dark")])
def test_from_casekit_lab_to_the_zip_that_the_trainer_recognises(
    by: str, theme: str, page: Page, course: Course, tmp_path: Path
) -> None:
    folder, name = tmp_path / "étude", f"{by}-{theme.lower()}"
    shutil.copytree(course.folder("release") / small.ASSIGNMENT, folder / small.ASSIGNMENT)
    write_home(folder)
    choose_theme(folder, theme)
    worker = Worker(page, by)
    with casekit_lab(folder, PORTS[by]) as address:
        first_day(worker, address, theme, name)
    with casekit_lab(folder, PORTS[by]) as address:
        archive = next_day(worker, address, theme, name, tmp_path)
    recognised(course, archive)


def first_day(worker: Worker, address: str, theme: str, name: str) -> None:
    """Give one's identifier, answer wrong and right, break a cell, restart, resume, take somebody else's place."""
    page = worker.page
    page.goto(address)
    wait_for_theme(page, theme)
    field = home(page).get_by_label("Votre identifiant")
    field.click() if worker.by == "mouse" else worker.reach(field)
    page.keyboard.type(LEARNER)
    worker.press(home(page).get_by_role("button", name="Enregistrer"))
    expect(home(page)).to_contain_text(f"sous l’identifiant «\xa0{LEARNER}\xa0»")
    stop_at(page, f"{name}-accueil", ".ck-home")
    worker.press(action(page))
    surrounded(page)
    expect(worker.cells().nth(worker.rank(IDENTITY))).to_contain_text(f'"{LEARNER}"')

    for text in (IDENTITY, OPENING, "choix ="):
        worker.run(text)
    panel = worker.check(CHOICE)
    wrong, right = key_of(CHOICE, LEARNER).wrong[0], str(key_of(CHOICE, LEARNER).right)
    worker.choose(panel, str(wrong.value))
    expect(panel).to_contain_text(mistake(wrong.misconception))
    stop_at(page, f"{name}-erreur", ".ck-panel")
    worker.press(panel.get_by_role("button", name="Un indice (1 sur 3)"))
    expect(panel).to_contain_text("Indice 1 sur 3")
    worker.choose(panel, right)
    expect(panel).to_contain_text("✓ Juste")
    expect(panel.get_by_role("button", name="Un indice")).to_have_count(0)

    known = key_of(NUMBER, LEARNER).wrong[0]
    worker.write(LINE, f"sessions = {known.value}")
    worker.run(LINE)
    expect(worker.check(NUMBER)).to_contain_text(mistake(known.misconception))
    worker.write(LINE, "sessions = ses_visites")
    card = worker.run(LINE)
    expect(card).to_contain_text("Python ne connaît pas")
    stop_at(page, f"{name}-arret", ".jp-RenderedHTMLCommon", card.locator(".jp-RenderedHTMLCommon").first)

    restart(page)
    worker.press(page.get_by_role("button", name="Reprendre où j’en étais"))
    report = resumed(page)
    expect(report).to_contain_text("question 2 sur 3")
    expect(report.get_by_role("button", name="sessions = ses_visites")).to_be_visible()
    stop_at(page, f"{name}-repris", ".ck-resume")
    worker.press(report.get_by_role("button", name="Fermer"))

    worker.write(IDENTITY, f'identifiant = "{OTHER}"')
    worker.run(IDENTITY)
    opened = worker.run(OPENING)
    expect(opened).to_contain_text(f"«\xa0{LEARNER}\xa0», dont la progression est gardée")
    stop_at(page, f"{name}-autre", ".jp-RenderedHTMLCommon", opened.locator(".jp-RenderedHTMLCommon").first)
    worker.write(IDENTITY, f'identifiant = "{LEARNER}"')
    worker.run(IDENTITY)
    expect(worker.run(OPENING)).to_contain_text(f"«\xa0{OTHER}\xa0», dont la progression est gardée")
    page.keyboard.press("Escape")
    page.keyboard.press("ControlOrMeta+s")
    page.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)").wait_for()


def next_day(worker: Worker, address: str, theme: str, name: str, tmp_path: Path) -> Path:
    """Come back to the question where one was, answer it and the last one, hand in; return the ZIP."""
    page = worker.page
    page.goto(address)
    wait_for_theme(page, theme)
    expect(action(page)).to_have_text(re.compile(r"^Reprendre\s: question 4$"))
    stop_at(page, f"{name}-lendemain", ".ck-home")
    worker.press(action(page))
    expect(resumed(page)).to_contain_text("question 2 sur 3")
    worker.press(page.locator(".ck-resume:visible").get_by_role("button", name="Fermer"))
    for question, line in ((NUMBER, LINE), (LAST, "evolution =")):
        worker.write(line, f"{ANSWERS[question]} = {float(key_of(question, LEARNER).right)!r}")
        worker.run(line)
        panel = worker.check(question)
        expect(panel).to_contain_text("✓ Juste")
    stop_at(page, f"{name}-juste", ".ck-panel")
    worker.press(panel.get_by_role("button", name="Relire et remettre mon travail"))
    handed = panel.get_by_role("region", name="Votre remise")
    expect(handed).to_contain_text("Votre travail est prêt à être déposé")
    stop_at(page, f"{name}-remise", ".ck-handed")
    archive = downloaded(page, handed.get_by_role("link", name="Télécharger"), tmp_path)
    go_home(page)
    expect(home(page)).to_contain_text("3 questions réussies sur")
    return archive


def recognised(course: Course, archive: Path) -> None:
    """Check that the trainer's side takes the ZIP as it is, knows its receipt and grades it as the panel said."""
    target = course.folder("submitted") / LEARNER / small.ASSIGNMENT
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    receipt = read_receipt((target / RECEIPT).read_bytes())
    assert (receipt.learner, receipt.assignment) == (LEARNER, small.ASSIGNMENT)
    (one,) = grade(course, small.ASSIGNMENT)
    assert [incident.code for incident in one.incidents if incident.code.startswith("recu")] == []
    (record,) = read_records(course.records, small.ASSIGNMENT)
    assert all(result.finding.outcome.is_right for result in record.results.values())
    assert set(record.results) == set(ANSWERS)
