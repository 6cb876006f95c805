"""Rule: what rests on something else comes after it."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import in_french, number_in
from autograder.keys.checks.choice import plain
from autograder.keys.checks.identifiers import cited, ids_of
from autograder.keys.checks.tables import column, filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class RankedAfter:
    """Each row of ``name`` has a higher ``rank`` than the rows that its ``predecessors`` cite, when both are ranked."""

    name: str
    rank: str
    predecessors: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per pair in the other order."""
        known = ids_of(column(answer, self.name))
        ranks: dict[str, float] = {}
        for _, (label, cell) in filled_rows(answer, self.name, self.rank):
            number = number_in(cell)
            if number is not None:
                ranks[plain(label)] = number
        remarks = []
        for _, (label, cell) in filled_rows(answer, self.name, self.predecessors):
            own = ranks.get(plain(label))
            for first in cited(cell, known)[0]:
                before = ranks.get(plain(first))
                if own is not None and before is not None and before >= own:
                    remarks.append(
                        f"« {label} » dépend de « {first} », mais son rang ({in_french(own)}) n’est pas après "
                        f"({in_french(before)}). Revoyez leur ordre, ou la dépendance."
                    )
        return remarks
