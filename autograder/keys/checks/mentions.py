"""Rule: a text names what it must talk about."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from casestudies.answers import Value


@dataclass(frozen=True)
class Mentions:
    """At least one of ``words`` is in the text, whole, whatever case and accents; ``what`` names them in French."""

    what: str
    words: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when none of the words is there."""
        text = plain(answer)
        if any(re.search(rf"(?<!\w){re.escape(plain(word))}(?!\w)", text) for word in self.words):
            return []
        return [f"Votre texte ne cite pas {self.what}."]
