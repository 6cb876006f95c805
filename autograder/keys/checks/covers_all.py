"""Rule: nothing of another table is forgotten."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.identifiers import cited, ids_of
from autograder.keys.checks.tables import column, other_table
from casestudies.answers import Value


@dataclass(frozen=True)
class CoversAll:
    """Every id of the column ``column`` of the table handed in to ``question`` is cited in ``name``.

    Nothing is said while that table is missing: it has its own question.
    """

    name: str
    question: str
    column: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per id that no row cites."""
        table = other_table(case, self.question)
        known = [] if table is None else ids_of(column(table, self.column))
        met = {plain(one) for cell in column(answer, self.name) for one in cited(cell, known)[0]}
        return [
            f"Colonne « {self.name} » : aucune ligne ne cite « {one} », de votre réponse à « {self.question} ». "
            "Reliez-le à une ligne au moins."
            for one in dict.fromkeys(known)
            if plain(one) not in met
        ]
