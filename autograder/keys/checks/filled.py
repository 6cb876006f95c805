"""Rule: no cell of the named columns is empty or still a placeholder."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class Filled:
    """Each of ``names`` is filled in every row."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row and column left empty."""
        remarks = []
        for name in self.names:
            empty = [str(row) for row, cell in enumerate(column(answer, name), start=1) if is_blank(cell)]
            if empty:
                remarks.append(f"Colonne « {name} » : case vide à la ligne {', '.join(empty)}.")
        return remarks
