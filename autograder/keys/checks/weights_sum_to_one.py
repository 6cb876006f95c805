"""Rule: the weights share a whole."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import in_french, share_in
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column, label, place, shown
from casestudies.answers import Value

_TOLERANCE = 0.005 + 1e-9


@dataclass(frozen=True)
class WeightsSumToOne:
    """The filled weights of ``name`` sum to 1, in each group of the column ``by`` when there is one.

    « 25 % » counts for 0.25.
    """

    name: str
    by: str = ""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number, then one per group whose sum differs."""
        cells = column(answer, self.name)
        groups = column(answer, self.by) if self.by else [""] * len(cells)
        remarks: list[str] = []
        sums: dict[str, float] = {}
        titles: dict[str, str] = {}
        unread: set[str] = set()
        for row, (group, cell) in enumerate(zip(groups, cells, strict=False), start=1):
            if is_blank(cell) or (self.by and is_blank(group)):
                continue
            titles.setdefault(plain(group), label(group))
            share = share_in(cell)
            if share is None:
                unread.add(plain(group))
                remarks.append(
                    f"{place(row, self.name)} : {shown(cell)} n’est pas un nombre. Écrivez par exemple 0,25."
                )
            else:
                sums[plain(group)] = sums.get(plain(group), 0.0) + share
        off = [group for group, total in sums.items() if group not in unread and abs(total - 1) > _TOLERANCE]
        return remarks + [self._say(titles[group], sums[group]) for group in off]

    def _say(self, group: str, total: float) -> str:
        whose = f" de « {group} »" if group else ""
        return (
            f"Colonne « {self.name} » : les poids{whose} font {in_french(total, 3)} au total ; on attend 1. "
            "Répartissez de nouveau l’importance entre les lignes."
        )
