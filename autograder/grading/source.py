"""What nbgrader keeps of a released assignment, as plain data: so that a worker needs no database to grade a copy."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self

from nbgrader.api import Gradebook, MissingEntry

from casestudies.errors import CasekitError
from casestudies.variants import DRAWS_FILE


@dataclass(frozen=True)
class SourceCell:
    """One cell that nbgrader keeps: its text, its checksum, whether it is locked, its points when it is graded."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    max_score: float | None
    kind: str


@dataclass(frozen=True)
class SourceNotebook:
    """One notebook of an assignment, under the names that nbgrader's steps ask for."""

    name: str
    kernelspec: str | None
    source_cells: tuple[SourceCell, ...]

    @property
    def grade_cells(self) -> list[SourceCell]:
        """The cells that carry points."""
        return [cell for cell in self.source_cells if "g" in cell.kind]

    @property
    def solution_cells(self) -> list[SourceCell]:
        """The cells that learners fill in."""
        return [cell for cell in self.source_cells if "s" in cell.kind]

    @property
    def task_cells(self) -> list[SourceCell]:
        """The cells that set a task."""
        return [cell for cell in self.source_cells if "t" in cell.kind]


@dataclass(frozen=True)
class AssignmentSource:
    """A released assignment: the notebooks that nbgrader knows and the files that every copy starts from."""

    name: str
    notebooks: tuple[SourceNotebook, ...]
    files: dict[str, bytes]

    def notebook(self, name: str) -> SourceNotebook:
        """Return the notebook called ``name``.

        Raises
        ------
        MissingEntry
            When the assignment has none of this name.
        """
        for one in self.notebooks:
            if one.name == name:
                return one
        raise MissingEntry(f"No such notebook: {name}")

    @property
    def expected(self) -> dict[str, set[str]]:
        """The grade ids of each notebook: those of every cell that nbgrader keeps, by which a notebook is known."""
        return {one.name: {cell.name for cell in one.source_cells} for one in self.notebooks}

    @property
    def draws(self) -> dict[str, object]:
        """The draws that were given out with it; none when their file is missing or damaged."""
        try:
            found = json.loads(self.files.get(DRAWS_FILE, b"{}"))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def fingerprint(self) -> str:
        """A hash of everything here."""
        told = json.dumps([asdict(one) for one in self.notebooks], sort_keys=True).encode()
        digest = hashlib.blake2b(told, digest_size=16)
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name] + b"\0")
        return digest.hexdigest()


def read_source(db_url: str, course_id: str, assignment: str, files: dict[str, bytes]) -> AssignmentSource:
    """Return what the gradebook at ``db_url`` keeps of a released assignment.

    Raises
    ------
    CasekitError
        When the assignment was not released.
    """
    with Gradebook(db_url, course_id) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry as error:
            raise CasekitError(
                f"« {assignment} » n’a pas encore été distribuée : lancez « casekit release {assignment} »."
            ) from error
        return AssignmentSource(assignment, tuple(_notebook(one) for one in found.notebooks), files)


def _notebook(found: Any) -> SourceNotebook:
    points = {cell.name: float(cell.max_score) for cell in [*found.grade_cells, *found.task_cells]}
    kinds = [("g", found.grade_cells), ("s", found.solution_cells), ("t", found.task_cells)]
    names = {letter: {cell.name for cell in cells} for letter, cells in kinds}
    cells = tuple(
        SourceCell(
            cell.name, cell.cell_type, cell.source or "", cell.checksum or "", bool(cell.locked), points.get(cell.name),
            "".join(letter for letter, known in names.items() if cell.name in known),
        )
        for cell in found.source_cells
    )  # fmt: skip
    return SourceNotebook(found.name, found.kernelspec, cells)


class SourceBook:
    """Answers the three questions that nbgrader's steps ask of a gradebook before a notebook is run."""

    def __init__(self, source: AssignmentSource) -> None:
        self._source = source

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing: there is no connection."""

    def find_notebook(self, name: str, _: str) -> SourceNotebook:
        """Return a notebook of the assignment."""
        return self._source.notebook(name)

    def find_source_cell(self, name: str, notebook: str, _: str) -> SourceCell:
        """Return a cell of a notebook.

        Raises
        ------
        MissingEntry
            When the notebook has none of this name.
        """
        for cell in self._source.notebook(notebook).source_cells:
            if cell.name == name:
                return cell
        raise MissingEntry(f"No such cell: {name}")

    find_graded_cell = find_source_cell
