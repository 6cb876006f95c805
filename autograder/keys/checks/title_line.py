"""Rule: a note opens with a short title, apart from the text."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.text_length import count_words
from casestudies.answers import Value


@dataclass(frozen=True)
class TitleLine:
    """The first line has between ``least`` and ``most`` words; an empty line parts it from the text that follows."""

    least: int = 3
    most: int = 20

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the title is missing, too long or not apart."""
        title, *text = re.split(r"\n\s*\n", str(answer).strip())
        if text and "\n" not in title and self.least <= count_words(title) <= self.most:
            return []
        return [
            f"Commencez par un titre seul sur sa ligne, de {self.least} à {self.most} mots, "
            "puis laissez une ligne vide avant le texte."
        ]
