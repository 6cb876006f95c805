"""The project of early 2027: eight roles, twenty-two tasks, and the plan written too fast."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from casestudies.bocanterre.params import PROJECT_END, PROJECT_START
from casestudies.company import content
from casestudies.market import calendar, team_calendar
from casestudies.market.plan_faults import Slot, Task, end, order, reassigned, schedule, with_cycle
from casestudies.market.sampling import Ints
from casestudies.market.team_calendar import Member

_PLANNED = content("bocanterre")
LEAD, EDITOR, DESIGN, CODE, AGENCY, STORES, SERVICE, TRAINEE = _PLANNED.texts("roles")
MEMBERS = _PLANNED.records("members", Member)
ROLES = tuple(member.role for member in MEMBERS)
PLAN = _PLANNED.records("plan", Task)
"""Every task with the role that can do it in time, and who could stand in."""

BUSY = ({"T09": CODE}, {"T14": DESIGN})
"""First conflict, one of: a role asked for two tasks at once."""
AWAY = (("T12", EDITOR, SERVICE), ("T16", SERVICE, STORES), ("T18", AGENCY, LEAD))
"""Second conflict, one of: a task, the role on leave when it comes, the role that can do it."""
LOOPS = (("T17", "T19"), ("T16", "T18"), ("T08", "T16"))
"""Wrong link, one of: the first task would wait for the second."""
STRETCHED = {
    "T03": (0, 6, 8), "T05": (0, 1), "T08": (0, 1), "T09": (0, 0, 5), "T10": (0, 2), "T12": (0, 2), "T16": (0, 1),
    "T17": (0, 1),
}  # fmt: skip
"""Days that a task may take besides those of the plan: what is critical then differs from one variant to another."""
LISTENING = "T03"
"""Long only where T14, which follows it, is not the task of the first conflict: later, that conflict would vanish."""


@dataclass(frozen=True)
class Project:
    """The project of one variant: the plan as written, the plan that holds, and what lies between them."""

    days: pd.DataFrame
    team: tuple[Member, ...]
    sound: tuple[Task, ...]
    slots: dict[str, Slot]
    busy: dict[str, str]
    away: dict[str, str]
    loop: tuple[str, str]
    deadline: int

    @property
    def written(self) -> list[Task]:
        """The tasks as the plan has them, with its cycle and its two conflicts."""
        return with_cycle(reassigned(self.sound, self.busy | self.away), *self.loop)

    @property
    def present(self) -> dict[str, Ints]:
        """Ranks of the days of presence of each role."""
        return _presence(self.team, self.days)

    def finish(self, roles: dict[str, str]) -> int:
        """Return the rank of the last day once some tasks are given to ``roles`` (the cycle being cut)."""
        wished = {name: slot.first for name, slot in self.slots.items()}
        return end(schedule(reassigned(self.sound, roles), self.present, wished))

    def day(self, rank: int) -> pd.Timestamp:
        """Return the date of a rank."""
        return pd.Timestamp(self.days["date"].iloc[rank])


def _presence(team: tuple[Member, ...], days: pd.DataFrame) -> dict[str, Ints]:
    return {one.role: np.flatnonzero(team_calendar.hours(one.states(days)) > 0) for one in team}


def draw(slack: int, rng: np.random.Generator) -> Project:
    """Draw the project: lengths, leave, conflicts, wrong link; the deadline leaves ``slack`` working days."""
    days = calendar.days(PROJECT_START, PROJECT_END)
    shift = {name: int(rng.choice(more)) for name, more in STRETCHED.items()}
    busy = BUSY[rng.integers(len(BUSY))]
    if "T14" in busy:
        shift[LISTENING] = 0
    sound = tuple(replace(task, days=task.days + shift.get(task.id, 0)) for task in PLAN)
    task, role, able = AWAY[rng.integers(len(AWAY))]
    if next(one.role for one in sound if one.id == task) != able:
        sound = tuple(reassigned(sound, {task: able}))
    loop = LOOPS[rng.integers(len(LOOPS))]
    team = tuple(
        one.with_leave(start, start + 4)
        for one, start in zip(MEMBERS, (7 * rng.integers(16, 23, len(MEMBERS))).tolist(), strict=True)
    )
    slots = schedule(sound, _presence(team, days))
    slot = slots[task]
    first = slot.first - int(slot.first % 7)
    last = first + 7 * ((slot.last - first) // 7 + 1) + 4
    team = tuple(one.with_leave(first, last) if one.role == role else one for one in team)
    slots = schedule(sound, _presence(team, days))
    working = team_calendar.working_days(days)
    deadline = int(working[np.searchsorted(working, end(slots)) + slack])
    return Project(days, team, sound, slots, busy, {task: role}, loop, deadline)


def plan_table(project: Project) -> pd.DataFrame:
    """Return the plan as written: dates that look right, roles and links that are not."""
    tasks = project.written
    slots = project.slots
    return pd.DataFrame(
        {
            "tache_id": [task.id for task in tasks],
            "libelle": [task.label for task in tasks],
            "role": [task.role for task in tasks],
            "suppleant": [task.stand_in for task in tasks],
            "debut": pd.to_datetime([project.day(slots[task.id].first) for task in tasks]),
            "fin": pd.to_datetime([project.day(slots[task.id].last) for task in tasks]),
            "duree_j": [task.days for task in tasks],
            "charge_h": [task.days * team_calendar.HOURS for task in tasks],
            "predecesseurs": [", ".join(task.after) for task in tasks],
            "livrable": [task.deliverable for task in tasks],
        }
    )


def team_table(project: Project) -> pd.DataFrame:
    """Return who is there, by day and role."""
    states = np.stack([member.states(project.days) for member in project.team], axis=1)
    return pd.DataFrame(
        {
            "date": np.repeat(project.days["date"].to_numpy(), len(project.team)),
            "role": np.tile(np.array(ROLES, dtype=object), len(project.days)),
            "statut": np.array(team_calendar.STATES, dtype=object)[states.ravel()],
            "heures_dispo": team_calendar.hours(states).ravel(),
        }
    )


def critical_path(project: Project) -> tuple[str, ...]:
    """Return the tasks that decide the end of the sound plan, first to last (by dates and links)."""
    tasks = {task.id: task for task in order(project.sound)}
    path = [max(project.slots, key=lambda name: project.slots[name].last)]
    while tasks[path[-1]].after:
        path.append(max(tasks[path[-1]].after, key=lambda name: project.slots[name].last))
    return tuple(reversed(path))
