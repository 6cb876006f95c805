"""What a question is: where its key comes from, how its answer is checked, what helps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Protocol

from autograder.keys.cases import Case
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding


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


class Check(Protocol):
    """Looks at one answer of a question and says what is to be said."""

    def __call__(self, question: "Question", case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding; ``case`` may hold a learner's earlier answers in place of the right ones."""


@dataclass(frozen=True)
class Question:
    """One question of one notebook.

    ``id`` is also the grade id of its locked cell. ``needs`` names the questions whose answers this one uses: when
    they were wrong, an answer consistent with them is a consequence, not a new mistake.
    """

    id: str
    title: str
    criterion: str
    check: Check
    hints: tuple[str, str, str]
    key: Callable[[Case], Key] | None = None
    needs: tuple[str, ...] = ()
    notebook: str = ""
    company: str = "kerlavandre"


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


@dataclass
class Series:
    """The questions of one notebook, in order; ``ask`` declares one by decorating its key function."""

    notebook: str
    company: str
    questions: list[Question] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    def ask(
        self, id: str, title: str, criterion: str, check: Check, hints: tuple[str, str, str],
        needs: tuple[str, ...] = (),
    ) -> Callable[[Callable[[Case], Key]], Callable[[Case], Key]]:  # fmt: skip
        """Declare the question whose key is the decorated function."""

        def declare(key: Callable[[Case], Key]) -> Callable[[Case], Key]:
            kept = _once(key)
            self.questions.append(
                Question(id, title, criterion, check, hints, kept, needs, self.notebook, self.company)
            )
            return key

        return declare

    def structure(
        self, id: str, title: str, criterion: str, check: Check, hints: tuple[str, str, str],
        needs: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Declare a question checked for its structure only."""
        self.questions.append(Question(id, title, criterion, check, hints, None, needs, self.notebook, self.company))

    def review(self, id: str, title: str, criterion: str) -> None:
        """Declare a part that people review."""
        self.reviews.append(Review(id, title, criterion, self.notebook))

    def oral(self, id: str, title: str, criterion: str, minutes: int) -> None:
        """Declare a part that people judge aloud: it is in no notebook, and ``minutes`` were announced for it."""
        assignment = self.notebook.split("/")[0]
        self.reviews.append(Review(id, title, criterion, f"{assignment}/", minutes))

    def __iter__(self) -> Iterator[Question]:
        """Iterate over the questions in order."""
        return iter(self.questions)


def _once(key: Callable[[Case], Key]) -> Callable[[Case], Key]:
    """Return a key function that each case computes once: its tables do not change."""

    @wraps(key)
    def kept(case: Case) -> Key:
        return case.once(key)

    return kept


def wrongs(values: Mapping[str, Value | tuple[Value, ...]]) -> tuple[Wrong, ...]:
    """Return the catalogued wrong values from ``{"M01": value, "M03": (value, other)}``."""
    found: list[Wrong] = []
    for identifier, value in values.items():
        found += [Wrong(identifier, one) for one in (value if isinstance(value, tuple) else (value,))]
    return tuple(found)
