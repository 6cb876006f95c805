"""Rule: a crossing cites rows of the two kinds that it crosses."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from autograder.cases import Case
from autograder.checks.choice import plain
from autograder.checks.identifiers import cited
from autograder.checks.tables import column
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
        other = case.handed_in(self.question)
        if not isinstance(other, pd.DataFrame):
            return []
        kinds = {str(key): plain(kind) for key, kind in zip(column(other, self.key), column(other, self.kind), strict=False)}
        pairs = {plain(name): wanted for name, wanted in self.expected.items()}
        remarks = []
        for row, (name, cell) in enumerate(
            zip(column(answer, self.crossing), column(answer, self.ids), strict=False), start=1
        ):
            found, unknown = cited(cell, kinds)
            wanted = pairs.get(plain(name))
            if wanted is None or unknown or not found:
                continue
            if {kinds[one] for one in found} != {plain(kind) for kind in wanted}:
                remarks.append(
                    f"Ligne {row}, colonne « {self.ids} » : « {str(name)[:20]} » croise au moins une ligne "
                    f"« {wanted[0]} » et une ligne « {wanted[1]} » de votre tableau, et rien d’autre."
                )
        return remarks
