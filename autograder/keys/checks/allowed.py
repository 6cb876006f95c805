"""Rule: every cell of a column is one of the stated values."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class Allowed:
    """Each filled cell of ``name`` is one of ``values``, whatever its case and accents."""

    name: str
    values: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row with another value."""
        known = {plain(value) for value in self.values}
        listed = ", ".join(f"« {value} »" for value in self.values)
        return [
            f"Ligne {row}, colonne « {self.name} » : « {str(cell)[:40]} » n’est pas une valeur prévue ({listed})."
            for row, cell in enumerate(column(answer, self.name), start=1)
            if not is_blank(cell) and plain(cell) not in known
        ]
