"""Rule: work is planned on days when people work."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import day_off, read_date, say_date
from autograder.keys.checks.tables import filled_rows, place
from casestudies.answers import Value


@dataclass(frozen=True)
class WorkingDays:
    """Each day of the columns ``names`` is a French working day: no weekend, no public holiday."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day off; unreadable days are left to other rules."""
        return [
            f"{place(row, name)} : le {say_date(day)} est {day_off(day)}. Prenez un jour ouvré."
            for name in self.names
            for row, (cell,) in filled_rows(answer, name)
            if (day := read_date(cell)) and day_off(day)
        ]
