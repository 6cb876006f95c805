"""Numbers in the cells of a table, bounds that depend on the case, and numbers in French."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import read_number
from casestudies.answers import Scalar
from casestudies.french import french_number

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
    read = read_number(cell) if isinstance(cell, Scalar) else None
    return None if read is None else read.value


def share_in(cell: object) -> float | None:
    """Return the share written in a cell, per cents as a proportion.

    >>> share_in("25 %"), share_in(0.25), share_in("0,25")
    (0.25, 0.25, 0.25)
    """
    read = read_number(cell) if isinstance(cell, Scalar) else None
    if read is None:
        return None
    return read.value / 100 if read.suffix == "%" else read.value


def in_french(number: float, decimals: int = 2) -> str:
    """Return a number the French way, without useless decimals.

    >>> in_french(0.9), in_french(3.0)
    ('0,9', '3')
    """
    text = french_number(number, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def count(number: int, noun: str) -> str:
    """Return a number and its noun, in the plural from two on.

    >>> count(1, "ligne"), count(3, "ligne")
    ('1 ligne', '3 lignes')
    """
    return f"{number} {noun}{'s' if number > 1 else ''}"
