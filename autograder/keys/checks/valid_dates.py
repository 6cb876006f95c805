"""Rule: days are written so that they can be read."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import DATE_FORMS, read_date
from autograder.keys.checks.tables import filled_rows, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class ValidDates:
    """Each filled cell of the columns ``names`` is a day that exists, ISO or French."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no day."""
        return [
            f"{place(row, name)} : {shown(cell)} ne se lit pas comme une date. Écrivez-la comme {DATE_FORMS}, "
            "et vérifiez que ce jour existe."
            for name in self.names
            for row, (cell,) in filled_rows(answer, name)
            if read_date(cell) is None
        ]
