"""Rule: the spending asked for stays under its ceiling."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Known, in_french, number_in, settle
from autograder.keys.checks.tables import filled_rows, place, shown
from casestudies.answers import Value

_TOLERANCE = 0.005


@dataclass(frozen=True)
class BudgetWithin:
    """The amounts of ``name`` add up to ``value`` at most."""

    name: str
    value: Known[float]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number, or else one when the sum is too high."""
        read = [(row, cell, number_in(cell)) for row, (cell,) in filled_rows(answer, self.name)]
        remarks = [
            f"{place(row, self.name)} : {shown(cell)} n’est pas un montant. Écrivez un nombre, en euros."
            for row, cell, number in read
            if number is None
        ]
        total = sum(number for _, _, number in read if number is not None)
        if remarks or total <= settle(self.value, case) + _TOLERANCE:
            return remarks
        return [
            f"Colonne « {self.name} » : le total, {in_french(total)} €, dépasse le plafond fixé dans le dossier. "
            "Réduisez ou écartez ce qui rapporte le moins."
        ]
