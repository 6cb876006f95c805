"""What a question is: where its key comes from, how its answer is checked, what helps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper, wraps
from typing import TYPE_CHECKING, Protocol

from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding

if TYPE_CHECKING:
    from autograder.keys.cases import Case

Wrongs = Mapping[str, Value | tuple[Value, ...]]
"""Wrong values by misconception: ``{"M01": value, "M03": (value, other)}``."""

Stated = tuple[Value, Wrongs]
"""What a key function returns: the right value, and the wrong ones that are known."""


@dataclass(frozen=True)
class Wrong:
    """One catalogued wrong value: the misconception that leads to it, and the value itself."""

    misconception: str
    value: Value


@dataclass(frozen=True)
class Key:
    """The right value of one question for one case, and the catalogued wrong ones.

    ``sign`` states the sign that the story needs (−1, +1, or 0 when either will do); a variant that breaks it is not
    given to anyone.
    """

    right: Value
    wrong: tuple[Wrong, ...] = ()
    sign: int = 0


def key_of(stated: Stated, sign: int = 0) -> Key:
    """Return the key that a key function states."""
    right, wrongs = stated
    found: list[Wrong] = []
    for identifier, value in wrongs.items():
        found += [Wrong(identifier, one) for one in (value if isinstance(value, tuple) else (value,))]
    return Key(right, tuple(found), sign)


class Asked:
    """A declared key function: its question's id, and the key that it states of a case."""

    def __init__(self, id: str, state: Callable[["Case"], Stated], sign: int = 0) -> None:
        """Stand for ``state`` under its own name."""
        self.id, self._state, self._sign = id, state, sign
        update_wrapper(self, state)

    def __call__(self, case: "Case") -> Key:
        """Return the key, computed again; ``case.once`` keeps it."""
        return key_of(self._state(case), self._sign)

    def kept(self) -> Callable[["Case"], Key]:
        """Return the function that computes the key once for each case: its tables do not change."""

        @wraps(self)
        def once(case: "Case") -> Key:
            return case.once(self)

        return once


class Check(Protocol):
    """Looks at one answer of a question and says what is to be said."""

    def __call__(self, question: "Question", case: "Case", answer: Value | Unreadable) -> Finding:
        """Return the finding; ``case`` may hold a learner's earlier answers in place of the right ones."""


@dataclass(frozen=True)
class Question:
    """One question of one notebook.

    ``id`` is also the grade id of its locked cell. ``needs`` names the questions whose answers this one uses: when
    they were wrong, an answer consistent with them is a consequence, not a new mistake. ``means`` says, once the answer
    is right, what it tells the company; « {value} » in it is the right value. ``coarse`` says that many learners have
    the same right answer (a small whole number, a short list): alone, it proves nothing. Without an ``essential``
    question, its criterion is not acquired by the machine, whatever the other points.
    """

    id: str
    title: str
    criterion: str
    check: Check
    hints: tuple[str, ...]
    key: Callable[["Case"], Key] | None = None
    needs: tuple[str, ...] = ()
    notebook: str = ""
    company: str = "kerlavandre"
    means: str = ""
    coarse: bool = False
    essential: bool = False


@dataclass(frozen=True)
class Review:
    """A part that people review: the grade id of its cell, its criterion, its notebook (« e4-equipe/01-taches »).

    What no notebook holds, such as an oral, has its assignment alone (« e4-equipe/ ») and ``minutes``, the time that
    was announced for it.
    """

    id: str
    title: str
    criterion: str
    notebook: str = ""
    minutes: int = 0
