"""A plan that looks right and cannot be kept: a cycle, a person asked for twice, a person away.

Ranges assumed: ``days`` 1–16 working days of one task; ``cycles`` 0–1 cycles; ``conflicts`` 0–3 tasks whose person is
busy or away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

import numpy as np

from casestudies.market.sampling import Ints


@dataclass(frozen=True)
class Task:
    """One task: who does it, for how many days of presence, after which tasks, who can stand in for its role."""

    id: str
    label: str
    role: str
    days: int
    after: tuple[str, ...]
    deliverable: str = ""
    stand_in: str = ""


@dataclass(frozen=True)
class Slot:
    """When a task is done: ranks of its first and last days, both included."""

    first: int
    last: int


def cycle(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Return the tasks that wait for each other, in the order of the plan; nothing when there are none.

    >>> cycle([Task("a", "", "", 1, ("b",)), Task("b", "", "", 1, ("a",)), Task("c", "", "", 1, ("b",))])
    ('a', 'b')
    """
    left = {task.id: set(task.after) for task in tasks}
    for forward in (True, False):
        while True:
            needed = {name for after in left.values() for name in after}
            idle = [name for name, after in left.items() if (not after if forward else name not in needed)]
            if not idle:
                break
            left = {name: after - set(idle) for name, after in left.items() if name not in idle}
    return tuple(left)


def order(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks so that each comes after those it waits for; ties keep the order given.

    Raises
    ------
    graphlib.CycleError
        When some tasks wait for each other, or for a task that is not there.
    """
    rank = {task.id: place for place, task in enumerate(tasks)}
    if unknown := {name for task in tasks for name in task.after} - set(rank):
        raise CycleError(", ".join(sorted(unknown)))
    sorter = TopologicalSorter({task.id: task.after for task in tasks})
    sorter.prepare()
    ready: list[str] = []
    found: list[Task] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=rank.__getitem__)
        found.append(tasks[rank[ready[0]]])
        sorter.done(ready.pop(0))
    return found


def schedule(
    tasks: Sequence[Task], present: Mapping[str, Ints], wished: Mapping[str, int] | None = None
) -> dict[str, Slot]:
    """Return when each task is done at the earliest, one task at a time for each role.

    ``present`` gives the ranks of the days of presence of each role; a task may be interrupted by an absence. The
    tasks of one role are done in the order of their ``wished`` first days, else in the order of the plan.
    """
    wishes = wished or {}
    slots: dict[str, Slot] = {}
    free = dict(present)
    left = order(tasks)
    while left:
        ready = [task for task in left if all(name in slots for name in task.after)]
        task = min(ready, key=lambda task: wishes.get(task.id, 0))
        left.remove(task)
        earliest = max((slots[name].last + 1 for name in task.after), default=0)
        ranks = free[task.role]
        taken = ranks[ranks >= earliest][: task.days]
        if len(taken) < task.days:
            raise ValueError(task.id)
        slots[task.id] = Slot(int(taken[0]), int(taken[-1]))
        free[task.role] = ranks[~np.isin(ranks, taken)]
    return slots


def end(slots: Mapping[str, Slot]) -> int:
    """Return the rank of the last day of the plan."""
    return max(slot.last for slot in slots.values())


def reassigned(tasks: Sequence[Task], roles: Mapping[str, str]) -> list[Task]:
    """Return the tasks with some of them given to another role, who has the first one stand in for it."""
    return [replace(task, role=roles[task.id], stand_in=task.role) if task.id in roles else task for task in tasks]


def with_cycle(tasks: Sequence[Task], task: str, after: str) -> list[Task]:
    """Return the tasks with one wrong link: ``task`` would wait for ``after``."""
    return [replace(one, after=(*one.after, after)) if one.id == task else one for one in tasks]
