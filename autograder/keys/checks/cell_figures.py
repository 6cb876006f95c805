"""Rule: each filled cell of a column quotes figures."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.figures_quoted import count_figures
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class CellFigures:
    """Each filled cell of ``name`` quotes at least ``least`` numbers; ``what`` says what they are, in French."""

    name: str
    what: str
    least: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell with too few numbers."""
        return [
            f"Ligne {row}, colonne «\u00a0{self.name}\u00a0»\u00a0: on attend {self.what}."
            for row, cell in enumerate(column(answer, self.name), start=1)
            if not is_blank(cell) and count_figures(str(cell)) < self.least
        ]
