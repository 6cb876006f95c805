"""Rule: an order and the days that go with it tell the same story."""

from dataclasses import dataclass
from itertools import pairwise

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import in_french, number_in
from autograder.keys.checks.dates import read_date, say_date
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class RankedByDate:
    """From one rank of ``rank`` to the next, the day of ``date`` never goes back; two may start on the same day."""

    rank: str
    date: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per pair of neighbours in the other order."""
        ranked = sorted(
            (number, day)
            for _, (cell, moment) in filled_rows(answer, self.rank, self.date)
            if (number := number_in(cell)) is not None and (day := read_date(moment))
        )
        return [
            f"Le rang {in_french(after)} commence le {say_date(late)}, avant le rang {in_french(before)} "
            f"({say_date(early)}). Accordez « {self.rank} » et « {self.date} »."
            for (before, early), (after, late) in pairwise(ranked)
            if late < early and after > before
        ]
