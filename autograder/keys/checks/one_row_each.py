"""Rule: each announced label has one row, and one only."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class OneRowEach:
    """Each of ``labels`` is found exactly once in the column ``name``; other rows are welcome."""

    name: str
    labels: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per label that is missing or repeated."""
        found = [plain(cell) for cell in column(answer, self.name)]
        remarks = []
        for label in self.labels:
            times = found.count(plain(label))
            if times == 0:
                remarks.append(f"Colonne «\u00a0{self.name}\u00a0»\u00a0: la ligne «\u00a0{label}\u00a0» manque.")
            elif times > 1:
                remarks.append(f"Colonne «\u00a0{self.name}\u00a0»\u00a0: «\u00a0{label}\u00a0» figure {times} fois.")
        return remarks
