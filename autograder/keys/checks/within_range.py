"""Rule: the numbers of a column stay on their scale."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Known, in_french, number_in, settle
from autograder.keys.checks.tables import filled_rows, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class WithinRange:
    """Each filled cell of ``name`` is a number from ``low`` to ``high``, both included."""

    name: str
    low: Known[float]
    high: Known[float]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number or is off the scale."""
        low, high = settle(self.low, case), settle(self.high, case)
        scale = f"on attend un nombre de {in_french(low)} à {in_french(high)}"
        remarks = []
        for row, (cell,) in filled_rows(answer, self.name):
            number = number_in(cell)
            if number is None:
                remarks.append(f"{place(row, self.name)} : {shown(cell)} n’est pas un nombre ; {scale}.")
            elif not low <= number <= high:
                remarks.append(f"{place(row, self.name)} : {shown(cell)} ; {scale}. Relisez l’échelle, puis l’unité.")
        return remarks
