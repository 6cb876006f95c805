"""Rule: the figures of a column are those that the tables of the case give."""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import ReadNumber, read_number
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import Row, column, place, records, shown
from casestudies.answers import Scalar, Value

_SMALL = 1e-6


@dataclass(frozen=True)
class Recomputed:
    """Each filled cell of ``name`` is what ``expected`` computes for its row, within a relative ``tolerance``.

    ``expected(case, row)`` finds the cells of the row whatever case and accents of their names; it returns None for a
    row that is not concerned. ``what`` says in French what the column holds. The right value is never said.
    """

    name: str
    expected: Callable[[Case, Row], float | None]
    what: str
    tolerance: float = 0.005

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number or differs."""
        remarks = []
        for row, (cell, record) in enumerate(zip(column(answer, self.name), records(answer), strict=False), start=1):
            right = None if is_blank(cell) else self._expected(case, record)
            if right is None:
                continue
            read = read_number(cell) if isinstance(cell, Scalar) else None
            if read is None:
                remarks.append(f"{place(row, self.name)} : {shown(cell)} n’est pas un nombre ; on attend {self.what}.")
            elif not self._agrees(read, right):
                remarks.append(
                    f"{place(row, self.name)} : {shown(cell)} n’est pas ce que donnent vos tables. "
                    f"On attend {self.what} : refaites ce calcul pour cette ligne."
                )
        return remarks

    def _expected(self, case: Case, record: Row) -> float | None:
        try:
            return self.expected(case, record)
        except (ArithmeticError, LookupError, TypeError, ValueError):  # a strange cell elsewhere in the row
            return None

    def _agrees(self, read: ReadNumber, right: float) -> bool:
        given = (read.value, read.value / 100) if read.suffix == "%" else (read.value,)
        return any(abs(value - right) <= max(self.tolerance * abs(right), _SMALL) for value in given)
