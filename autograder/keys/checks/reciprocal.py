"""Rule: in a partnership each side brings something, and not the same thing."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import rows
from casestudies.answers import Value


@dataclass(frozen=True)
class Reciprocal:
    """In each row, ``first`` and ``second`` are both filled, and different; a row blank on both sides is left aside."""

    first: str
    second: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row with one side only, or the same words on both."""
        remarks = []
        for row, (one, other) in rows(answer, self.first, self.second):
            if is_blank(one) != is_blank(other):
                empty = self.first if is_blank(one) else self.second
                remarks.append(f"Ligne {row} : « {empty} » est vide. Dites ce que chacun apporte à l’autre.")
            elif not is_blank(one) and plain(one) == plain(other):
                remarks.append(
                    f"Ligne {row} : « {self.first} » et « {self.second} » disent la même chose. "
                    "Que donne chacun que l’autre n’a pas ?"
                )
        return remarks
