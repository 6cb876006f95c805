"""The rehearsal of the oral in a real JupyterLab, by keyboard alone: clock, questions, levels; without a kernel."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from in_lab import CAPTURES, Notebook, Room
from playwright.sync_api import Locator, Page, expect
from study_lab import NORMAL, TWICE, accessible, choose_theme, restart, wait_for_theme

from autograder.authoring.twins import METADATA
from casestudies.answers import encode
from casestudies.livrables.handed import remember
from casestudies.livrables.loading import deliverables

pytestmark = pytest.mark.xdist_group("lab-outils")

NOTEBOOK, LEARNER = "repetition.ipynb", "lea"
PLAN = deliverables()["plan-soutenance"]
HOSTILE = "<img src=x onerror=alert(1)>" + "x" * 300
FAST = """() => {
  const real = performance.now.bind(performance);
  window.later = 0;
  performance.now = () => real() + window.later;
}"""
"""Makes a clock that a test can put forward."""


@pytest.fixture(params=["Light", "Dark"])
def opened(request: pytest.FixtureRequest, lab: Room, page: Page, study: Path) -> Iterator[Notebook]:
    """Open a notebook with one cell, a plan of ten slides handed in, nothing rehearsed yet."""
    choose_theme(study, request.param)
    shutil.rmtree(study / ".casekit/repetition", ignore_errors=True)
    rows = [{"message": f"Message {rank}", "preuve": "table temps", "secondes": 60} for rank in range(1, 11)]
    rows[0] |= {"message": HOSTILE, "preuve": "41 % & <b>12</b> %, t3-retours", "secondes": 1}
    remember(study, LEARNER, PLAN, encode(rows))
    code = f'from casestudies import ouvrir_dossier\n\nouvrir_dossier("septembrune", "{LEARNER}").repetition()'
    cells = [nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), study / NOTEBOOK)
    page.set_viewport_size(NORMAL)
    notebook = Notebook(page)
    notebook.open(lab, NOTEBOOK)
    wait_for_theme(page, request.param)
    page.evaluate(FAST)
    notebook.theme = request.param.lower()
    yield notebook
    lab.close()


def look(page: Page, panel: Locator, name: str) -> None:
    """Ask axe as it is and at 200 %, where nothing is wider than the page, and keep pictures."""
    accessible(page, ".ck-repetition")
    page.screenshot(path=str(CAPTURES / f"{name}.png"))
    page.set_viewport_size(TWICE)
    page.wait_for_timeout(300)
    assert panel.locator(".ck-repetition").evaluate("node => node.scrollWidth <= node.clientWidth"), name
    accessible(page, ".ck-repetition")
    page.screenshot(path=str(CAPTURES / f"{name}-200.png"))
    page.set_viewport_size(NORMAL)


def later(page: Page, seconds: int) -> None:
    page.evaluate(f"window.later += {1000 * seconds}")


def begin(notebook: Notebook) -> tuple[Locator, Locator, Locator]:
    """Run the cell and start the talk; return the panel, its clock and what is spoken."""
    panel = notebook.run(0)
    expect(panel.locator(".ck-still")).to_be_hidden()
    notebook.tab_to("Commencer l’exposé")
    notebook.page.keyboard.press("Enter")
    expect(panel.locator(".ck-place")).to_have_text("Diapositive 1 sur 10")
    return panel, panel.get_by_role("timer"), panel.get_by_role("status")


def test_a_talk_is_rehearsed_with_the_keyboard_alone(opened: Notebook, study: Path) -> None:
    page, name = opened.page, f"repetition-{opened.theme}"
    panel = opened.run(0)
    look(page, panel, f"{name}-debut")
    panel, timer, status = begin(opened)
    first = panel.get_by_role("button", name="Diapositive suivante")
    expect(first).to_be_focused()
    expect(panel.locator(".ck-repetition img, .ck-repetition b")).to_have_count(0)
    expect(panel.locator(".ck-message")).to_contain_text("<img src=x")
    expect(timer).to_contain_text(re.compile(r"▼ 2\ss de retard"))
    expect(status).to_have_text("Diapositive 1 sur 10")  # seconds pass in silence
    look(page, panel, f"{name}-expose")

    opened.tab_to("Pause")
    page.keyboard.press("Enter")
    expect(status).to_have_text("En pause.")
    still = timer.inner_text()
    later(page, 100)
    page.wait_for_timeout(600)
    assert timer.inner_text() == still
    page.keyboard.press("Space")
    expect(status).to_have_text("Reprise.")

    page.keyboard.press("Shift+Tab")
    for rank in range(2, 10):
        page.keyboard.press("Enter")
        expect(panel.locator(".ck-place")).to_have_text(f"Diapositive {rank} sur 10")
        expect(status).to_contain_text(re.compile(rf"^Diapositive {rank} sur 10, (.+ d’avance|à l’heure)\.$"))
        expect(panel.locator(".ck-first")).to_be_focused()
    expect(timer).to_contain_text(re.compile(r"▲ .+ d’avance"))
    later(page, 540)
    expect(status).to_have_text("Il reste une minute.")
    later(page, 60)
    expect(status).to_have_text("Les dix minutes sont passées : concluez.".replace(" :", "\u00a0:"))
    expect(timer).to_contain_text("concluez")
    page.keyboard.press("Enter")
    expect(panel.locator(".ck-first")).to_have_text("Terminer l’exposé")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Exposé terminé en 10")
    expect(panel.get_by_role("row")).to_have_count(11)
    look(page, panel, f"{name}-temps")

    for number in range(1, 6):
        page.keyboard.press("Enter")
        expect(panel.locator(".ck-place")).to_have_text(f"Question {number} sur 5")
        expect(status).to_contain_text(re.compile(rf"^Question {number} sur 5\. .+\?$"))
    expect(panel.locator(".ck-first")).to_have_text("Terminer les questions")
    look(page, panel, f"{name}-questions")
    page.keyboard.press("Enter")
    form = panel.get_by_role("group", name="Où vous situez-vous")
    expect(form).to_be_visible()
    look(page, panel, f"{name}-grille")
    opened.tab_to("Garder et comparer")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("Choisissez d’abord")
    opened.tab_to("La première")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    opened.tab_to("Ce que vous changerez")
    page.keyboard.type("dd 3 : regarder le jury")
    opened.tab_to("Garder et comparer")
    page.keyboard.press("Enter")
    expect(panel.locator(".ck-compared")).to_contain_text(re.compile(r"Soutenance B\s–\smaîtrisé, un niveau au-dessus"))
    expect(panel.get_by_role("table", name="Vos dernières répétitions")).to_be_visible()
    look(page, panel, f"{name}-comparaison")
    (kept,) = (study / ".casekit/repetition").glob("*.json")
    (done,) = json.loads(kept.read_text(encoding="utf-8"))["répétitions"]
    assert done["niveau"] == 3
    assert done["à_changer"] == "dd 3 : regarder le jury"
    assert len(done["diapositives_s"]) == 10
    assert 600 <= done["exposé_s"] < 720

    opened.tab_to("Recommencer")
    page.keyboard.press("Enter")
    expect(panel.locator(".ck-repetition")).to_contain_text("1 répétition gardée")
    opened.tab_to("Commencer l’exposé")
    page.keyboard.press("Enter")
    expect(panel.locator(".ck-place")).to_have_text("Diapositive 1 sur 10")


@pytest.mark.parametrize("opened", ["Light"], indirect=True)
def test_the_clock_goes_on_without_python(opened: Notebook, study: Path) -> None:
    page = opened.page
    panel, timer, _ = begin(opened)
    restart(page)
    page.wait_for_timeout(1000)
    expect(panel.locator(".ck-still")).to_be_hidden()
    before = timer.inner_text()
    later(page, 60)
    expect(timer).not_to_have_text(before)
    opened.go(0)
    opened.tab_to("Diapositive suivante")
    page.keyboard.press("Enter")
    expect(panel.locator(".ck-place")).to_have_text("Diapositive 2 sur 10")
    opened.tab_to("Terminer l’exposé")
    page.keyboard.press("Enter")
    opened.tab_to("Passer les questions")
    page.keyboard.press("Enter")
    opened.tab_to("Garder mes temps")
    page.keyboard.press("Enter")
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text(re.compile(r"dossier\.repetition\(None, \[\d+, \d+\]\)"), timeout=15000)
    assert not (study / ".casekit/repetition").exists()
    opened.tab_to("Abandonner cette répétition")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Abandonner pour de bon")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator(".ck-still")).to_be_visible()
