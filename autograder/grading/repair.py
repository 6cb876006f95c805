"""What is mended in a submitted notebook before it is run, and what is noted about it."""

from functools import lru_cache
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from autograder.course.configuration import STUB, TEXT_STUB
from autograder.grading.evaluate import NOTES, handed_in
from autograder.grading.execute import draw_for
from autograder.grading.read_work import digest_of
from autograder.grading.triage.split import join_pieces
from casestudies.answers import settled
from casestudies.identity import normal_form
from casestudies.levelling.kept import read_levels
from casestudies.quoting import quoted

KNOWN_CELLS = 256
"""How many cells of assignments are remembered as nbgrader alone hands them out: every copy has the same ones."""
MOST_HINTS = 99
"""More than any question has: what a copy says beyond is not kept."""


def note(nb: NotebookNode, code: str, what: str, advice: str, notebook: str) -> None:
    """Write an incident down in the notebook's metadata, for the step that keeps the record."""
    notes = nb.metadata.setdefault(NOTES, {})
    notes.setdefault("incidents", []).append({"code": code, "what": what, "advice": advice, "notebook": notebook})


class ReadHandedIn(NbGraderPreprocessor):
    """Read, before outputs are cleared, on whose variant the notebook was worked."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Note a notebook worked on another variant than the gradebook's learner has."""
        nb.metadata.pop(NOTES, None)
        who = resources["nbgrader"]
        nb.metadata[NOTES] = {"incidents": [], "copies": _copied(nb), "shown": {}}
        self._note_keys(nb, who["notebook"])
        draw = draw_for(who, self.config)
        if draw is None:
            return nb, resources
        payloads = [handed_in(cell) for cell in nb.cells if cell.cell_type == "code"]
        mine = normal_form(who["student"]), draw
        shown = {
            payload["question"]: payload
            for payload in payloads
            if _variant(payload) == mine and isinstance(payload.get("question"), str)
        }
        nb.metadata[NOTES] |= {
            "shown": {name: digest_of(settled(payload.get("answer"))) for name, payload in shown.items()},
            "beside": {name: _beside(payload) for name, payload in shown.items()},
        }
        others = sorted(name for name, _ in {_variant(payload) for payload in payloads} - {None, mine} if name)  # type: ignore[misc]
        if others:
            listed = ", ".join(quoted(name) for name in others[:3])
            note(
                nb, "autre-variante", f"Les sorties enregistrées sont celles de la variante de {listed}.",
                "Comparez avec la copie de cette personne et demandez une explication ; la correction a utilisé "
                "les chiffres de la personne inscrite.", who["notebook"],
            )  # fmt: skip
        return nb, resources

    def _note_keys(self, nb: NotebookNode, notebook: str) -> None:
        """Note code that names the side of the kit where the keys are: an honest notebook has no use for it."""
        if any(cell.cell_type == "code" and "autograder" in cell.source for cell in nb.cells):
            note(
                nb, "corrige-cherche", "Le code de la copie cite « autograder », où se trouvent les corrigés.",
                "Lisez le code de la copie : ses points ne valent que si les calculs y sont.", notebook,
            )  # fmt: skip


def _copied(nb: NotebookNode) -> list[str]:
    """Return the names that several cells have; only one cell of each keeps it when the notebook is run."""
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    return sorted({name for name in names if name and names.count(name) > 1})


def _beside(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what goes with an answer and is no part of it: the hints seen, the levels given to one's own work."""
    hints = payload.get("hints")
    seen = min(max(hints, 0), MOST_HINTS) if type(hints) is int else 0
    return {"hints": seen, "levels": [one.plain for one in read_levels(payload.get("levels"))]}


def _variant(payload: dict[str, Any]) -> tuple[str, int] | None:
    learner, draw = payload.get("learner"), payload.get("draw")
    return (learner[:200], draw) if isinstance(learner, str) and isinstance(draw, int) else None


class RepairCells(NbGraderPreprocessor):
    """Put back what nbgrader needs and the notebook lost: missing or split cells, the tags of cells retagged.

    Everything comes from the copy that nbgrader keeps of the source, never from the submission.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Tag the known cells as in the source, untag the others, put split and missing cells back where they were."""
        who = resources["nbgrader"]
        with Gradebook(who["db_url"]) as gradebook:
            source = gradebook.find_notebook(who["notebook"], who["assignment"])
            points = {cell.name: float(cell.max_score) for cell in source.grade_cells}
            originals = [_original(cell, points.get(cell.name)) for cell in source.source_cells]
        split = join_pieces(nb, originals)
        self._note_doubles(nb, split, who["notebook"])
        self._retag(nb, originals)
        missing = self._restore(nb, originals)
        if missing:
            note(
                nb, "cellules-remises", f"{len(missing)} cellule(s) de contrôle supprimée(s), remise(s) en place : "
                + ", ".join(missing) + ".",
                "Rien à faire : les réponses encore présentes sont corrigées normalement.", who["notebook"],
            )  # fmt: skip
        return nb, resources

    def _note_doubles(self, nb: NotebookNode, split: list[str], notebook: str) -> None:
        """Note split cells and copied ones; the pieces of a split cell share its name, which makes no copy of it."""
        copied = [name for name in nb.metadata.setdefault(NOTES, {}).pop("copies", []) if name not in split]
        if copied:
            note(
                nb, "cellules-en-double", "Cellule(s) copiée(s) : " + ", ".join(copied) + ".",
                "Rien à faire en général : une seule des copies compte ; vérifiez laquelle.", notebook,
            )  # fmt: skip
        if split:
            note(
                nb, "cellules-coupees", f"{len(split)} cellule(s) de contrôle coupée(s) en morceaux, remise(s) en une "
                "seule : " + ", ".join(split) + ".",
                "Rien à faire : les réponses sont corrigées normalement.", notebook,
            )  # fmt: skip

    def _retag(self, nb: NotebookNode, originals: list[NotebookNode]) -> None:
        """Give each known cell the tags of the source; nbgrader gives the locked ones their text again itself.

        A cell left as nbgrader alone hands it out counts as left empty, as it does there.
        """
        known = {cell.metadata.nbgrader.grade_id: cell for cell in originals}
        for index, cell in enumerate(nb.cells):
            original = known.pop(cell.metadata.get("nbgrader", {}).get("grade_id"), None)
            if original is None:
                cell.metadata.pop("nbgrader", None)
            elif original.metadata.nbgrader.locked:
                nb.cells[index] = original
            else:
                cell.metadata.nbgrader = original.metadata.nbgrader
                if cell.source == as_stock_leaves_it(original.source):
                    cell.source = original.source  # nobody wrote anything: nbgrader then sees it

    def _restore(self, nb: NotebookNode, originals: list[NotebookNode]) -> list[str]:
        restored = []
        names = [cell.metadata.nbgrader.grade_id for cell in originals]
        here = _positions(nb)
        for position, (name, original) in enumerate(zip(names, originals, strict=True)):
            if name in here:
                continue
            nb.cells.insert(_place(nb, names[:position], names[position + 1 :]), original)
            restored.append(name)
        return restored


@lru_cache(KNOWN_CELLS)
def as_stock_leaves_it(source: str) -> str:
    r"""Return a cell to fill as a course of nbgrader's alone hands it out: older copies came from there.

    >>> as_stock_leaves_it("def f(x):\n    # Écrivez votre réponse ici.")
    'def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    """
    own, lines = ClearSolutions(), []
    for line in source.split("\n"):
        if line.strip() == STUB:
            indent = line[: len(line) - len(line.lstrip())]
            lines += [indent + one for one in own.code_stub["python"].split("\n")]
        else:
            lines.append(line.replace(TEXT_STUB, own.text_stub))
    return "\n".join(lines)


def _positions(nb: NotebookNode) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(nb.cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name:
            found.setdefault(name, index)
    return found


def _place(nb: NotebookNode, before: list[str], after: list[str]) -> int:
    """Return where a cell goes: right after its nearest forerunner, else right before its nearest follower."""
    positions = _positions(nb)
    follower = next((positions[name] for name in after if name in positions), 0)
    return next((positions[name] + 1 for name in reversed(before) if name in positions), follower)


def _original(cell: Any, points: float | None) -> NotebookNode:
    make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    made = make(cell.source or "")
    made.metadata.nbgrader = nbformat.from_dict({
        "schema_version": 3, "grade_id": cell.name, "grade": points is not None, "locked": bool(cell.locked),
        "solution": not cell.locked, "task": False, "cell_type": cell.cell_type, "checksum": cell.checksum,
    })  # fmt: skip
    if points is not None:
        made.metadata.nbgrader["points"] = points
    return made
