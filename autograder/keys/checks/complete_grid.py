"""Rule: every pair of a crossing has its row."""

from collections import Counter
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import count
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import filled_rows, label
from casestudies.answers import Value

_SAID = 5
"""Pairs named at most in each kind of remark: the learner mends some, then asks again."""


@dataclass(frozen=True)
class CompleteGrid:
    """Every pair of the values met in ``first`` and ``second`` has one row, and one only.

    At least ``least_first`` and ``least_second`` different values are met.
    """

    first: str
    second: str
    least_first: int = 1
    least_second: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing or repeated; pairs are looked at when there are enough values."""
        titles: tuple[dict[str, str], dict[str, str]] = ({}, {})
        pairs: Counter[tuple[str, str]] = Counter()
        for _, cells in filled_rows(answer, self.first, self.second):
            for title, cell in zip(titles, cells, strict=True):
                title.setdefault(plain(cell), label(cell))
            pairs[plain(cells[0]), plain(cells[1])] += 1
        few = [
            f"Colonne « {name} » : {count(len(title), 'valeur')} ; on en attend au moins {least}. Ajoutez des lignes."
            for name, title, least in zip(
                (self.first, self.second), titles, (self.least_first, self.least_second), strict=True
            )
            if len(title) < least
        ]
        return few or self._pairs(titles, pairs)

    def _pairs(self, titles: tuple[dict[str, str], dict[str, str]], pairs: Counter[tuple[str, str]]) -> list[str]:
        words = [
            (f"« {one} » et « {other} »", pairs[key, under])
            for key, one in titles[0].items()
            for under, other in titles[1].items()
        ]
        missing = [f"{pair} : la ligne manque. Ajoutez-la." for pair, times in words if not times]
        twice = [f"{pair} : {times} lignes. Gardez-en une seule." for pair, times in words if times > 1]
        return missing[:_SAID] + twice[:_SAID]
