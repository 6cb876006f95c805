"""Rule: sources are recent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from autograder.keys.cases import Case
from autograder.keys.checks.dates import months_before, read_date, say_date
from autograder.keys.checks.tables import filled_rows, place
from casestudies.answers import Value


@dataclass(frozen=True)
class DatedWithin:
    """Each day of ``name`` is less than ``months`` months before the day ``reference(case)``, and not after it."""

    name: str
    months: int
    reference: Callable[[Case], date | str]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day that is too old or still to come; unreadable days are left to other rules."""
        today = read_date(self.reference(case))
        assert today is not None
        oldest = months_before(today, self.months)
        remarks = []
        for row, (cell,) in filled_rows(answer, self.name):
            day = read_date(cell)
            if day is None or oldest <= day <= today:
                continue
            wrong = (
                f"c’est après la date de l’étude ({say_date(today)}). Relisez l’année"
                if day > today
                else f"plus de {self.months} mois avant l’étude. Cherchez une source plus récente"
            )
            remarks.append(f"{place(row, self.name)} : le {say_date(day)}, {wrong}.")
        return remarks
