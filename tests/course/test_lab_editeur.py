"""The editor of a deliverable in a real JupyterLab: keyboard only, kept in its file, accessible, at 400 pixels too."""

import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, PATIENCE_S, Notebook, Room, opened_page, room_of
from playwright.sync_api import Locator, Page

from autograder.authoring.twins import METADATA
from autograder.course.lab import Lab
from casestudies.livrables import loading
from casestudies.livrables.store import Shelf

pytestmark = pytest.mark.xdist_group("lab-outils")

ESSAIS = Path(__file__).parents[1] / "casestudies" / "livrables_essai"
SWOT = loading.read(ESSAIS / "essai-swot.toml")
SOURCES = (
    f"from pathlib import Path\nfrom casestudies.livrables import loading\nloading.FOLDER = Path({str(ESSAIS)!r})\n"
    "from casestudies import ouvrir_dossier\ndossier = ouvrir_dossier('hetrabelle', 'lea')",
    "dossier.editeur('essai-swot')",
)


@pytest.fixture(scope="module")
def folder(study: Path) -> Path:
    target = study / "editeur"
    target.mkdir()
    return target


@pytest.fixture(scope="module")
def lab(server: Lab, folder: Path) -> Iterator[Room]:
    with room_of(server, folder) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, 1400) as opened:
        yield opened


def _open(page: Page, lab: Room) -> Locator:
    """Open the notebook in a kernel of its own, run it, and return the editor."""
    page.goto("about:blank")
    lab.close()
    cells = [nbformat.v4.new_code_cell(source) for source in SOURCES]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), lab.folder / "essai.ipynb")
    notebook = Notebook(page)
    notebook.open(lab, "essai.ipynb")
    notebook.run_all(list(range(len(SOURCES))))
    editor = page.locator(".ck-edit")
    editor.locator("p[role=status]").wait_for()
    return editor


def _rows(folder: Path) -> list[dict]:
    filled = Shelf(folder).filled(SWOT)
    return filled.rows if filled else []


def _wait(page: Page, folder: Path, expected) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not expected(_rows(folder)):
        assert time.monotonic() < limit, _rows(folder)
        page.wait_for_timeout(100)


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until what has the keyboard is called so."""
    name = "(document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent || '').trim()"
    for _ in range(40):
        if page.evaluate(name).startswith(label):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"« {label} » cannot be reached by Tab")


def _row_below(page: Page, editor: Locator, quadrant: str) -> None:
    """Go down to the row of a quadrant: the list, redrawn after each change, may lose an arrow pressed at once."""
    for _ in range(20):
        editor.locator("select").first.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(500)
        shown = editor.locator(".widget-dropdown select").first.evaluate("node => node.selectedOptions[0].textContent")
        if shown.strip().casefold() == quadrant:
            return
    raise AssertionError(f"« {quadrant} » cannot be reached")


def test_a_table_is_filled_with_the_keyboard_alone_and_kept(lab: Room, page: Page, folder: Path) -> None:
    editor = _open(page, lab)
    editor.locator("select").first.focus()
    _tab_to(page, "Quadrant")
    page.keyboard.press("f")
    page.keyboard.press("Tab")
    page.keyboard.type("Atelier local, délai de 3 jours")
    page.keyboard.press("Tab")
    page.keyboard.type("0,6")
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("6 janvier 2027")
    page.keyboard.press("Tab")
    first = {"quadrant": "force", "facteur": "Atelier local, délai de 3 jours", "poids": 0.6, "intensité": 4.0,
             "date_relevé": "2027-01-06"}  # fmt: skip
    _wait(page, folder, lambda rows: rows == [first])

    editor.locator("select").first.focus()
    _tab_to(page, "Ajouter une ligne")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.activeElement.closest('.widget-dropdown') && document.activeElement.selectedIndex === 0"
    )
    page.keyboard.press("m")
    page.keyboard.press("Tab")
    page.keyboard.type("Un concurrent baisse ses prix")
    page.keyboard.press("Tab")
    _wait(page, folder, lambda rows: [row["quadrant"] for row in rows] == ["force", "menace"])

    editor.locator("select").first.focus()
    _tab_to(page, "Monter")
    page.keyboard.press("Space")
    _wait(page, folder, lambda rows: [row["quadrant"] for row in rows] == ["menace", "force"])
    _row_below(page, editor, "force")
    _tab_to(page, "Supprimer")
    page.keyboard.press("Enter")
    _wait(page, folder, lambda rows: [row["quadrant"] for row in rows] == ["menace"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _wait(page, folder, lambda rows: rows[1:] == [first])
    _tab_to(page, "Exporter la figure")
    page.keyboard.press("Enter")
    page.locator(".ck-edit p[role=status]", has_text="Figure enregistrée").wait_for()
    assert (folder / "livrables/essai-swot.png").stat().st_size > 10_000
    page.screenshot(path=str(CAPTURES / "editeur-swot.png"))

    again = _open(page, lab)
    assert "2. force · Atelier local" in again.locator("select").first.inner_text().replace("\u00a0", " ")


@pytest.mark.parametrize("width", [1360, 400])
def test_the_editor_is_accessible_and_fits(lab: Room, page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": 1360, "height": 1400})
    editor = _open(page, lab)
    if width == 400:  # the notebook at 400 pixels, without the side panels
        page.evaluate(
            "document.body.append(document.querySelector('.ck-edit'));"
            "Object.assign(document.querySelector('.ck-edit').style, {position: 'fixed', inset: '0 auto auto 0',"
            " width: '384px', zIndex: 9999, background: 'white', maxHeight: '100vh', overflow: 'auto'})"
        )
        page.set_viewport_size({"width": 400, "height": 1400})
    page.wait_for_timeout(500)
    page.screenshot(path=str(CAPTURES / f"editeur-{width}.png"))
    assert page.evaluate(
        "document.querySelector('.ck-edit').scrollWidth <= document.querySelector('.ck-edit').clientWidth"
    )
    found = Axe().run(page, context=".ck-edit")
    assert found.violations_count == 0, found.generate_report()
    assert editor.locator("button").count() == 8


def test_two_editors_do_not_lose_each_others_work(lab: Room, page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 1360, "height": 1400})
    editor = _open(page, lab)
    Shelf(folder).save(
        SWOT, [{"quadrant": "faiblesse", "facteur": "Écrit ailleurs"}], folder / "livrables/essai-swot.csv"
    )
    editor.locator("textarea").fill("Écrit ici")
    page.keyboard.press("Tab")
    page.locator(".ck-edit p[role=alert]", has_text="Que garder").wait_for()
    assert [row["facteur"] for row in _rows(folder)] == ["Écrit ailleurs"]
    found = Axe().run(page, context=".ck-edit")
    assert found.violations_count == 0, found.generate_report()
    page.screenshot(path=str(CAPTURES / "editeur-conflit.png"))
    page.get_by_role("button", name="Garder ce que je vois ici").click()
    _wait(page, folder, lambda rows: [row["facteur"] for row in rows[:1]] == ["Écrit ici"])
    assert "Écrit ailleurs" in (folder / "livrables/essai-swot.csv.ancien").read_text(encoding="utf-8-sig")
