"""Rule: nothing ends after the deadline."""

from dataclasses import dataclass
from datetime import date

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Known, settle
from autograder.keys.checks.dates import read_date, say_date
from autograder.keys.checks.tables import filled_rows, place
from casestudies.answers import Value


@dataclass(frozen=True)
class BeforeDeadline:
    """Each day of ``name`` is the day ``value`` or an earlier one."""

    name: str
    value: Known[date | str]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day after the deadline; unreadable days are left to other rules."""
        deadline = read_date(settle(self.value, case))
        assert deadline is not None
        return [
            f"{place(row, self.name)} : le {say_date(day)} dépasse l’échéance du dossier. "
            "Avancez cette ligne, ou ce qui la retarde."
            for row, (cell,) in filled_rows(answer, self.name)
            if (day := read_date(cell)) and day > deadline
        ]
