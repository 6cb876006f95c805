"""The dossier de valorisation in a real JupyterLab: words written by keyboard, kept, assembled; both themes."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, PATIENCE_S, Notebook, Room, opened_page, room_of
from playwright.sync_api import Page

from autograder.authoring.twins import METADATA
from autograder.course.lab import Lab
from casestudies.livrables.store import Shelf
from casestudies.valorisation.forms import VALORISATION

pytestmark = pytest.mark.xdist_group("lab-outils")

THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
SOURCES = (
    "from casestudies import ouvrir_dossier\ndossier = ouvrir_dossier('septembrune', 'lea')",
    "dossier.editeur('valorisation')",
    "dossier.valorisation()",
)
WORDS = "J’ai conduit une équipe de trois personnes."


@pytest.fixture(scope="module")
def folder(study: Path) -> Path:
    """A folder of the study for this trial alone: it is named as the one of E4 is."""
    target = study / "e4-valorisation"
    target.mkdir()
    return target


@pytest.fixture(scope="module")
def lab(server: Lab, folder: Path) -> Iterator[Room]:
    with room_of(server, folder) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, 900) as opened:
        yield opened


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_words_are_written_by_keyboard_and_assembled(
    lab: Room, page: Page, folder: Path, study: Path, theme: str
) -> None:
    settings = study / THEMES
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")
    for path in (folder / "livrables").glob("*"):
        path.unlink()
    cells = [nbformat.v4.new_code_cell(source) for source in SOURCES]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), folder / "essai.ipynb")
    notebook = Notebook(page)
    try:
        notebook.open(lab, "essai.ipynb")
        page.locator(f"body[data-jp-theme-light={str(theme == 'Light').lower()}]").wait_for(state="attached")
        notebook.run(0)
        notebook.run(1)
        editor = page.locator(".ck-grid")
        editor.locator("td").first.wait_for()
        cell = editor.locator("tbody tr").first.locator("td").nth(VALORISATION.names.index("situation"))
        cell.scroll_into_view_if_needed()
        cell.focus()
        page.locator(".ck-grid[data-waiting='0']").wait_for()
        page.keyboard.type(WORDS)
        page.keyboard.press("Tab")
        _wait(page, folder)
        for width, height in ((1280, 720), (640, 360)):  # the second is the first at 200 %
            page.set_viewport_size({"width": width, "height": height})
            _accessible(page, f"valorisation-{theme}-{width}")
        page.set_viewport_size({"width": 1280, "height": 900})
        notebook.run(2)
        said = notebook.output(2)
        said.get_by_text("0 compétence complète sur 18").wait_for()
        assert "3.1.1" in said.inner_text()
        assert said.get_by_role("link").count() == 2
        page.screenshot(path=str(CAPTURES / f"valorisation-{theme}-dossier.png"))
        assert (folder / "livrables/dossier-de-valorisation.pdf").is_file()
    finally:
        settings.unlink()


def _accessible(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=str(CAPTURES / f"{name}.png"))
    assert page.evaluate(
        "document.querySelector('.ck-grid').scrollWidth <= document.querySelector('.ck-grid').clientWidth"
    )
    found = Axe().run(page, context="[data-casekit-editeur]")
    assert found.violations_count == 0, found.generate_report()


def _wait(page: Page, folder: Path) -> None:
    """Wait until the file has the words."""
    limit = time.monotonic() + PATIENCE_S
    while (filled := Shelf(folder).filled(VALORISATION)) is None or filled.rows[0]["situation"] != WORDS:
        assert time.monotonic() < limit, filled
        page.wait_for_timeout(100)
