"""The check of a list of names, whatever their order."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.close_to import misconception_finding
from autograder.keys.checks.spoken import unreadable_or_missing
from autograder.keys.model import Question
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome


@dataclass(frozen=True)
class SameLabels:
    """Accept a list of some of ``options``, or a text that names them between commas; order and case do not count.

    ``noun`` says in French what is listed (« tâche »).
    """

    options: tuple[str, ...]
    noun: str

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding for one answer; it says how many are missing, never which."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        given = _labels(answer)
        unknown = sorted(given - {plain(option) for option in self.options}) if given else []
        if not given or unknown:
            seen = f" « {unknown[0][:40]} » n’en est pas une." if unknown else ""
            example = ", ".join(f'"{option}"' for option in self.options[:2])
            return Finding(
                Outcome.UNREADABLE, 0.0, f"On attend une liste, {self.noun} par {self.noun} : [{example}, …].{seen}"
            )
        assert question.key is not None
        key = question.key(case)
        right = _labels(key.right)
        if given == right:
            return Finding(Outcome.RIGHT, 1.0, "C’est la bonne liste.")
        known = [wrong.misconception for wrong in key.wrong if _labels(wrong.value) == given]
        if known:
            return misconception_finding(known)
        extra, absent = len(given - right), len(right - given)
        message = f"{len(given & right)} {self.noun}(s) à leur place, {extra} en trop, {absent} absente(s)."
        return Finding(Outcome.WRONG, 0.0, message, "Reprenez la chaîne depuis la fin : laquelle retient la suivante ?")


def _labels(answer: object) -> set[str]:
    """Return the names given, written plainly; none for what is no list of names.

    >>> sorted(_labels("T01, t02 ; T03")), _labels(3.0)
    (['t01', 't02', 't03'], set())
    """
    if isinstance(answer, str):
        answer = re.split(r"[,;→\n]", answer)
    if not isinstance(answer, list | tuple) or not all(isinstance(item, str) for item in answer):
        return set()
    return {plain(item) for item in answer if plain(item)}
