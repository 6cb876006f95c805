"""What notebook 04 computes about Bocanterre's season and project; use each function through ``case.fact``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd

from autograder.keys.cases import Case
from casestudies.bocanterre import history
from casestudies.planification import boucle, essayer, jours_ouvres, predecesseurs, presence

MONTH, SATURDAY = 10, 5
"""October, whose total looks good because its shops open often; the rank of Saturday."""
NOTICE_DAYS = 30
"""Days before an announcement that the law looks at for the former price."""
TASKS = tuple(f"T{number:02d}" for number in range(1, 23))
ROLES = (
    "Pilotage du projet", "Contenus", "Design d’interface", "Développement", "Prestataire web",
    "Animation des magasins", "Service client", "Alternance communication",
)  # fmt: skip


@dataclass(frozen=True)
class Season:
    """Daily sales of the whole chain over two whole years, closed days at zero."""

    daily: pd.Series

    @property
    def opened(self) -> pd.Series:
        """The days when the shops open."""
        found: pd.Series = self.daily[self.daily > 0]
        return found

    def index(self, kept: pd.Series) -> float:
        """Return the mean of some opening days over that of all opening days."""
        return float(kept.mean() / self.opened.mean())

    def month(self, number: int) -> float:
        """Return the index of a month."""
        return self.index(self.opened[pd.DatetimeIndex(self.opened.index).month == number])

    def weekday(self, rank: int) -> float:
        """Return the index of a day of the week, Monday being 0."""
        return self.index(self.opened[pd.DatetimeIndex(self.opened.index).day_of_week == rank])


def season(case: Case) -> Season:
    """Return the sales of each day, all shops together."""
    return Season(case.table("ventes_magasin_jour").groupby("date")["ca_ttc"].sum())


def month_indices(case: Case) -> Mapping[int, float]:
    """Return the index of each month."""
    found = case.fact(season)
    return {number: found.month(number) for number in range(1, 13)}


def prices(case: Case) -> pd.DataFrame:
    """Return the price of the jar day by day, up to the eve of the announcement."""
    steps = history.historique_prix(case.table("catalogue"))
    days = [
        (day, float(price))
        for first, last, price in zip(steps["du"], steps["au"], steps["prix_ttc"], strict=True)
        for day in pd.date_range(first, last)
    ]
    return pd.DataFrame(days, columns=["jour", "prix_ttc"])


def last_prices(case: Case) -> pd.Series:
    """Return the prices of the thirty days before the announcement."""
    table = case.fact(prices)
    found: pd.Series = table.loc[table["jour"] >= pd.Timestamp(history.ANNOUNCED - timedelta(NOTICE_DAYS)), "prix_ttc"]
    return found


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
        tuple(boucle(case.table("planning_brut"))), link, (busy_role, busy),
        (away, str(table["role"][away])), stand_ins,
    )  # fmt: skip


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
