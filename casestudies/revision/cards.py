"""A flash card and what is said of an answer to it. A card is a worked mini-case: nothing of it is ever graded."""

from dataclasses import dataclass

from casestudies.choices import LETTERS
from casestudies.findings import Outcome
from casestudies.french import french_number, split_number

TOLERANCE = 0.005
"""Relative gap within which two numbers are the same, rounding apart."""


@dataclass(frozen=True)
class Reply:
    """An answer that a card knows: an option's text or a number, and what is said of whoever gives it."""

    value: str | float
    message: str
    heading: str = ""
    question: str = ""


@dataclass(frozen=True)
class Flashcard:
    """One flash question.

    ``id`` is a misconception's, or a word's; ``right`` and ``wrong`` are the replies it knows. ``options`` are the
    texts to choose from, in the order shown; without them, a number is asked, in ``unit``, to so many ``decimals``.
    ``worked`` is the reasoning, shown once the card is answered.
    """

    id: str
    statement: str
    right: Reply
    wrong: tuple[Reply, ...]
    worked: str = ""
    options: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0

    @property
    def instruction(self) -> str:
        """How to answer, in French."""
        if self.options:
            return "Une seule réponse est juste."
        unit = f", en {self.unit}" if self.unit else ""
        plural = "s" if self.decimals > 1 else ""
        rounding = f"avec {self.decimals} décimale{plural}" if self.decimals else "arrondi à l’unité"
        return f"Répondez par un nombre{unit}, {rounding}."

    @property
    def solution(self) -> str:
        """The right answer as it is written in French."""
        if isinstance(self.right.value, str):
            return self.right.value
        return french_number(self.right.value, self.decimals, self.unit)


@dataclass(frozen=True)
class Reaction:
    """What is said of one answer; ``counted`` is false when it could not be read, so that the card still waits."""

    outcome: Outcome
    heading: str
    message: str
    question: str = ""
    worked: str = ""
    counted: bool = True

    @property
    def right(self) -> bool:
        """Whether the answer is right."""
        return self.outcome is Outcome.RIGHT


def judge(card: Flashcard, given: object) -> Reaction:
    """Return what is said of an answer: a letter or a number, as the card asks; anything may be given."""
    return _judged_choice(card, given) if card.options else _judged_number(card, given)


def _judged_choice(card: Flashcard, given: object) -> Reaction:
    letter = str(given)[:8].strip().upper()
    known = LETTERS[: len(card.options)]
    if len(letter) != 1 or letter not in known:
        return _unread(f"Choisissez une des lettres {', '.join(known)}.")
    chosen = card.options[known.index(letter)]
    return _said(card, next((one for one in (card.right, *card.wrong) if one.value == chosen), None))


def _judged_number(card: Flashcard, given: object) -> Reaction:
    number = _number(given)
    if number is None:
        return _unread("Un nombre est attendu, par exemple « 12,5 ».")
    for reply in (card.right, *card.wrong):
        if same_number(number, float(reply.value), card.decimals):
            return _said(card, reply)
    right = float(card.right.value)
    if any(same_number(number, right * factor, 0 if factor == 1 else 6) for factor in (100, 0.01, 1000, 0.001)):
        message = (
            "Les chiffres sont là, mais pas dans l’unité demandée : proportion et pourcentage, euros et milliers ?"
        )
        return Reaction(Outcome.UNIT, Outcome.UNIT.label, message, worked=_worked(card))
    if same_number(-number, right, card.decimals):
        return Reaction(
            Outcome.UNIT, Outcome.UNIT.label, "La valeur est là, mais le signe est inversé.", worked=_worked(card)
        )
    return _said(card, None)


def _number(given: object) -> float | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int | float):
        return float(given) if abs(given) < 1e15 else None  # what is not a number compares false too
    read = split_number(given) if isinstance(given, str) else None
    return read[0] if read else None


def same_number(one: float, other: float, decimals: int) -> bool:
    """Return whether ``one`` is ``other``, read with that many decimals."""
    rounding: float = 0.5 * 10.0**-decimals
    return abs(one - other) <= max(TOLERANCE * abs(other), rounding + 1e-9)


def _unread(message: str) -> Reaction:
    return Reaction(Outcome.UNREADABLE, Outcome.UNREADABLE.label, message, counted=False)


def _said(card: Flashcard, reply: Reply | None) -> Reaction:
    if reply is None:
        message = "Ce résultat ne correspond à aucune erreur connue : comparez avec le raisonnement."
        return Reaction(Outcome.WRONG, Outcome.WRONG.label, message, worked=_worked(card))
    if reply is card.right:
        return Reaction(Outcome.RIGHT, Outcome.RIGHT.label, reply.message, worked=card.worked)
    heading = f"{Outcome.MISCONCEPTION.label} : {reply.heading}" if reply.heading else Outcome.WRONG.label
    return Reaction(Outcome.MISCONCEPTION, heading, reply.message, reply.question, _worked(card))


def _worked(card: Flashcard) -> str:
    """Return the right answer and its reasoning."""
    return f"Réponse : {card.solution.rstrip('.')}. {card.worked}".strip()
