"""What is kept of rehearsals, in a small file beside the notebook: dates, times, levels, how often a question came."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casestudies.french import clean
from casestudies.identity import STATE_FOLDER, read_json, write_json
from casestudies.levelling.kept import LEVELS, MAX_REASON
from casestudies.levelling.model import Mark, mark_code, marks_in
from casestudies.quoting import printable
from casestudies.repetition.model import RehearsedSlide, whole_seconds

MAX_KEPT = 20
"""Rehearsals kept: the last ones."""
MAX_SLIDES = 20
MOST_SECONDS = 7200
MAX_ASKED = 300
_MAX_ID = 40


@dataclass(frozen=True)
class Rehearsal:
    """One rehearsal: seconds of each slide, as taken and as planned, of the questions, and the level given, if any.

    ``next_time`` is what the learner will change, in their words; ``seen`` are the sentences that they recognised.
    """

    at: datetime
    slides: tuple[int, ...]
    planned: tuple[int, ...]
    answers_seconds: int = 0
    level: int | None = None
    next_time: str = ""
    seen: tuple[Mark, ...] = ()

    @property
    def talk_seconds(self) -> int:
        """Seconds of the whole talk."""
        return sum(self.slides)

    @property
    def plain(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "date": self.at.isoformat(timespec="seconds"), "diapositives_s": list(self.slides),
            "prevues_s": list(self.planned), "exposé_s": self.talk_seconds, "réponses_s": self.answers_seconds,
            "niveau": self.level, "à_changer": self.next_time, "phrases": " ".join(map(mark_code, self.seen)),
        }  # fmt: skip


def rehearsal(
    times: Iterable[object], slides: Iterable[RehearsedSlide], answers_seconds: object = 0, level: int | None = None,
    next_time: str = "", seen: Iterable[Mark] = (),
) -> Rehearsal:  # fmt: skip
    """Return a rehearsal that ends now, its words and times within bounds."""
    return Rehearsal(
        datetime.now(UTC), whole_seconds(times, MOST_SECONDS)[:MAX_SLIDES], tuple(one.seconds for one in slides),
        whole_seconds((answers_seconds,), MOST_SECONDS)[0], level, _within(next_time), tuple(seen),
    )  # fmt: skip


def _within(text: str) -> str:
    return clean(printable(text[: 2 * MAX_REASON]))[:MAX_REASON].rstrip()


def _read(data: object) -> Rehearsal | None:
    if not isinstance(data, dict):
        return None
    try:
        told = datetime.fromisoformat(data["date"])
        at = told if told.tzinfo else told.replace(tzinfo=UTC)
        at.astimezone()  # a time of the year 1 has none
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    slides, planned = (found if isinstance(found := data.get(name), list) else []
                       for name in ("diapositives_s", "prevues_s"))  # fmt: skip
    level, words, seen = data.get("niveau"), data.get("à_changer"), data.get("phrases")
    return Rehearsal(
        at, whole_seconds(slides[:MAX_SLIDES], MOST_SECONDS), whole_seconds(planned[:MAX_SLIDES], MOST_SECONDS),
        whole_seconds((data.get("réponses_s"),), MOST_SECONDS)[0],
        level if type(level) is int and level in LEVELS else None,
        _within(words) if isinstance(words, str) else "", marks_in(seen) if isinstance(seen, str) else (),
    )  # fmt: skip


class KeptRehearsals:
    """The rehearsals of one learner; a damaged file counts as empty."""

    def __init__(self, folder: Path, learner: str) -> None:
        """Keep where the file is: two learners who share a folder have two files."""
        digest = hashlib.blake2b(learner.encode(), digest_size=6).hexdigest()
        self._path = folder / STATE_FOLDER / "repetition" / f"{digest}.json"
        self._learner = learner

    def all(self) -> tuple[Rehearsal, ...]:
        """Return the rehearsals, the oldest first."""
        kept = read_json(self._path).get("répétitions")
        found = map(_read, kept[-MAX_KEPT:] if isinstance(kept, list) else ())
        return tuple(one for one in found if one is not None)

    def asked(self) -> dict[str, int]:
        """Return how often each question was asked."""
        kept = read_json(self._path).get("questions")
        counts = kept.items() if isinstance(kept, dict) else ()
        return {name: count for name, count in counts if type(count) is int and 0 < count < MOST_SECONDS}

    def add(self, one: Rehearsal, asked: Iterable[str]) -> bool:
        """Keep one more rehearsal and what was asked; return whether it could be written."""
        counts = self.asked()
        for name in asked:
            counts[name[:_MAX_ID]] = counts.get(name[:_MAX_ID], 0) + 1
        content = {
            "identifiant": self._learner,
            "répétitions": [past.plain for past in (*self.all(), one)[-MAX_KEPT:]],
            "questions": dict(list(counts.items())[-MAX_ASKED:]),
        }
        return write_json(self._path, content)
