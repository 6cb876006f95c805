"""Rule: the rows follow the order of their days."""

from dataclasses import dataclass
from itertools import pairwise

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class SortedBy:
    """The days of the column ``name`` never go back from one row to the next."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark that names the first row out of place; unreadable days are left to other rules."""
        days = [(row, day) for row, (cell,) in filled_rows(answer, self.name) if (day := read_date(cell))]
        for (_, before), (row, day) in pairwise(days):
            if day < before:
                return [
                    f"Colonne « {self.name} » : la ligne {row} revient en arrière. "
                    f"Triez les lignes dans l’ordre de « {self.name} »."
                ]
        return []
