"""The panel under a check in a real JupyterLab: buttons by mouse and keyboard, choices written in the answer's cell."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, Notebook, Room, opened_page, room_of
from nbgrader.api import Gradebook
from playwright.sync_api import Locator, Page, expect

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.course.lab import Lab
from autograder.grading.records import read_records
from autograder.grading.release import release
from autograder.grading.run import grade

pytestmark = pytest.mark.xdist_group("lab-outils")

ASSIGNMENT, NOTEBOOK, LEARNER = "e2-performance", "01-indicateurs-promotion", "lea"
QUESTION, VARIABLE, NUMBER = "q1-entree-conversion", "entree_conversion", "q1-sessions"
EXAMPLE, ANSWER, CHECK, LOST, UNFOUND = 2, 4, 5, 6, 7
CELLS = (
    "from casestudies import ouvrir_dossier\ndossier = ouvrir_dossier('kerlavandre', 'lea')",
    "# Essai",
    "## Exemple résolu : une autre entreprise" + "\n\nUne étape." * 30,
    "## Le cas" + "\n\nUn paragraphe." * 30,
    f"{VARIABLE} = None  # votre lettre",
    f'dossier.verifier("{QUESTION}", {VARIABLE})',
    "entree_points = (\n    None\n)",
    'dossier.verifier("q1-entree-points", entree_points)',
)
THEMES = ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course with one of the kit's notebooks, released for one learner."""
    made = init_course(tmp_path_factory.mktemp("panneau") / "cours")
    for path in made.source(ASSIGNMENT).glob("*.ipynb"):
        if path.stem != NOTEBOOK:
            path.unlink()
    (made.root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{LEARNER};;\n", encoding="utf-8")
    release(made, ASSIGNMENT)
    return made


@pytest.fixture(scope="module")
def folder(course: Course, study: Path) -> Path:
    target = study / "panneau"
    shutil.copytree(course.folder("release") / ASSIGNMENT, target)
    cells = []
    for number, source in enumerate(CELLS):
        kind = {"cell_type": "markdown"} if source.startswith("#") else {"cell_type": "code", "outputs": []}
        count = {} if source.startswith("#") else {"execution_count": None}
        cells.append({**kind, **count, "id": f"c{number}", "metadata": {}, "source": source})
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python", "version": "3.13"}}
    essai = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (target / "essai.ipynb").write_text(json.dumps(essai), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def lab(server: Lab, folder: Path) -> Iterator[Room]:
    with room_of(server, folder) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> Iterator[Page]:
    with opened_page(chromium, 900) as opened:
        yield opened


@pytest.fixture
def opened(lab: Room, page: Page, folder: Path) -> Iterator[Notebook]:
    """Open the small notebook in a kernel of its own, nothing done yet, its first question checked."""
    untouched = (folder / "essai.ipynb").read_text(encoding="utf-8")
    shutil.rmtree(folder / ".casekit/progression", ignore_errors=True)
    notebook = Notebook(page)
    notebook.open(lab, "essai.ipynb")
    for index in (0, ANSWER, CHECK):
        notebook.run(index)
    yield notebook
    lab.close()
    (folder / "essai.ipynb").write_text(untouched, encoding="utf-8")


def button(panel: Locator, name: str) -> Locator:
    return panel.get_by_role("button", name=name)


def source(notebook: Notebook, index: int) -> str:
    return notebook.cell(index).locator(".cm-content").inner_text().strip()


def save(notebook: Notebook, path: Path) -> dict:
    """Save, and return the notebook as it is in its file."""
    page, before = notebook.page, path.read_text(encoding="utf-8")
    page.keyboard.press("ControlOrMeta+s")
    for _ in range(150):
        text = path.read_text(encoding="utf-8")
        if text and text != before:
            return dict(json.loads(text))
        page.wait_for_timeout(100)
    raise AssertionError("nothing was saved")


def run_all_by_menu(page: Page, notebook: Notebook, first: int) -> None:
    """Run the whole notebook by its menu, again when a page that is still settling has lost the click."""
    for _ in range(3):
        page.locator(".lm-MenuBar-item", has_text="Exécution").click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        try:
            expect(notebook.cell(first).locator(".jp-InputPrompt")).to_have_text(
                re.compile(r"\[(\d+|\*)\]"), timeout=20_000
            )
        except AssertionError:
            continue
        return
    raise AssertionError("the menu runs nothing")


def accessible(page: Page) -> None:
    found = Axe().run(page, context=".ck-panel")
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_buttons_work_with_the_mouse_and_with_the_keyboard(
    theme: str, lab: Room, page: Page, folder: Path, study: Path
) -> None:
    settings = study / THEMES
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"theme": f"JupyterLab {theme}"}), encoding="utf-8")
    shutil.rmtree(folder / ".casekit/progression", ignore_errors=True)
    notebook = Notebook(page)
    notebook.open(lab, "essai.ipynb")
    page.locator(f"body[data-jp-theme-light={'true' if theme == 'Light' else 'false'}]").wait_for(state="attached")
    for index in (0, ANSWER, CHECK):
        panel = notebook.run(index)
    said = panel.locator("[role=status]")

    button(panel, "Un indice (1 sur 3)").click()
    expect(button(panel, "Un indice (2 sur 3)")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(panel, "Un indice (3 sur 3)")).to_be_focused()
    expect(said).to_contain_text("Indice 2 sur 3")
    page.keyboard.press("Space")
    last = button(panel, "Les 3 indices sont affichés")
    expect(last).to_have_attribute("aria-disabled", "true")
    expect(last).to_be_focused()
    expect(panel.get_by_text(re.compile(r"^Indice\s\d\ssur\s3"))).to_have_count(3)
    accessible(page)

    notebook.tab_to("Où j’en suis")
    page.keyboard.press("Enter")
    progress = button(panel, "Où j’en suis")
    expect(progress).to_have_attribute("aria-expanded", "true")
    expect(said).to_contain_text("Votre progression")
    assert panel.locator("table").first.is_visible()
    panel.scroll_into_view_if_needed()
    page.screenshot(path=str(CAPTURES / f"panneau-{theme.lower()}.png"))
    accessible(page)
    page.set_viewport_size({"width": 680, "height": 450})  # 200 %
    page.wait_for_timeout(300)
    assert panel.locator(".ck-panel").evaluate("node => node.scrollWidth <= node.clientWidth")
    page.screenshot(path=str(CAPTURES / f"panneau-{theme.lower()}-200.png"))
    page.set_viewport_size({"width": 1360, "height": 900})
    page.keyboard.press("Enter")
    expect(progress).to_have_attribute("aria-expanded", "false")
    expect(panel.locator("table").first).to_be_hidden()

    button(panel, "Revoir l’exemple").click()
    expect(notebook.cell(EXAMPLE).locator("h2")).to_be_focused()
    expect(notebook.cell(EXAMPLE).locator("h2")).to_be_in_viewport()
    settings.unlink()
    lab.close()


def test_choosing_an_option_writes_it_in_the_answer_s_cell_and_judges_it(opened: Notebook, folder: Path) -> None:
    page, panel = opened.page, opened.output(CHECK)
    panel.get_by_role("radio").nth(1).click()
    expect(panel.locator("[role=status]")).not_to_be_empty()
    assert source(opened, ANSWER) == f'{VARIABLE} = "B"  # votre lettre'
    expect(panel.get_by_text("Pas encore de réponse")).to_have_count(0)
    expect(panel.get_by_role("radio").nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("radio").nth(2)).to_be_checked()
    expect(opened.cell(ANSWER).locator(".cm-content")).to_have_text(f'{VARIABLE} = "C"  # votre lettre')
    expect(panel.get_by_role("radio").nth(2)).to_be_focused()
    accessible(page)
    page.screenshot(path=str(CAPTURES / "panneau-choix.png"))
    opened.write(ANSWER + 2, f"print({VARIABLE})")
    assert "C" in opened.run(ANSWER + 2).inner_text()

    kept = save(opened, folder / "essai.ipynb")
    assert "".join(kept["cells"][ANSWER]["source"]) == f'{VARIABLE} = "C"  # votre lettre'
    (output,) = kept["cells"][CHECK]["outputs"]
    assert output["data"]["application/vnd.casekit.answer+json"]["answer"]["value"] == "C"
    assert set(output["data"]) == {"text/plain", "text/html", "application/vnd.casekit.answer+json"}
    assert "widgets" not in kept["metadata"]


def test_a_line_that_cannot_be_written_is_said_in_french(opened: Notebook) -> None:
    opened.run(LOST)
    panel = opened.run(UNFOUND)
    before = source(opened, LOST)
    panel.get_by_role("radio").first.click()
    expect(panel.locator("[role=status]")).to_contain_text('entree_points = "A"')
    assert source(opened, LOST) == before
    expect(panel.get_by_role("radio").first).not_to_be_checked()


def test_a_notebook_opened_again_without_its_kernel_shows_the_verdict(
    opened: Notebook, lab: Room, page: Page, folder: Path
) -> None:
    panel = opened.output(CHECK)
    button(panel, "Un indice (1 sur 3)").click()
    expect(button(panel, "Un indice (2 sur 3)")).to_be_visible()
    panel.get_by_role("radio").first.click()
    expect(panel.get_by_text("Pas encore de réponse")).to_have_count(0)
    verdict = panel.locator(".ck-panel > div[lang=fr] p").first.inner_text()
    save(opened, folder / "essai.ipynb")
    page.goto("about:blank")
    lab.close()

    again = Notebook(page)
    again.open(lab, "essai.ipynb")
    shown = again.output(CHECK)
    expect(shown).to_contain_text(verdict)
    expect(shown).to_contain_text(re.compile(r"Indice\s1\ssur\s3"))
    assert [text[:2] for text in shown.locator("ul.ck-still li").all_inner_texts()] == ["A.", "B.", "C.", "D."]
    expect(shown.get_by_role("button")).to_have_count(0)
    assert page.get_by_text("model not found").count() == 0
    accessible(page)
    shown.scroll_into_view_if_needed()
    page.screenshot(path=str(CAPTURES / "panneau-rouvert.png"))


def test_buttons_leave_when_the_kernel_restarts(opened: Notebook) -> None:
    page, panel = opened.page, opened.output(CHECK)
    expect(button(panel, "Un indice (1 sur 3)")).to_be_visible()
    page.locator(".lm-MenuBar-item", has_text="Noyau").click()
    page.locator('.lm-Menu-item[data-command="kernelmenu:restart"]').click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(panel.get_by_role("button")).to_have_count(0)
    expect(panel).to_contain_text("dossier.indice")
    for index in (0, ANSWER, CHECK):
        opened.run(index)
    expect(button(panel, "Un indice (1 sur 3)")).to_be_visible()


def scores(root: Path) -> dict[str, float | None]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "cours") as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, LEARNER)
        return {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}


def test_a_copy_worked_with_the_panel_has_the_same_scores_everywhere(
    course: Course, lab: Room, page: Page, folder: Path, tmp_path: Path
) -> None:
    path = folder / f"{NOTEBOOK}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first, answer, check = (
        next(index for index, cell in enumerate(cells) if found in "".join(cell["source"]))
        for found in ("identifiant =", f"{VARIABLE} =", f'verifier("{QUESTION}"')
    )
    notebook = Notebook(page)
    notebook.open(lab, path.name)
    notebook.write(first, f'identifiant = "{LEARNER}"')
    run_all_by_menu(page, notebook, first)
    expect(notebook.cell(check).locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"), timeout=120_000)
    panel = notebook.output(check)
    button(panel, "Un indice (").click()
    expect(panel).to_contain_text(re.compile(r"Indice\s1\ssur\s3"), timeout=120_000)  # once the whole has run
    for letter in "ABCD":
        panel.get_by_role("radio", name=f"{letter}.").click()
        expect(notebook.cell(answer).locator(".cm-content")).to_contain_text(f'{VARIABLE} = "{letter}"')
        expect(panel.locator("[role=status]")).to_contain_text(re.compile("Juste|Erreur|Pas encore"), timeout=30_000)
        page.wait_for_timeout(500)
        if "✓ Juste" in panel.inner_text():
            break
    save(notebook, path)

    target = course.folder("submitted") / LEARNER / ASSIGNMENT
    target.mkdir(parents=True)
    handed_in = json.loads(path.read_text(encoding="utf-8"))
    number = next(cell for cell in handed_in["cells"] if cell["id"] == f"a{NUMBER}")
    number["source"] = 'sessions = visites_pendant["sessions"].sum()'  # one right value: no proof yet for the choice
    (target / path.name).write_text(json.dumps(handed_in), encoding="utf-8")
    copy = tmp_path / "cours"
    shutil.copytree(course.root, copy)
    grade(course, ASSIGNMENT)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT],
        cwd=copy, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert scores(copy) == scores(course.root)
    assert (scores(course.root)[QUESTION], scores(course.root)[NUMBER]) == (0.0, 1.0)
    (record,) = read_records(course.records, ASSIGNMENT)
    assert record.results[QUESTION].finding.outcome == "recorded"
    assert record.answers[QUESTION] == {"kind": "text", "value": letter}
    assert [incident.code for incident in record.incidents] == [
        "reponse-differente"
    ]  # the number was not checked again


def test_an_answer_that_changed_since_is_not_judged(opened: Notebook, page: Page) -> None:
    panel = opened.run(CHECK)
    opened.write(ANSWER, f'{VARIABLE} = "A"')
    expect(panel).to_contain_text("À relancer")
    expect(panel).to_contain_text(f'{VARIABLE} = "A"')
    accessible(page)
    opened.run(ANSWER)
    opened.run(CHECK)
    expect(panel).not_to_contain_text("À relancer")
    opened.write(ANSWER, f"{VARIABLE} = trouve(")
    with pytest.raises(AssertionError, match="a cell failed"):
        opened.run(ANSWER)
    expect(panel).to_contain_text("s’est arrêtée sur une erreur")
