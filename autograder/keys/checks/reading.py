"""Reading what people write in an answer: words, blanks and numbers; saying numbers in French."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

import pandas as pd

from autograder.keys.cases import Case
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome
from casestudies.french import split_number

if TYPE_CHECKING:
    from autograder.keys.model import Key, Question


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


_BLANKS = {"", "...", "…", "____", "à compléter", "none"}


def is_blank(cell: object) -> bool:
    """Say whether a cell was left as it was: empty, or still holding a placeholder."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _BLANKS)


MISSING = "Remplacez « None » ou les cases vides par votre réponse."


def unreadable_or_missing(answer: Value | Unreadable, missing: str = MISSING) -> Finding | None:
    """Return the finding for an answer that is missing or cannot be read; None for any other."""
    if isinstance(answer, Unreadable):
        return Finding(Outcome.UNREADABLE, 0.0, answer.reason)
    if _is_missing(answer):
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, missing)
    return None


class Keyed(ABC):
    """A check of an answer against its key; what is missing or cannot be read is said before it is judged."""

    missing: ClassVar[str] = MISSING

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding for one answer."""
        stopped = unreadable_or_missing(answer, self.missing)
        if stopped:
            return stopped
        assert not isinstance(answer, Unreadable)
        assert question.key is not None
        return self.judge(case, question.key(case), answer)

    @abstractmethod
    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for an answer that is there and could be read."""


def _is_missing(answer: Value) -> bool:
    if isinstance(answer, pd.DataFrame):
        return all(is_blank(cell) for cell in answer.to_numpy().ravel())
    if isinstance(answer, list):
        return all(is_blank(item) for item in answer)
    if isinstance(answer, dict):
        return all(is_blank(item) for item in answer.values())
    return is_blank(answer)


RELATIVE_TOLERANCE = 0.005
"""Half a per cent; right and catalogued wrong values are at least four times further apart."""
_NO_UNIT = (
    "", "€", "eur", "euro", "euros", "€ht", "€ttc", "€/jour", "€parjour", "j", "jour", "jours", "x", "fois",
    "unité", "unités", "unités/jour", "commande", "commandes", "session", "sessions", "visite", "visites",
    "client", "clients", "ligne", "lignes",
)  # fmt: skip
_SUFFIXES = {
    **dict.fromkeys(_NO_UNIT, ""),
    **dict.fromkeys(("%", "pourcent"), "%"),
    **dict.fromkeys(("pt", "pts", "point", "points"), "points"),
    "k€": "k",
}


@dataclass(frozen=True)
class ReadNumber:
    """A number and what its writing says of its unit: « % », « points », or nothing."""

    value: float
    suffix: str = ""

    @property
    def share(self) -> float:
        """The number, per cents as a proportion."""
        return self.value / 100 if self.suffix == "%" else self.value


def read_number(value: object) -> ReadNumber | None:
    """Return the number in ``value`` (a number, or text such as « 1 234,50 € » or « 12,5 % »), or None.

    >>> read_number("1 234,50 €").value
    1234.5
    >>> read_number("12,5 %")
    ReadNumber(value=12.5, suffix='%')
    >>> read_number("environ 3") is None
    True
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return ReadNumber(float(value))
    if isinstance(value, list) and len(value) == 1:
        return read_number(value[0])
    found = split_number(value) if isinstance(value, str) else None
    unit = _SUFFIXES.get(found[1]) if found else None
    if found is None or unit is None:
        return None
    return ReadNumber(found[0] * 1000.0) if unit == "k" else ReadNumber(found[0], unit)


def same(given: float, expected: float, step: float = 0.0) -> bool:
    """Say whether ``given`` is ``expected`` within 0.5 % or within half the announced rounding ``step``.

    >>> same(100.4, 100.0), same(101.0, 100.0), same(2.0, 2.04, step=0.1)
    (True, False, True)
    """
    return abs(given - expected) <= max(RELATIVE_TOLERANCE * abs(expected), step / 2 * (1 + 1e-9))


T = TypeVar("T")
Known: TypeAlias = T | Callable[[Case], T]
"""A value, or how to find it in the tables of the case."""


def settle(value: Known[T], case: Case) -> T:
    """Return the value for this case."""
    return value(case) if callable(value) else value


def number_in(cell: object) -> float | None:
    """Return the number written in a cell, as it is written; None when there is none.

    >>> number_in("12,5 %"), number_in("1 200 €"), number_in("beaucoup")
    (12.5, 1200.0, None)
    """
    read = read_number(cell)
    return None if read is None else read.value


def share_in(cell: object) -> float | None:
    """Return the share written in a cell, per cents as a proportion.

    >>> share_in("25 %"), share_in(0.25), share_in("0,25")
    (0.25, 0.25, 0.25)
    """
    read = read_number(cell)
    return None if read is None else read.share


def count(number: int, noun: str) -> str:
    """Return a number and its noun, in the plural from two on.

    >>> count(1, "ligne"), count(3, "ligne")
    ('1 ligne', '3 lignes')
    """
    return f"{number} {noun}{'s' if number > 1 else ''}"
