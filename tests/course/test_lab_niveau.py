"""Levelling one's own work in a real JupyterLab, on a notebook that is done: by keyboard alone, in both themes."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, Notebook, Room, opened_page, room_of
from playwright.sync_api import Locator, Page, expect

from autograder.course.lab import Lab
from autograder.keys.checks.structure import Structure
from autograder.keys.levelling import level_guide
from autograder.keys.questions import questions_of

pytestmark = pytest.mark.xdist_group("lab")

TEXTS = [
    one for one in questions_of() if level_guide(one) and isinstance(one.check, Structure) and one.check.kind == "text"
]
QUESTION = TEXTS[-1]
"""A note that ends the work on a criterion."""
SOURCE = Path(__file__).parents[2] / "notebooks" / f"{QUESTION.notebook}.ipynb"
THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
WAIT_MS = 60_000
"""A busy machine takes its time; what comes is seen at once."""
RADIO, BOX, REASON = (f".ck-situate {one}" for one in ("input[type=radio]", "input[type=checkbox]", "textarea"))


@pytest.fixture(scope="module")
def folder(study: Path) -> Path:
    """Return a folder with a notebook that holds its model answers."""
    target = study / "niveau"
    target.mkdir()
    shutil.copyfile(SOURCE, target / "fait.ipynb")
    return target


@pytest.fixture(scope="module")
def lab(server: Lab, folder: Path) -> Iterator[Room]:
    with room_of(server, folder) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, 720) as opened:
        opened.set_viewport_size({"width": 1280, "height": 720})
        yield opened


def cells_of(folder: Path) -> list[dict]:
    return list(json.loads((folder / "fait.ipynb").read_text(encoding="utf-8"))["cells"])


def accessible(page: Page) -> None:
    found = Axe().run(page, context=".ck-panel")
    assert found.violations_count == 0, found.generate_report()
    found = Axe().run(page, context=".ck-tools")
    assert found.violations_count == 0, found.generate_report()


def tab_until(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def level_by_keyboard(notebook: Notebook, check: int, downs: int, reason: str) -> Locator:
    """Choose the description that many arrows down, tick the next sentence, say why, compare."""
    page = notebook.page
    notebook.go(check)
    tab_until(page, RADIO)
    for _ in range(downs):
        page.keyboard.press("ArrowDown")
    tab_until(page, BOX)
    page.keyboard.press("Space")
    tab_until(page, REASON)
    page.keyboard.type(reason)
    notebook.tab_to("Comparer avec trois copies")
    page.keyboard.press("Enter")
    compared = notebook.output(check).locator("details.ck-compared")
    expect(compared).to_have_attribute("open", "", timeout=WAIT_MS)
    expect(compared.locator("summary").first).to_be_focused()
    return compared


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_work_is_levelled_revised_and_levelled_again(
    theme: str, lab: Room, page: Page, folder: Path, study: Path
) -> None:
    settings = study / THEMES
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")
    shutil.rmtree(folder / ".casekit", ignore_errors=True)
    cells = cells_of(folder)
    sources = ["".join(cell["source"]) for cell in cells]
    check = next(index for index, source in enumerate(sources) if f'verifier("{QUESTION.id}"' in source)
    (name,) = re.findall(rf'verifier\("{QUESTION.id}", (\w+)\)', sources[check])
    answer = max(rank for rank in range(check) if re.search(rf"^{name} *=", sources[rank], re.MULTILINE))
    notebook = Notebook(page)
    notebook.open(lab, "fait.ipynb")
    notebook.run_all([index for index, cell in enumerate(cells) if cell["cell_type"] == "code"])
    panel = notebook.output(check)
    expect(panel).to_contain_text("Prêt à relire")
    expect(panel.get_by_role("group", name="Situez votre travail")).to_be_visible(timeout=WAIT_MS)
    accessible(page)

    notebook.go(check)
    notebook.tab_to("Comparer avec trois copies")
    page.keyboard.press("Enter")
    expect(panel.locator("[role=status]")).to_contain_text("Choisissez d’abord la description")

    compared = level_by_keyboard(notebook, check, 1, "dd 3 : rien ne part aux raccourcis.")
    expect(compared).to_contain_text("dd 3 : rien ne part aux raccourcis.")
    expect(compared).to_contain_text(re.compile(r"Votre\stravail\s–\sfragile"))
    expect(compared.get_by_text(re.compile(r"^Lire la copie"))).to_have_count(3)
    for one in compared.locator("details summary").all():
        one.focus()
        page.keyboard.press("Enter")
    accessible(page)
    page.screenshot(path=str(CAPTURES / f"niveau-{theme.lower()}.png"))
    page.set_viewport_size({"width": 640, "height": 360})  # 200 %
    page.wait_for_timeout(300)
    assert panel.locator(".ck-panel").evaluate("node => node.scrollWidth <= node.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 720})

    notebook.go(check)
    notebook.tab_to("Réviser mon travail")
    page.keyboard.press("Enter")
    expect(notebook.cell(answer).locator(".cm-content")).to_be_focused(timeout=WAIT_MS)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f'\n{name} = {name}.rstrip() + " Relu."')
    page.keyboard.press("Escape")
    notebook.run(answer)
    notebook.run(check)
    expect(panel).to_contain_text("Votre travail a changé depuis", timeout=WAIT_MS)
    compared = level_by_keyboard(notebook, check, 2, "")
    expect(compared).to_contain_text(re.compile(r"«\sfragile\s» le .+, puis à «\sacquis\s» le"))
    lab.close()
    shutil.copyfile(SOURCE, folder / "fait.ipynb")
