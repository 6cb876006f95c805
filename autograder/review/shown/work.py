"""One notebook of one learner's work, as grading left it: the graded copy and the record of the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import compute_checksum, is_solution

from autograder.course.course import Course
from autograder.grading.feedback.cells import code_html, is_locked_grade, name_of, output_html, picture_of
from autograder.grading.feedback.sanitise import Allowance, safe_markdown
from autograder.grading.records import DamagedRecordError, Record, load_record, record_path

Stamp = tuple[int, int]
"""When the copy and the record were last written, in nanoseconds; 0 for what is not there."""

DAMAGED_RECORD = (
    "Le résultat que la machine avait enregistré pour cette copie est abîmé : recorrigez-la avec « casekit grade ». "
    "Voici ce que montre la copie."
)
DAMAGED_COPY = "La copie corrigée est abîmée : recorrigez-la avec « casekit grade ». Voici les réponses enregistrées."
NO_COPY = "La copie corrigée n’est plus là : recorrigez-la avec « casekit grade ». Voici les réponses enregistrées."
NO_ALTERNATIVE = "Graphique sans texte de remplacement"


@dataclass(frozen=True)
class NotebookWork:
    """A notebook of a learner's work; ``problems`` says in French what of it could not be read."""

    cells: tuple[NotebookNode, ...] = ()
    record: Record | None = None
    problems: tuple[str, ...] = field(default=())

    @property
    def handed_in(self) -> bool:
        """Whether anything of it was handed in and graded."""
        return bool(self.cells) or self.record is not None or bool(self.problems)

    def cell(self, name: str) -> NotebookNode | None:
        """Return the cell that nbgrader calls ``name``, None when the copy has none."""
        return next((cell for cell in self.cells if name_of(cell) == name), None)

    def is_written(self, name: str) -> bool:
        """Whether the learner wrote in a cell that was left to them."""
        cell = self.cell(name)
        if cell is None or not cell.source.strip():
            return False
        given = cell.metadata.get("nbgrader", {}).get("checksum")
        return bool(given is None or given != compute_checksum(cell))

    def picture(self, question: str, beyond: bool = False) -> str:
        """Return the address of the last picture that the answer to ``question`` shows, an empty text when none is.

        ``beyond`` looks on after the answer is handed in, up to the next cell left to the learner.
        """
        start, locked, end = self._around(question)
        outputs = [
            output for cell in self.cells[start : end if beyond else locked] for output in cell.get("outputs", [])
        ]
        addresses = [picture_of(output.get("data", {})) for output in outputs]
        return next((address for address in reversed(addresses) if address), "")

    def shown_by(self, question: str) -> str:
        """Return the harmless HTML of the cell where ``question`` is answered, and of what is shown up to the next."""
        start, locked, end = self._around(question)
        own = [cell for cell in self.cells[start:end] if not is_locked_grade(cell) and cell.cell_type == "code"]
        allowance = Allowance()
        outputs = "".join(
            output_html(output, _alternative, allowance) for cell in own for output in cell.get("outputs", [])
        )
        return (cell_html(self.cells[start]) if start < locked else "") + outputs

    def _around(self, question: str) -> tuple[int, int, int]:
        """Return the places of the cell where a question is answered, of its locked cell, of the next one to answer.

        All are 0 when the copy has no such question.
        """
        here = (place for place, cell in enumerate(self.cells) if name_of(cell) == question and is_locked_grade(cell))
        locked = next(here, None)
        if locked is None:
            return 0, 0, 0
        left = [place for place, cell in enumerate(self.cells) if is_solution(cell)]
        start = max((place for place in left if place < locked), default=locked)
        return start, locked, min((place for place in left if place > locked), default=len(self.cells))


def cell_html(cell: NotebookNode) -> str:
    """Return the harmless HTML of a cell that people review: its text, or its code folded and what the code shows."""
    if cell.cell_type == "markdown":
        return f'<div class="text">{safe_markdown(cell.source, cell.get("attachments"))}</div>'
    code = code_html(cell.source)
    return f"<details><summary>Code de la cellule</summary>{code}</details>" if code else ""


def stamp_of(course: Course, assignment: str, learner: str, notebook: str) -> Stamp:
    """Return when the files of a work were last written."""
    copy, record = _paths(course, assignment, learner, notebook)
    return _written(copy), _written(record)


def read_work(course: Course, assignment: str, learner: str, notebook: str) -> NotebookWork:
    """Return what is kept of a notebook; what is missing or damaged is said, never raised."""
    copy, kept = _paths(course, assignment, learner, notebook)
    cells, record, problems = (), None, []
    if kept.is_file():
        try:
            record = load_record(kept)
        except DamagedRecordError:
            problems.append(DAMAGED_RECORD)
    if copy.is_file():
        try:
            cells = tuple(nbformat.read(copy, as_version=4).cells)
        except Exception:  # whatever a damaged file makes the reader raise
            problems.append(DAMAGED_COPY)
    elif record is not None:
        problems.append(NO_COPY)
    return NotebookWork(cells, record, tuple(problems))


def _paths(course: Course, assignment: str, learner: str, notebook: str) -> tuple[Path, Path]:
    copy = course.folder("autograded") / learner / assignment / f"{notebook}.ipynb"
    return copy, record_path(course.records, assignment, learner, notebook)


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _alternative(output: Mapping[str, Any]) -> str:
    own = output.get("metadata", {}).get("image/png", {})
    return (str(own.get("alt", "")) if isinstance(own, Mapping) else "") or NO_ALTERNATIVE
