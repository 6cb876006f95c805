"""Rule: the evidence cited is in the tables of the case."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.identifiers import cited, ids_of
from autograder.keys.checks.tables import filled_rows, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class EvidenceExists:
    """Every id cited in ``name``, apart by commas or spaces, is in the column ``column`` of a table of the case."""

    name: str
    table: str
    column: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that cites something else."""
        known = ids_of(case.table(self.table)[self.column])
        remarks = []
        for row, (cell,) in filled_rows(answer, self.name):
            found, unknown = cited(cell, known)
            if unknown or not found:
                remarks.append(
                    f"{place(row, self.name)} : {shown(unknown[0] if unknown else cell)} n’est pas dans la colonne "
                    f"« {self.column} » de la table « {self.table} ». Recopiez les identifiants tels quels, "
                    "séparés par des virgules."
                )
        return remarks
