"""Rule: some cells are asked for in some rows only."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column, place, rows
from casestudies.answers import Value


@dataclass(frozen=True)
class FilledWhen:
    """The cell of ``name`` is filled in each row where every column of ``when`` holds one of its values."""

    name: str
    when: tuple[tuple[str, tuple[str, ...]], ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per blank cell of a row that is concerned."""
        conditions = [column(answer, other) for other, _ in self.when]
        wanted = [{plain(value) for value in values} for _, values in self.when]
        remarks = []
        for row, (cell,) in rows(answer, self.name):
            held = [cells[row - 1] if row <= len(cells) else None for cells in conditions]
            met = all(plain(value) in values for value, values in zip(held, wanted, strict=True))
            if met and is_blank(cell):
                said = " et ".join(f"« {value} »" for value in held)
                remarks.append(f"{place(row, self.name)} : à remplir, puisque la ligne dit {said}.")
        return remarks
