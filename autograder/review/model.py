"""What a review is: a part, who read it at which stage, the level and the words, and every change made to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum

from casestudies.errors import CasekitError
from casestudies.french import short_number

FORMGRADER = "formgrader"
"""The marker written down for a mark that was given or changed in nbgrader's formgrader: it does not say by whom."""

NAME_LENGTH = 100


class Stage(StrEnum):
    """Which reading of a part a review is."""

    FIRST = "première"
    SECOND = "seconde"
    RECONCILED = "conciliée"
    FORMGRADER = "formgrader"


class Kind(StrEnum):
    """What made a change."""

    REVIEW = "relecture"
    UNDO = "annulation"
    RECONCILIATION = "conciliation"
    FORMGRADER = "formgrader"


class Keep(Enum):
    """Says that a field of a review stays as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True)
class Marker:
    """A person who marks, by the name that is written beside every review."""

    name: str

    def __post_init__(self) -> None:
        """Refuse a name that could not be told from another.

        Raises
        ------
        CasekitError
            When it is empty, too long, padded with spaces, or the one kept for the formgrader.
        """
        if not self.name or self.name != self.name.strip() or len(self.name) > NAME_LENGTH or "\x00" in self.name:
            raise CasekitError(
                f"Le nom de relecteur « {self.name[:NAME_LENGTH]} » ne convient pas : {NAME_LENGTH} caractères au "
                "plus, sans espace au début ni à la fin."
            )
        if self.name == FORMGRADER:
            raise CasekitError(f"« {FORMGRADER} » désigne les notes changées dans le formgrader : prenez un autre nom.")


@dataclass(frozen=True, order=True)
class Part:
    """One reviewed part of one learner's work; ``notebook`` is empty for what no notebook holds, such as an oral."""

    assignment: str
    learner: str
    id: str
    criterion: str
    notebook: str = ""


@dataclass(frozen=True)
class Reading:
    """One reading of one part.

    ``level`` goes from 1 to 4, or is None while there is none; the formgrader can give any number. ``version`` grows
    with every change of the part; ``decided`` is the version at which the level or the comment last changed.
    ``work`` is a hash of the work that was given the level, empty when it is not known; ``same`` says whether it is
    the work handed in last, None when that is not known.
    """

    part: Part
    stage: Stage
    marker: str
    level: float | None
    comment: str
    note: str = field(repr=False)
    at: datetime
    rubric: str
    version: int
    decided: int
    work: str = ""
    same: bool | None = None

    @property
    def stale(self) -> bool:
        """Whether the work has changed since: the level counts no more."""
        return self.same is False

    @property
    def counts(self) -> bool:
        """Whether it has a level, for the work handed in last."""
        return self.level is not None and not self.stale


@dataclass(frozen=True)
class State:
    """The fields of a review that a change may touch."""

    marker: str = ""
    level: float | None = None
    comment: str = ""
    note: str = field(default="", repr=False)
    rubric: str = ""
    work: str = ""


@dataclass(frozen=True)
class Change:
    """One line of the history: who, when, on what, from what to what; ``undoes`` is the change that it takes back."""

    id: int
    at: datetime
    part: Part
    stage: Stage
    kind: Kind
    marker: str
    before: State
    after: State
    undoes: int | None = None


@dataclass(frozen=True)
class Retained:
    """What counts for a part: its level, the comment for the learner, and where they come from; never a private note.

    ``level`` is None while nobody has decided; ``unreconciled`` says that two markers differ, ``overrides``
    that a level given by a marker was changed in the formgrader since. ``same`` is that of the reading that counts:
    False when the work changed since everybody read it, ``former`` being the level of then, which counts no more.
    """

    level: float | None = None
    comment: str = ""
    stage: Stage | None = None
    markers: tuple[str, ...] = ()
    at: datetime | None = None
    rubric: str = ""
    unreconciled: bool = False
    overrides: bool = False
    same: bool | None = None
    former: float | None = None

    @property
    def stale(self) -> bool:
        """Whether the work has changed since it was read."""
        return self.same is False


@dataclass(frozen=True)
class Seen:
    """What one marker may see of a part; ``retained`` is None while they mark it blind.

    ``version`` is to be given back when writing: it is refused when somebody wrote in between.
    """

    part: Part
    stage: Stage
    mine: Reading | None
    others: tuple[Reading, ...]
    retained: Retained | None
    version: int

    @property
    def done(self) -> bool:
        """Whether this reading has its level, for the work handed in last."""
        return self.mine is not None and self.mine.counts


class ConflictError(CasekitError):
    """Somebody wrote in between: nothing was written; both versions are here."""

    def __init__(self, theirs: Reading | None, wanted: State) -> None:
        self.theirs = theirs
        stands = "rien" if theirs is None else f"{_words(theirs.level, theirs.comment)} ({theirs.marker})"
        super().__init__(
            "Cette partie a changé depuis que vous l’avez ouverte : rien n’a été écrasé. "
            f"Enregistré : {stands}. Votre saisie : {_words(wanted.level, wanted.comment)}. Choisissez, puis "
            "enregistrez de nouveau."
        )


def _words(level: float | None, comment: str) -> str:
    shown = "aucun niveau" if level is None else f"niveau {short_number(level)}"
    return f"{shown}, « {comment} »" if comment else shown
