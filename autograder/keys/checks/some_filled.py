"""Rule: a column that need not be filled everywhere is filled somewhere."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class SomeFilled:
    """At least ``least`` rows have something in the column ``name``; ``what`` says what it holds, in French."""

    name: str
    what: str
    least: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when too few cells are filled."""
        found = sum(not is_blank(cell) for cell in column(answer, self.name))
        if found >= self.least:
            return []
        return [
            f"Colonne «\u00a0{self.name}\u00a0»\u00a0: {found} ligne(s) remplie(s)\u00a0; "
            f"donnez {self.what} dans au moins {self.least} ligne(s)."
        ]
