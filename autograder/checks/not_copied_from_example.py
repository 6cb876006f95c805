"""Rule: the work is the learner's, not the worked example over again."""

import re
from dataclasses import dataclass

from autograder.cases import Case
from autograder.checks.choice import plain
from autograder.checks.tables import filled_rows, place
from casestudies.answers import Value

_SIZE = 3
_SHARE = 0.6


@dataclass(frozen=True)
class NotCopiedFromExample:
    """No cell of the columns ``names`` (or the text itself) is one of ``texts``: fewer than 60 % of its 3-grams are.

    What has less than three words (« interne », « SEO ») may be the same.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per text copied."""
        if isinstance(answer, str):
            return [self._say("Votre texte")] if self._is_copied(answer) else []
        return [
            self._say(place(row, name))
            for name in self.names
            for row, (cell,) in filled_rows(answer, name)
            if self._is_copied(cell)
        ]

    def _is_copied(self, cell: object) -> bool:
        grams = _grams(cell)
        return bool(grams) and any(len(grams & _grams(text)) / len(grams) >= _SHARE for text in self.texts)

    def _say(self, where: str) -> str:
        return (
            f"{where} : c’est le texte de l’exemple. Écrivez ce que dit votre dossier, avec ses faits et ses chiffres."
        )


def _grams(text: object) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", plain(text))
    return {tuple(words[start : start + _SIZE]) for start in range(len(words) - _SIZE + 1)}
