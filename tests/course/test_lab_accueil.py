"""A study folder as its learner finds it: « casekit lab » for real, the home, the way back to a question, and on."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from study_lab import (
    NORMAL,
    TWICE,
    accessible,
    action,
    capture,
    casekit_lab,
    cell,
    choose_theme,
    english,
    go_home,
    home,
    key_of,
    menu,
    normal_page,
    restart,
    resumed,
    surrounded,
    wait_for_theme,
)

from casestudies.home.summary import summaries
from casestudies.study import HOME

pytestmark = pytest.mark.xdist_group("lab")

LEARNER, READ = "ana.martin", "dossier.document("
FIRST, SECOND = summaries()[:2]
MENUS = ("Fichier", "Édition", "Affichage", "Exécution", "Noyau", "Onglets", "Paramètres", "Aide")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accueil") / "mes études"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with casekit_lab(folder, 23000) as said:
        yield said


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with normal_page(chromium) as opened:
        yield opened


def say_no_english(page: Page) -> None:
    """Look for English in the page, in its menus and their submenus."""
    assert english(page) == []
    for name in MENUS:
        page.locator(".lm-MenuBar-item", has_text=name).click()
        page.locator(".lm-Menu:visible").wait_for()
        assert english(page) == [], name
        for under in page.locator(".lm-Menu-item[data-type=submenu]:visible").all():
            under.hover()
            page.wait_for_timeout(300)
            assert english(page) == [], (name, under.inner_text())
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")


def say_no_english_in_a_notebook(page: Page) -> None:
    """Look for English in a notebook, its menus, its search, the palette, a dialog, the panels of the left."""
    say_no_english(page)
    first = cell(page, "identifiant =")
    first.click(button="right")
    page.locator(".lm-Menu:visible").wait_for()
    assert english(page) == [], "the menu of a cell"
    page.keyboard.press("Escape")
    first.click()
    page.keyboard.press("Escape")
    for keys, shown in (("Control+f", ".jp-DocumentSearch-overlay"), ("Control+Shift+c", ".lm-CommandPalette-item")):
        page.keyboard.press(keys)
        page.locator(shown).first.wait_for()
        assert english(page) == [], shown
        page.keyboard.press("Escape")
    menu(page, "Noyau", "kernelmenu:restart")
    page.locator(".jp-Dialog").wait_for()
    assert english(page) == [], "the dialog that restarts"
    page.keyboard.press("Escape")
    tabs = page.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab")
    for tab in tabs.all():
        tab.click()
        page.locator(".jp-SidePanel:visible").first.wait_for()
        assert english(page) == [], tab.get_attribute("title")
    tabs.last.click()
    page.locator(".jp-SidePanel:visible").wait_for(state="detached")
    page.mouse.move(NORMAL["width"] / 2, NORMAL["height"] / 2)


def test_from_the_first_opening_to_the_next_day(page: Page, address: str, folder: Path) -> None:
    # the first opening: the home, and nothing else
    page.goto(address)
    expect(home(page)).to_be_visible()
    expect(action(page)).to_have_text(re.compile(rf"^Commencer\s: {re.escape(FIRST.heading[:2])}"))
    assert page.locator(".lm-DockPanel .lm-TabBar-tab").count() == 1
    assert not page.locator(".jp-DirListing:visible, .jp-SideBar.jp-mod-right:visible").count()
    assert page.evaluate("document.documentElement.lang") == "fr"
    say_no_english(page)
    accessible(page, ".ck-home")
    capture(page, "accueil-premier")

    # the identifier, by keyboard
    field = home(page).get_by_label("Votre identifiant")
    field.focus()
    page.keyboard.type(LEARNER)
    page.keyboard.press("Enter")
    expect(home(page)).to_contain_text(f"sous l’identifiant «\xa0{LEARNER}\xa0»")
    expect(action(page)).to_be_focused()
    kept = json.loads((folder / ".casekit/identite.json").read_text(encoding="utf-8"))
    assert kept == {"identifiant": LEARNER}

    # begin: the notebook already knows who works
    page.keyboard.press("Enter")
    around = surrounded(page)
    expect(cell(page, "identifiant =")).to_contain_text(f'identifiant = "{LEARNER}"')
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    expect(resumed(page)).to_contain_text(f"question 1 sur {len(FIRST.questions)}")
    assert page.locator(".ck-resume li").count() == 0
    accessible(page, ".ck-resume")
    say_no_english_in_a_notebook(page)

    # answer one question by keyboard
    panel = page.locator(".jp-NotebookPanel:visible .ck-panel.ck-live")
    panel.get_by_role("radio").first.focus()
    for _ in range(8):
        if panel.get_by_role("radio", checked=True).count() and "Juste" in panel.inner_text():
            break
        right = panel.get_by_role("radio").nth("ABCDEFGH".index(str(key_of(FIRST.questions[0].id, LEARNER).right)))
        right.focus()
        page.keyboard.press("Space")
        page.wait_for_timeout(1000)
    expect(panel).to_contain_text("Juste")
    expect(page.locator(".ck-resume:visible")).to_have_count(0)  # nothing to come back to: it left with the first key
    panel.evaluate("node => node.scrollIntoView({ block: 'end' })")
    capture(page, "accueil-question")

    # a broken cell, a restart: the home knows the question, resuming passes over the cell and says which
    broken = cell(page, READ)
    broken.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("; dossier.mesage()")
    restart(page)
    go_home(page)
    expect(action(page)).to_have_text(re.compile(r"^Reprendre\s: question 2$"))
    capture(page, "accueil-reprendre")
    action(page).focus()
    page.keyboard.press("Enter")
    report = resumed(page)
    expect(report).to_contain_text(f"question 2 sur {len(FIRST.questions)}")
    expect(report.get_by_role("button", name=READ)).to_be_visible()
    assert report.locator("li").count() == 1
    active = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
    expect(active).to_contain_text(question_line(folder, FIRST.questions[1].id))
    capture(page, "accueil-repris")
    report.get_by_role("button", name=READ).click()
    expect(active).to_contain_text("dossier.mesage()")
    report.get_by_role("button", name="Fermer").click()
    expect(report).to_be_hidden()

    # what runs already is not run again
    before = cell(page, "identifiant =").locator(".jp-InputPrompt").inner_text()
    page.get_by_role("button", name="Reprendre où j’en étais").click()
    resumed(page)
    assert cell(page, "identifiant =").locator(".jp-InputPrompt").inner_text() == before
    page.locator(".ck-resume:visible").get_by_role("button", name="Fermer").click()

    # the way on, and back
    around.scroll_into_view_if_needed()
    accessible(page, ".ck-around")
    capture(page, "accueil-suivant")
    around.get_by_role("button", name=f"Suivant\xa0: {SECOND.heading} →").click()
    expect(page.locator(".jp-NotebookPanel:visible h1").first).to_contain_text(SECOND.title)
    surrounded(page)
    go_home(page)

    # every tab closed: the home comes back
    menu(page, "Fichier", "application:close-all")
    for _ in range(3):
        dialog = page.locator(".jp-Dialog .jp-mod-accept:not(.jp-mod-warn)")
        page.wait_for_timeout(500)
        if dialog.count():
            dialog.click()
    expect(home(page)).to_be_visible()
    assert (folder / HOME).is_file()


def question_line(folder: Path, question: str) -> str:
    """Return what the cell of an answer begins with."""
    notebook = json.loads((folder / FIRST.file).read_text(encoding="utf-8"))
    source = next("".join(one["source"]) for one in notebook["cells"] if one.get("id") == f"a{question}")
    return source.split("=", 1)[0].strip()


def test_somebody_else_is_asked_about_when_the_name_looks_like_the_first(
    page: Page, address: str, folder: Path
) -> None:
    page.goto(address)
    page.get_by_role("button", name="Changer d’identifiant").click()
    field = home(page).get_by_label("Votre identifiant")
    field.fill("Ana Martin")
    page.keyboard.press("Enter")
    expect(home(page)).to_contain_text("Est-ce la même personne")
    keep = home(page).get_by_role("button", name=f"Oui, garder «\xa0{LEARNER}\xa0»")
    expect(keep).to_be_focused()
    accessible(page, ".ck-home")
    page.keyboard.press("Enter")
    expect(home(page).get_by_role("button", name="Changer d’identifiant")).to_be_focused()
    assert json.loads((folder / ".casekit/identite.json").read_text(encoding="utf-8"))["identifiant"] == LEARNER
    page.keyboard.press("Enter")
    field.fill("bob")
    page.keyboard.press("Enter")
    expect(home(page)).to_contain_text("sous l’identifiant «\xa0bob\xa0»")
    expect(action(page)).to_contain_text("Commencer")
    home(page).get_by_role("button", name="Changer d’identifiant").click()
    field.fill(LEARNER)
    page.keyboard.press("Enter")
    expect(action(page)).to_contain_text("Reprendre")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_home_reads_in_both_themes_and_at_200_percent(theme: str, page: Page, address: str, folder: Path) -> None:
    choose_theme(folder, theme)
    page.goto(address)
    wait_for_theme(page, theme)
    expect(home(page)).to_be_visible()
    home(page).get_by_text("Documents", exact=False).first.click()
    home(page).get_by_role("button", name="Charte de marque").first.click()
    expect(home(page).locator(".ck-read:visible")).to_contain_text("Qui nous sommes")
    home(page).get_by_text("Glossaire", exact=False).first.click()
    accessible(page, ".ck-home")
    capture(page, f"accueil-{theme.lower()}-documents")
    page.locator(".jp-NotebookPanel:visible .jp-WindowedPanel-outer").evaluate("node => node.scrollTo(0, 0)")
    capture(page, f"accueil-{theme.lower()}")
    page.set_viewport_size(TWICE)
    page.wait_for_timeout(500)
    capture(page, f"accueil-{theme.lower()}-200")
    accessible(page, ".ck-home")
    wide = page.evaluate("document.querySelector('.ck-home').getBoundingClientRect().width")
    assert wide > 0.8 * TWICE["width"]
    assert page.locator(".ck-home:visible").evaluate("node => node.scrollWidth <= node.clientWidth + 1")
    page.set_viewport_size(NORMAL)
