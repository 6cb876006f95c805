"""Notebooks in a real JupyterLab, by keyboard: untouched, a mistake explained, a deliverable filled, accessible.

All of E1, one of E3, one of E4; ``CASEKIT_NOTEBOOKS="e3-plan-operationnel/02-gamme …"`` names others in their place.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from in_lab import CAPTURES, ERRORS, Notebook, Room
from playwright.sync_api import Page

from autograder.authoring.twins import METADATA
from autograder.content import notebooks_folder
from autograder.keys.cases import case_of
from autograder.keys.checks.choices import Choice
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome
from casestudies.livrables.handed import recall, rows_in
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Field
from casestudies.livrables.store import Shelf
from casestudies.typography import french

pytestmark = pytest.mark.xdist_group("lab")

LEARNER = "essai-lab"
USUAL = [
    *(f"e1-strategie/{path.stem}" for path in sorted((notebooks_folder() / "e1-strategie").glob("*.ipynb"))),
    "e3-plan-operationnel/03-prix",
    "e4-equipe/01-organiser",
]
NOTEBOOKS = os.environ.get("CASEKIT_NOTEBOOKS", "").split() or USUAL
TYPED = "Écrit au clavier"


@dataclass(frozen=True)
class Plan:
    """Where a learner goes in one notebook, found by reading it; ``None`` never stands for a cell."""

    codes: list[int]
    identifier: int
    asked: str
    variable: str
    answer: int
    check: int
    deliverable: Deliverable
    editor: int
    reading: int
    structure: int


def _plan(path: Path) -> Plan:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = {number: "".join(cell["source"]) for number, cell in enumerate(cells) if cell["cell_type"] == "code"}
    codes = [number for number, source in sources.items() if source.strip()]

    def first(pattern: str, after: int = -1) -> int:
        return next(number for number in codes if number > after and re.search(pattern, sources[number], re.MULTILINE))

    checks = [
        (number, found[1], found[2])
        for number in codes
        if (found := re.fullmatch(r'dossier\.verifier\("([^"]+)",\s*(\w+)\)', sources[number].strip()))
    ]
    check, asked, variable = min(
        (one for one in checks if isinstance(question_of(one[1]).check, CloseTo | Choice)),
        key=lambda one: (isinstance(question_of(one[1]).check, Choice), one[0]),
    )
    answer = max(number for number in codes if number < check and re.search(rf"^{variable} = ", sources[number], re.M))
    editor = first(r"^dossier\.editeur\(")
    slug = re.findall(r'^dossier\.editeur\("([^"]+)"', sources[editor], re.M)[0]
    deliverable = deliverables()[slug]
    reading = first(rf'dossier\.livrable\("{slug}"\)$', editor)
    structure = first(rf'dossier\.verifier\("{deliverable.question}"', reading)
    return Plan(
        codes, first("^identifiant = "), asked, variable, answer, check, deliverable, editor, reading, structure
    )


def _wrong(asked: str) -> tuple[Any, Finding]:
    """Return a catalogued wrong value of a question, and what must be said of it."""
    question = question_of(asked)
    case = case_of(question.company, LEARNER, accepted_draw(question.company, LEARNER))
    assert question.key is not None
    for wrong in question.key(case).wrong:
        finding = evaluate(question, case, encode(wrong.value))
        if finding.outcome is Outcome.MISCONCEPTION:
            return wrong.value, finding
    raise AssertionError(f"{asked}: no wrong value is recognised")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_used_with_the_keyboard_alone(name: str, lab: Room, page: Page, study: Path) -> None:
    path = study / f"{name}.ipynb"
    plan = _plan(path)
    notebook = Notebook(page)
    notebook.open(lab, f"{name}.ipynb")
    notebook.write(plan.identifier, f'identifiant = "{LEARNER}"')
    notebook.run_all(plan.codes)
    _untouched(notebook, plan)
    _mistaken(notebook, plan)
    _filled(notebook, plan, path.parent)
    page.screenshot(path=str(CAPTURES / f"{path.parent.name[:2]}-{path.stem}.png"))
    found = Axe().run(page, context=".jp-NotebookPanel .jp-OutputArea-output")
    assert found.violations_count == 0, _violations(found)
    page.keyboard.press("ControlOrMeta+s")


def test_a_cell_that_fails_is_named_at_once(lab: Room, page: Page, study: Path) -> None:
    """What follows a failing cell is never run: the helper says which one failed instead of waiting for the others."""
    cells = [nbformat.v4.new_code_cell(source) for source in ("un = 1", "un / 0", "un + 1")]
    written = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    nbformat.write(written, study / "en-panne.ipynb")
    notebook = Notebook(page)
    notebook.open(lab, "en-panne.ipynb")
    with pytest.raises(AssertionError, match=r"(?s)a cell failed: La cellule s’est arrêtée.*un / 0"):
        notebook.run_all([0, 1, 2])


def _violations(found: Any) -> list[str]:
    """Say each violation in two lines: the whole report is longer than a notebook."""
    return [
        f"{one['id']} ({len(one['nodes'])}) : {one['nodes'][0]['target']} {one['nodes'][0]['html'][:300]}"
        for one in found.response["violations"]
    ]


def _untouched(notebook: Notebook, plan: Plan) -> None:
    """Nothing fails before anything is answered, and nothing is held against the learner."""
    errors = notebook.page.locator(ERRORS)
    assert errors.count() == 0, errors.all_inner_texts()
    for check in (plan.check, plan.structure):
        assert Outcome.NOT_ATTEMPTED.label in notebook.output(check).inner_text()


def _mistaken(notebook: Notebook, plan: Plan) -> None:
    wrong, finding = _wrong(plan.asked)
    notebook.write(plan.answer, f"{plan.variable} = {wrong!r}")
    notebook.run(plan.answer)
    said = notebook.run(plan.check).inner_text()
    assert Outcome.MISCONCEPTION.label in said
    assert _plain(finding.message) in _plain(said)


def _filled(notebook: Notebook, plan: Plan, folder: Path) -> None:
    """One more row is written in the editor, and the next cells read what its file says."""
    page, fields = notebook.page, plan.deliverable.fields
    text = next(one.name for one in fields if one.type == "texte" and not one.optional)
    notebook.run(plan.editor)
    editor = notebook.output(plan.editor).locator(".ck-grid")
    editor.locator("td[tabindex='0']").focus()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.press("Home")
    for one in fields:
        _type(page, one)
        page.keyboard.press("Tab")
    editor.locator("[role=status]", has_text="Enregistré").wait_for()
    page.keyboard.press("Escape")  # leaves the editor
    notebook.run(plan.reading)
    assert Outcome.TO_COMPLETE.label in notebook.run(plan.structure).inner_text()
    kept = Shelf(folder).filled(plan.deliverable)
    assert kept is not None
    added = [row for row in kept.rows if row[text] == TYPED]
    assert len(added) == 1, kept.rows
    assert all(added[0][one.name] is not None for one in fields), added
    assert rows_in(plan.deliverable, recall(folder, LEARNER, plan.deliverable.question)) == kept.rows


def _type(page: Page, one: Field) -> None:
    page.keyboard.press("Enter")
    if one.type == "choix":
        page.keyboard.press("ArrowDown")
    else:
        page.keyboard.insert_text({"texte": TYPED, "nombre": "1", "date": "06/01/2027"}[one.type])


def _plain(text: str) -> str:
    return " ".join(french(text).replace("`", "").split())
