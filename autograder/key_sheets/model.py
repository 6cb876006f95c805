"""What a key sheet holds: plain data, so that it goes from one process to another."""

from dataclasses import dataclass
from datetime import date

from autograder.course.class_list import Learner
from autograder.sheets.model import Variant
from casestudies.answers import Value
from casestudies.findings import Outcome


@dataclass(frozen=True)
class LikelyMistake:
    """A catalogued mistake and what it gives in this variant: as values, and as people read them."""

    code: str
    title: str
    values: tuple[Value, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class GivenAnswer:
    """What a learner handed in to a question, quoted, with the machine's verdict.

    ``to_ask`` is the question that puts back on track, empty when none is needed.
    """

    shown: str
    outcome: Outcome
    points: float
    max_points: float
    mistakes: tuple[str, ...] = ()
    to_ask: str = ""


@dataclass(frozen=True)
class KeyLine:
    """One question for one learner, by its id: the right value, None when people judge, and what goes with it."""

    question: str
    right: Value | None
    shown: tuple[str, ...]
    mistakes: tuple[LikelyMistake, ...] = ()
    handed_in: GivenAnswer | None = None


@dataclass(frozen=True)
class KeySheet:
    """The key of one learner for one assignment."""

    learner: Learner
    assignment: str
    variants: tuple[Variant, ...]
    lines: tuple[KeyLine, ...]
    date: date

    @property
    def is_graded(self) -> bool:
        """Whether a copy of the learner was graded."""
        return any(line.handed_in for line in self.lines)
