"""The cells of a copy as markers see them: harmless, blank ones told apart, pictures found where they are."""

from base64 import b64encode

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.utils import compute_checksum

from autograder.grading.records import Record, Result
from autograder.review.model import Part
from autograder.review.shown.found import deliverables_of, findings_of, keyed_of, status_of
from autograder.review.shown.work import NotebookWork, cell_html
from casestudies.findings import Finding, Outcome

PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>ici</a>"


def left(name: str, source: str, *outputs: NotebookNode, code: bool = True) -> NotebookNode:
    """Return a cell left to the learner."""
    cell = new_code_cell(source, outputs=list(outputs)) if code else new_markdown_cell(source)
    cell.metadata["nbgrader"] = {"grade_id": name, "solution": True, "grade": True, "locked": False, "points": 4}
    return cell


def locked(question: str) -> NotebookNode:
    cell = new_code_cell(f"dossier.verifier({question!r}, x)")
    cell.metadata["nbgrader"] = {"grade_id": question, "solution": False, "grade": True, "locked": True, "points": 1}
    return cell


def image(data: str) -> NotebookNode:
    return new_output("display_data", data={"image/png": data, "text/plain": "<Figure size 1x1>"})


def test_a_cell_is_harmless() -> None:
    html = new_output("display_data", data={"text/html": HOSTILE})
    work = NotebookWork((left("a", HOSTILE, html), locked("q")))
    for shown in (work.shown_by("q"), cell_html(left("r", HOSTILE, code=False))):
        page = BeautifulSoup(shown, "html.parser")
        assert page.find(["script", "img"]) is None
        assert page.find(href=True) is None
    assert work.shown_by("autre") == ""


def test_a_cell_left_as_it_was_is_not_written() -> None:
    blank = left("r", "Écrivez votre note ici.", code=False)
    blank.metadata.nbgrader["checksum"] = compute_checksum(blank)
    assert not NotebookWork((blank,)).is_written("r")
    written = nbformat.from_dict(blank)
    written.source = "Ma note."
    assert NotebookWork((written,)).is_written("r")
    assert not NotebookWork((left("r", "  "),)).is_written("r")
    assert not NotebookWork(()).is_written("r")


def test_the_picture_is_the_one_of_the_answer() -> None:
    first, second, third = (b64encode(PNG + letter).decode() for letter in (b"1", b"2", b"3"))
    cells = (left("a", "…", image(first), image(second)), locked("q"), new_code_cell(outputs=[image(third)]),
             left("b", "…"), new_code_cell(outputs=[image(first)]), locked("s"))  # fmt: skip
    work = NotebookWork(cells)
    found = [work.picture(name, beyond) for name, beyond in (("q", False), ("q", True), ("s", False))]
    assert [address.rpartition(",")[2] for address in found] == [second, third, first]
    assert NotebookWork((left("a", "…"), locked("q"))).picture("q") == ""
    assert NotebookWork((locked("q"), left("a", "…", image(first)))).picture("q") == ""


def record(**outcomes: Outcome) -> Record:
    made = Record("e1-strategie", "02-concurrence-swot", "a01", "hetrabelle", 0, "0")
    made.results = {
        name.replace("_", "-"): Result(Finding(outcome, 0.0, ""), 0.0, 1.0) for name, outcome in outcomes.items()
    }
    return made


@pytest.mark.parametrize(
    ("outcomes", "written", "status"),
    [
        ({"s2_swot": Outcome.READY, "s2_croisements": Outcome.READY}, False, "prêt à relire"),
        ({"s2_swot": Outcome.READY, "s2_croisements": Outcome.NOT_ATTEMPTED}, False, "à compléter"),
        ({"s2_swot": Outcome.UNREADABLE, "s2_croisements": Outcome.UNREADABLE}, False, "à compléter"),
        ({"s2_swot": Outcome.NOT_ATTEMPTED, "s2_croisements": Outcome.NOT_ATTEMPTED}, True, "non remis"),
        ({}, False, "non remis"),
        ({}, True, "à compléter"),
    ],
)
def test_the_status(outcomes: dict[str, Outcome], written: bool, status: str) -> None:
    part = Part("e1-strategie", "a01", "rs2-croisements", "B1-C04", "02-concurrence-swot")
    assert status_of(part, record(**outcomes), written) == status


def test_a_part_without_deliverable_is_ready_once_written() -> None:
    part = Part("e1-strategie", "a01", "r-libre", "B3-C09", "02-concurrence-swot")
    assert deliverables_of(part) == []
    assert [status_of(part, record(), written) for written in (True, False)] == ["prêt à relire", "non remis"]


def test_unanswered_questions_take_one_line_and_advice_is_told_as_the_learners() -> None:
    part = Part("e2-performance", "a01", "r1-note", "B1-C12", "01-indicateurs-promotion")
    asked, deliverables = keyed_of(part), deliverables_of(part)
    assert len(asked) > 3
    made = Record(part.assignment, part.notebook, "a01", "kerlavandre", 0, "0")
    made.results = {one.id: Result(Finding(Outcome.NOT_ATTEMPTED, 0.0, ""), 0.0, 1.0) for one in asked}
    for one in deliverables:
        made.results[one.id] = Result(Finding(Outcome.TO_COMPLETE, 0.5, "", remarks=("Ajoutez une phrase.",)), 0.5, 1.0)
    said = findings_of(part, made)
    silent = [line for line in said if line.startswith(f"Sans réponse ({len(asked)}) : ")]
    assert len(silent) == 1
    assert not any("pas encore de réponse" in line for line in said)
    assert all(line.startswith("Ce que la personne a lu") for line in said if "Ajoutez" in line)
    assert sum("Ajoutez" in line for line in said) == len(deliverables)
