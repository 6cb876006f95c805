"""Filling a released notebook as a learner would: each answer goes into the cell that was left for it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.content import notebooks_folder
from autograder.course.configuration import BEGIN_SOLUTION, END_SOLUTION
from autograder.keys.cases import Case
from autograder.keys.questions import Question, questions_of
from autograder.keys.sessions import origin_of

_CALL = re.compile(r'dossier\.verifier\("([^"]+)", (\w+)\)')
_MARKS = re.compile(rf"[ \t]*(?:{re.escape(BEGIN_SOLUTION)}|{re.escape(END_SOLUTION)})\n?")


@dataclass
class DemoCopy:
    """One notebook being filled in by somebody, on their case."""

    path: Path
    content: dict[str, Any]
    assignment: str
    case: Case

    @classmethod
    def open(cls, path: Path, assignment: str, case: Case) -> "DemoCopy":
        """Read a released notebook."""
        return cls(path, json.loads(path.read_text(encoding="utf-8")), assignment, case)

    @property
    def asked(self) -> list[Question]:
        """The questions of the notebook that the machine evaluates, in the order of the course."""
        here = set(map(_grade_id, self.cells))
        return [question for question in questions_of(assignment=self.assignment) if question.id in here]

    def save(self) -> None:
        """Write the notebook back."""
        self.path.write_text(json.dumps(self.content, ensure_ascii=False, indent=1), encoding="utf-8")

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The cells of the notebook."""
        found: list[dict[str, Any]] = self.content["cells"]
        return found

    def cell(self, grade_id: str) -> dict[str, Any]:
        """Return the cell with this grade id."""
        return next(cell for cell in self.cells if _grade_id(cell) == grade_id)

    def insert_code(self, position: int, name: str, source: str) -> None:
        """Insert a code cell of the learner's own."""
        cell: dict[str, Any] = {"cell_type": "code", "id": name, "metadata": {}, "outputs": [], "execution_count": None}
        self.cells.insert(position, {**cell, "source": source})

    def write_identifier(self, learner: str) -> None:
        """Fill in the cell that asks for the identifier."""
        for cell in self.cells:
            source = "".join(cell["source"])
            if source.startswith("identifiant = "):
                cell["source"] = re.sub(r'^identifiant = ""', f'identifiant = "{learner}"', source)

    def answer_cell(self, question: str) -> dict[str, Any]:
        """Return the cell where the variable handed in to ``question`` is computed."""
        before = self.cells[: self.cells.index(self.cell(question))]
        given = re.compile(rf"^{self.variable(question)}\b.*=", re.MULTILINE)
        return next(cell for cell in reversed(before) if _solution(cell) and given.search("".join(cell["source"])))

    def variable(self, question: str) -> str:
        """Return the name of the variable handed in to ``question``."""
        call = "".join(self.cell(question)["source"])
        return next(found.group(2) for found in _CALL.finditer(call))

    def used_later(self, question: str) -> bool:
        """Say whether the variable handed in to ``question`` serves again after its check."""
        name = re.compile(rf"\b{self.variable(question)}\b")
        after = self.cells.index(self.cell(question)) + 1
        later = (cell for cell in self.cells[after:] if cell["cell_type"] == "code")
        return any(name.search("".join(cell["source"])) for cell in later)

    def questions(self) -> list[str]:
        """Return the questions of the notebook, in order."""
        return [_grade_id(cell) for cell in self.cells if _CALL.fullmatch("".join(cell["source"]))]


def fill(copy: DemoCopy, skipped: set[str] | None = None) -> None:
    """Write the model solution in every answer cell, but for the answers to the questions in ``skipped``."""
    source = json.loads((notebooks_folder() / origin_of(copy.assignment) / copy.path.name).read_text(encoding="utf-8"))
    model = {_grade_id(cell): "".join(cell["source"]) for cell in source["cells"]}
    left = [copy.answer_cell(question) for question in sorted(skipped or set())]
    for cell in copy.cells:
        if _solution(cell) and not any(cell is other for other in left):
            cell["source"] = _MARKS.sub("", model[_grade_id(cell)])


def override(copy: DemoCopy, question: str, expression: str) -> None:
    """Make the answer to ``question`` the value of ``expression``, after the cell's own lines."""
    cell = copy.answer_cell(question)
    cell["source"] = "".join(cell["source"]).rstrip("\n") + f"\n{copy.variable(question)} = {expression}"


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _solution(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))
