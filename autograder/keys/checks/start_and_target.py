"""Rule: an objective says from where to where."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import share_in
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class StartAndTarget:
    """``start`` and ``target`` are numbers, and different; blanks are left to other rules."""

    start: str
    target: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose values are no numbers or do not move."""
        remarks = []
        for row, cells in filled_rows(answer, self.start, self.target):
            start, target = (share_in(cell) for cell in cells)
            if start is None or target is None:
                remarks.append(
                    f"Ligne {row} : « {self.start} » et « {self.target} » doivent être deux nombres. "
                    "L’unité a sa propre colonne."
                )
            elif start == target:
                remarks.append(
                    f"Ligne {row} : « {self.start} » et « {self.target} » sont égales. Que voulez-vous faire changer ?"
                )
        return remarks
