"""The study folder in a real JupyterLab, in a real browser: French, top to bottom, a mistake explained, accessible."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, ERRORS, Notebook, Room
from playwright.sync_api import Locator, Page

from autograder.content import notebooks_folder
from autograder.keys.cases import case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.evaluation import evaluate
from autograder.keys.model import Question
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies import friendly
from casestudies.answers import encode
from casestudies.dossier import Dossier, Progression, finding_card, ouvrir_dossier
from casestudies.findings import Finding, Outcome
from casestudies.typography import french

pytestmark = pytest.mark.xdist_group("lab")

ASSIGNMENT = "e2-performance"
LEARNER = "essai-lab"
NOTEBOOKS = sorted(path.name for path in (notebooks_folder() / ASSIGNMENT).glob("*.ipynb"))


@pytest.fixture
def folder(study: Path) -> Path:
    return study


def _open(page: Page, lab: Room, name: str) -> None:
    page.goto(lab.address(f"{ASSIGNMENT}/{name}"))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.wait_for_function("!document.querySelector('#jupyterlab-splash')")
    page.locator(".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()


def _cell(page: Page, index: int) -> Locator:
    return page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-Cell").nth(index)


def _write(page: Page, index: int, text: str) -> None:
    editor = _cell(page, index).locator(".cm-content")
    editor.scroll_into_view_if_needed()
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def _run(page: Page, index: int) -> Locator:
    """Run one cell, as a learner does, and return its output."""
    prompt = _cell(page, index).locator(".jp-InputPrompt")
    before = prompt.inner_text()
    _cell(page, index).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "([node, before]) => /\\[\\d+\\]/.test(node.textContent) && node.textContent.trim() !== before",
        arg=[prompt.element_handle(), before.strip()],
    )
    return _cell(page, index).locator(".jp-OutputArea")


def _capture(page: Page, name: str) -> None:
    page.screenshot(path=str(CAPTURES / f"{name}.png"))


def _checks(cells: list[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Yield the position, the question and the variable of each checking cell."""
    for index, (kind, source) in enumerate(cells):
        found = re.search(r'verifier\("([^"]+)",\s*(\w+)\)', source)
        if kind == "code" and found:
            yield index, found[1], found[2]


def _wrong(question: Question) -> tuple[float, float, Finding] | None:
    """Return a catalogued wrong number, the right one, and what must be said of the wrong one."""
    if question.key is None or not isinstance(question.check, CloseTo):
        return None
    case = case_of(question.company, LEARNER, accepted_draw(question.company, LEARNER))
    key = question.key(case)
    for wrong in key.wrong[:1]:
        finding = evaluate(question, case, encode(wrong.value))
        if finding.outcome is Outcome.MISCONCEPTION:
            return float(wrong.value), float(key.right), finding  # type: ignore[arg-type]
    return None


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_explains_a_mistake(name: str, lab: Room, page: Page, folder: Path) -> None:
    path = folder / ASSIGNMENT / name
    cells = [
        (cell["cell_type"], "".join(cell["source"])) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]
    codes = [index for index, (kind, source) in enumerate(cells) if kind == "code" and source.strip()]
    checks = list(_checks(cells))
    stem = path.stem

    _open(page, lab, name)
    assert page.locator(".lm-MenuBar-item", has_text="Fichier").is_visible()
    identifier = next(index for index, (_, source) in enumerate(cells) if source.startswith("identifiant = "))
    _write(page, identifier, f'identifiant = "{LEARNER}"')
    Notebook(page).run_all(codes)
    _capture(page, f"{stem}-ouvert")
    assert page.locator(ERRORS).count() == 0, page.locator(ERRORS).all_inner_texts()
    assert page.get_by_text("Traceback").count() == 0
    assert Outcome.NOT_ATTEMPTED.label in _cell(page, checks[0][0]).locator(".jp-OutputArea").inner_text()

    chosen = next((index, asked, variable) for index, asked, variable in checks if _wrong(question_of(asked)))
    index, asked, variable = chosen
    wrong, right, finding = _wrong(question_of(asked))  # type: ignore[misc]
    answer = max(
        number for number in codes if number < index and re.search(rf"^{variable} = ", cells[number][1], re.MULTILINE)
    )
    _write(page, answer, f"{variable} = {wrong!r}")
    _run(page, answer)
    said = _run(page, index).inner_text()
    assert Outcome.MISCONCEPTION.label in said
    assert _plain(finding.message) in _plain(said)
    _cell(page, index).scroll_into_view_if_needed()
    _capture(page, f"{stem}-erreur-reconnue")

    _write(page, answer, f"{variable} = {right!r}")
    _run(page, answer)
    assert f"{Outcome.RIGHT.symbol} {Outcome.RIGHT.label}" in _run(page, index).inner_text()
    _capture(page, f"{stem}-juste")

    _write(page, answer, f"{variable} = {variable}_du_mois / 0")
    said = _run(page, answer).inner_text()
    assert "Python ne connaît pas" in said
    assert "Traceback" not in said
    assert _cell(page, answer).locator(ERRORS).inner_text().strip() == friendly.STOPPED
    _capture(page, f"{stem}-nom-inconnu")

    _write(page, answer, f"{variable} = None")
    _run(page, answer)
    page.keyboard.press("ControlOrMeta+s")


def test_the_cards_stay_readable_in_the_dark_theme(lab: Room, page: Page, folder: Path) -> None:
    settings = folder / ".casekit/jupyterlab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"theme": "JupyterLab Dark"}', encoding="utf-8")
    try:
        _open(page, lab, NOTEBOOKS[0])
        page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
        cell = page.locator(".jp-NotebookPanel:visible .jp-Notebook .jp-CodeCell").first
        cell.scroll_into_view_if_needed()
        html = " ".join(_cards().values()) + _progression()._repr_mimebundle_()["text/html"]
        source = f"from IPython.display import HTML\nHTML({html!r})"
        cell.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(source)
        page.keyboard.press("Control+Enter")
        cell.locator(".jp-OutputArea table").wait_for()
        cell.locator(".jp-OutputArea table").scroll_into_view_if_needed()
        _capture(page, "cartes-sombre")
        found = Axe().run(page, context=".jp-OutputArea-output table", options={"runOnly": ["color-contrast"]})
        assert found.violations_count == 0, found.generate_report()
    finally:
        settings.unlink()


def _plain(text: str) -> str:
    return " ".join(french(text).replace("`", "").split())


def _dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learner: str) -> Dossier:
    monkeypatch.chdir(tmp_path)
    return ouvrir_dossier("kerlavandre", learner)


def _cards() -> dict[str, str]:
    """Return the card of every outcome and of an error, as HTML."""
    remarks = ("La colonne `canal` manque.", "Deux lignes restent vides.")
    found = {
        outcome.value: finding_card(
            Finding(outcome, 0.0, "Ce qui a été fait.", "Quelle période faut-il ?", remarks=remarks)
        ).html()
        for outcome in Outcome
    }
    try:
        raise NameError("name 'sesions' is not defined", name="sesions")
    except NameError as error:
        found["nom"] = friendly.card_of(error, error.__traceback__, {"sessions": 1}).html()
    return found


def _progression() -> Progression:
    return ouvrir_dossier("kerlavandre").progression()


def test_what_learners_see_has_no_accessibility_violation(
    chromium: str, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, nobody = (_dossier(tmp_path / name, monkeypatch, name) for name in _folders(tmp_path))
    parts = [
        *_cards().values(),
        nobody._repr_mimebundle_()["text/html"],
        named._repr_mimebundle_()["text/html"],
        named.verifier("q1-entree-conversion", "A").html(),
        named.indice(next(iter(named.progression()._rows)).card.id).html(),
        named.progression()._repr_mimebundle_()["text/html"],
    ]
    body = "".join(f"<section>{part}</section>" for part in parts)
    page.set_content(f'<!doctype html><html lang="fr"><title>Cartes</title><main><h1>Cartes</h1>{body}</main></html>')
    page.screenshot(path=str(CAPTURES / "cartes.png"), full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def _folders(tmp_path: Path) -> tuple[str, str]:
    for name in (LEARNER, ""):
        (tmp_path / name).mkdir(exist_ok=True)
    return LEARNER, ""
