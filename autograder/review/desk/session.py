"""One marker at work on one assignment: where they stand, what they see, what they write, without any widget."""

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Self

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.keys.questions import Review, reviews_of
from autograder.referentiel import load_referentiel
from autograder.review.bank import GONE, BankComment, CommentBank
from autograder.review.desk.beside import CHOOSE_ROLE, became_second, begun_by
from autograder.review.desk.positions import Positions
from autograder.review.desk.queue import Group, Mode, Queue
from autograder.review.fields import Fields, FilledComment
from autograder.review.model import KEEP, ConflictError, Keep, Marker, Part, Reading, Seen, Stage, State
from autograder.review.orals import Orals
from autograder.review.qualities import Qualities, QualityComment
from autograder.review.store import ReviewStore
from casestudies.errors import CasekitError

CHOOSE_FIRST = "Choisissez d’abord, pour cette copie, entre votre saisie et ce qui est enregistré."


@dataclass(frozen=True)
class Conflict:
    """What could not be written because somebody wrote in between: what stands, and what was wanted, field by field."""

    theirs: Reading | None
    fields: dict[str, Any]


@dataclass(frozen=True)
class DeskProgress:
    """How many parts are done, of how many."""

    done: int
    total: int


class DeskSession:
    """The work of one marker; use it as a context."""

    def __init__(
        self, course: Course, assignment: str, marker: Marker, declared: Sequence[Review] | None = None,
        day: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Open the reviews where the marker left them; ``declared`` replaces the kit's own parts.

        With ``day``, the candidates of an oral in their order, it opens on the first of them who has no level yet.
        Parts of a criterion that only the machine grades are not for people to read.

        Raises
        ------
        CasekitError
            When the gradebook does not exist yet or cannot be reached.
        """
        criteria = load_referentiel().criteria
        everything = reviews_of(assignment=assignment) if declared is None else declared
        self.course, self.assignment, self.marker = course, assignment, marker
        self.declared = tuple(one for one in everything if criteria[one.criterion].reviewed)
        self.machine_graded = tuple(
            dict.fromkeys(one.criterion for one in everything if not criteria[one.criterion].reviewed)
        )
        self.conflict: Conflict | None = None
        self._day = tuple(day)
        self.shared: set[Part] = set()
        with ExitStack() as opened:
            self.store = opened.enter_context(ReviewStore.of(course, assignment, self.declared))
            self._bank = opened.enter_context(CommentBank.of(course))
            self.qualities = opened.enter_context(Qualities.of(course))
            self.orals = opened.enter_context(Orals.of(course))
            self._positions = opened.enter_context(Positions.of(course))
            self._start()
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def _start(self) -> None:
        kept = self._positions.last(self.assignment, self.marker)
        self.mode = kept.mode if kept and not self._day else Mode.CRITERION
        self.part: Part | None = None
        self.seen: Seen | None = None
        self.refresh()
        if not self.queue.parts:
            return
        known = {(part.learner, part.id): part for part in self.queue.parts}
        here = known.get((kept.learner, kept.part)) if kept else None
        called = [part for part in self.queue.parts if not part.notebook and part.learner in self._day]
        to_read = [part for part in called or self.queue.parts if not self._done[part]]
        self.show((None if called else here) or next(iter([*to_read, *called, *self.queue.parts])))

    def refresh(self) -> None:
        """Look again at everything: who handed in, what is done."""
        parts, self._people = self.store.parts(), self.course.learners()
        here = {(part.learner, part.id) for part in parts}
        parts += [
            self.store.part(learner, one.id)
            for one in self.declared if not one.notebook.rpartition("/")[2]
            for learner in self._people if (learner, one.id) not in here
        ]  # fmt: skip
        self._done = {part: is_done(seen) for part, seen in self.store.see_all(self.marker, parts).items()}
        self.queue = Queue(self.mode, self.declared, self._done, (*self._day, *self._people))
        if self.part is not None and self.part not in self.queue:  # the copy was taken away
            self.part, self.seen = None, None
            if self.queue.parts:
                self.show(self.queue.parts[0])

    def name(self, part: Part) -> str:
        """Return the name under which a part is shown: a copy's is anonymous, whoever talks is in the room."""
        if part.notebook:
            return self.queue.name(part)
        person = self._people.get(part.learner, Learner(part.learner))
        return person.id if person.full_name == person.id else f"{person.full_name} ({person.id})"

    def progress(self, group: Group | None = None) -> DeskProgress:
        """Return how far the marker is: in a group, or in all of them."""
        parts = self.queue.parts if group is None else group.parts
        return DeskProgress(sum(self._done[part] for part in parts), len(parts))

    def progress_by_criterion(self) -> dict[str, DeskProgress]:
        """Return how far the marker is on each criterion that people review."""
        totals = Counter(part.criterion for part in self._done)
        done = Counter(part.criterion for part, finished in self._done.items() if finished)
        return {code: DeskProgress(done[code], totals[code]) for code in dict.fromkeys(totals)}

    def upcoming(self, count: int = 2) -> list[Part]:
        """Return the parts that will be shown next, to be prepared."""
        if self.part is None:
            return []
        return self.queue.following(self.part, lambda part: not self._done[part], count)

    def next_to_review(self) -> bool:
        """Show the first part that is not done after the current one, starting again at the end; say if there is one.

        Raises
        ------
        CasekitError
            While a conflict waits for a choice.
        """
        for fresh in (False, True):
            if fresh:
                self.refresh()
            while following := self.upcoming(1):
                self.show(following[0])
                if not self._done[following[0]]:
                    return True
        return False

    def step(self, places: int) -> bool:
        """Show the part ``places`` further in the order of reading, done or not; say if there is one."""
        found = None if self.part is None else self.queue.neighbour(self.part, places)
        if found is None:
            return False
        self.show(found)
        return True

    def read_by(self, mode: Mode) -> None:
        """Change the order of reading; the part stays the same."""
        self._free()
        self.mode = mode
        self.refresh()
        if self.part is not None:
            self.show(self.part)

    def go(self, group: str) -> None:
        """Show the first part to review of a group, or its first part."""
        found = self.queue.group(group)
        if found is None:
            raise CasekitError("Ce groupe de copies n’existe plus : rechargez la revue.")
        self.show(next((part for part in found.parts if not self._done[part]), found.parts[0]))

    def write(self, level: int | Keep = KEEP, comment: str | Keep = KEEP, note: str | Keep = KEEP) -> None:
        """Write the level, the comment for the learner or the private note, at once; the rest stays."""
        part, seen = self._current()
        if other := self.begun_by():
            raise CasekitError(CHOOSE_ROLE.format(other))
        wanted: dict[str, Any] = {"level": level, "comment": comment, "note": note}
        fields = {name: value for name, value in wanted.items() if value is not KEEP}
        if self.conflict is not None:  # more of what waits for the same choice
            fields = {**self.conflict.fields, **fields}
            self.conflict = Conflict(self.conflict.theirs, fields)
            return
        try:
            self._take(part, self.store.write(part, self.marker, seen.version, **fields))
        except ConflictError as conflict:
            if part not in self.shared and became_second(self.store, self.marker, part, conflict):
                self._take(part, self.store.see(self.marker, part))
                self.write(**fields)
                return
            self.conflict = Conflict(conflict.theirs, fields)
            self._take(part, self.store.see(self.marker, part))

    def begun_by(self) -> str:
        """Return who began to mark the oral at hand, which this marker neither shares nor marks second; or nothing."""
        part, seen = self._current()
        return "" if part in self.shared else begun_by(self.store, self.marker, seen)

    def choose(self, mine: bool) -> None:
        """Settle the conflict: write what was wanted over what stands, or leave it."""
        conflict, self.conflict = self.conflict, None
        if conflict is not None and mine:
            self.write(**conflict.fields)

    def undo(self) -> Part | None:
        """Take back the marker's last change and show its part; None when there is nothing to take back.

        Raises
        ------
        ConflictError
            When somebody changed the same reading since.
        """
        self._free()
        change = self.store.undo(self.marker)
        if change is None:
            return None
        if change.part in self.queue:
            self.show(change.part)
        return change.part

    def comments(self) -> list[BankComment]:
        """Return the bank's comments on the current criterion."""
        return [] if self.part is None else self._bank.comments(self.part.criterion)

    def insert(self, identifier: int) -> FilledComment:
        """Add a comment of the bank to the learner's, its fields filled with their figures; say which are unknown."""
        part, seen = self._current()
        course_fields = Fields(self.course, self.assignment, part.learner, part.notebook)
        filled = course_fields.fill(self._banked(identifier).text)
        before = shown_review(seen).comment
        self.write(comment=f"{before.rstrip()}\n{filled.text}" if before.strip() else filled.text)
        return filled

    def bank(self, text: str, identifier: int | None = None) -> BankComment:
        """Add a comment to the bank, or put another text in the place of one."""
        part, _ = self._current()
        if identifier is None:
            return self._bank.add(part.criterion, text, self.marker)
        return self._bank.edit(self._banked(identifier), text, self.marker)

    def unbank(self, identifier: int) -> None:
        """Take a comment out of the bank."""
        self._bank.delete(self._banked(identifier))

    def quality(self) -> QualityComment | None:
        """Return the comment on the current learner's qualities."""
        part, _ = self._current()
        return self.qualities.comment(self.assignment, part.learner)

    def set_quality(self, text: str, version: int) -> QualityComment:
        """Write the comment on the current learner's qualities; ``version`` is that of what was shown."""
        part, _ = self._current()
        return self.qualities.write(self.assignment, part.learner, text, self.marker, version)

    def show(self, part: Part) -> None:
        """Show a part of the queue."""
        self._free()
        self._take(part, self.store.see(self.marker, part))
        self._positions.keep(self.marker, self.mode, part)

    def _take(self, part: Part, seen: Seen) -> None:
        self.part, self.seen = part, seen
        self._done[part] = is_done(seen)

    def _current(self) -> tuple[Part, Seen]:
        if self.part is None or self.seen is None:
            raise CasekitError("Aucune copie n’est affichée : il n’y a rien à écrire.")
        return self.part, self.seen

    def _free(self) -> None:
        """Stay on a part whose conflict is not settled: what was wanted there is nowhere else."""
        if self.conflict is not None:
            raise CasekitError(CHOOSE_FIRST)

    def _banked(self, identifier: int) -> BankComment:
        found = next((one for one in self.comments() if one.id == identifier), None)
        if found is None:
            raise CasekitError(GONE)
        return found


def is_done(seen: Seen) -> bool:
    """Whether a part asks nothing more of the marker: it has its level, be it from the formgrader."""
    return seen.done or (seen.retained is not None and seen.retained.level is not None)


def shown_review(seen: Seen) -> State:
    """Return what the fields of the desk hold: the marker's own reading, or what the formgrader says since."""
    mine = State()
    if seen.mine is not None:
        level = seen.mine.level if seen.mine.counts else None
        mine = State(seen.mine.marker, level, seen.mine.comment, seen.mine.note)
    if seen.retained is not None and seen.retained.stage is Stage.FORMGRADER and seen.stage is Stage.FIRST:
        return State(seen.retained.markers[0], seen.retained.level, seen.retained.comment, mine.note)
    return mine
