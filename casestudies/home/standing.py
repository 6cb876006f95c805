"""Where a learner stands in the notebooks of a study folder, and which question comes next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from casestudies.home.summary import AskedQuestion, NotebookSummary, summaries
from casestudies.kept_progress import KeptProgress


@dataclass(frozen=True)
class NotebookStanding:
    """Where a learner stands in one notebook.

    ``done`` are the ids of the questions answered as they should be; ``last`` is that of the last one worked on, empty
    before the first; ``changed_at`` is when progress on its company last changed, in seconds since 1970.
    """

    notebook: NotebookSummary
    done: frozenset[str] = frozenset()
    last: str = ""
    changed_at: float = 0.0

    @property
    def next(self) -> AskedQuestion | None:
        """The question to go on with, None when all are done."""
        wanted = next_question([one.id for one in self.notebook.questions], self.done, self.last)
        return next((one for one in self.notebook.questions if one.id == wanted), None)

    def by_criterion(self) -> dict[str, tuple[int, int]]:
        """Return how many questions are done, and how many there are, for each criterion."""
        found: dict[str, tuple[int, int]] = {}
        for one in self.notebook.questions:
            done, total = found.get(one.criterion, (0, 0))
            found[one.criterion] = (done + (one.id in self.done), total + 1)
        return dict(sorted(found.items()))


def next_question(questions: Sequence[str], done: Collection[str], last: str) -> str:
    """Return the question to go on with: the last one worked on, else the next that is open, else the first open one.

    Empty when all are done.

    >>> next_question(["a", "b", "c", "d"], {"a", "c"}, "c"), next_question(["a", "b"], {"b"}, "b")
    ('d', 'a')
    """
    after = questions.index(last) if last in questions else 0
    return next((one for one in (*questions[after:], *questions[:after]) if one not in done), "")


def standings(root: Path, learner: str) -> list[NotebookStanding]:
    """Return where a learner stands in each notebook of a study folder that is there, in the order of the course."""
    return [standing_in(root, learner, one) for one in summaries() if (root / one.file).is_file()]


def standing_in(root: Path, learner: str, notebook: NotebookSummary) -> NotebookStanding:
    """Return where a learner stands in one notebook of a study folder."""
    kept = KeptProgress(root / notebook.folder, notebook.company, learner)
    asked = {one.id for one in notebook.questions}
    known = kept.standings()
    done = frozenset(name for name, standing in known.items() if name in asked and standing.done)
    last = next((name for name in reversed(known) if name in asked), "")
    latest = last == next(reversed(known), "")  # else another notebook about the same company was the last one
    return NotebookStanding(notebook, done, last, kept.changed_at() if latest else 0.0)


def current(found: Sequence[NotebookStanding]) -> NotebookStanding | None:
    """Return the notebook to open: the last one worked on, else the first after it that has an open question."""
    if not found:
        return None
    latest = max(found, key=lambda one: one.changed_at)
    after = found.index(latest) if latest.last else 0
    return next((one for one in (*found[after:], *found[:after]) if one.next), None)
