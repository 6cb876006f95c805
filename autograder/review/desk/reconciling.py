"""Settling between two markers: the widest differences first, both readings side by side, one level to keep."""

from autograder.review.double import Pair
from autograder.review.model import ConflictError, Kind, Marker, Part
from autograder.review.order import alias
from autograder.review.retained import both_comments
from autograder.review.store import ReviewStore
from casestudies.errors import CasekitError

NOTHING_TO_SETTLE = "Aucune partie n’a encore deux relectures terminées : il n’y a rien à concilier."


class Reconciliation:
    """The parts that two markers have marked, one at a time; their order stays the same while one settles."""

    def __init__(self, store: ReviewStore, marker: Marker) -> None:
        """Begin with the widest difference that nobody has settled.

        Raises
        ------
        CasekitError
            When nothing was marked twice yet.
        """
        self._store, self._marker = store, marker
        self._order: list[Part] = []
        self._pairs: dict[Part, Pair] = {}
        self.refresh()
        if not self._order:
            raise CasekitError(NOTHING_TO_SETTLE)
        self.part = self._order[0]

    @property
    def pair(self) -> Pair:
        """Both readings of the current part."""
        return self._pairs[self.part]

    @property
    def place(self) -> tuple[int, int]:
        """The number of the current part, from 1, and how many there are."""
        return self._order.index(self.part) + 1, len(self._order)

    @property
    def waiting(self) -> int:
        """How many parts wait to be settled."""
        return sum(pair.waiting for pair in self._pairs.values())

    @property
    def name(self) -> str:
        """The name under which the current copy is shown."""
        return _hidden(self.part)

    @property
    def level(self) -> float | None:
        """The level that counts, None while nobody has settled."""
        retained = self.pair.seen.retained
        return None if retained is None else retained.level

    @property
    def comment(self) -> str:
        """The comment to start from: the one that counts, or both markers’."""
        retained, pair = self.pair.seen.retained, self.pair
        if retained is not None and retained.level is not None:
            return retained.comment
        return both_comments({pair.first.stage: pair.first, pair.second.stage: pair.second})

    def refresh(self) -> None:
        """Look again at what was marked twice; what is new comes last."""
        self._store.sync()
        found = self._store.pairs()
        self._pairs = {pair.part: pair for pair in found}
        ordered = sorted(found, key=lambda pair: (not pair.waiting, -abs(pair.gap), pair.part.id, _hidden(pair.part)))
        kept = [part for part in self._order if part in self._pairs]
        self._order = kept + [pair.part for pair in ordered if pair.part not in kept]

    def step(self, places: int) -> bool:
        """Show the part ``places`` further; say if there is one."""
        rank = self._order.index(self.part) + places
        if not 0 <= rank < len(self._order):
            return False
        self.part = self._order[rank]
        return True

    def next_waiting(self) -> bool:
        """Show the next part that nobody has settled, starting again at the end; say if there is one."""
        self.refresh()
        rank = self._order.index(self.part)
        for part in (*self._order[rank + 1 :], *self._order[: rank + 1]):
            if self._pairs[part].waiting:
                self.part = part
                return True
        return False

    def settle(self, level: int, comment: str) -> None:
        """Write the level and the comment that count from now on.

        Raises
        ------
        CasekitError
            When somebody wrote in between: what stands is shown then, and nothing was overwritten.
        """
        try:
            self._store.reconcile(self.part, self._marker, self.pair.seen.version, level, comment)
        except ConflictError:
            self.refresh()
            raise
        self.refresh()

    def undo(self) -> bool:
        """Take back the marker's last settling; say if there was one.

        Raises
        ------
        CasekitError
            When their last change is none: it is taken back where it was made.
        """
        mine = [line for line in self._store.history() if line.marker == self._marker.name]
        taken = {line.undoes for line in mine}
        last = next((line for line in reversed(mine) if line.kind is not Kind.UNDO and line.id not in taken), None)
        if last is None:
            return False
        if last.kind is not Kind.RECONCILIATION:
            raise CasekitError("Votre dernier changement est une relecture : annulez-le depuis la revue.")
        self._store.undo(self._marker)
        self.part = last.part
        self.refresh()
        return True


def _hidden(part: Part) -> str:
    return alias(part.learner, part.assignment, part.id)
