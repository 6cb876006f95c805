"""Which level counts, and what each marker may see: pure rules, said here only."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.review.model import Reading, Retained, Stage

Readings = Mapping[Stage, Reading]


def by_stage(reviews: Iterable[Reading]) -> dict[Stage, Reading]:
    """Return the readings of one part by stage."""
    return {review.stage: review for review in reviews}


def compared(readings: Readings, work: str) -> dict[Stage, Reading]:
    """Return readings that know whether ``work``, the hash of what was handed in last, is what they read.

    Nothing is known of a reading without a level or without a hash, nor when ``work`` is empty: it counts as before.
    """
    return {
        stage: replace(one, same=one.work == work if work and one.work and one.level is not None else None)
        for stage, one in readings.items()
    }


def both_done(readings: Readings) -> bool:
    """Whether both markers gave their level to the work handed in last."""
    return all(stage in readings and readings[stage].counts for stage in (Stage.FIRST, Stage.SECOND))


def retained(readings: Readings) -> Retained:
    """Return what counts for a part.

    A mark changed in the formgrader counts until somebody marks again. Otherwise the first marker's level counts until
    there is a second one; from then on the level on which both agree, or the reconciled one; else nothing does.
    Readings of a work that has changed since do not count; what counted then is told as ``former``.
    """
    fresh = {stage: one for stage, one in readings.items() if not one.stale}
    if len(fresh) < len(readings):
        counts = retained(fresh)
        if counts.level is not None or counts.unreconciled:
            return counts
        before = retained({stage: replace(one, same=None) for stage, one in readings.items()})
        return replace(counts, same=False, former=before.level)
    outside = readings.get(Stage.FORMGRADER)
    ignored = {Stage.FORMGRADER} if both_done(readings) else {Stage.FORMGRADER, Stage.SECOND}
    own = {stage: review for stage, review in readings.items() if stage not in ignored}
    if outside and all(outside.decided > review.decided for review in own.values()):
        return replace(_of(outside), overrides=any(review.level is not None for review in own.values()))
    if not both_done(own):
        return _of(own[Stage.FIRST]) if Stage.FIRST in own else Retained()
    if Stage.RECONCILED in own and own[Stage.RECONCILED].level is not None:
        return _of(own[Stage.RECONCILED], own[Stage.FIRST], own[Stage.SECOND])
    first, second = own[Stage.FIRST], own[Stage.SECOND]
    if first.level != second.level:
        markers = (first.marker, second.marker)
        return Retained(None, "", None, markers, max(first.at, second.at), first.rubric, True)
    when = max(first.at, second.at)
    markers = (first.marker, second.marker)
    return Retained(
        first.level, both_comments(own), Stage.SECOND, markers, when, second.rubric, same=first.same and second.same
    )


def both_comments(readings: Readings) -> str:
    """Return what both markers wrote for the learner, the first one's first, once when it is the same."""
    texts = [readings[stage].comment for stage in (Stage.FIRST, Stage.SECOND) if stage in readings]
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _of(review: Reading, *earlier: Reading) -> Retained:
    markers = tuple(dict.fromkeys(one.marker for one in (*earlier, review)))
    return Retained(review.level, review.comment, review.stage, markers, review.at, review.rubric, same=review.same)


def hidden(readings: Readings, stage: Stage, asked: bool) -> frozenset[Stage]:
    """Return the stages that the marker of ``stage`` may not see yet; ``asked`` says whether a second one was asked.

    Whoever marks second sees nothing of the first reading, nor of what counts, until both are done; the first marker
    sees nothing of the second one's either.
    """
    if not asked or both_done(readings):
        return frozenset()
    if stage is Stage.SECOND:
        return frozenset({Stage.FIRST, Stage.FORMGRADER})
    return frozenset({Stage.SECOND})


def covered(readings: Readings, stage: Stage) -> list[Reading]:
    """Return the readings that writing at ``stage`` could cover: whoever writes must have seen them as they are."""
    if stage is Stage.RECONCILED:
        return list(readings.values())
    stages = (stage,) if stage is Stage.SECOND else (stage, Stage.FORMGRADER)
    return [readings[one] for one in stages if one in readings]


def version_at(readings: Readings, stage: Stage) -> int:
    """Return the version to give back when writing at ``stage``; 0 while there is nothing to cover."""
    return max((review.version for review in covered(readings, stage)), default=0)
