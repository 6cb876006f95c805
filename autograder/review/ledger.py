"""One part, locked in a transaction: its readings, what the formgrader changed, the writing of one more change."""

from collections.abc import Callable
from dataclasses import asdict, replace
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, select, update

from autograder.review import gradebook
from autograder.review.database import now
from autograder.review.gradebook import GradebookEntry, Mirror
from autograder.review.model import FORMGRADER, Change, Kind, Part, Reading, Retained, Stage, State
from autograder.review.retained import compared, retained
from autograder.review.rows import add_change, at, place_of, put_review, readings_of, second_of, state_of
from autograder.review.tables import PARTS

Spoken = Callable[[Part, Retained], Retained]


class Ledger:
    """The readings of one part while nobody else can write them."""

    def __init__(self, connection: Connection, part: Part, spoken: Spoken, work: str = "") -> None:
        """Lock the part, read it, and take in what was changed in the formgrader since.

        ``spoken`` turns what counts into what the learner reads; ``work`` is the hash of what was handed in last.
        """
        self._connection, self.part, self._spoken = connection, part, spoken
        self.work = work
        self._mirror = self._lock()
        self.entry: GradebookEntry | None = gradebook.entries(connection, part.assignment, [part], lock=True).get(
            (part.learner, part.id)
        )
        self.readings = compared(readings_of(connection, part), work)
        self.second = second_of(connection, part)
        self.noticed = self._notice()

    def record(self, stage: Stage, kind: Kind, marker: str, after: State, decides: bool) -> Change:
        """Write one change: a line of the history, the reading as it stands, and what counts in nbgrader's tables.

        ``decides`` says whether the level or the comment is concerned, and not the private note alone.
        """
        old = self.readings.get(stage)
        change = self._add(stage, kind, marker, state_of(old), after, decides)
        self._put(change, change.id if decides else _decided(old))
        if decides:
            self._settle(again=False)
        return change

    def take_back(self, last: Change, marker: str, decided: int) -> Change:
        """Give a reading back the state that ``last`` changed; ``decided`` is when it was decided before that."""
        now_stands = state_of(self.readings.get(last.stage))
        after = replace(last.before, marker=last.before.marker or marker)
        change = self._add(last.stage, Kind.UNDO, marker, now_stands, after, decides=False, undoes=last.id)
        self._put(change, decided)
        self._settle(again=False)
        return change

    def _add(
        self, stage: Stage, kind: Kind, marker: str, before: State, after: State, decides: bool,
        undoes: int | None = None,
    ) -> Change:  # fmt: skip
        return add_change(self._connection, now(), self.part, stage, kind, marker, before, after, decides, undoes)

    def _put(self, change: Change, decided: int) -> None:
        review = Reading(
            self.part, change.stage, at=change.at, version=change.id, decided=decided, **asdict(change.after)
        )
        self.readings |= compared({change.stage: review}, self.work)
        put_review(self._connection, review)

    def _lock(self) -> Mirror:
        """Make the part's row if it has none, and hold it until the end of the transaction."""
        place = place_of(self.part)
        dialect: Any = import_module(f"sqlalchemy.dialects.{self._connection.dialect.name}")  # SQLite’s or PostgreSQL’s
        made = dialect.insert(PARTS).values(**place, comment="").on_conflict_do_nothing()
        self._connection.execute(made)
        columns = (PARTS.c.grade_row, PARTS.c.score, PARTS.c.comment)
        here = select(*columns).where(at(PARTS, self.part)).with_for_update()
        return Mirror(*self._connection.execute(here).one())

    def _notice(self) -> Change | None:
        """Take in what a person changed in the formgrader; give back what counts to rows that nbgrader made anew."""
        counts = self._counts()
        if self.entry is not None and gradebook.changed_outside(self.entry, self._mirror, counts):
            before = State(", ".join(counts.markers), counts.level, counts.comment, "", counts.rubric)
            after = State(FORMGRADER, self.entry.level, self.entry.comment, work=self.work)
            change = self._add(Stage.FORMGRADER, Kind.FORMGRADER, FORMGRADER, before, after, decides=True)
            self._put(change, change.id)
            self._remember(Mirror(self.entry.grade, self.entry.manual, self.entry.comment))
            return change
        if gradebook.is_new(self.entry, self._mirror):
            self._settle(again=counts.level is not None and not counts.same)
        elif gradebook.out_of_step(self.entry, self._mirror, counts):
            self._settle(again=counts.stale)
        return None

    def _counts(self) -> Retained:
        return self._spoken(self.part, retained(self.readings))

    def _settle(self, again: bool) -> None:
        if self.entry is not None:
            self._remember(gradebook.put(self._connection, self.entry, self._counts(), again))

    def _remember(self, mirror: Mirror) -> None:
        self._mirror = mirror
        values = {"grade_row": mirror.grade, "score": mirror.score, "comment": mirror.comment}
        self._connection.execute(update(PARTS).where(at(PARTS, self.part)).values(**values))


def _decided(review: Reading | None) -> int:
    return review.decided if review else 0
