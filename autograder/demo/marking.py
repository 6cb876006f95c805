"""Two simulated markers: one reads every copy, the other a part of them, blind; they partly disagree, then settle."""

from dataclasses import dataclass
from hashlib import blake2b

from autograder.console import followed
from autograder.course.course import Course
from autograder.referentiel import LEVELS
from autograder.referentiel.rubric import load_rubrics
from autograder.review.agreement import Agreement, agreement
from autograder.review.double import Pair
from autograder.review.model import Marker, Part, Seen
from autograder.review.store import ReviewStore

FIRST, SECOND = Marker("Relecteur 1"), Marker("Relecteur 2")
USUAL = {"a01": 4, "a02": 4, "a03": 3, "a04": 3, "a05": 3, "a06": 2, "a07": 3, "a10": 3, "a11": 4, "a12": 4, "a13": 1}
"""The level around which the parts of a profile are read; nobody reads the blank copy, which nbgrader gives zero."""
OTHERS, BLANK = 3, "a08"
TWICE, UNSURE = 3, 8
"""One part in ``TWICE`` is read twice; two times in ``UNSURE``, a marker is stricter or kinder than usual."""
LEFT = 1
"""How many differences are left for the jury to see as not settled."""


@dataclass(frozen=True)
class Marked:
    """What the two markers did: parts read, parts read twice, differences settled and left, and their agreement."""

    once: int
    twice: int
    settled: int
    left: int
    agreement: Agreement


def mark(course: Course, assignment: str) -> Marked:
    """Read the parts of an assignment as two markers would.

    Raises
    ------
    CasekitError
        When the gradebook cannot be written.
    """
    with ReviewStore.of(course, assignment) as store:
        handed_in = {part: seen for part, seen in store.see_all(FIRST).items() if part.learner != BLANK}
        for part, seen in followed(handed_in.items(), "Relectures simulées", len(handed_in)):
            _read(store, seen, FIRST, first_level(part))
        again = [part for part in handed_in if _chance(part, "deux fois", TWICE) == 0]
        store.ask_second(SECOND, again)
        for part, seen in store.see_all(SECOND, again).items():
            _read(store, seen, SECOND, second_level(part))
        apart = [pair for pair in store.pairs() if pair.gap]
        for pair in apart[:-LEFT]:
            _settle(store, pair)
        return Marked(len(handed_in), len(again), len(apart[:-LEFT]), len(apart[-LEFT:]), agreement(store.pairs()))


def first_level(part: Part) -> int:
    """Return the level that the first marker gives: the profile's usual one, sometimes one more or one less."""
    return _bounded(_usual(part) + {0: -1, 1: 1}.get(_chance(part, "première", UNSURE), 0))


def second_level(part: Part) -> int:
    """Return the level that the second marker gives: most often the first one's, else one away from the usual."""
    chance = _chance(part, "seconde", UNSURE)
    return _bounded(_usual(part) + {0: -1, 1: 1}[chance]) if chance < 2 else first_level(part)


def _usual(part: Part) -> int:
    return USUAL.get(part.learner, OTHERS)


def _read(store: ReviewStore, seen: Seen, marker: Marker, level: int) -> None:
    """Write a level, and under level 3 the anchor to aim at."""
    anchors = {anchor.level: anchor for anchor in load_rubrics()[seen.part.criterion].anchors}
    aim = anchors.get(level + 1)
    comment = f"{{prenom}}, pour aller plus loin : {aim.text}" if aim and level < OTHERS else ""
    store.write(seen.part, marker, seen.version, level, comment)


def _settle(store: ReviewStore, pair: Pair) -> None:
    """Settle on the lower of two levels, as both markers' settlement."""
    assert pair.first.level is not None
    assert pair.second.level is not None
    lower = min(pair.first, pair.second, key=lambda review: review.level or 0)
    store.reconcile(pair.part, FIRST, pair.seen.version, int(lower.level or 0), lower.comment)


def _bounded(level: int) -> int:
    return min(LEVELS[-1], max(LEVELS[0], level))


def _chance(part: Part, what: str, sides: int) -> int:
    """Return a number below ``sides`` that the part alone decides: the demonstration is the same each time."""
    told = f"{what}|{part.assignment}|{part.learner}|{part.id}"
    return int.from_bytes(blake2b(told.encode(), digest_size=4).digest(), "big") % sides
