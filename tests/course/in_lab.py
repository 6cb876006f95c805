"""A real JupyterLab in a real browser, and a notebook used with the keyboard alone."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLateError

from autograder.course.lab import Lab, free_port, stop

SECONDS = 1000
TRIALS, START_S, PATIENCE_S = 4, 15, 240
"""How often keys are pressed when nothing starts, how long a start is waited for, and how long anything else is: a busy
machine is slow, and what comes is seen at once."""
CAPTURES = Path(__file__).parents[2] / "build" / "captures"
ERRORS = ", ".join(
    f".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.{kind}']" for kind in ("error", "stderr")
)
"""What a cell shows that failed, or complained: JupyterLab writes some errors as it does warnings."""
_NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
"""The notebook in sight, others being open behind it."""
_CELLS = f"{_NOTEBOOK} .jp-Cell"
_ACTIVE = f"[...document.querySelectorAll('{_CELLS}')].findIndex(cell => cell.matches('.jp-mod-active'))"

_PROMPT = f"document.querySelectorAll('{_CELLS}')[index]?.querySelector('.jp-InputPrompt')?.textContent.trim()"
"""The number of cell ``index`` as the page has it now: a page that settles may put another node in its place."""

_NAMED = """label => {
  const here = document.activeElement;
  return (here.labels?.[0]?.textContent || here.textContent || '').trim().startsWith(label);
}"""
"""Whether what has the keyboard is called so."""


@dataclass(frozen=True)
class Room:
    """One folder of a running JupyterLab; its path there ends with « / », and is empty for the folder served."""

    server: Lab
    path: str = ""

    def address(self, notebook: str) -> str:
        """Return the address that opens a notebook of the folder."""
        return f"http://127.0.0.1:{self.server.port}/lab/tree/{self.path}{notebook}?reset&token={self.server.token}"

    @property
    def folder(self) -> Path:
        """Return the folder itself."""
        return self.server.folder / self.path

    def close(self) -> None:
        """Stop every kernel: the next notebook has the machine, and a kernel, to itself."""
        for session in json.loads(self._ask("GET", "/api/sessions")):
            self._ask("DELETE", f"/api/sessions/{session['id']}")

    def _ask(self, method: str, path: str) -> bytes:
        url = f"http://127.0.0.1:{self.server.port}{path}"
        wanted = Request(url, method=method, headers={"Authorization": f"token {self.server.token}"})
        with urlopen(wanted, timeout=60) as answer:
            return bytes(answer.read())


@contextmanager
def room_of(server: Lab, folder: Path) -> Iterator[Room]:
    """Use a folder that lies in the one served; its kernels stop at the end."""
    path = folder.relative_to(server.folder).as_posix()
    room = Room(server, "" if path == "." else f"{path}/")
    yield room
    room.close()


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """Run JupyterLab on a folder."""
    server = Lab(folder, free_port(18000 + os.getpid() % 2000), "jeton-de-test")
    process = server.start(browser=False)
    try:
        limit = time.monotonic() + PATIENCE_S
        while not server.answers():
            assert process.poll() is None, server.log.read_text()
            assert time.monotonic() < limit, server.log.read_text()
            time.sleep(0.2)
        yield server
    finally:
        stop(process)


@contextmanager
def opened_page(chromium: str, height: int = 1000) -> Iterator[Page]:
    """Open a page in Chromium, as high as that in pixels."""
    CAPTURES.mkdir(parents=True, exist_ok=True)
    options = ["--no-sandbox"] if sys.platform == "linux" and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_context(viewport={"width": 1360, "height": height}, locale="fr-FR").new_page()
        page.set_default_timeout(PATIENCE_S * SECONDS)
        yield page
        browser.close()


class Notebook:
    """One open notebook; every method after ``open`` only presses keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, lab: Room, path: str) -> None:
        """Open a notebook in a kernel of its own."""
        self.page.goto(lab.address(path))
        self.page.locator(_CELLS).first.wait_for()
        self.page.wait_for_function("!document.querySelector('#jupyterlab-splash')")
        self.page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        self.page.locator(_NOTEBOOK).focus()

    def cell(self, index: int) -> Locator:
        """Return a cell."""
        return self.page.locator(_CELLS).nth(index)

    def output(self, index: int) -> Locator:
        """Return what a cell shows under its code."""
        return self.cell(index).locator(".jp-OutputArea").first

    def go(self, index: int) -> None:
        """Reach a cell with the arrows."""
        if not self.page.evaluate("!!document.activeElement?.closest('.jp-Cell')"):  # a page that settles took it
            self.page.locator(f"{_CELLS}.jp-mod-active").focus()
        self.page.keyboard.press("Escape")
        for pressed in range(400):
            here = self.page.evaluate(_ACTIVE)
            if here == index:
                return
            self.page.keyboard.press("ArrowDown" if here < index else "ArrowUp")
            if self.page.evaluate(_ACTIVE) == here:  # a page that is still settling hears nothing yet
                self.page.wait_for_timeout(100)
                if pressed % 20 == 19:  # a question that JupyterLab asks may have taken the keys
                    self.page.keyboard.press("Escape")
                    self.page.locator(_NOTEBOOK).focus()
        raise AssertionError(f"cell {index} cannot be reached with the arrows")

    def write(self, index: int, text: str) -> None:
        """Replace the text of a cell."""
        self.go(index)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Escape")

    def run(self, index: int) -> Locator:
        """Run one cell and return what it shows."""
        self.go(index)
        before = self.cell(index).locator(".jp-InputPrompt").inner_text().strip()
        self._until_it_starts(lambda: self.go(index), f"([index, before]) => {_PROMPT} !== before", [index, before])
        self.page.wait_for_function(f"([index]) => /\\[\\d+\\]/.test({_PROMPT})", arg=[index])
        self._no_error()
        return self.output(index)

    def _until_it_starts(self, reach: Callable[[], None], started: str, arg: list[Any]) -> None:
        """Press the keys that run what ``reach`` selects, again when a page that is still settling has lost them."""
        for _ in range(TRIALS):
            reach()
            self.page.keyboard.press("Control+Enter")
            with suppress(TooLateError):
                self.page.wait_for_function(started, arg=arg, timeout=START_S * SECONDS)
                return
            self.page.keyboard.press("Escape")  # out of a dialog or a menu that came meanwhile
            self.page.locator(f"{_CELLS}.jp-mod-active").focus()
        self.page.screenshot(path=CAPTURES / "rien-ne-demarre.png")
        seen = self.page.evaluate(
            "[document.querySelector('.jp-Dialog')?.innerText, document.activeElement?.outerHTML.slice(0, 300),"
            " document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status]"
        )
        raise AssertionError(f"nothing runs (build/captures/rien-ne-demarre.png); dialog, keyboard, kernel: {seen}")

    def run_all(self, indexes: list[int]) -> None:
        """Select every cell and run them; a folded one, which has no number, is run when those after it are."""
        shown = [index for index in indexes if not self.cell(index).locator(".jp-InputPlaceholder").count()]
        prompts = [self.cell(index).locator(".jp-InputPrompt").element_handle() for index in shown]

        def select() -> None:
            self.go(0)
            self.page.keyboard.press("ControlOrMeta+a")

        started = r"nodes.some(node => /\[(\*|\d+)\]/.test(node.textContent))"
        # a cell that folds while the page settles leaves a prompt without a number, or out of the page
        folded = "!node.isConnected || node.closest('.jp-Cell').querySelector('.jp-InputPlaceholder')"
        ended = rf"nodes.every(node => {folded} || /\[\d+\]/.test(node.textContent))"
        told = "([nodes, failed]) => document.querySelector(failed) || "
        self._until_it_starts(select, told + started, [prompts, ERRORS])
        self.page.wait_for_function(told + ended, arg=[prompts, ERRORS])
        self._no_error()

    def _no_error(self) -> None:
        """Say which cell failed and how: JupyterLab then runs none of those that follow, and waiting is in vain."""
        failed = self.page.locator(ERRORS)
        if failed.count():
            cell = failed.first.locator("xpath=ancestor::*[contains(@class, 'jp-CodeCell')]")
            code = cell.locator(".jp-InputArea-editor").inner_text()
            raise AssertionError(f"a cell failed: {failed.first.inner_text().strip()}\n{code}")

    def tab_to(self, label: str) -> None:
        """Press Tab until what has the keyboard is called so."""
        for _ in range(60):
            if self.page.evaluate(_NAMED, label):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"« {label} » cannot be reached with Tab")

    def wait_for_keyboard_in(self, label: str) -> None:
        """Wait until what is called so has the keyboard."""
        self.page.wait_for_function(_NAMED, arg=label)
