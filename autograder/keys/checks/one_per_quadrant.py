"""Rule: each part of a table (a quadrant, a cell of a crossing) has enough rows."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import count
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class OnePerQuadrant:
    """Each of ``labels`` is in the column ``name`` of at least ``least`` rows."""

    name: str
    labels: tuple[str, ...]
    least: int = 3

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per label with too few rows."""
        found = [plain(cell) for cell in column(answer, self.name)]
        return [
            f"« {label} » : {count(found.count(plain(label)), 'ligne')} ; on en attend au moins {self.least}. "
            f"Ajoutez ce qui manque, ou relisez la colonne « {self.name} » des autres lignes."
            for label in self.labels
            if found.count(plain(label)) < self.least
        ]
