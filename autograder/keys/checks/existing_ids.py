"""Rule: what a table takes from another one is in that other one."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.identifiers import cited, ids_of
from autograder.keys.checks.tables import column, filled_rows, other_table, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class ExistingIds:
    """Every id cited in ``name`` is in the column ``column`` of the table handed in to ``question``.

    Nothing is said while that table is missing: it has its own question.
    """

    name: str
    question: str
    column: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that cites an unknown id."""
        table = other_table(case, self.question)
        known = [] if table is None else ids_of(column(table, self.column))
        if not known:
            return []
        remarks = []
        for row, (cell,) in filled_rows(answer, self.name):
            _, unknown = cited(cell, known)
            if unknown:
                remarks.append(
                    f"{place(row, self.name)} : {shown(unknown[0])} n’est pas dans la colonne « {self.column} » de "
                    f"votre réponse à « {self.question} ». Reprenez un identifiant de ce tableau, ou complétez-le."
                )
        return remarks
