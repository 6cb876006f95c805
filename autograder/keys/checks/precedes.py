"""Rule: one step cannot come after another that rests on it."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import in_french, number_in
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class Precedes:
    """The row whose ``name`` is ``first`` ranks before, or with, the one whose ``name`` is ``then``, when both do."""

    name: str
    rank: str
    first: str
    then: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the order is the other way."""
        ranks: dict[str, float] = {}
        for _, (label, cell) in filled_rows(answer, self.name, self.rank):
            number = number_in(cell)
            if number is not None:
                ranks.setdefault(plain(label), number)
        first, then = ranks.get(plain(self.first)), ranks.get(plain(self.then))
        if first is None or then is None or first <= then:
            return []
        return [
            f"« {self.first} » a le rang {in_french(first)}, après « {self.then} » (rang {in_french(then)}). "
            "Lequel des deux a besoin de l’autre pour commencer ? Revoyez leur ordre."
        ]
