"""What a mini-case is: a few drawn figures, a question, the right value, and where each misconception leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from casestudies.french import french_number

Item = TypeVar("Item")


class Draw:
    """Draws the figures of one mini-case: round numbers that can be worked by hand."""

    def __init__(self, generator: np.random.Generator) -> None:
        """Draw from a generator."""
        self._generator = generator

    def whole(self, least: int, most: int, step: int = 1) -> int:
        """Return a whole number from ``least`` to ``most``, both included, a multiple of ``step`` above ``least``."""
        return least + step * int(self._generator.integers((most - least) // step + 1))

    def one(self, *items: Item) -> Item:
        """Return one of the items."""
        return items[int(self._generator.integers(len(items)))]

    def some(self, items: Sequence[Item], most: int) -> list[Item]:
        """Return ``most`` items at most, in a drawn order; the first of them is kept when not all are."""
        kept = [0, *self._generator.permutation(range(1, len(items)))][:most] if items else []
        return [items[int(index)] for index in self._generator.permutation(kept)]


@dataclass(frozen=True)
class MiniCase:
    """One drawn case.

    ``right`` and the values of ``wrong`` (by misconception) are in ``unit``, read with ``decimals``; ``worked`` is the
    calculation in figures.
    """

    statement: str
    right: float
    wrong: Mapping[str, float]
    worked: str
    unit: str = ""
    decimals: int = 0


Family = Callable[[Draw], MiniCase]
"""Makes a mini-case; the misconceptions that it knows are the same at every draw."""


def n(value: float, decimals: int = 0) -> str:
    """Return a number as a statement writes it."""
    return french_number(value, decimals)


def mean(*values: float) -> float:
    """Return the plain mean.

    >>> mean(1, 2, 6)
    3.0
    """
    return sum(values) / len(values)
