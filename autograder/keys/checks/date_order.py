"""Rule: a period ends after it starts."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date, say_date
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class DateOrder:
    """In each row, the day ``end`` is the day ``start`` or a later one."""

    start: str
    end: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row the other way; unreadable days are left to other rules."""
        remarks = []
        for row, cells in filled_rows(answer, self.start, self.end):
            start, end = map(read_date, cells)
            if start and end and end < start:
                remarks.append(
                    f"Ligne {row} : « {self.end} » ({say_date(end)}) tombe avant « {self.start} » ({say_date(start)}). "
                    "Les deux dates sont-elles inversées ?"
                )
        return remarks
