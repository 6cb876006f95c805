"""What is kept of a learner's progress beside the notebooks, one file for each learner and company."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from casestudies.findings import Outcome
from casestudies.identity import STATE_FOLDER, read_json, write_json

_FROM_BEST = (
    Outcome.RIGHT, Outcome.READY, Outcome.CONSEQUENCE, Outcome.RECORDED, Outcome.TO_COMPLETE, Outcome.ALMOST,
    Outcome.UNIT, Outcome.MISCONCEPTION, Outcome.WRONG, Outcome.UNREADABLE, Outcome.STALE, Outcome.NOT_ATTEMPTED,
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Where a learner stands on one question: the best outcome so far, the last one, the hints asked for."""

    best: Outcome = Outcome.NOT_ATTEMPTED
    last: Outcome = Outcome.NOT_ATTEMPTED
    hints: int = 0

    @property
    def done(self) -> bool:
        """Whether the question was answered as it should be, once at least."""
        return self.best.is_right


class KeptProgress:
    """The standings of one learner on the questions about one company; a damaged file counts as empty."""

    def __init__(self, folder: Path, company: str, learner: str) -> None:
        """Keep where the file is: two learners who share a folder have two files."""
        digest = hashlib.blake2b(learner.encode(), digest_size=6).hexdigest()
        self._path = folder / STATE_FOLDER / "progression" / f"{company}-{digest}.json"
        self._learner = learner

    def standing(self, question: str) -> Standing:
        """Return where the learner stands on a question."""
        return _standing(self._questions().get(question))

    def standings(self) -> dict[str, Standing]:
        """Return the standings that are kept, by question: the last one worked on is at the end."""
        return {question: _standing(entry) for question, entry in self._questions().items()}

    def remember(self, question: str, *, outcome: Outcome | None = None, hints: int | None = None) -> None:
        """Keep the outcome of an answer, or the number of hints seen; an earlier success is never lost."""
        known = self.standing(question)
        last = known.last if outcome is None else outcome
        best = min(known.best, last, key=_FROM_BEST.index)
        self.put(question, Standing(best, last, known.hints if hints is None else hints))

    def put(self, question: str, standing: Standing) -> None:
        """Keep a standing in place of the one that is known; what it changes becomes the last question worked on."""
        if standing == self.standing(question):
            return
        entry = {"meilleur": standing.best.value, "dernier": standing.last.value, "indices": standing.hints}
        others = {name: kept for name, kept in self._questions().items() if name != question}
        write_json(self._path, {"identifiant": self._learner, "questions": {**others, question: entry}})

    def changed_at(self) -> float:
        """Return when a standing last changed, in seconds since 1970; 0 when none is kept."""
        try:
            return self._path.stat().st_mtime
        except OSError:
            return 0.0

    def _questions(self) -> dict[str, object]:
        kept = read_json(self._path).get("questions")
        return kept if isinstance(kept, dict) else {}


def _standing(entry: object) -> Standing:
    if not isinstance(entry, dict):
        return Standing()
    hints = entry.get("indices")
    return Standing(
        _outcome(entry.get("meilleur")), _outcome(entry.get("dernier")), hints if isinstance(hints, int) else 0
    )


def _outcome(value: object) -> Outcome:
    return next((one for one in Outcome if one.value == value), Outcome.NOT_ATTEMPTED)
