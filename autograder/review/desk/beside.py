"""Two markers at one oral when nobody said beforehand who is the second: neither is shown what the other wrote."""

from collections.abc import Iterable

from autograder.review.model import ConflictError, Marker, Part, Seen, Stage
from autograder.review.store import ReviewStore

CHOOSE_ROLE = "{} a commencé à noter ce passage : dites d’abord si vous êtes le second évaluateur. Rien n’a été écrit."


def begun_by(store: ReviewStore, marker: Marker, seen: Seen) -> str:
    """Return who began to mark an oral that has no second marker yet, when that is somebody else; nothing otherwise."""
    part, mine = seen.part, seen.mine
    if part.notebook or mine is None or mine.marker == marker.name or seen.stage is Stage.SECOND:
        return ""
    return "" if (part.learner, part.id) in store.seconds() else mine.marker


def became_second(store: ReviewStore, marker: Marker, part: Part, conflict: ConflictError) -> bool:
    """Make of ``marker`` the second one when somebody else wrote first on the same oral; say whether they are."""
    theirs = conflict.theirs
    if part.notebook or theirs is None or theirs.marker == marker.name or (part.learner, part.id) in store.seconds():
        return False
    store.ask_second(marker, [part])
    return True


def ask_partner(store: ReviewStore, partner: Marker, parts: Iterable[Part]) -> int:
    """Ask ``partner`` to mark orals beside the first marker, blind; return how many were not asked of anybody yet.

    Those that they marked first stay theirs.

    Raises
    ------
    CasekitError
        When another second marker has begun.
    """
    seconds, readings = store.seconds(), store.readings()
    first = {part for part, one in readings.items() if Stage.FIRST in one and one[Stage.FIRST].marker == partner.name}
    return store.ask_second(
        partner, [one for one in parts if (one.learner, one.id) not in seconds and one not in first]
    )
