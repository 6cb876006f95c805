"""What is kept of a certification: a jury's decision on one bloc, and a tutor's grid."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Ruling(StrEnum):
    """What a jury decides of a bloc; a line recorded by mistake can only be cancelled by a correction."""

    VALIDATED = "validé"
    NOT_VALIDATED = "non validé"
    CANCELLED = "annulé"


@dataclass(frozen=True)
class JurySession:
    """A sitting of a jury: its name (one name, one sitting), its day, the names of its members."""

    name: str
    day: date
    jury: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided:
    """What is to be recorded of one bloc of one learner.

    ``proposal`` is what the kit had proposed; ``excluded`` are the members who took no part, being linked to them.
    """

    learner: str
    bloc: str
    ruling: Ruling
    way: str = ""
    proposal: str = ""
    reason: str = ""
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry(Decided):
    """One line of the register: the decision, its session with the members who took part, who wrote it, when (UTC).

    ``corrects`` is the identifier of the line that this one puts right; 0 for a line that a jury decided.
    """

    id: int
    at: datetime
    author: str
    session: JurySession
    corrects: int
    kit_version: str
    referentiel: str


@dataclass(frozen=True)
class Rating:
    """A competency seen by a tutor: its level from 1 to 4, None when it was not observed, and their comment."""

    competency: str
    level: int | None
    comment: str = ""


@dataclass(frozen=True)
class TutorGrid:
    """What a tutor wrote of a learner's practice in a company, from ``start`` to ``end`` included."""

    learner: str
    company: str
    tutor: str
    role: str
    start: date
    end: date
    day: date
    ratings: tuple[Rating, ...]
    digest: str

    @property
    def observed(self) -> int:
        """How many competencies were observed."""
        return sum(one.level is not None for one in self.ratings)
