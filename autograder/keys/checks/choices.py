"""The checks of one choice among several (stated options, rows of a table), and of several together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import misconception_finding
from autograder.keys.checks.reading import Keyed, plain
from autograder.keys.misconceptions import load_misconceptions
from casestudies.answers import Value
from casestudies.findings import Finding, Outcome

if TYPE_CHECKING:
    from autograder.keys.model import Key


@dataclass(frozen=True)
class Choice(Keyed):
    """Accept one of ``options``, whatever its case and accents; True and False read as « oui » and « non »."""

    options: tuple[str, ...]

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one answer."""
        given = plain({True: "oui", False: "non"}.get(answer, answer) if isinstance(answer, bool) else answer)
        given = given.rstrip(".) ")
        if given not in [plain(option) for option in self.options]:
            listed = ", ".join(f"« {option} »" for option in self.options)
            return Finding(Outcome.UNREADABLE, 0.0, f"Répondez par l’un de ces mots, entre guillemets : {listed}.")
        return judged(given, key)


@dataclass(frozen=True)
class Letter(Choice):
    """Accept the letter of one of the options that the learner is shown."""

    missing: ClassVar[str] = "Choisissez l’une des réponses proposées."


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


@dataclass(frozen=True)
class ChosenId(Keyed):
    """Accept one identifier of the column ``column`` of the table ``table``, whatever its case."""

    table: str
    column: str

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one answer."""
        given = plain(answer)
        if given not in {plain(name) for name in case.table(self.table)[self.column]}:
            words = f"Répondez par un seul identifiant de la colonne « {self.column} » de la table « {self.table} »"
            return Finding(Outcome.UNREADABLE, 0.0, f"{words}, entre guillemets.")
        return judged(given, key)


@dataclass(frozen=True)
class SameLabels(Keyed):
    """Accept a list of some of ``options``, or a text that names them between commas; order and case do not count.

    ``noun`` says in French what is listed (« tâche »).
    """

    options: tuple[str, ...]
    noun: str

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one answer; it says how many are missing, never which."""
        given = _labels(answer)
        unknown = sorted(given - {plain(option) for option in self.options}) if given else []
        if not given or unknown:
            seen = f" « {unknown[0][:40]} » n’en est pas une." if unknown else ""
            example = ", ".join(f'"{option}"' for option in self.options[:2])
            return Finding(
                Outcome.UNREADABLE, 0.0, f"On attend une liste, {self.noun} par {self.noun} : [{example}, …].{seen}"
            )
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


ALIKE = 0.5
"""Beyond this share in common, the misplaced ids are said to come from a catalogued mistake."""


@dataclass(frozen=True)
class SameSet(Keyed):
    """Accept the ids that belong together: a list, or one text where commas or spaces part them.

    ``table`` and ``column`` hold all the ids; ``what`` names them in French (« numéros de faits »). Each misplaced id
    takes off its share, and ``most`` of them everything: what decides is in the few ids that mislead.
    """

    table: str
    column: str
    what: str
    most: int = 3

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one answer; it never says which ids are misplaced."""
        known = {_bare(name) for name in case.table(self.table)[self.column]}
        given = _ids(answer)
        if given is None:
            return Finding(Outcome.UNREADABLE, 0.0, f"On attend une liste de {self.what}.")
        strange = next((written for bare, written in given.items() if bare not in known), None)
        if strange is not None:
            message = f"« {strange[:20]} » n’est pas un des {self.what} de la table « {self.table} »."
            return Finding(Outcome.UNREADABLE, 0.0, message)
        return self._judge(key, set(given), len(known))

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
