"""Notebook 05: a plan that holds (B1-C08), laid out to the documentary standard (B1-C07)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.choices import SameLabels
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated
from casestudies.bocanterre.company import Bocanterre
from casestudies.planification import boucle, essayer, jours_ouvres, predecesseurs, presence

KEYS = Keys("e1-strategie/05-planning", company="bocanterre")
TASKS = tuple(f"T{number:02d}" for number in range(1, 23))
ROLES = (
    "Pilotage du projet",
    "Contenus",
    "Design d’interface",
    "Développement",
    "Prestataire web",
    "Animation des magasins",
    "Service client",
    "Alternance communication",
)


def public_holidays(case: Case) -> list[pd.Timestamp]:
    """Return the public holidays of the calendar."""
    table = case.table("calendrier")
    return [pd.Timestamp(day) for day in table.loc[table["type"] == "férié", "debut"]]


@dataclass(frozen=True)
class Plan:
    """The plan as written, and what a careful reader finds wrong in it.

    Attributes
    ----------
    loop : tasks that wait for each other.
    link : (task, predecessor) to cut: the one whose dates contradict it.
    busy : (role, tasks): a role with two tasks on the same days.
    away : (task, role): a task whose role is on leave.
    stand_ins : for each task of a conflict, who can do it instead.

    """

    loop: tuple[str, ...]
    link: tuple[str, str]
    busy: tuple[str, tuple[str, ...]]
    away: tuple[str, str]
    stand_ins: Mapping[str, str]


def plan(case: Case) -> Plan:
    """Return what is wrong in the plan, read in its table and that of the team."""
    table = case.table("planning_brut").set_index("tache_id")
    days, present = presence(case.table("equipe_dispo"))
    tasks = [str(task) for task in table.index]
    rank = {
        name: dict(zip(tasks, days.get_indexer(pd.DatetimeIndex(table[name])).tolist(), strict=True))
        for name in ("debut", "fin")
    }
    link = next(
        (task, before)
        for task, cell in zip(tasks, table["predecesseurs"], strict=True)
        for before in predecesseurs(cell)
        if rank["fin"][before] >= rank["debut"][task]
    )
    there = {
        task: int(sum(rank["debut"][task] <= day <= rank["fin"][task] for day in present[role]))
        for task, role in zip(tasks, table["role"], strict=True)
    }
    away = next(task for task in tasks if there[task] < table["duree_j"][task])
    busy_role, busy = next(
        (str(role), together)
        for role, group in table.groupby("role")
        if (together := _together([str(task) for task in group.index], rank, away))
    )
    stand_ins = {task: str(table["suppleant"][task]) for task in (*busy, away) if table["suppleant"][task]}
    return Plan(
        tuple(boucle(case.table("planning_brut"))),
        link,
        (busy_role, busy),
        (away, str(table["role"][away])),
        stand_ins,
    )


def _together(tasks: list[str], rank: Mapping[str, Mapping[str, int]], away: str) -> tuple[str, ...]:
    """Return the tasks of one role whose dates overlap; the task of the absence is another matter."""
    kept = [task for task in tasks if task != away]
    return tuple(
        one
        for one in kept
        if any(
            rank["debut"][one] <= rank["fin"][other] and rank["debut"][other] <= rank["fin"][one]
            for other in kept
            if other != one
        )
    )


def mended(case: Case) -> pd.DataFrame:
    """Return the plan once the link is cut and both conflicts are handed over, with the dates it then has."""
    return _tried(case, case.fact(handed_over))


def handed_over(case: Case) -> Mapping[str, str]:
    """Return who takes over which task: of the two that clash, the one whose stand-in keeps the deadline."""
    found = case.fact(plan)
    away = {found.away[0]: found.stand_ins[found.away[0]]}
    choices = [away | {task: found.stand_ins[task]} for task in found.busy[1] if task in found.stand_ins]
    return min(choices, key=lambda roles: _tried(case, roles)["fin"].max())


def late_end(case: Case) -> pd.Timestamp:
    """Return the end of the plan when the double booking is mended and the absence is left."""
    away = case.fact(plan).away[0]
    roles = {task: role for task, role in case.fact(handed_over).items() if task != away}
    return pd.Timestamp(_tried(case, roles)["fin"].max())


def other_late_end(case: Case) -> pd.Timestamp:
    """Return the end of the plan when the absence is mended and the double booking is left."""
    away = case.fact(plan).away[0]
    return pd.Timestamp(_tried(case, {away: case.fact(handed_over)[away]})["fin"].max())


def _tried(case: Case, roles: Mapping[str, str]) -> pd.DataFrame:
    task, before = case.fact(plan).link
    tried = essayer(case.table("planning_brut"), case.table("equipe_dispo"), {task: before}, roles)
    assert tried.planning is not None
    return tried.planning


def deadline(case: Case) -> pd.Timestamp:
    """Return the day by which everything must be done."""
    return pd.Timestamp(case.period("projet").fin)


def working_days_late(case: Case, end: pd.Timestamp, start: pd.Timestamp, holidays: bool = True) -> int:
    """Return the working days after ``start``, up to ``end``."""
    return jours_ouvres(start + timedelta(1), end, case.fact(public_holidays) if holidays else ())


def critical(case: Case) -> tuple[str, ...]:
    """Return the tasks that decide the end: from the last one, each time the predecessors that end last."""
    return traced(case.fact(mended), lambda row: row["fin"])


def traced(table: pd.DataFrame, key: Callable[[pd.Series], Any]) -> tuple[str, ...]:
    """Return the tasks met from the last one backwards, each time through the predecessors of the largest ``key``."""
    rows = {str(row["tache_id"]): row for _, row in table.iterrows()}
    last = max(rows, key=lambda name: rows[name]["fin"])
    found, waiting = {last}, [last]
    while waiting:
        before = predecesseurs(rows[waiting.pop()]["predecesseurs"])
        if not before:
            continue
        top = max(key(rows[name]) for name in before)
        kept = [name for name in before if key(rows[name]) == top and name not in found]
        found.update(kept)
        waiting += kept
    return tuple(name for name in rows if name in found)


def breaches(case: Case) -> frozenset[str]:
    """Return the marks of the elements of the plan to lay out again that break the charter."""
    assert isinstance(case.company, Bocanterre)
    marks = case.table("planning_a_reprendre")["repere"]
    return frozenset(str(marks.iloc[place]) for place in case.company.broken_elements)


# Four working days from Thursday 25 March 2027, Easter Monday between: C, Wednesday 31.
KEYS.fixed_choice("s4-entree-jours", "C", {"M107": ("A", "B"), "M272": "D"})
# 3 days, then 5 and 2 side by side, then 2: B is 10.
KEYS.fixed_choice("s4-entree-parallele", "B", {"M108": "A", "M273": "C", "M274": "D"})


@KEYS.label("s4-lien", TASKS)
def wrong_link(case: Case) -> Stated:
    """Task of the loop that would wait for one that comes after it."""
    found = case.fact(plan)
    return found.link[0], {"M280": tuple(task for task in found.loop if task != found.link[0])}


@KEYS.label("s4-double", ROLES)
def busy_role(case: Case) -> Stated:
    """Role that has two tasks on the same days."""
    found = case.fact(plan)
    return found.busy[0], {"M281": found.away[1]} if found.away[1] != found.busy[0] else {}


@KEYS.label("s4-absence", TASKS)
def absent_task(case: Case) -> Stated:
    """Task whose role is on leave on its dates."""
    found = case.fact(plan)
    return found.away[0], {"M282": found.busy[1]}


@KEYS.number("s4-retard", "jours ouvrés")
def delay(case: Case) -> Stated:
    """Working days past the deadline when only the double booking is mended."""
    end, limit = case.fact(late_end), deadline(case)
    right = working_days_late(case, end, limit)
    shown = case.table("planning_brut")["fin"].max()
    mistakes = {
        "M107": ((end - limit).days, working_days_late(case, end, limit, holidays=False)),
        "M283": (right + 1,),
        "M284": (working_days_late(case, end, shown),),
        "M285": (working_days_late(case, case.fact(other_late_end), limit),),
    }
    kept = {name: tuple(float(value) for value in values if value != right) for name, values in mistakes.items()}
    return float(right), kept


@KEYS.ask("s4-critiques", SameLabels(TASKS, "tâche"), coarse=True)
def critical_path(case: Case) -> Stated:
    """From the last task, each time the predecessors that end last."""
    table, right = case.fact(mended), case.fact(critical)
    longest = traced(table, lambda row: row["duree_j"])
    mistakes = {"M286": [list(TASKS)], "M287": [list(longest)]}
    return list(right), {
        name: tuple(one for one in lists if set(one) != set(right)) for name, lists in mistakes.items()
    }
