"""Two people's versions of a table brought together, row by row; what both changed is a conflict, never a loss.

Rows are matched by their first columns (as many as it takes to tell them apart), then by what they have in common, so
that a row renamed on one side stays one row. Without a version that both started from, whatever differs is a conflict;
a blank never is: the other side fills it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from casestudies.french import simplified
from casestudies.livrables.model import Cell, Deliverable, Row

Side = Literal["moi", "reçu"]
SIDES: tuple[Side, ...] = ("moi", "reçu")
Kind = Literal["case", "supprimée ici", "supprimée là-bas"]
_ALIKE = 0.5
"""The part of its cells that a row keeps when only its first columns were changed."""
_MOST_PAIRS = 100_000
"""More rows without their like are not compared two by two: they are other rows."""


@dataclass(frozen=True)
class Clash:
    """What the learner has to settle: a cell that both changed, or a row that one side deleted.

    A conflict of rows has no ``column``: ``mine`` or ``theirs`` is then the row that still is there.
    """

    number: int
    kind: Kind
    label: str
    column: str = ""
    mine: Cell = None
    theirs: Cell = None
    row: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True)
class TakenChange:
    """What comes from the other side: a cell (with what it was here), or a whole row when it has no ``column``."""

    label: str
    column: str = ""
    before: Cell = None
    after: Cell = None


@dataclass(frozen=True)
class Merged:
    """The rows that result, what came from the other side, what is to be settled."""

    rows: tuple[Row, ...]
    changes: tuple[TakenChange, ...]
    conflicts: tuple[Clash, ...]


@dataclass(frozen=True)
class _Triple:
    """One row in the three versions, None where it is not."""

    base: Row | None
    mine: Row | None
    theirs: Row | None


def merge(
    deliverable: Deliverable, base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row],
    choices: Mapping[int, Side] | None = None,
) -> Merged:  # fmt: skip
    """Return ``mine`` with what ``theirs`` changed since ``base``, empty when no version is known to both.

    A conflict that ``choices`` do not settle leaves what is here as it is.
    """
    return _Merge(deliverable, base, mine, theirs, choices or {}).made()


class _Merge:
    def __init__(
        self, deliverable: Deliverable, base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row],
        choices: Mapping[int, Side],
    ) -> None:  # fmt: skip
        self._names = list(dict.fromkeys([*deliverable.names, *(name for row in (*mine, *theirs) for name in row)]))
        self._width = _telling(self._names, base, mine, theirs)
        self._versions = (base, mine, theirs)
        self._choices = choices
        self._changes: list[TakenChange] = []
        self._conflicts: list[Clash] = []

    def made(self) -> Merged:
        triples = self._triples()
        # the row that results, the one of theirs that it comes from
        placed = [(self._here(one), one.theirs) for one in triples if one.mine is not None]
        before: Row | None = None
        there = {id(one.theirs): one for one in triples if one.theirs is not None}
        for row in self._versions[2]:
            one = there[id(row)]
            if one.mine is None and (new := self._new(one)) is not None:
                places = [place for place, (_, source) in enumerate(placed) if source is before and before is not None]
                placed.insert(places[0] + 1 if places else len(placed), (new, row))
            before = row
        rows = tuple({name: row.get(name) for name in self._names} for row, _ in placed if row is not None)
        return Merged(rows, tuple(self._changes), tuple(self._conflicts))

    def _triples(self) -> list[_Triple]:
        base, mine, theirs = self._versions
        to_mine, to_theirs = self._matched(base, mine), self._matched(base, theirs)
        rest_mine = [row for row in mine if id(row) not in {id(one) for one in to_mine.values()}]
        rest_theirs = [row for row in theirs if id(row) not in {id(one) for one in to_theirs.values()}]
        both = self._matched(rest_mine, rest_theirs, alike=False)
        taken = {id(row) for row in both.values()}
        found = {id(row): _Triple(row, to_mine.get(id(row)), to_theirs.get(id(row))) for row in base}
        by_mine = {id(one.mine): one for one in found.values() if one.mine is not None}
        return [
            *(by_mine.get(id(row)) or _Triple(None, row, both.get(id(row))) for row in mine),
            *(one for one in found.values() if one.mine is None),
            *(_Triple(None, None, row) for row in rest_theirs if id(row) not in taken),
        ]

    def _matched(self, some: Sequence[Row], others: Sequence[Row], alike: bool = True) -> dict[int, Row]:
        """Return, by the identity of a row, the one of ``others`` that is the same row.

        With ``alike``, a row whose first columns changed is found again by what it kept.
        """
        found: dict[int, Row] = {}
        free: dict[tuple[str, ...], list[Row]] = {}
        for one in others:
            free.setdefault(self._key(one), []).append(one)
        for row in some:
            if any(self._key(row)) and free.get(self._key(row)):
                found[id(row)] = free[self._key(row)].pop(0)
        lost = [row for row in some if id(row) not in found]
        left = [one for one in others if any(one is row for row in free[self._key(one)])]
        if not alike or len(lost) * len(left) > _MOST_PAIRS:
            return found
        scored = sorted(
            (-score, place, rank)
            for place, row in enumerate(lost)
            for rank, one in enumerate(left)
            if (score := self._alike(row, one)) >= _ALIKE
        )
        used: set[int] = set()
        for _, place, rank in scored:
            if id(lost[place]) not in found and rank not in used:
                found[id(lost[place])] = left[rank]
                used.add(rank)
        return found

    def _key(self, row: Row) -> tuple[str, ...]:
        return _key(row, self._names, self._width)

    def _alike(self, row: Row, other: Row) -> float:
        """Return the part of the filled cells that two rows share."""
        filled = [name for name in self._names if row.get(name) is not None or other.get(name) is not None]
        return sum(same(row.get(name), other.get(name)) for name in filled) / len(filled) if filled else 0.0

    def _label(self, row: Row) -> str:
        return " · ".join(str(row[name]) for name in self._names[: max(self._width, 1)] if row.get(name) is not None)

    def _here(self, one: _Triple) -> Row | None:
        """Return what becomes of a row that is here."""
        assert one.mine is not None
        if one.theirs is None:
            if one.base is None:
                return one.mine
            chosen = self._asked("supprimée là-bas", one.mine)
            return None if chosen == "reçu" else one.mine
        return {name: self._cell(one, name) for name in self._names}

    def _new(self, one: _Triple) -> Row | None:
        """Return what becomes of a row that is only there."""
        assert one.theirs is not None
        if one.base is None:
            self._changes.append(TakenChange(self._label(one.theirs)))
            return one.theirs
        if all(same(one.base.get(name), one.theirs.get(name)) for name in self._names):
            return None  # deleted here, left as it was there
        return one.theirs if self._asked("supprimée ici", one.theirs) == "reçu" else None

    def _asked(self, kind: Kind, row: Row) -> Side | None:
        number = len(self._conflicts) + 1
        self._conflicts.append(Clash(number, kind, self._label(row), row=tuple(row.items())))
        return self._choices.get(number)

    def _cell(self, one: _Triple, name: str) -> Cell:
        assert one.mine is not None
        assert one.theirs is not None
        mine, theirs = one.mine.get(name), one.theirs.get(name)
        base = one.base.get(name) if one.base else None
        if same(mine, theirs) or same(theirs, base):
            return mine
        label = self._label(one.mine)
        if same(mine, base):
            self._changes.append(TakenChange(label, name, mine, theirs))
            return theirs
        number = len(self._conflicts) + 1
        self._conflicts.append(Clash(number, "case", label, name, mine, theirs))
        return theirs if self._choices.get(number) == "reçu" else mine


def same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same; numbers may differ by what a file loses of them.

    >>> same(0.1 + 0.2, 0.3), same("oui", "non"), same(None, None)
    (True, False, True)
    """
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9)
    return one == other


def _telling(names: Sequence[str], *versions: Sequence[Row]) -> int:
    """Return how many of the first columns tell the rows of every version apart; all of them when none do."""
    for width in range(1, len(names)):
        if all(_tells(version, names, width) for version in versions):
            return width
    return len(names)


def _tells(version: Sequence[Row], names: Sequence[str], width: int) -> bool:
    keys = [_key(row, names, width) for row in version]
    return len(set(keys)) == len(keys) and all(any(key) for key in keys)


def _key(row: Row, names: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(simplified("" if row.get(name) is None else row[name]) for name in names[:width])
