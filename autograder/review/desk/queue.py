"""In which order parts are read: one criterion across learners, then the next; or one learner's copy, then the next."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autograder.keys.questions import Review
from autograder.review.model import Part
from autograder.review.order import alias, shuffled


class Mode(StrEnum):
    """How parts are grouped."""

    CRITERION = "critere"
    LEARNER = "apprenant"


@dataclass(frozen=True)
class Group:
    """Parts that are read one after the other; neither ``id`` nor ``label`` says who the learner is."""

    id: str
    label: str
    parts: tuple[Part, ...]


class Queue:
    """The parts of an assignment, in the order of a mode: the same every time, for everyone."""

    def __init__(self, mode: Mode, declared: Sequence[Review], parts: Iterable[Part], day: Sequence[str] = ()) -> None:
        """Put ``parts`` in order; ``declared`` gives the order and the titles of what is reviewed.

        ``day`` is the order in which candidates come to an oral, which is not anonymous: whole copies, which are, are
        read without it.
        """
        self.mode = mode
        if mode is Mode.CRITERION:
            groups = _by_criterion(declared, list(parts), day)
        else:
            groups = _by_learner(declared, [part for part in parts if part.notebook])
        self.groups = [one for one in groups if one.parts]
        self.parts = [part for one in self.groups for part in one.parts]
        self._rank = {part: rank for rank, part in enumerate(self.parts)}
        self._group = {part: one for one in self.groups for part in one.parts}

    def __contains__(self, part: object) -> bool:
        """Whether the part is to be read."""
        return part in self._rank

    def group_of(self, part: Part) -> Group:
        """Return the group in which a part is read."""
        return self._group[part]

    def group(self, identifier: str) -> Group | None:
        """Return the group with this identifier."""
        return next((one for one in self.groups if one.id == identifier), None)

    def place(self, part: Part) -> tuple[int, int]:
        """Return the number of a part in its group, from 1, and how many there are."""
        mine = self._group[part].parts
        return mine.index(part) + 1, len(mine)

    def name(self, part: Part) -> str:
        """Return the name under which a copy is shown: one for each part, or one for the whole copy."""
        return alias(part.learner, part.assignment, part.id if self.mode is Mode.CRITERION else "")

    def neighbour(self, part: Part, step: int) -> Part | None:
        """Return the part ``step`` places further, None beyond either end."""
        rank = self._rank[part] + step
        return self.parts[rank] if 0 <= rank < len(self.parts) else None

    def following(self, part: Part, wanted: Callable[[Part], bool], count: int = 1) -> list[Part]:
        """Return the next ``count`` wanted parts after one, starting again from the first at the end."""
        start = self._rank[part] + 1
        found: list[Part] = []
        for other in (*self.parts[start:], *self.parts[: start - 1]):
            if len(found) == count:
                break
            if wanted(other):
                found.append(other)
        return found


def _by_criterion(declared: Sequence[Review], parts: list[Part], day: Sequence[str]) -> list[Group]:
    by_id: defaultdict[str, dict[str, Part]] = defaultdict(dict)
    for part in parts:
        by_id[part.id][part.learner] = part
    return [Group(one.id, f"{one.criterion} – {one.title}", _in_order(by_id[one.id], one.id, day)) for one in declared]


def _in_order(mine: dict[str, Part], identifier: str, day: Sequence[str]) -> tuple[Part, ...]:
    some = next(iter(mine.values()), None)
    if some is None:
        return ()
    if not some.notebook:
        return tuple(mine[learner] for learner in dict.fromkeys([*day, *sorted(mine)]) if learner in mine)
    return tuple(mine[learner] for learner in shuffled(mine, some.assignment, identifier))


def _by_learner(declared: Sequence[Review], parts: list[Part]) -> list[Group]:
    if not parts:
        return []
    rank = {one.id: number for number, one in enumerate(declared)}
    assignment = parts[0].assignment
    by_learner: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_learner[part.learner].append(part)
    groups = []
    for learner in shuffled(by_learner, assignment):
        name = alias(learner, assignment)
        groups.append(Group(name, name, tuple(sorted(by_learner[learner], key=lambda part: rank[part.id]))))
    return groups
