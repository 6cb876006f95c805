"""Rule: a text, or each cell of a column, has a length in words between two bounds."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


def count_words(text: str) -> int:
    """Return the number of words of a text; « l’offre » counts for two, a number for one.

    >>> count_words("L’offre a rapporté 1 234 €.")
    5
    """
    return len(re.findall(r"[^\W_]+", re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", text)))


@dataclass(frozen=True)
class TextLength:
    """The text (or each cell of the column ``name``) has between ``least`` and ``most`` words."""

    least: int
    most: int
    name: str = ""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per text outside the bounds."""
        if isinstance(answer, str):
            return self._remarks("Votre texte", answer)
        cells = enumerate(column(answer, self.name), start=1)
        return [
            remark
            for row, cell in cells
            if not is_blank(cell)
            for remark in self._remarks(f"Ligne {row}, colonne « {self.name} »", str(cell))
        ]

    def _remarks(self, place: str, text: str) -> list[str]:
        words = count_words(text)
        if self.least <= words <= self.most:
            return []
        return [f"{place} : {words} mots ; on attend de {self.least} à {self.most} mots."]
