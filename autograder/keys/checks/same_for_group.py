"""Rule: what belongs to a group does not change from one of its rows to the next."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import share_in
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import filled_rows, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class SameForGroup:
    """The value of ``name`` is the same in all the rows that share their value of ``by``."""

    name: str
    by: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per group that holds several values."""
        first: dict[str, tuple[int, object]] = {}
        remarks: dict[str, str] = {}
        for row, (group, cell) in filled_rows(answer, self.by, self.name):
            start, kept = first.setdefault(plain(group), (row, cell))
            if not _alike(kept, cell):
                remarks.setdefault(
                    plain(group),
                    f"{shown(group)} : la colonne « {self.name} » dit {shown(kept)} à la ligne {start}, puis "
                    f"{shown(cell)} à la ligne {row}. Gardez une seule valeur pour toutes ses lignes.",
                )
        return list(remarks.values())


def _alike(one: object, other: object) -> bool:
    first, second = share_in(one), share_in(other)
    if first is None or second is None:
        return plain(one) == plain(other)
    return abs(first - second) < 1e-9
