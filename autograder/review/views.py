"""What one marker may see: their own reading, the others' once nothing has to stay hidden."""

from autograder.review.model import Marker, Part, Seen, Stage
from autograder.review.retained import Readings, hidden, retained, version_at


def stage_of(second: str | None, marker: Marker) -> Stage:
    """Return the reading that ``marker`` makes of a part; ``second`` is who was asked to mark it a second time."""
    return Stage.SECOND if second == marker.name else Stage.FIRST


def secret(readings: Readings, second: str | None, marker: Marker) -> frozenset[Stage]:
    """Return the readings that ``marker`` may not see yet."""
    return hidden(readings, stage_of(second, marker), asked=second is not None)


def seen(part: Part, readings: Readings, second: str | None, marker: Marker) -> Seen:
    """Return what ``marker`` may see of a part."""
    stage, kept = stage_of(second, marker), secret(readings, second, marker)
    others = tuple(review for one, review in readings.items() if one is not stage and one not in kept)
    counts = None if Stage.FIRST in kept else retained(readings)
    return Seen(part, stage, readings.get(stage), others, counts, version_at(readings, stage))


def seen_by_whoever_reconciles(part: Part, readings: Readings) -> Seen:
    """Return what is shown to settle between two markers: both readings, and the settled one when there is one."""
    others = tuple(review for stage, review in readings.items() if stage is not Stage.RECONCILED)
    version = version_at(readings, Stage.RECONCILED)
    return Seen(part, Stage.RECONCILED, readings.get(Stage.RECONCILED), others, retained(readings), version)
