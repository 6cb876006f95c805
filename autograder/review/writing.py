"""Writing one reading on a locked part: what was wanted, put over what stands, or a conflict that shows both."""

from dataclasses import dataclass, replace

from autograder.referentiel import LEVELS
from autograder.review.ledger import Ledger
from autograder.review.model import KEEP, ConflictError, Keep, Kind, Marker, Reading, Stage, State
from autograder.review.retained import Readings, both_comments, covered, version_at
from autograder.review.rows import clean, state_of
from casestudies.errors import CasekitError


@dataclass(frozen=True)
class Wanted:
    """The fields that a marker changes; the others stay."""

    level: int | Keep | None = KEEP
    comment: str | Keep = KEEP
    note: str | Keep = KEEP

    def __post_init__(self) -> None:
        """Refuse a level that no rubric has.

        Raises
        ------
        CasekitError
            When it is not one of the four.
        """
        if self.level is not KEEP and self.level is not None and self.level not in LEVELS:
            raise CasekitError(f"Le niveau va de {LEVELS[0]} à {LEVELS[-1]} : « {self.level} » n’en est pas un.")

    @property
    def decides(self) -> bool:
        """Whether it concerns the level or the comment, and not the private note alone."""
        return self.level is not KEEP or self.comment is not KEEP

    def on(self, state: State, marker: Marker, rubric: str, work: str) -> State:
        """Return ``state`` with what is wanted; a level is given to ``work``, the one that is there."""
        return State(
            marker.name,
            state.level if self.level is KEEP else self.level,
            state.comment if self.comment is KEEP else clean(self.comment),
            state.note if self.note is KEEP else clean(self.note),
            rubric if self.decides else state.rubric,
            state.work if self.level is KEEP else work,
        )


def put(
    ledger: Ledger, stage: Stage, marker: Marker, version: int, wanted: Wanted, rubric: str
) -> ConflictError | None:
    """Write what is wanted at ``stage``; return the conflict when ``version`` is not that of what stands."""
    readings = ledger.readings
    after = wanted.on(_base(readings, stage, wanted.decides), marker, rubric, ledger.work)
    if version != version_at(readings, stage):
        theirs = max(covered(readings, stage), key=lambda review: review.version, default=None)
        return ConflictError(theirs, after)
    mine = state_of(readings.get(stage))
    if wanted.level is KEEP and replace(mine, marker=after.marker, rubric=after.rubric) == after:
        return None
    kind = Kind.RECONCILIATION if stage is Stage.RECONCILED else Kind.REVIEW
    ledger.record(stage, kind, marker.name, after, wanted.decides)
    return None


def _base(readings: Readings, stage: Stage, decides: bool) -> State:
    """Return what the wanted fields are put over.

    Whoever decides after a change in the formgrader takes over from what it says; their note stays theirs. Settling
    starts from both comments.
    """
    mine: Reading | None = readings.get(stage)
    outside = readings.get(Stage.FORMGRADER)
    state = state_of(mine)
    if outside and decides and stage is not Stage.SECOND and outside.decided > (mine.decided if mine else 0):
        return replace(state, level=outside.level, comment=outside.comment, work=outside.work)
    if stage is Stage.RECONCILED and mine is None:
        return replace(state, comment=both_comments(readings))
    return state
