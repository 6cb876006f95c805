"""Handing in from a real JupyterLab: one wrong answer, a blank, a broken cell; by the button, by a typed line."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_lab import Notebook, Room, room_of
from playwright.sync_api import Locator, Page, expect
from study_lab import THEMES, accessible, capture, choose_theme, downloaded, menu, normal_page, wait_for_theme

from autograder.course.lab import Lab
from casestudies.remise.receipt import NAME as RECEIPT

pytestmark = pytest.mark.xdist_group("lab")

ASSIGNMENT, NOTEBOOK, LEARNER = "e2-performance", "03-budget", "lea"
IDENTITY = "identite"
LAST, BROKEN = "q3-point-mort", "aq3-viabilite"
CHANGED = {
    "aq3-part-levier": "part_sea = 0.987",
    "aq3-mois-seuil": "mois_seuil = None",
    BROKEN: "viabilite = ma_note",
}


@pytest.fixture(scope="module")
def folder(study: Path) -> Path:
    """Return the folder of a learner who answered everything but for one wrong, one blank and one broken cell."""
    target = study / "remise-essai"
    target.mkdir()
    shutil.copy(study / ASSIGNMENT / f"{NOTEBOOK}.ipynb", target)
    model = json.loads((Path(__file__).parents[2] / "notebooks" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text())
    path = target / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    marks = re.compile(r"^### (?:DÉBUT|FIN) SOLUTION\n?", re.MULTILINE)
    solved = {cell["id"]: marks.sub("", "".join(cell["source"])).rstrip() for cell in model["cells"]} | CHANGED
    for cell in notebook["cells"]:
        cell["source"] = solved[cell["id"]]
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first |= {"id": IDENTITY, "source": f'identifiant = "{LEARNER}"'}
    typed = {"cell_type": "code", "id": "ajout", "metadata": {}, "outputs": [], "execution_count": None, "source": ""}
    notebook["cells"].append(typed)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def lab(server: Lab, folder: Path) -> Iterator[Room]:
    with room_of(server, folder) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with normal_page(chromium) as opened:
        yield opened


def place(folder: Path, name: str) -> int:
    cells = json.loads((folder / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))["cells"]
    return next(rank for rank, cell in enumerate(cells) if cell["id"] == name)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_work_with_a_broken_cell_is_handed_in_by_the_button_and_by_a_line(
    theme: str, lab: Room, page: Page, folder: Path, study: Path, tmp_path: Path
) -> None:
    choose_theme(study, theme)
    untouched = (folder / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8")
    notebook, broken = Notebook(page), place(folder, BROKEN)
    notebook.open(lab, f"{NOTEBOOK}.ipynb")
    wait_for_theme(page, theme)
    notebook.run(place(folder, IDENTITY))
    menu(page, "Exécution", "runmenu:run-all")
    expect(notebook.output(broken)).to_contain_text("ma_note")
    for name in (f"a{LAST}", LAST):
        notebook.go(place(folder, name))
        page.keyboard.press("Control+Enter")
    panel = notebook.output(place(folder, LAST))
    button = panel.get_by_role("button", name="Relire et remettre mon travail")
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    handed = panel.get_by_role("region", name="Votre remise")
    expect(handed).to_contain_text("Votre travail est prêt à être déposé")
    expect(handed).to_contain_text("viabilite = ma_note")
    expect(handed).to_contain_text("Mois du seuil, cas haut")
    expect(handed.get_by_text("ne sont pas encore enregistrés")).to_have_count(0)
    handed.scroll_into_view_if_needed()
    capture(page, f"remise-{theme.lower()}")
    handed.get_by_text("Votre récapitulatif").click()
    accessible(page, ".ck-panel")
    capture(page, f"remise-recapitulatif-{theme.lower()}")
    archive = downloaded(page, handed.get_by_role("link", name="Télécharger"), tmp_path)
    with zipfile.ZipFile(archive) as opened:
        assert sorted(opened.namelist()) == [f"{NOTEBOOK}.ipynb", RECEIPT]
        assert json.loads(opened.read(f"{NOTEBOOK}.ipynb"))["cells"][broken]["outputs"], "the page was saved first"

    typed = place(folder, "ajout")
    notebook.write(typed, "dossier.remettre()")
    card = _run(notebook, typed)
    expect(card).to_contain_text("Votre travail est prêt à être déposé")
    expect(card.get_by_text("ne sont pas encore enregistrés")).to_have_count(0)
    archive = downloaded(page, card.get_by_role("link", name="Télécharger"), tmp_path)
    with zipfile.ZipFile(archive) as opened:
        assert "dossier.remettre()" in opened.read(f"{NOTEBOOK}.ipynb").decode()
    for label, name in (("Récapitulatif", "recapitulatif.html"), ("Attestation de pratique", "attestation.html")):
        assert downloaded(page, card.get_by_role("link", name=label), tmp_path).name == name
    notebook.cell(typed).locator(".cm-content").click()  # the keyboard was on a link
    page.keyboard.press("Escape")
    notebook.write(typed, 'dossier.plan("E1")')
    plan = _run(notebook, typed)
    expect(plan.get_by_role("link", name="Word")).to_be_visible()
    assert downloaded(page, plan.get_by_role("link", name="Word"), tmp_path).read_bytes()[:2] == b"PK"
    lab.close()
    (study / THEMES).unlink()
    shutil.rmtree(folder / "livrables")
    (folder / f"{NOTEBOOK}.ipynb").write_text(untouched, encoding="utf-8")


def _run(notebook: Notebook, index: int) -> Locator:
    """Run a cell of a notebook where another one shows an error."""
    notebook.go(index)
    notebook.page.keyboard.press("Control+Enter")
    return notebook.output(index)
