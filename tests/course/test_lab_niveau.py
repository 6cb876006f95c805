"""Levelling one's own work in a real JupyterLab, on a notebook that is done: by keyboard alone, in both themes."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_lab import Notebook, Room, room_of
from playwright.sync_api import Locator, Page, expect
from study_lab import NORMAL, TWICE, accessible, capture, choose_theme, fits, normal_page

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
    with normal_page(chromium) as opened:
        yield opened


def cells_of(folder: Path) -> list[dict]:
    return list(json.loads((folder / "fait.ipynb").read_text(encoding="utf-8"))["cells"])


def stands_at_200_percent(page: Page, panel: Locator, name: str) -> None:
    """Check a panel and its tools at the usual size and at twice it: axe, the width of the work, nothing cut."""
    for size in (NORMAL, TWICE):
        page.set_viewport_size(size)
        page.wait_for_timeout(300)
        for part in (".ck-panel", ".ck-tools"):
            accessible(page, part)
    fits(page, panel.locator(".ck-panel"), 0.75)
    for part in (".ck-situate:visible", ".ck-compared"):
        for place in panel.locator(part).all():
            place.scroll_into_view_if_needed()
            fits(page, place, 0.7)
            capture(page, f"niveau-{name}-200{'' if part == '.ck-compared' else '-choix'}")
    page.set_viewport_size(NORMAL)


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
    expect(compared).to_have_attribute("open", "")
    expect(compared.locator("summary").first).to_be_focused()
    return compared


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_work_is_levelled_revised_and_levelled_again(
    theme: str, lab: Room, page: Page, folder: Path, study: Path
) -> None:
    choose_theme(study, theme)
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
    expect(panel.get_by_role("group", name="Situez votre travail")).to_be_visible()
    stands_at_200_percent(page, panel, theme.lower())

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
    capture(page, f"niveau-{theme.lower()}")
    stands_at_200_percent(page, panel, theme.lower())

    notebook.go(check)
    notebook.tab_to("Réviser mon travail")
    page.keyboard.press("Enter")
    expect(notebook.cell(answer).locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f'\n{name} = {name}.rstrip() + " Relu."')
    page.keyboard.press("Escape")
    notebook.run(answer)
    notebook.run(check)
    expect(panel).to_contain_text("Votre travail a changé depuis")
    compared = level_by_keyboard(notebook, check, 2, "")
    expect(compared).to_contain_text(re.compile(r"«\sfragile\s» le .+, puis à «\sacquis\s» le"))
    lab.close()
    shutil.copyfile(SOURCE, folder / "fait.ipynb")
