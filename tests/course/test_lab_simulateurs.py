"""The simulators in a real JupyterLab, by keyboard alone: a year of four quarters, and a chart beside its controls."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, Notebook, Room, opened_page
from playwright.sync_api import Locator, Page, expect

from autograder.authoring.twins import METADATA

pytestmark = pytest.mark.xdist_group("lab")

NOTEBOOK = "simulateurs.ipynb"
LEARNER = "lea"
VALUES = 'dict.fromkeys(("SEO", "SEA", "LinkedIn", "Salons", "Webinaires", "Outbound"), 8000)'
OPENED = {
    "trimestres": f'simulateur_trimestres(ouvrir_dossier("kerlavandre", "{LEARNER}"))',
    "budget": f'simulateur_budget(ouvrir_dossier("kerlavandre", "{LEARNER}"))',
    "fenetres": f'simulateur_fenetres(ouvrir_dossier("kerlavandre", "{LEARNER}"))',
    "leviers": f'simulateur_leviers(ouvrir_dossier("treziflow", "{LEARNER}"), {VALUES})',
}
EXPERIMENTS = {
    "goulot": ("goulot", "treziflow"), "gamme": ("elaguer", "hetrabelle"), "prix": ("prix", "hetrabelle"),
    "poids": ("poids", "isolombre"), "tuyau": ("tuyau", "treziflow"), "arret": ("arret", "treziflow"),
    "contraste": ("contraste", "bocanterre"), "retard": ("retard", "hetrabelle"),
    "deplacer": ("deplacer", "septembrune"), "tri": ("tri", "septembrune"), "prime": ("prime", "septembrune"),
}  # fmt: skip
"""Those of E3 and E4: the module and the company of each."""
OPENED_LATER = {
    module: f'simulateur_{name}(ouvrir_dossier("{company}", "{LEARNER}"))'
    for name, (module, company) in EXPERIMENTS.items()
}
CONVERSATIONS = ("alternante-isolee", "equipe-tendue")
THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
USUAL, ZOOMED = {"width": 1280, "height": 720}, {"width": 640, "height": 360}


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, USUAL["height"]) as opened:
        opened.set_viewport_size(USUAL)
        yield opened


@pytest.fixture(params=["Light", "Dark"])
def opened(request: pytest.FixtureRequest, lab: Room, page: Page, study: Path) -> Iterator[Notebook]:
    """Open a notebook with one cell for each simulator of bloc 1, in one theme."""
    with notebook_of(OPENED, request.param, lab, page, study) as notebook:
        yield notebook


@pytest.fixture(params=["Light", "Dark"])
def opened_later(request: pytest.FixtureRequest, lab: Room, page: Page, study: Path) -> Iterator[Notebook]:
    """Open a notebook with one cell for each simulator of E3 and E4, in one theme."""
    with notebook_of(OPENED_LATER, request.param, lab, page, study) as notebook:
        yield notebook


@pytest.fixture(params=["Light", "Dark"])
def talks(request: pytest.FixtureRequest, lab: Room, page: Page, study: Path) -> Iterator[Notebook]:
    """Open a notebook with one cell for each conversation of the agency, in one theme."""
    said = [f'ouvrir_dossier("septembrune", "{LEARNER}").conversation("{name}")' for name in CONVERSATIONS]
    cells = [nbformat.v4.new_code_cell(f"from casestudies import ouvrir_dossier\n\n{code}") for code in said]
    with opened_cells(cells, request.param, lab, page, study) as notebook:
        yield notebook


@contextmanager
def notebook_of(asked: Mapping[str, str], theme: str, lab: Room, page: Page, study: Path) -> Iterator[Notebook]:
    """Open a notebook of simulators in one theme, and leave it as it was found."""
    cells = [
        nbformat.v4.new_code_cell(
            "from casestudies import ouvrir_dossier\n"
            f"from casestudies.studio.{name} import {code.split('(')[0]}\n\n{code}"
        )
        for name, code in asked.items()
    ]
    with opened_cells(cells, theme, lab, page, study) as notebook:
        yield notebook


@contextmanager
def opened_cells(
    cells: list[nbformat.NotebookNode], theme: str, lab: Room, page: Page, study: Path
) -> Iterator[Notebook]:
    """Open a notebook of these cells in one theme, and leave it as it was found."""
    settings, path = study / THEMES, study / NOTEBOOK
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), path)
    notebook = Notebook(page)
    notebook.open(lab, NOTEBOOK)
    notebook.theme = theme.lower()
    yield notebook
    page.set_viewport_size(USUAL)
    page.keyboard.press("ControlOrMeta+s")
    lab.close()
    settings.unlink()


def accessible(page: Page) -> None:
    found = Axe().run(page, context=".ck-sim")
    assert found.violations_count == 0, found.generate_report()


def in_sight(part: Locator) -> bool:
    """Say whether the whole of it is on the screen, within what scrolls."""
    return bool(
        part.evaluate("""node => {
          const box = node.getBoundingClientRect();
          const seen = node.closest('.jp-WindowedPanel-outer, .jp-Notebook').getBoundingClientRect();
          return box.top >= seen.top - 1 && box.bottom <= Math.min(seen.bottom, innerHeight) + 1 && box.height > 0;
        }""")
    )


def lock_a_bet(page: Page, panel: Locator) -> None:
    """Answer each question of the bet with Space, and lock it with Enter; the first control gets the keyboard."""
    first = panel.get_by_role("radio").first
    for _ in range(40):
        if first.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    for _ in range(panel.get_by_role("group").filter(has=page.get_by_role("radio")).count() or 1):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        if panel.get_by_role("button", name="Verrouiller").evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Verrouiller")).to_have_count(0)


def test_each_experiment_of_e3_and_e4_is_used_by_keyboard_in_both_themes_and_fits(opened_later: Notebook) -> None:
    page = opened_later.page
    for cell, name in enumerate(OPENED_LATER):
        panel = opened_later.run(cell).locator(".ck-sim")
        lock_a_bet(page, panel)
        if name == "prime":
            page.keyboard.press("Tab")  # a weight that has the whole says the same when it grows
        control, status = panel.locator("input:focus, select:focus"), panel.get_by_role("status")
        expect(control, "a control has the keyboard").to_have_count(1)
        said = status.inner_text()
        page.keyboard.press("Space" if control.get_attribute("type") == "checkbox" else "ArrowUp")
        expect(status, name).not_to_have_text(said)
        panel.scroll_into_view_if_needed()
        page.screenshot(path=str(CAPTURES / f"{name}-{opened_later.theme}.png"))
        accessible(page)
        page.set_viewport_size(ZOOMED)
        page.wait_for_timeout(300)
        assert panel.evaluate("node => node.scrollWidth <= node.clientWidth"), name
        accessible(page)
        page.screenshot(path=str(CAPTURES / f"{name}-{opened_later.theme}-200.png"))
        page.set_viewport_size(USUAL)


def figure_of(panel: Locator, name: str) -> str:
    return str(panel.get_by_role("slider", name=name, exact=True).get_attribute("aria-valuetext"))


def total(panel: Locator) -> int:
    texts = [one.get_attribute("aria-valuetext") or "" for one in panel.get_by_role("slider").all()]
    return sum(int(re.sub(r"\D", "", text)) for text in texts)


def test_a_year_is_played_with_the_keyboard_alone(opened: Notebook) -> None:
    page = opened.page
    panel = opened.run(0).locator(".ck-sim")
    status = panel.get_by_role("status")
    expect(status).to_contain_text("Faites d’abord votre pari")
    expect(panel.get_by_role("slider")).to_have_count(0)
    accessible(page)
    page.screenshot(path=str(CAPTURES / f"trimestres-{opened.theme}-pari.png"))
    lock_a_bet(page, panel)
    expect(status).to_contain_text("Trimestre 1")
    money, before = total(panel), figure_of(panel, "SEO")
    for quarter in range(4):
        page.keyboard.press("PageUp")
        expect(panel.get_by_role("slider", name="SEO", exact=True)).not_to_have_attribute("aria-valuetext", before)
        expect(status).to_contain_text("« SEO »")
        before = figure_of(panel, "SEO")
        assert total(panel) == money, "what one lever takes, the others give"
        expect(panel.get_by_role("img")).to_have_attribute("aria-label", re.compile(f"SEO {before} "))
        if quarter == 0:
            accessible(page)
            page.screenshot(path=str(CAPTURES / f"trimestres-{opened.theme}-jeu.png"))
        opened.tab_to("Offre de")
        if quarter == 1:
            page.keyboard.press("Space")
            expect(status).to_contain_text("lancée")
        opened.tab_to(f"Jouer le trimestre {quarter + 1}")
        page.keyboard.press("Enter")
        expect(status).to_contain_text("Le bilan" if quarter == 3 else f"Trimestre {quarter + 1} joué")
        if quarter < 3:
            expect(panel.get_by_role("slider").first).to_be_focused()
    expect(panel.get_by_role("radio", name="Trimestre 1")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("Trimestre 2 : ventes de")
    expect(panel.get_by_role("img")).to_have_attribute("aria-label", re.compile("Toutes les causes"))
    expect(panel).to_contain_text("Vous aviez parié sur « SEO »")
    expect(panel).to_contain_text("il vous manque")
    accessible(page)
    page.screenshot(path=str(CAPTURES / f"trimestres-{opened.theme}-bilan.png"))
    page.set_viewport_size(ZOOMED)  # 200 %
    page.wait_for_timeout(300)
    assert panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    accessible(page)
    page.screenshot(path=str(CAPTURES / f"trimestres-{opened.theme}-200.png"))


@pytest.mark.parametrize("opened", ["Light"], indirect=True)
def test_a_chart_stays_in_sight_beside_the_controls_that_change_it(opened: Notebook) -> None:
    for cell in range(len(OPENED)):
        beside(opened.page, opened.run(cell).locator(".ck-sim"))


def beside(page: Page, panel: Locator) -> None:
    """Move the first slider of a simulator, its chart in sight; then leave by Escape."""
    lock_a_bet(page, panel)
    chart, status = panel.locator(".ck-chart"), panel.get_by_role("status")
    first = panel.get_by_role("slider").first
    first.evaluate("node => node.closest('.ck-sim').scrollIntoView()")
    assert in_sight(chart)
    for one in panel.get_by_role("slider").all():
        assert in_sight(one)
        assert one.evaluate("node => node.labels[0].textContent"), "its label names it"
    boxes = chart.bounding_box(), first.bounding_box()
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] > boxes[1]["x"] + boxes[1]["width"], "beside, not beneath"
    said, told = status.inner_text(), chart.get_attribute("aria-label") or ""
    page.keyboard.press("Home")
    expect(status).not_to_have_text(said)
    expect(chart).not_to_have_attribute("aria-label", told)
    for cut in panel.locator("label, legend, .ck-name, .ck-figure").all():
        assert cut.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), cut.inner_text()
    accessible(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.jp-Cell')"), "Escape leaves the simulator"


@pytest.mark.parametrize("opened", ["Light"], indirect=True)
def test_a_notebook_opened_again_says_in_french_how_to_open_its_simulators(opened: Notebook, lab: Room) -> None:
    output = opened.run(1)
    expect(output.locator(".ck-sim")).to_be_visible()
    expect(output.locator(".ck-still")).to_be_hidden()
    opened.page.keyboard.press("ControlOrMeta+s")
    opened.page.wait_for_timeout(500)
    lab.close()
    again = Notebook(opened.page)
    again.open(lab, NOTEBOOK)
    expect(again.output(1).locator(".ck-still")).to_contain_text("lancez cette cellule dans JupyterLab")


def fits(page: Page, panel: Locator, capture: str) -> None:
    """Look at a panel at 200 %: nothing goes past its width, nothing is refused by axe."""
    page.set_viewport_size(ZOOMED)
    page.wait_for_timeout(300)
    assert panel.evaluate("node => node.scrollWidth <= node.clientWidth"), capture
    accessible(page)
    page.screenshot(path=str(CAPTURES / f"{capture}-200.png"))
    page.set_viewport_size(USUAL)


def test_a_conversation_is_held_gone_back_on_and_debriefed_by_keyboard(talks: Notebook) -> None:
    page = talks.page
    for cell, name in enumerate(CONVERSATIONS):
        panel = talks.run(cell).locator(".ck-sim")
        status, capture = panel.get_by_role("status"), f"{name}-{talks.theme}"
        expect(status).to_contain_text("la conversation s’ouvrira")
        accessible(page)
        lock_a_bet(page, panel)
        focused = panel.locator("input[type=radio]:focus")
        expect(focused, "a radio has the keyboard").to_have_count(1)
        for exchange in range(1, 13):
            if not panel.get_by_role("group", name=re.compile(rf"Échange {exchange}\. ")).count():
                break
            page.keyboard.press("Space" if exchange % 2 else "ArrowDown")
            expect(panel.get_by_role("radio", checked=True)).to_have_count(1)
            talks.tab_to("Dire cela")
            said = status.inner_text()
            page.keyboard.press("Enter")
            expect(status).not_to_have_text(said)
            expect(status).to_contain_text("confiance")
            expect(focused, "a radio has the keyboard").to_have_count(1)
            if exchange == 2:
                talks.tab_to("Revenir au choix précédent")
                page.keyboard.press("Enter")
                expect(status).to_contain_text("Retour à l’échange 2")
                expect(panel.get_by_role("radio", checked=True)).to_have_count(0)
                expect(focused, "a radio has the keyboard").to_have_count(1)
                page.keyboard.press("Space")
                talks.tab_to("Dire cela")
                page.keyboard.press("Enter")
                expect(focused, "a radio has the keyboard").to_have_count(1)
                panel.scroll_into_view_if_needed()
                page.screenshot(path=str(CAPTURES / f"{capture}.png"))
                accessible(page)
                fits(page, panel, capture)
        expect(panel).to_contain_text("À essayer")
        expect(panel.get_by_role("table")).to_be_visible()
        said = status.inner_text()
        page.keyboard.press("ArrowDown")
        expect(status).not_to_have_text(said)
        panel.evaluate("node => node.scrollIntoView()")
        page.screenshot(path=str(CAPTURES / f"{capture}-bilan.png"))
        accessible(page)
        fits(page, panel, f"{capture}-bilan")
        again = panel.get_by_role("radio", checked=True).evaluate("node => node.value")
        talks.tab_to("Revenir à ce choix")
        page.keyboard.press("Enter")
        expect(status).to_contain_text("Retour à l’échange")
        assert again.split(" :")[0].lower() in status.inner_text().replace("\u00a0", " ").lower()
