"""The store of reviews of one assignment: read, write, undo, second marking, reconciliation, history.

Everything is written in the gradebook's own database, in one transaction with nbgrader's marks and comments: what was
confirmed is there, in both, whatever happens next.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Self, TypeVar

from sqlalchemy import Connection, true

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.keys.questions import Review, reviews_of
from autograder.referentiel.rubric import load_rubrics
from autograder.review import double, gradebook, undoing
from autograder.review.database import Database, NoGradebookError
from autograder.review.fields import named
from autograder.review.ledger import Ledger
from autograder.review.model import KEEP, Change, ConflictError, Keep, Marker, Part, Retained, Seen, Stage
from autograder.review.retained import Readings, both_done, compared, retained
from autograder.review.rows import all_readings, all_seconds, changes, index
from autograder.review.tables import CHANGES
from autograder.review.views import secret, seen, stage_of
from autograder.review.works import Works
from autograder.review.writing import Wanted, put
from casestudies.errors import CasekitError

T = TypeVar("T")
FROZEN = (
    "Les deux relectures de cette partie sont faites : son niveau et son commentaire se changent par la conciliation."
)


class ReviewStore:
    """The reviews of one assignment; use it as a context."""

    def __init__(
        self, url: str, assignment: str, declared: Sequence[Review], learners: Mapping[str, Learner] | None = None,
        work_of: Callable[[Part], str] = lambda _: "",
    ) -> None:  # fmt: skip
        """Open the reviews in the gradebook at ``url``; ``declared`` are the parts that people review.

        Comments keep their « {prenom} » here, since marking is anonymous; ``learners`` gives the names that go into
        nbgrader's tables, for the learner to read; ``work_of`` gives the hash of the work that is there.

        Raises
        ------
        CasekitError
            When the gradebook does not exist yet or cannot be reached.
        """
        self.assignment = assignment
        self._learners = learners or {}
        self._work_of = work_of
        self._declared = {one.id: one for one in declared}
        self._database = Database(url)

    @classmethod
    def of(cls, course: Course, assignment: str, declared: Sequence[Review] | None = None) -> Self:
        """Open the reviews of an assignment of a course; the parts are the kit's own unless others are given."""
        parts = reviews_of(assignment=assignment) if declared is None else declared
        return cls(course.db_url, assignment, parts, course.learners(), Works(course.records).of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def part(self, learner: str, identifier: str) -> Part:
        """Return a part of a learner's work.

        Raises
        ------
        CasekitError
            When the assignment has no such part.
        """
        if identifier not in self._declared:
            known = ", ".join(f"« {name} »" for name in self._declared) or "aucune"
            raise CasekitError(
                f"« {self.assignment} » n’a pas de partie relue « {identifier} ». Parties relues : {known}."
            )
        one = self._declared[identifier]
        return Part(self.assignment, learner, identifier, one.criterion, one.notebook.rpartition("/")[2])

    def parts(self) -> list[Part]:
        """Return what can be marked: what nbgrader holds, and what no notebook holds of whoever is there."""

        def read(connection: Connection) -> list[Part]:
            known = self._parts(connection)
            held = gradebook.entries(connection, self.assignment, list(known.values()))
            return [part for key, part in known.items() if not part.notebook or key in held]

        return self._database.read(read)

    def seconds(self) -> dict[tuple[str, str], str]:
        """Return who was asked to mark a second time, by learner and part."""
        return self._database.read(lambda connection: all_seconds(connection, self.assignment))

    def sync(self, parts: Iterable[Part] | None = None) -> list[Change]:
        """Take in what was changed in the formgrader since the last time, of some parts or of all, and return it."""
        asked = None if parts is None else index(parts)
        stale = self._database.read(partial(self._stale, asked))
        found = [self._database.write(partial(self._notice, part)) for part in stale]
        return [change for change in found if change is not None]

    def see(self, marker: Marker, part: Part) -> Seen:
        """Return what ``marker`` may see of a part."""
        return self.see_all(marker, [part])[part]

    def see_all(self, marker: Marker, parts: Iterable[Part] | None = None) -> dict[Part, Seen]:
        """Return what ``marker`` may see of each part, in one reading; by default, of everything there is."""
        asked = None if parts is None else index(parts)
        self.sync(None if asked is None else asked.values())

        def read(connection: Connection) -> dict[Part, Seen]:
            known = self._parts(connection) if asked is None else asked
            found = self._all_readings(connection, known)
            seconds = all_seconds(connection, self.assignment)
            return {
                part: seen(part, found.get(part, {}), seconds.get(key), marker) for key, part in sorted(known.items())
            }

        return self._database.read(read)

    def write(
        self, part: Part, marker: Marker, version: int, level: int | Keep | None = KEEP, comment: str | Keep = KEEP,
        note: str | Keep = KEEP,
    ) -> Seen:  # fmt: skip
        """Write one reading: the first one, or the second when ``marker`` was asked for it.

        Parameters
        ----------
        version
            That of what the marker saw.
        level, comment, note
            What changes; the rest stays. Giving the same level again confirms it, after another grading for instance.

        Raises
        ------
        ConflictError
            When somebody wrote in between; nothing is written, both versions are in the error.
        CasekitError
            When there is nothing to mark, the level is none of the rubric's, or both readings are already done.
        """
        wanted = Wanted(level, comment, note)

        def write(ledger: Ledger) -> ConflictError | None:
            if wanted.decides and both_done(ledger.readings):
                raise CasekitError(FROZEN)
            stage = stage_of(ledger.second, marker)
            return put(ledger, stage, marker, version, wanted, self._rubric(part))

        return self._in_ledger(part, marker, write)

    def reconcile(
        self, part: Part, marker: Marker, version: int, level: int, comment: str | Keep = KEEP, note: str | Keep = KEEP
    ) -> Seen:
        """Write the level on which two markers settle; it counts from then on.

        Raises
        ------
        ConflictError
            When somebody wrote in between.
        CasekitError
            When the two readings are not both done.
        """
        wanted = Wanted(level, comment, note)

        def write(ledger: Ledger) -> ConflictError | None:
            if not both_done(ledger.readings):
                raise CasekitError("La conciliation attend que les deux relectures de cette partie aient leur niveau.")
            return put(ledger, Stage.RECONCILED, marker, version, wanted, self._rubric(part))

        return self._in_ledger(part, marker, write)

    def undo(self, marker: Marker) -> Change | None:
        """Take back the last change that ``marker`` made and has not taken back yet; None when there is none.

        Raises
        ------
        ConflictError
            When somebody changed the same reading since.
        CasekitError
            When markers settled on a level since.
        """
        self.sync()

        def undo(connection: Connection) -> Change | ConflictError | None:
            def open_part(connection: Connection, learner: str, identifier: str) -> Ledger:
                return self._open(connection, self.part(learner, identifier))

            return undoing.undo(connection, marker, self.assignment, open_part)

        return _raised(self._database.write(undo))

    def ask_second(self, marker: Marker, parts: Iterable[Part]) -> int:
        """Ask ``marker`` to mark parts a second time, blind; return how many were not asked of them yet.

        Raises
        ------
        CasekitError
            When ``marker`` is the first marker of one of them, or another second marking is begun.
        """
        wanted = sorted(set(parts))

        def ask(connection: Connection) -> int:
            return double.ask(connection, marker, (self._open(connection, part) for part in wanted))

        return self._database.write(ask)

    def pairs(self) -> list[double.Pair]:
        """Return the parts that two markers have marked, those on which they differ most first; nothing is written."""
        return double.pairs(self.readings())

    def readings(self) -> dict[Part, Readings]:
        """Return every reading, by part and stage, hidden from nobody: not to be shown to a marker.

        Nothing is written: what was changed in the formgrader since the last ``sync`` is not there yet.
        """
        return self._database.read(lambda connection: self._all_readings(connection, self._parts(connection)))

    def retained(self) -> dict[Part, Retained]:
        """Return what counts for each part that was read, as the learner may read it; never a private note.

        Nothing is written: what was changed in the formgrader since the last ``sync`` is not there yet.
        """
        return {part: self._spoken(part, retained(readings)) for part, readings in self.readings().items()}

    def history(self, part: Part | None = None, marker: Marker | None = None) -> list[Change]:
        """Return the history, oldest first: of one part or of all; with ``marker``, what they may see of it."""
        self.sync()

        def read(connection: Connection) -> list[Change]:
            known = self._parts(connection) if part is None else index([part])
            where = true() if part is None else (CHANGES.c.learner == part.learner) & (CHANGES.c.part == part.id)
            found = changes(connection, self.assignment, known, where)
            if marker is None:
                return found
            readings = self._all_readings(connection, known)
            seconds = all_seconds(connection, self.assignment)
            kept = {one: secret(readings.get(one, {}), seconds.get(key), marker) for key, one in known.items()}
            return [change for change in found if change.stage not in kept[change.part]]

        return self._database.read(read)

    def _parts(self, connection: Connection) -> dict[tuple[str, str], Part]:
        """Return every part that was handed in or marked."""
        learners = gradebook.learners(connection, self.assignment)
        return index(self.part(learner, name) for learner in learners for name in self._declared)

    def _all_readings(self, connection: Connection, parts: Mapping[tuple[str, str], Part]) -> dict[Part, Readings]:
        found = all_readings(connection, self.assignment, parts)
        return {part: compared(readings, self._work_of(part)) for part, readings in found.items()}

    def _stale(self, asked: dict[tuple[str, str], Part] | None, connection: Connection) -> list[Part]:
        """Return the parts of which nbgrader's tables do not hold what was last seen there."""
        parts = self._parts(connection) if asked is None else asked
        held = gradebook.entries(connection, self.assignment, list(parts.values()))
        mirrors = gradebook.mirrors(connection, self.assignment)
        empty = gradebook.Mirror()
        read = self._all_readings(connection, parts)
        return [
            parts[key]
            for key, entry in sorted(held.items())
            if gradebook.is_new(entry, mirrors.get(key, empty))
            or gradebook.changed_outside(entry, mirrors.get(key, empty), Retained())
            or gradebook.out_of_step(entry, mirrors.get(key, empty), retained(read.get(parts[key], {})))
        ]

    def _in_ledger(self, part: Part, marker: Marker, write: Callable[[Ledger], ConflictError | None]) -> Seen:
        def work(connection: Connection) -> Seen | ConflictError:
            ledger = self._open(connection, part)
            if part.notebook and ledger.entry is None:
                raise CasekitError(
                    f"La copie de « {part.learner} » n’est pas dans la base de notes, ou n’a pas cette partie : "
                    f"corrigez-la d’abord avec « casekit grade {part.assignment} »."
                )
            return write(ledger) or seen(part, ledger.readings, ledger.second, marker)

        return _raised(self._database.write(work))

    def _open(self, connection: Connection, part: Part) -> Ledger:
        return Ledger(connection, part, self._spoken, self._work_of(part))

    def _notice(self, part: Part, connection: Connection) -> Change | None:
        return self._open(connection, part).noticed

    def _spoken(self, part: Part, counts: Retained) -> Retained:
        """Put the learner's names in the comment that counts."""
        learner = self._learners.get(part.learner, Learner(part.learner))
        return replace(counts, comment=named(counts.comment, learner))

    @staticmethod
    def _rubric(part: Part) -> str:
        rubric = load_rubrics().get(part.criterion)
        return rubric.digest if rubric else ""


def take_in(course: Course, *assignments: str) -> None:
    """Take what was changed in the formgrader into the reviews of these assignments: a step of its own, which writes.

    A course without a gradebook has nothing to take in.

    Raises
    ------
    CasekitError
        When the gradebook cannot be reached or written.
    """
    for assignment in assignments:
        with suppress(NoGradebookError), ReviewStore.of(course, assignment) as store:
            store.sync()


def _raised(found: T | ConflictError) -> T:
    """Return what was done, or raise the conflict: what was noticed in the formgrader meanwhile is kept."""
    if isinstance(found, ConflictError):
        raise found
    return found
