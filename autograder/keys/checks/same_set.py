"""The check of a selection: which ids of a table belong together, each misplaced one counted."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.close_to import misconception_finding
from autograder.keys.checks.spoken import unreadable_or_missing
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.model import Key, Question
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome

ALIKE = 0.5
"""Beyond this share in common, the misplaced ids are said to come from a catalogued mistake."""


@dataclass(frozen=True)
class SameSet:
    """Accept the ids that belong together: a list, or one text where commas or spaces part them.

    ``table`` and ``column`` hold all the ids; ``what`` names them in French (« numéros de faits »). Each misplaced id
    takes off its share, and ``most`` of them everything: what decides is in the few ids that mislead.
    """

    table: str
    column: str
    what: str
    most: int = 3

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding for one answer; it never says which ids are misplaced."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        assert question.key is not None
        known = {_bare(name) for name in case.table(self.table)[self.column]}
        given = _ids(answer)
        if given is None:
            return Finding(Outcome.UNREADABLE, 0.0, f"On attend une liste de {self.what}.")
        strange = next((written for bare, written in given.items() if bare not in known), None)
        if strange is not None:
            message = f"« {strange[:20]} » n’est pas un des {self.what} de la table « {self.table} »."
            return Finding(Outcome.UNREADABLE, 0.0, message)
        return self._judge(question.key(case), set(given), len(known))

    def _judge(self, key: Key, given: set[str], size: int) -> Finding:
        right = set(_ids(key.right) or ())
        misplaced = given ^ right
        if not misplaced:
            return Finding(Outcome.RIGHT, 1.0, "Le tri est juste.")
        spans = [(wrong.misconception, set(_ids(wrong.value) or ()) ^ right) for wrong in key.wrong]
        exact = [name for name, span in spans if span == misplaced]
        if exact:
            return misconception_finding(exact)
        fraction = max(0.0, 1 - len(misplaced) / self.most)
        message = f"À revoir : {len(misplaced)} mal classé{'s' if len(misplaced) > 1 else ''} sur {size}."
        near = [name for name, span in spans if len(span & misplaced) > ALIKE * len(span | misplaced)]
        if not near:
            return Finding(Outcome.WRONG, fraction, message, "Pour chacun, qu’est-ce qui vous a décidé ?")
        entry = load_misconceptions()[near[0]]
        return Finding(Outcome.WRONG, fraction, f"{message} {entry.explanation}", entry.question, (entry.id,))


def _ids(answer: object) -> dict[str, str] | None:
    """Return the ids of a list or of a text as handed in, by what is compared of them; None for anything else.

    Case and leading zeros do not count.
    """
    if isinstance(answer, str):
        answer = re.split(r"[,;\s]+", answer)
    if not isinstance(answer, list) or not all(isinstance(item, str) for item in answer):
        return None
    return {bare: item.strip() for item in answer if (bare := _bare(item))}


def _bare(name: str) -> str:
    return re.sub(r"(?<=[a-z])0+(?=\d)", "", plain(name))
