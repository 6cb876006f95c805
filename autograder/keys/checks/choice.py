"""The check of a choice among stated options."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from autograder.keys.cases import Case
from autograder.keys.checks.close_to import misconception_finding
from autograder.keys.checks.spoken import unreadable_or_missing
from autograder.keys.model import Key, Question
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome


@dataclass(frozen=True)
class Choice:
    """Accept one of ``options``, whatever its case and accents; True and False read as « oui » and « non »."""

    options: tuple[str, ...]

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding for one answer."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        assert question.key is not None
        given = plain({True: "oui", False: "non"}.get(answer, answer) if isinstance(answer, bool) else answer)
        given = given.rstrip(".) ")
        if given not in [plain(option) for option in self.options]:
            listed = ", ".join(f"« {option} »" for option in self.options)
            return Finding(Outcome.UNREADABLE, 0.0, f"Répondez par l’un de ces mots, entre guillemets : {listed}.")
        return judged(given, question.key(case))


def judged(given: str, key: Key) -> Finding:
    """Return the finding for one label, written plainly: right, a catalogued mistake, or not yet."""
    if given == plain(key.right):
        return Finding(Outcome.RIGHT, 1.0, "C’est la bonne réponse.")
    known = [wrong.misconception for wrong in key.wrong if plain(wrong.value) == given]
    if known:
        return misconception_finding(known)
    return Finding(
        Outcome.WRONG, 0.0, "Ce n’est pas la bonne réponse.", "Qu’est-ce qui, dans les chiffres, vous a décidé ?"
    )


def plain(value: object) -> str:
    """Return a text without case, accents, outer spaces or doubled spaces, its apostrophes straight.

    >>> plain(" Défavorable "), plain("L’été")
    ('defavorable', "l'ete")
    """
    return _plain(str(value))


@lru_cache(16384)  # what a cell cites is looked up among hundreds of identifiers
def _plain(value: str) -> str:
    text = unicodedata.normalize("NFKD", value).casefold().replace("’", "'")
    return " ".join("".join(character for character in text if not unicodedata.combining(character)).split())
