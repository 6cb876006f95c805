"""Rule: a crossing cites rows of the two kinds that it crosses."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.identifiers import cited
from autograder.keys.checks.tables import filled_rows, label, other_table, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class CrossedKinds:
    """Each row cites at least one row of each of the two kinds that its ``crossing`` states, and none of another kind.

    ``ids`` is the column of the cited ids; they are rows of the table handed in to ``question``, known by its column
    ``key`` and sorted by its column ``kind``. ``expected`` gives the two kinds of each crossing. Unknown ids, unknown
    crossings and a missing table are left to other rules.
    """

    crossing: str
    ids: str
    question: str
    key: str
    kind: str
    expected: Mapping[str, tuple[str, str]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per crossing that does not cross what it says."""
        other = other_table(case, self.question)
        if other is None:
            return []
        kinds = {label(key): plain(kind) for _, (key, kind) in filled_rows(other, self.key, self.kind)}
        pairs = {plain(name): wanted for name, wanted in self.expected.items()}
        remarks = []
        for row, (name, cell) in filled_rows(answer, self.crossing, self.ids):
            found, unknown = cited(cell, kinds)
            wanted = pairs.get(plain(name))
            if wanted is None or unknown or not found:
                continue
            if {kinds[one] for one in found} != {plain(kind) for kind in wanted}:
                remarks.append(
                    f"{place(row, self.ids)} : {shown(name)} croise au moins une ligne « {wanted[0]} » et une ligne "
                    f"« {wanted[1]} » de votre tableau, et rien d’autre. Relisez les lignes citées."
                )
        return remarks
