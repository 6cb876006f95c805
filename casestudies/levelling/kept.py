"""The levels that learners gave their own work, and when: kept beside their progress, handed in as data."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casestudies.french import clean
from casestudies.identity import STATE_FOLDER, read_json, write_json
from casestudies.levelling.model import Mark, mark_code, marks_in
from casestudies.quoting import printable

LEVELS = (1, 2, 3, 4)
MAX_REASON = 400
"""Characters of a reason."""
MAX_KEPT = 12
"""Levels kept of one work: the first, and those given last."""
_MAX_DIGEST = 64


@dataclass(frozen=True)
class OwnLevel:
    """The level that a learner gave their own work, ``at`` a time.

    ``reason`` is in their words; ``seen`` are the sentences of the descriptions that they recognised in their work.
    ``rubric`` and ``work`` are the digests of the rubric and of the answers that they had before their eyes.
    """

    level: int
    at: datetime
    reason: str = ""
    seen: tuple[Mark, ...] = ()
    rubric: str = ""
    work: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "level": self.level, "at": self.at.isoformat(timespec="seconds"), "reason": self.reason,
            "seen": " ".join(map(mark_code, self.seen)), "rubric": self.rubric, "work": self.work,
        }  # fmt: skip


def own_level(level: int, reason: str, seen: Iterable[Mark], rubric: str, work: str) -> OwnLevel:
    """Return a level given now, its reason within bounds."""
    return OwnLevel(level, datetime.now(UTC), _within(reason), tuple(seen), rubric, work)


def _within(reason: str) -> str:
    return clean(printable(reason[: 2 * MAX_REASON]))[:MAX_REASON].rstrip()


def read_levels(data: object) -> tuple[OwnLevel, ...]:
    """Return the levels that plain data hold, the oldest first; what is not one is left out.

    The data come from the learner's side: kinds, sizes and times are checked.

    >>> read_levels([{"level": 3, "at": "2027-01-06T09:30:00+00:00"}, {"level": 9}, "3"])[0].level
    3
    """
    found = [_read(one) for one in (data[-2 * MAX_KEPT :] if isinstance(data, list) else ())]
    return _bounded(tuple(one for one in found if one is not None))


def _bounded(levels: tuple[OwnLevel, ...]) -> tuple[OwnLevel, ...]:
    return levels if len(levels) <= MAX_KEPT else (levels[0], *levels[1 - MAX_KEPT :])


def _read(data: object) -> OwnLevel | None:
    if not isinstance(data, dict) or type(data.get("level")) is not int or data["level"] not in LEVELS:
        return None
    try:
        told = datetime.fromisoformat(data["at"])
        at = told if told.tzinfo else told.replace(tzinfo=UTC)
        at.astimezone()  # a time of the year 1 has none
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    reason, seen, rubric, work = (
        found if isinstance(found := data.get(name), str) else "" for name in ("reason", "seen", "rubric", "work")
    )
    return OwnLevel(
        data["level"],
        at,
        _within(reason),
        marks_in(seen),
        rubric[:_MAX_DIGEST],
        work[:_MAX_DIGEST],
    )


class KeptLevels:
    """The levels that one learner gave, by question; a damaged file counts as empty."""

    def __init__(self, folder: Path, learner: str) -> None:
        """Keep where the file is: two learners who share a folder have two files."""
        digest = hashlib.blake2b(learner.encode(), digest_size=6).hexdigest()
        self._path = folder / STATE_FOLDER / "niveaux" / f"{digest}.json"
        self._learner = learner

    def of(self, question: str) -> tuple[OwnLevel, ...]:
        """Return the levels given on a question, the oldest first."""
        return read_levels(self._questions().get(question))

    def add(self, question: str, given: OwnLevel) -> bool:
        """Keep one more level; return whether it could be written."""
        levels = [one.plain for one in _bounded((*self.of(question), given))]
        content = {"identifiant": self._learner, "questions": {**self._questions(), question: levels}}
        return write_json(self._path, content)

    def _questions(self) -> dict[str, object]:
        kept = read_json(self._path).get("questions")
        return kept if isinstance(kept, dict) else {}
