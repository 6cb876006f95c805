"""Rule: a text rests on figures."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from casestudies.answers import Value

_NUMBER = re.compile(r"\d+(?:[\s\u00a0\u202f]\d{3})*(?:[.,]\d+)?")


def count_figures(text: str) -> int:
    """Return how many numbers a text quotes.

    >>> count_figures("1 234,50 € sur 12 mois, soit −8 %")
    3
    """
    return len(_NUMBER.findall(text))


@dataclass(frozen=True)
class FiguresQuoted:
    """The text quotes at least ``least`` numbers."""

    least: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are fewer."""
        found = count_figures(str(answer))
        if found >= self.least:
            return []
        return [f"Votre texte cite {found} chiffre(s)\u00a0; on en attend au moins {self.least}."]
