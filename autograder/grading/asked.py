"""Whether the questions that a notebook's locked cells ask are known under its name: refused otherwise, and why.

Questions are found by the names of their assignment and of their notebook. In a copied or renamed one they would be
found no more, and every answer would silently be worth nothing.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading.source import AssignmentSource
from autograder.keys.questions import question_of, questions_of
from casestudies.errors import CasekitError, UnknownNameError

_CALL = re.compile(r"\.verifier\(\s*([\"'])(?P<question>.{1,128}?)\1")

Asking = tuple[str, str]
"""The grade id and the text of a locked cell that carries points."""


class UnknownQuestionError(CasekitError):
    """A locked cell asks a question that is not known under its notebook's name."""


def require_known(assignment: str, notebook: str, cells: Iterable[Asking]) -> None:
    """Refuse a notebook of which a locked cell calls ``verifier`` without a question of the kit behind it.

    Raises
    ------
    UnknownQuestionError
        When there is one; it names the notebook that the question belongs to, when there is one.
    """
    whole = f"{assignment}/{notebook}"
    known = {question.id for question in questions_of(notebook=whole)}
    unknown = [found["question"] for name, text in cells if name not in known and (found := _CALL.search(text))]
    if not unknown:
        return
    listed = ", ".join(f"« {one} »" for one in unknown[:3]) + (f" et {len(unknown) - 3} autres" if unknown[3:] else "")
    raise UnknownQuestionError(
        f"Le notebook « {whole} » pose des questions qui ne sont pas connues sous ce nom : {listed}. Toutes ces "
        "réponses vaudraient zéro, même justes ; rien n’a été fait. Les questions vont avec le nom de leur évaluation "
        f"et de leur notebook{_origin(unknown)} : gardez le nom d’origine."
    )


def require_known_source(assignment: str, folder: Path) -> None:
    """Refuse the source notebooks of an assignment as ``require_known`` does; what cannot be read is left to nbgrader.

    Raises
    ------
    UnknownQuestionError
        When a locked cell asks an unknown question.
    """
    for path in sorted(folder.glob("*.ipynb")):
        require_known(assignment, path.stem, asked_by(path))


def asked_by(path: Path) -> list[Asking]:
    """Return what the locked cells of a source notebook ask, nothing when it cannot be read."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [found for cell in cells if (found := _asking(cell))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def require_known_release(source: AssignmentSource) -> None:
    """Refuse a released assignment as ``require_known`` does.

    Raises
    ------
    UnknownQuestionError
        When a locked cell asks an unknown question.
    """
    for notebook in source.notebooks:
        graded = [cell for cell in notebook.source_cells if cell.locked and cell.max_score is not None]
        require_known(source.name, notebook.name, [(cell.name, cell.source) for cell in graded])


class RequireKnownQuestions(NbGraderPreprocessor):
    """The same for nbgrader's own commands, the first of their steps."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Say what is refused, then stop.

        Raises
        ------
        UnknownQuestionError
            When a locked cell asks an unknown question.
        """
        who = resources["nbgrader"]
        try:
            require_known(who["assignment"], who["notebook"], [found for cell in nb.cells if (found := _asking(cell))])
        except UnknownQuestionError as error:
            self.log.error(str(error))
            raise
        return nb, resources


def _asking(cell: Any) -> Asking | None:
    """Return the grade id and the text of a cell, None for one that carries no points or that learners write."""
    tag = cell.get("metadata", {}).get("nbgrader", {})
    if not tag.get("grade") or tag.get("solution"):
        return None
    text = cell.get("source", "")
    return str(tag.get("grade_id", "")), text if isinstance(text, str) else "".join(text)


def _origin(questions: list[str]) -> str:
    """Name the notebooks that the questions belong to, if any is known."""
    found = []
    for name in questions:
        try:
            found.append(question_of(name).notebook)
        except UnknownNameError:
            continue
    listed = ", ".join(f"« {name} »" for name in dict.fromkeys(found))
    return f" (ici {listed})" if listed else ""
