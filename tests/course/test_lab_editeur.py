"""The editor of a deliverable in a real JupyterLab: keyboard only, paste, kept in its file, accessible, both themes."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, PATIENCE_S, SECONDS, Notebook, Room, opened_page, room_of
from playwright.sync_api import Locator, Page

from autograder.authoring.twins import METADATA
from autograder.course.lab import Lab
from casestudies.livrables import loading
from casestudies.livrables.store import Shelf
from casestudies.livrables.xlsx_file import read_xlsx

pytestmark = pytest.mark.xdist_group("lab-outils")

ESSAIS = Path(__file__).parents[1] / "casestudies" / "livrables_essai"
SWOT = loading.read(ESSAIS / "essai-swot.toml")
FIRST = {"quadrant": "force", "facteur": "Atelier local, délai de 3 jours", "poids": 0.6, "intensité": 4.0,
         "date_relevé": "2027-01-06"}  # fmt: skip
COPIED = "force\tAtelier\t0,75\t4\r\nforce\tBois d’ici\t25 %\tfort\r\nmenace\tPrix\t0,997\t3\r\n"
THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
PASTE = """(cell, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
SOURCES = (
    f"from pathlib import Path\nfrom casestudies.livrables import loading\nloading.FOLDER = Path({str(ESSAIS)!r})\n"
    "from casestudies import ouvrir_dossier\ndossier = ouvrir_dossier('hetrabelle', 'lea')\n"
    "import os\nnoyau = Path('noyau').write_text(str(os.getpid()))",
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
    for index in range(len(SOURCES)):
        notebook.run(index)
    editor = page.locator(".ck-grid")
    editor.locator("td").first.wait_for()
    return editor


def _rows(folder: Path) -> list[dict]:
    filled = Shelf(folder).filled(SWOT)
    return filled.rows if filled else []


def _wait(page: Page, folder: Path, expected: Callable[[list[dict]], bool]) -> None:
    """Wait until the file has these rows, then until the page has heard it."""
    limit = time.monotonic() + PATIENCE_S
    while not expected(_rows(folder)):
        assert time.monotonic() < limit, _rows(folder)
        page.wait_for_timeout(100)
    _heard(page)


def _heard(page: Page) -> None:
    """Wait until Python has answered all that was done: what it answers may move the row that has the keyboard."""
    page.locator(".ck-grid[data-waiting='0']").wait_for()


def _enter(editor: Locator, row: int, column: str) -> None:
    """Put the keyboard in a cell."""
    cell = editor.locator("tbody tr").nth(row).locator("td").nth(SWOT.names.index(column))
    cell.scroll_into_view_if_needed()
    cell.focus()
    _heard(editor.page)


def _write(page: Page, *texts: str) -> None:
    """Write texts in cells, one after the other on the row; a letter is enough for a choice."""
    for text in texts:
        page.keyboard.press(text[0]) if len(text) == 1 else page.keyboard.type(text)
        page.keyboard.press("Tab")


def _accessible(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=str(CAPTURES / f"editeur-{name}.png"))
    assert page.evaluate(
        "document.querySelector('.ck-grid').scrollWidth <= document.querySelector('.ck-grid').clientWidth"
    )
    found = Axe().run(page, context="[data-casekit-editeur]")
    assert found.violations_count == 0, found.generate_report()


def test_a_table_is_filled_with_the_keyboard_alone_and_kept(lab: Room, page: Page, folder: Path) -> None:
    editor = _open(page, lab)
    notebook = Notebook(page)
    _enter(editor, 0, "quadrant")
    _write(page, "f", FIRST["facteur"], "0,6", "4", "6 janvier 2027")
    _wait(page, folder, lambda rows: rows == [FIRST])
    _write(page, "m", "Un concurrent baisse ses prix", "lourd")
    _wait(page, folder, lambda rows: [row["quadrant"] for row in rows] == ["force", "menace"])
    editor.locator("td[aria-invalid=true]", has_text="n’est pas un nombre").wait_for()

    page.keyboard.press("Alt+ArrowUp")
    _wait(page, folder, lambda rows: [row["quadrant"] for row in rows] == ["menace", "force"])
    page.keyboard.press("ArrowDown")
    for name in ("Partager", "Ouvrir dans un tableur", "Annuler", "Descendre", "Monter", "Supprimer"):
        page.keyboard.press("Shift+Tab")
        notebook.wait_for_keyboard_in(name)
    page.keyboard.press("Enter")
    _wait(page, folder, lambda rows: [row["quadrant"] for row in rows] == ["menace"])
    _enter(editor, 0, "poids")
    page.keyboard.press("ControlOrMeta+z")
    _wait(page, folder, lambda rows: rows[1:] == [FIRST])
    page.keyboard.press("F2")
    page.keyboard.type(" jamais")
    page.keyboard.press("Escape")
    page.keyboard.type("0,25")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    _wait(page, folder, lambda rows: [row["poids"] for row in rows] == [0.25, None])

    notebook.tab_to("Voir la figure")
    page.keyboard.press("Enter")
    assert "Tableau SWOT" in str(editor.locator("img").get_attribute("alt"))
    notebook.tab_to("Enregistrer la figure")
    page.keyboard.press("Enter")
    editor.locator("p[role=status]", has_text="Figure enregistrée").wait_for()
    assert (folder / "livrables/essai-swot.png").stat().st_size > 10_000
    page.screenshot(path=str(CAPTURES / "editeur-swot.png"))

    again = _open(page, lab)
    assert again.locator("tbody tr").nth(0).inner_text().split("\t")[1:4] == [
        "menace", "Un concurrent baisse ses prix", "0,25",
    ]  # fmt: skip


def test_cells_of_a_spreadsheet_are_pasted_and_the_workbook_comes_back(lab: Room, page: Page, folder: Path) -> None:
    editor = _open(page, lab)
    before = _rows(folder)
    _enter(editor, 0, "quadrant")
    page.evaluate(f"text => ({PASTE})(document.activeElement, text)", COPIED)
    _wait(page, folder, lambda rows: [row["poids"] for row in rows] == [0.75, 0.25, 0.997])
    assert _rows(folder)[1]["intensité"] == "fort"
    editor.locator(".ck-totals", has_text="Total « Poids » : force 1 ✓ ; menace 0,997 ✓").wait_for()
    with page.expect_download() as download:
        editor.get_by_role("button", name="Ouvrir dans un tableur").press("Enter")
    assert download.value.suggested_filename == "essai-swot.xlsx"
    assert read_xlsx(SWOT, Path(download.value.path()).read_bytes(), "x") == _rows(folder)
    with page.expect_download() as download:
        editor.get_by_role("button", name="Partager").press("Enter")
    assert download.value.suggested_filename == "essai-swot-partage.xlsx"
    assert read_xlsx(SWOT, Path(download.value.path()).read_bytes(), "x") == _rows(folder)
    editor.get_by_text('dossier.fusionner("essai-swot", "essai-swot-partage.xlsx")').wait_for()
    assert not editor.get_by_role("button", name="Mettre dans un agenda").is_visible()  # it has no dated actions
    editor.get_by_role("button", name="Annuler").press("Enter")
    _wait(page, folder, lambda rows: rows == before)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_editor_is_accessible_and_fits(lab: Room, page: Page, folder: Path, study: Path, theme: str) -> None:
    settings = study / THEMES
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")
    odd = {"quadrant": "atout", "facteur": "Un texte assez long pour aller à la ligne", "poids": "lourd"}
    Shelf(folder).save(SWOT, [odd], folder / "livrables/essai-swot.csv")
    page.set_viewport_size({"width": 1280, "height": 720})
    try:
        editor = _open(page, lab)
        page.locator(f"body[data-jp-theme-light={str(theme == 'Light').lower()}]").wait_for(state="attached")
        for width, height in ((1280, 720), (640, 360)):  # the second is the first at 200 %
            page.set_viewport_size({"width": width, "height": height})
            _enter(editor, 0, "intensité")
            _accessible(page, f"{theme}-{width}")
            page.keyboard.press("F2")
            _accessible(page, f"{theme}-{width}-ecrit")
            page.keyboard.press("Escape")
    finally:
        settings.unlink()
        page.set_viewport_size({"width": 1360, "height": 1400})


def test_nobodys_work_is_lost(lab: Room, page: Page, folder: Path) -> None:
    (folder / "livrables/essai-swot.csv").unlink(missing_ok=True)
    editor = _open(page, lab)
    _enter(editor, 0, "facteur")
    Shelf(folder).save(
        SWOT, [{"quadrant": "faiblesse", "facteur": "Écrit ailleurs"}], folder / "livrables/essai-swot.csv"
    )
    page.keyboard.press("Enter")
    page.keyboard.type("Écrit ici")
    page.keyboard.press("Tab")
    page.locator(".ck-grid [role=alert]", has_text="Que garder").wait_for()
    assert [row["facteur"] for row in _rows(folder)] == ["Écrit ailleurs"]
    _accessible(page, "conflit")
    Notebook(page).tab_to("Garder ce que je vois ici")
    page.keyboard.press("Enter")
    _wait(page, folder, lambda rows: [row["facteur"] for row in rows[:1]] == ["Écrit ici"])
    kept = sorted((folder / "livrables").glob("essai-swot.csv.ancien*"))[-1]
    assert "Écrit ailleurs" in kept.read_text(encoding="utf-8-sig")

    _enter(editor, 0, "facteur")
    page.keyboard.type("Pas encore envoyé")
    os.kill(int((folder / "noyau").read_text()), signal.SIGKILL)
    page.locator("[role=alert]", has_text="Pas encore envoyé").wait_for()
    page.get_by_text("Lancez cette cellule pour ouvrir l’éditeur").wait_for()
    assert [row["facteur"] for row in _rows(folder)[:1]] == ["Écrit ici"]


def test_the_file_opens_as_a_table_in_jupyterlab(lab: Room, page: Page, folder: Path) -> None:
    Shelf(folder).save(SWOT, [FIRST], folder / "livrables/essai-swot.csv")
    page.goto(lab.address("livrables/essai-swot.csv"))
    page.wait_for_function(
        "document.querySelector('.jp-CSVDelimiter select')?.value === ';'", timeout=PATIENCE_S * SECONDS
    )
