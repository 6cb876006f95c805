"""Rule: a note opens with a short title on a line of its own."""

from dataclasses import dataclass

from autograder.cases import Case
from autograder.checks.text_length import count_words
from casestudies.answers import Value


@dataclass(frozen=True)
class TitleLine:
    """The first line that is not empty has between ``least`` and ``most`` words, and text follows it."""

    least: int = 3
    most: int = 20

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the title is missing or too long."""
        lines = [line for line in str(answer).splitlines() if line.strip()]
        if len(lines) > 1 and self.least <= count_words(lines[0]) <= self.most:
            return []
        return [
            f"Commencez par un titre seul sur sa ligne, de {self.least} à {self.most} mots, "
            "puis le texte sur les lignes suivantes."
        ]
