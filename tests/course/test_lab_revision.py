"""The day's revision in a real JupyterLab, by keyboard alone: own mistake first, both kinds of answers, the end."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, Notebook, Room, opened_page
from playwright.sync_api import Locator, Page, expect

from casestudies.revision.mistakes import remember_mistakes
from casestudies.study import REVISION as NOTEBOOK

pytestmark = pytest.mark.xdist_group("lab-outils")

LEARNER = "ana.martin"
CELL = 1
THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, 900) as opened:
        yield opened


@pytest.fixture(params=["Light", "Dark"])
def opened(request: pytest.FixtureRequest, lab: Room, page: Page, study: Path) -> Iterator[Notebook]:
    """Open the notebook of revision in one theme, one mistake made before, nothing revised yet."""
    settings, path = study / THEMES, study / NOTEBOOK
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {request.param}"}), encoding="utf-8")
    shutil.rmtree(study / ".casekit/revision", ignore_errors=True)
    remember_mistakes(study, LEARNER, ("M21",))
    untouched = path.read_text(encoding="utf-8")
    notebook = Notebook(page)
    notebook.open(lab, NOTEBOOK)
    page.locator(f"body[data-jp-theme-light={'true' if request.param == 'Light' else 'false'}]").wait_for(
        state="attached"
    )
    notebook.theme = request.param.lower()
    yield notebook
    lab.close()
    settings.unlink()
    path.write_text(untouched, encoding="utf-8")


def accessible(page: Page) -> None:
    found = Axe().run(page, context=".ck-revision")
    assert found.violations_count == 0, found.generate_report()


def answer(page: Page, panel: Locator) -> None:
    """Answer the question whose field or first option has the keyboard."""
    if panel.get_by_role("radio").count():
        page.keyboard.press("Space")
    else:
        page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Vérifier")).to_be_hidden()
    expect(panel.locator("[role=status]")).not_to_be_empty()
    expect(panel.locator("section > button")).to_be_focused()


def test_a_day_is_revised_with_the_keyboard_alone(opened: Notebook, study: Path) -> None:
    page = opened.page
    opened.write(CELL, f'from casestudies import glossaire, reviser\n\nrevision = reviser("{LEARNER}")\nrevision')
    panel = opened.run(CELL)
    expect(panel.locator(".ck-place")).to_have_text("Question 1 sur 7 — une erreur que vous avez rencontrée")
    expect(panel.locator(".ck-still")).to_be_hidden()
    expect(panel.locator("[role=status]")).to_be_empty()
    accessible(page)
    opened.tab_to("A." if panel.get_by_role("radio").count() else "Votre réponse")
    for number in range(2):
        answer(page, panel)
        accessible(page)
        page.screenshot(path=str(CAPTURES / f"revision-{opened.theme}-{number}.png"))
        page.keyboard.press("Enter")
        expect(panel.locator(".ck-place")).to_contain_text(f"Question {number + 2} sur")
        expect(panel.locator("input").first).to_be_focused()
        expect(panel.locator("[role=status]")).to_be_empty()
    expect(panel.locator(".ck-streak")).to_contain_text("Un ou deux jours manqués")
    page.set_viewport_size({"width": 680, "height": 450})  # 200 %
    page.wait_for_timeout(300)
    assert panel.locator(".ck-revision").evaluate("node => node.scrollWidth <= node.clientWidth")
    page.set_viewport_size({"width": 1360, "height": 900})
    for _ in range(14):
        answer(page, panel)
        page.keyboard.press("Enter")
        page.wait_for_function("!document.querySelector('.ck-revision [role=status]').textContent || "
                               "document.querySelector('.ck-revision form').childElementCount === 0")  # fmt: skip
        if "Révision du jour terminée" in panel.inner_text():
            break
        expect(panel.locator("input").first).to_be_focused()
    expect(panel).to_contain_text("Prochaine révision utile")
    expect(panel.locator("section")).to_be_focused()
    accessible(page)
    page.screenshot(path=str(CAPTURES / f"revision-{opened.theme}-fin.png"))
    (kept,) = (study / ".casekit/revision").glob("*-cartes.json")
    assert "M21" in json.loads(kept.read_text(encoding="utf-8"))["cartes"]

    page.locator(".lm-MenuBar-item", has_text="Noyau").click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(panel.locator(".ck-still")).to_be_visible()
    expect(panel).to_contain_text("revision.repondre")
    expect(opened.run(CELL)).to_contain_text("Révision du jour terminée")
