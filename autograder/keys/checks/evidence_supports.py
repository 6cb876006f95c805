"""Rule: the evidence cited says what it is cited for."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.identifiers import cited
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import Row, column, place, records
from casestudies.answers import Value


@dataclass(frozen=True)
class EvidenceSupports:
    """In each row, at least ``least`` ids of ``name`` are among those that ``supporting`` finds for the row.

    ``supporting(case, row)`` returns the ids that would do, or None for a row that is not concerned; ``what`` says in
    French what they must be. No id that would do is ever said.
    """

    name: str
    supporting: Callable[[Case, Row], Collection[str] | None]
    what: str
    least: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose evidence is too thin or says something else."""
        remarks = []
        for row, (cell, record) in enumerate(zip(column(answer, self.name), records(answer), strict=False), start=1):
            known = None if is_blank(cell) else self.supporting(case, record)
            if known is None:
                continue
            found, others = cited(cell, known)
            if others:
                remarks.append(
                    f"{place(row, self.name)} : « {others[0]} » n’est pas {self.what}. Relisez-le ou citez-en un autre."
                )
            elif len(set(found)) < self.least:
                remarks.append(f"{place(row, self.name)} : on attend au moins {self.least} preuves différentes.")
        return remarks
