"""Rule: the rows of one kind have more to say than the others."""

from dataclasses import dataclass

from autograder.cases import Case
from autograder.checks.choice import plain
from autograder.checks.spoken import is_blank
from autograder.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class FilledWhen:
    """In each row where ``kind`` says ``value``, no cell of the columns ``names`` is blank."""

    kind: str
    value: str
    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per blank cell."""
        kinds = column(answer, self.kind)
        return [
            f"Ligne {row}, colonne « {name} » : case vide. Une ligne « {self.value} » la demande."
            for name in self.names
            for row, (kind, cell) in enumerate(zip(kinds, column(answer, name), strict=False), start=1)
            if plain(kind) == plain(self.value) and is_blank(cell)
        ]
