"""What is kept of how somebody worked on a company's questions: the time between checks, the mistakes met by question.

Time is counted between two checks or hints less than ``PAUSE_S`` apart: reading before the first one, and whatever is
done elsewhere, are not known. It is a least, and said so.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from casestudies.identity import STATE_FOLDER, normal_form, read_json, write_json

PAUSE_S = 600.0
"""A longer time without a check counts as a pause."""
MOST = 20
"""How many mistakes are kept for one question."""
MOST_DAYS = 400


@dataclass(frozen=True)
class Worked:
    """The seconds counted, the days (ISO), the mistakes met by question (ids of the catalogue)."""

    seconds: float = 0.0
    days: tuple[str, ...] = ()
    mistakes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class WorkJournal:
    """The work of one learner on one company; a damaged file counts as empty."""

    def __init__(self, folder: Path, company: str, learner: str, clock: Callable[[], float] = time.time) -> None:
        """Keep where the file is; ``clock`` tells the seconds since 1970."""
        digest = hashlib.blake2b(normal_form(learner).encode(), digest_size=6).hexdigest()
        self._path = folder / STATE_FOLDER / "travail" / f"{company}-{digest}.json"
        self._clock = clock

    def read(self) -> Worked:
        """Return what is known."""
        kept = read_json(self._path)
        seconds, days, mistakes = kept.get("secondes"), kept.get("jours"), kept.get("erreurs")
        return Worked(
            float(seconds) if isinstance(seconds, int | float) and 0 <= seconds < 10**8 else 0.0,
            _texts(days, MOST_DAYS),
            {str(name): _texts(met, MOST) for name, met in mistakes.items()} if isinstance(mistakes, dict) else {},
        )

    def checked(self, question: str, misconceptions: Iterable[str] = ()) -> None:
        """Take in that a question was checked now, and which known mistakes explain the answer."""
        now, known, last = self._clock(), self.read(), read_json(self._path).get("dernier")
        gap = now - last if isinstance(last, int | float) else 0.0
        today = date.fromtimestamp(now).isoformat()
        days = known.days if today in known.days else (*known.days, today)[-MOST_DAYS:]
        met = tuple(dict.fromkeys((*known.mistakes.get(question, ()), *misconceptions)))[:MOST]
        mistakes = {**known.mistakes, question: met} if met else known.mistakes
        content = {
            "secondes": known.seconds + (gap if 0 < gap < PAUSE_S else 0.0), "dernier": now, "jours": list(days),
            "erreurs": {name: list(one) for name, one in mistakes.items()},
        }  # fmt: skip
        write_json(self._path, content)


def _texts(kept: object, most: int) -> tuple[str, ...]:
    return tuple(one for one in kept if isinstance(one, str))[-most:] if isinstance(kept, list) else ()


def spoken_time(seconds: float) -> str:
    r"""Return a time as it is said, by five minutes below; empty below five minutes.

    >>> spoken_time(0), spoken_time(5000), spoken_time(2400)
    ('', '1\xa0h\xa020', '40\xa0minutes')
    """
    minutes = int(seconds // 300) * 5
    if not minutes:
        return ""
    hours, left = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{left:02}" if hours else f"{left}\u00a0minutes"
