"""Rule: the work is the learner's, not the worked example over again."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import filled_rows, place
from casestudies.answers import Value

_SIZE = 3
_SHARE = 0.6
_LONG = 8
"""3-grams from which a sentence of the example is known again inside a longer text."""


@dataclass(frozen=True)
class NotCopiedFromExample:
    """No cell of the columns ``names`` (or the text itself) has 60 % of its 3-grams in one of ``texts``.

    Nor does it hold 60 % of a sentence of ten words or more. What has less than three words (« SEO ») may be the same.
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
        return bool(grams) and any(_alike(grams, _grams(text)) for text in self.texts)

    def _say(self, where: str) -> str:
        return (
            f"{where} : c’est le texte de l’exemple. Écrivez ce que dit votre dossier, avec ses faits et ses chiffres."
        )


def _alike(own: set[tuple[str, ...]], example: set[tuple[str, ...]]) -> bool:
    common = len(own & example)
    return common >= _SHARE * len(own) or (len(example) >= _LONG and common >= _SHARE * len(example))


def _grams(text: object) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", plain(text))
    return {tuple(words[start : start + _SIZE]) for start in range(len(words) - _SIZE + 1)}
