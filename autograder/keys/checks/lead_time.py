"""Rule: what takes time begins early enough."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date, say_date
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class LeadTime:
    """In each row, the day ``first`` comes at least ``days`` days before the day ``then``."""

    first: str
    then: str
    days: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that begins too late; unreadable days are left to other rules."""
        remarks = []
        for row, cells in filled_rows(answer, self.first, self.then):
            begins, follows = map(read_date, cells)
            if begins and follows and (follows - begins).days < self.days:
                ahead = max((follows - begins).days, 0)
                days = "jours" if ahead > 1 else "jour"
                remarks.append(
                    f"Ligne {row} : « {self.first} » ({say_date(begins)}) précède « {self.then} » "
                    f"({say_date(follows)}) de {ahead} {days} ; il en faut au moins {self.days}. "
                    "Avancez la préparation, ou reculez la période."
                )
        return remarks
