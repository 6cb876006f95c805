"""A study folder as its learner finds it: « casekit lab » for real, its home, its notebooks, what is said there."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, SECONDS, opened_page
from jupyterlab.commands import get_app_dir
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

from autograder.course.lab import free_port
from autograder.keys.cases import case_of
from autograder.keys.model import Key
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
NORMAL, TWICE = {"width": 1280, "height": 720}, {"width": 640, "height": 360}
"""The window, and what is left of it at 200 %."""
OWN_WORDS = (
    ".cm-content, .jp-RenderedHTMLCommon, .jp-RenderedText, .jp-OutputArea-output, .jp-tocItem-content, "
    "[class^='ck-'], [class*=' ck-']"
)
"""Where the kit's and the learner's words stand: spelling is checked where they are written."""
SAID = """own => {
  const said = [];
  for (const node of document.querySelectorAll('body *')) {
    if (!node.checkVisibility({ visibilityProperty: true }) || node.closest(own)) continue;
    for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt']) {
      const text = node.getAttribute(name);
      if (text) said.push(text);
    }
    if (['SCRIPT', 'STYLE'].includes(node.tagName)) continue;
    const texts = [...node.childNodes].filter((part) => part.nodeType === Node.TEXT_NODE);
    said.push(...texts.map((part) => part.data.trim()).filter(Boolean));
  }
  return said;
}"""
"""Every text of the page that is seen, shown by the mouse or spoken."""
NAMES = frozenset(("default", "jupyterlab", "markdown", "python", "ipykernel", "notebook", "notebooks", "ctrl", "alt"))
"""Words that French keeps."""


@contextmanager
def casekit_lab(folder: Path, first_port: int) -> Iterator[str]:
    """Run « casekit lab » on a folder, and give the address that it says."""
    port = free_port(first_port + os.getpid() % 2000)
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


@contextmanager
def normal_page(chromium: str) -> Iterator[Page]:
    """Open a page of the usual size, patient with a busy machine."""
    with opened_page(chromium, NORMAL["height"]) as opened:
        opened.set_viewport_size(NORMAL)
        opened.set_default_timeout(60 * SECONDS)
        expect.set_options(timeout=120 * SECONDS)
        yield opened
        expect.set_options(timeout=5 * SECONDS)


def choose_theme(folder: Path, theme: str) -> None:
    """Write « Light » or « Dark » in the settings of the folder that is served."""
    settings = folder / THEMES
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")


def wait_for_theme(page: Page, theme: str) -> None:
    """Wait until the page has its colours."""
    page.locator(f"body[data-jp-theme-light={'true' if theme == 'Light' else 'false'}]").wait_for(state="attached")


def home(page: Page) -> Locator:
    """Return the home in sight, its buttons there."""
    return page.locator(".ck-home.ck-live:visible")


def action(page: Page) -> Locator:
    """Return what the home offers to do now."""
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


def surrounded(page: Page) -> Locator:
    """Wait until a notebook knows who works and what follows, and return its way on."""
    around = page.locator(".jp-NotebookPanel:visible .ck-around")
    around.wait_for(state="attached")
    return around


def resumed(page: Page) -> Locator:
    """Wait until a resumption ends, and return what is said of it."""
    report = page.locator(".ck-resume:visible")
    expect(report.locator("[role=status]")).not_to_be_empty()
    return report


def menu(page: Page, name: str, command: str) -> None:
    """Choose a command in a menu."""
    page.locator(".lm-MenuBar-item", has_text=name).click()
    page.locator(f'.lm-Menu-item[data-command="{command}"]').click()


def restart(page: Page) -> None:
    """Restart the kernel of the notebook in sight, by the menu."""
    menu(page, "Noyau", "kernelmenu:restart")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()


def key_of(question: str, learner: str) -> Key:
    """Return what is right for a learner, and the wrong values that are known."""
    asked = question_of(question)
    assert asked.key is not None
    return asked.key(case_of(asked.company, learner, accepted_draw(asked.company, learner)))


def accessible(page: Page, context: str) -> None:
    """Ask axe."""
    found = Axe().run(page, context=context)
    assert found.violations_count == 0, found.generate_report()


CUT = """host => {
  const box = host.getBoundingClientRect();
  const scrolled = (node) => node.closest('[tabindex="0"]') && host.contains(node.closest('[tabindex="0"]'));
  return [...host.querySelectorAll('*')].filter((node) => {
    if (!node.checkVisibility() || scrolled(node) || getComputedStyle(node).clipPath !== 'none') return false;
    const own = node.getBoundingClientRect();
    const wide = getComputedStyle(node).overflowX !== 'visible' && node.scrollWidth > node.clientWidth + 1;
    return own.width > 1 && (own.right > box.right + 1 || own.left < box.left - 1 || wide);
  }).map((node) => node.outerHTML.slice(0, 120));
}"""
"""What of a place sticks out or is cut, but for what a keyboard can scroll."""


def fits(page: Page, place: Locator, share: float) -> None:
    """Check that a place has that share of the page's width at least, and that nothing of it is cut."""
    box, window = place.bounding_box(), page.viewport_size
    assert box is not None
    assert window is not None
    assert box["width"] >= share * window["width"], (box, window)
    assert place.evaluate(CUT) == []


def capture(page: Page, name: str) -> None:
    """Keep a picture."""
    page.screenshot(path=str(CAPTURES / f"{name}.png"))


def downloaded(page: Page, link: Locator, target: Path) -> Path:
    """Follow a link that downloads, and return the file in the folder ``target``."""
    with page.expect_download() as coming:
        link.click()
    path = target / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@cache
def english_words() -> frozenset[str]:
    """Return the words of JupyterLab's own messages, its keys among them, that its French pack has no use for."""
    pack = files("jupyterlab_language_pack_fr_FR") / "locale/fr_FR/LC_MESSAGES/jupyterlab.json"
    known = json.loads(pack.read_text(encoding="utf-8"))
    said = [key.split("\x04")[-1] for key in known]
    call = re.compile(r'\b_[_np]\((?:"[a-z]+",)?"((?:[^"\\]|\\.)+)"')
    for script in (Path(get_app_dir()) / "static").glob("*.js"):
        said += call.findall(script.read_text(encoding="utf-8", errors="ignore"))
    french = [text for texts in known.values() if isinstance(texts, list) for text in texts]
    return frozenset(_words(said) - _words(french) - NAMES | {"enter", "shift"})


def _words(texts: list[str]) -> set[str]:
    return {word.lower() for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}


def english(page: Page) -> list[str]:
    """Return what the page shows or lets hear in English; the kit's own words, the learner's and paths are left out."""
    said = [text for text in page.evaluate(SAID, OWN_WORDS) if not text.startswith("/")]
    return [text for text in said if _words([text]) & english_words()]
