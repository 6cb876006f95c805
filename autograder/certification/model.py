"""What is kept of a certification: a jury's decision on one bloc or on the whole, and a tutor's grid."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

WHOLE = "CERTIFICATION"
"""What stands for a bloc's code where a jury decides of the certification as a whole."""


class Ruling(StrEnum):
    """What a jury decides of a bloc or of the whole; a line recorded by mistake is cancelled by a correction only."""

    VALIDATED = "validé"
    NOT_VALIDATED = "non validé"
    CANCELLED = "annulé"


@dataclass(frozen=True)
class Sitting:
    """Where a jury sat and when, as far as anybody wrote it: hours of the day there, None while unknown."""

    place: str = ""
    opened: time | None = None
    closed: time | None = None

    @property
    def hours(self) -> tuple[str, str]:
        """The two hours as they are kept, « 09:30 »; empty while unknown."""
        opened, closed = (hour.isoformat("minutes") if hour else "" for hour in (self.opened, self.closed))
        return opened, closed


@dataclass(frozen=True)
class JurySession:
    """A session of a jury: its name (one name, one session), its day, the names of the members who sat, where, when."""

    name: str
    day: date
    jury: tuple[str, ...] = ()
    sitting: Sitting = Sitting()


@dataclass(frozen=True)
class Votes:
    """How many members were for validating, against, or abstained."""

    in_favour: int
    against: int
    abstained: int = 0

    @property
    def total(self) -> int:
        """How many voted, those who abstained among them."""
        return self.in_favour + self.against + self.abstained

    def __str__(self) -> str:
        """Return « 2 pour, 1 contre, 1 abstention »; nobody abstained goes without saying."""
        plural = "s" if self.abstained > 1 else ""
        abstained = f", {self.abstained} abstention{plural}" if self.abstained else ""
        return f"{self.in_favour} pour, {self.against} contre{abstained}"


@dataclass(frozen=True)
class Decided:
    """What is to be recorded of one bloc of one learner, or of the whole certification (``bloc`` is then ``WHOLE``).

    ``proposal`` is what the kit had proposed; ``excluded`` are the members who took no part, being linked to them;
    ``votes`` is None when nobody counted them.
    """

    learner: str
    bloc: str
    ruling: Ruling
    way: str = ""
    proposal: str = ""
    reason: str = ""
    excluded: tuple[str, ...] = ()
    votes: Votes | None = None


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
