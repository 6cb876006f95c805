"""A study folder as its learner finds it: « casekit lab » for real, the home, the way back to a question, and on."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, SECONDS, opened_page
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

from autograder.course.lab import free_port
from autograder.keys.cases import case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies.home.summary import summaries
from casestudies.study import HOME

pytestmark = pytest.mark.xdist_group("lab")

LEARNER, READ = "ana.martin", "dossier.document("
FIRST, SECOND = summaries()[:2]
ENGLISH = (
    "Launcher", "Debugger", "Validate", "Validation", "Untitled", "Property Inspector", "Licenses", "Reference",
    "Search", "Open", "Close", "File", "Edit", "View", "Run", "Settings", "Help", "Loading", "Name", "Last Modified",
    "Cell", "Cells", "Ln", "Kernel", "New", "Save", "Delete",
)  # fmt: skip
THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
NORMAL, TWICE = {"width": 1280, "height": 720}, {"width": 640, "height": 360}
"""The window, and what is left of it at 200 %."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accueil") / "mes études"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Run « casekit lab » on a folder that it makes, and return the address that it says."""
    port = free_port(23000 + os.getpid() % 2000)
    code = f"from autograder.cli import main; main(['lab', {str(folder)!r}, '--port', '{port}', '--sans-navigateur'])"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = next(line for line in process.stdout if "token=" in line)
        yield said[said.index("http") :].strip()
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the command and its server
        process.wait()


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, NORMAL["height"]) as opened:
        opened.set_viewport_size(NORMAL)
        opened.set_default_timeout(60 * SECONDS)
        expect.set_options(timeout=60 * SECONDS)
        yield opened
        expect.set_options(timeout=5 * SECONDS)


def home(page: Page) -> Locator:
    return page.locator(".ck-home.ck-live:visible")


def action(page: Page) -> Locator:
    return home(page).locator("a.ck-go")


def cell(page: Page, name: str) -> Locator:
    """Return the cell of the notebook in sight that holds a text."""
    return page.locator(".jp-NotebookPanel:visible .jp-CodeCell").filter(has_text=name).first


def go_home(page: Page) -> None:
    """Press « ← Accueil », again when a page that is still settling has lost the click."""
    for _ in range(4):
        page.locator(".jp-NotebookPanel:visible").get_by_role("button", name="← Accueil").first.click()
        with suppress(TooLateError):
            home(page).wait_for(timeout=15 * SECONDS)
            return
    raise AssertionError("the home does not open")


def resumed(page: Page) -> Locator:
    """Wait until a resumption ends, and return what is said of it."""
    report = page.locator(".ck-resume:visible")
    expect(report.locator("[role=status]")).not_to_be_empty()
    return report


def letter(question: str) -> str:
    """Return the right letter of a question, as the learner sees it."""
    asked = question_of(question)
    assert asked.key is not None
    case = case_of(asked.company, LEARNER, accepted_draw(asked.company, LEARNER))
    return str(asked.key(case).right)


def english(page: Page) -> list[str]:
    """Return the lines in sight that have an English word, those that the mouse shows included."""
    seen = page.evaluate(
        """() => [document.body.innerText, ...[...document.querySelectorAll('[title]')]
            .filter(node => node.checkVisibility()).map(node => node.title)].join('\\n')"""
    )
    words = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in ENGLISH))
    return [line for line in seen.splitlines() if words.search(line)]


def accessible(page: Page, context: str) -> None:
    found = Axe().run(page, context=context)
    assert found.violations_count == 0, found.generate_report()


def capture(page: Page, name: str) -> None:
    page.screenshot(path=str(CAPTURES / f"accueil-{name}.png"))


def menu(page: Page, name: str, command: str) -> None:
    page.locator(".lm-MenuBar-item", has_text=name).click()
    page.locator(f'.lm-Menu-item[data-command="{command}"]').click()


def test_from_the_first_opening_to_the_next_day(page: Page, address: str, folder: Path) -> None:
    # the first opening: the home, and nothing else
    page.goto(address)
    expect(home(page)).to_be_visible()
    expect(action(page)).to_have_text(re.compile(rf"^Commencer\s: {re.escape(FIRST.heading[:2])}"))
    assert page.locator(".lm-DockPanel .lm-TabBar-tab").count() == 1
    assert not page.locator(".jp-DirListing:visible, .jp-SideBar.jp-mod-right:visible").count()
    assert english(page) == []
    for name in ("Fichier", "Affichage", "Exécution", "Noyau", "Aide"):
        page.locator(".lm-MenuBar-item", has_text=name).click()
        page.locator(".lm-Menu:visible").wait_for()
        assert english(page) == [], name
        page.keyboard.press("Escape")
    accessible(page, ".ck-home")
    capture(page, "premier")

    # the identifier, by keyboard
    field = home(page).get_by_label("Votre identifiant")
    field.focus()
    page.keyboard.type(LEARNER)
    page.keyboard.press("Enter")
    expect(home(page)).to_contain_text(f"sous l’identifiant «\xa0{LEARNER}\xa0»")
    expect(action(page)).to_be_focused()
    kept = json.loads((folder / ".casekit/identite.json").read_text(encoding="utf-8"))
    assert kept == {"identifiant": LEARNER}

    # begin: the notebook already knows who works
    page.keyboard.press("Enter")
    around = page.locator(".jp-NotebookPanel:visible .ck-around")
    around.wait_for(state="attached")
    expect(cell(page, "identifiant =")).to_contain_text(f'identifiant = "{LEARNER}"')
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    expect(resumed(page)).to_contain_text(f"question 1 sur {len(FIRST.questions)}")
    assert page.locator(".ck-resume li").count() == 0
    accessible(page, ".ck-resume")
    assert english(page) == []

    # answer one question by keyboard
    panel = page.locator(".jp-NotebookPanel:visible .ck-panel.ck-live")
    panel.get_by_role("radio").first.focus()
    for _ in range(8):
        if panel.get_by_role("radio", checked=True).count() and "Juste" in panel.inner_text():
            break
        right = panel.get_by_role("radio").nth("ABCDEFGH".index(letter(FIRST.questions[0].id)))
        right.focus()
        page.keyboard.press("Space")
        page.wait_for_timeout(1000)
    expect(panel).to_contain_text("Juste")
    expect(page.locator(".ck-resume:visible")).to_have_count(0)  # nothing to come back to: it left with the first key
    panel.evaluate("node => node.scrollIntoView({ block: 'end' })")
    capture(page, "question")

    # a broken cell, a restart: the home knows the question, resuming passes over the cell and says which
    broken = cell(page, READ)
    broken.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("; dossier.mesage()")
    menu(page, "Noyau", "kernelmenu:restart")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    go_home(page)
    expect(action(page)).to_have_text(re.compile(r"^Reprendre\s: question 2$"))
    capture(page, "reprendre")
    action(page).focus()
    page.keyboard.press("Enter")
    report = resumed(page)
    expect(report).to_contain_text(f"question 2 sur {len(FIRST.questions)}")
    expect(report.get_by_role("button", name=READ)).to_be_visible()
    assert report.locator("li").count() == 1
    active = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
    expect(active).to_contain_text(question_line(folder, FIRST.questions[1].id))
    capture(page, "repris")
    report.get_by_role("button", name=READ).click()
    expect(active).to_contain_text("dossier.mesage()")
    report.get_by_role("button", name="Fermer").click()
    expect(report).to_be_hidden()

    # what runs already is not run again
    before = cell(page, "identifiant =").locator(".jp-InputPrompt").inner_text()
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    resumed(page)
    assert cell(page, "identifiant =").locator(".jp-InputPrompt").inner_text() == before
    page.locator(".ck-resume:visible").get_by_role("button", name="Fermer").click()

    # the way on, and back
    around.scroll_into_view_if_needed()
    accessible(page, ".ck-around")
    capture(page, "suivant")
    around.get_by_role("button", name=f"Suivant\xa0: {SECOND.heading} →").click()
    expect(page.locator(".jp-NotebookPanel:visible h1").first).to_contain_text(SECOND.title)
    page.locator(".jp-NotebookPanel:visible .ck-around").wait_for(state="attached")
    go_home(page)

    # every tab closed: the home comes back
    menu(page, "Fichier", "application:close-all")
    for _ in range(3):
        dialog = page.locator(".jp-Dialog .jp-mod-accept:not(.jp-mod-warn)")
        page.wait_for_timeout(500)
        if dialog.count():
            dialog.click()
    expect(home(page)).to_be_visible()
    assert (folder / HOME).is_file()


def question_line(folder: Path, question: str) -> str:
    """Return what the cell of an answer begins with."""
    notebook = json.loads((folder / FIRST.file).read_text(encoding="utf-8"))
    source = next("".join(one["source"]) for one in notebook["cells"] if one.get("id") == f"a{question}")
    return source.split("=", 1)[0].strip()


def test_somebody_else_is_asked_about_when_the_name_looks_like_the_first(
    page: Page, address: str, folder: Path
) -> None:
    page.goto(address)
    page.get_by_role("button", name="Changer d’identifiant").click()
    field = home(page).get_by_label("Votre identifiant")
    field.fill("Ana Martin")
    page.keyboard.press("Enter")
    expect(home(page)).to_contain_text("Est-ce la même personne")
    keep = home(page).get_by_role("button", name=f"Oui, garder «\xa0{LEARNER}\xa0»")
    expect(keep).to_be_focused()
    accessible(page, ".ck-home")
    page.keyboard.press("Enter")
    expect(home(page).get_by_role("button", name="Changer d’identifiant")).to_be_focused()
    assert json.loads((folder / ".casekit/identite.json").read_text(encoding="utf-8"))["identifiant"] == LEARNER
    page.keyboard.press("Enter")
    field.fill("bob")
    page.keyboard.press("Enter")
    expect(home(page)).to_contain_text("sous l’identifiant «\xa0bob\xa0»")
    expect(action(page)).to_contain_text("Commencer")
    home(page).get_by_role("button", name="Changer d’identifiant").click()
    field.fill(LEARNER)
    page.keyboard.press("Enter")
    expect(action(page)).to_contain_text("Reprendre")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_home_reads_in_both_themes_and_at_200_percent(theme: str, page: Page, address: str, folder: Path) -> None:
    settings = folder / THEMES
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")
    page.goto(address)
    page.locator(f"body[data-jp-theme-light={'true' if theme == 'Light' else 'false'}]").wait_for(state="attached")
    expect(home(page)).to_be_visible()
    home(page).get_by_text("Documents", exact=False).first.click()
    home(page).get_by_role("button", name="Charte de marque").first.click()
    expect(home(page).locator(".ck-read:visible")).to_contain_text("Qui nous sommes")
    home(page).get_by_text("Glossaire", exact=False).first.click()
    accessible(page, ".ck-home")
    capture(page, f"{theme.lower()}-documents")
    page.locator(".jp-NotebookPanel:visible .jp-WindowedPanel-outer").evaluate("node => node.scrollTo(0, 0)")
    capture(page, theme.lower())
    page.set_viewport_size(TWICE)
    page.wait_for_timeout(500)
    capture(page, f"{theme.lower()}-200")
    accessible(page, ".ck-home")
    wide = page.evaluate("document.querySelector('.ck-home').getBoundingClientRect().width")
    assert wide > 0.8 * TWICE["width"]
    assert page.locator(".ck-home:visible").evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    page.set_viewport_size(NORMAL)
