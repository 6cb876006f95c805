"""Notebook 01: who has the time and the skill (B3-C01), what each is asked for (B3-C02)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from autograder.keys import metrics, project, team
from autograder.keys.cases import Case, hypotheses
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart
from autograder.keys.model import Stated
from casestudies.equipe import chemin_critique
from casestudies.septembrune.roster import roster, work

KEYS = Keys("e4-equipe/01-organiser", company="septembrune")
WEEK = 5
"""Days of a whole week."""
ALONE = 3
"""Level from which a person works without help."""
AWAY, BACK = "M19", "2026-10-26"
"""Who comes later than planned in the last question, and when."""


def tasks(case: Case) -> pd.DataFrame:
    """Return the tasks, by id, with their expected duration (``days``) and load in person-days (``load``)."""
    table = case.table("taches").set_index("tache_id")
    points = table[["duree_optimiste_j", "duree_probable_j", "duree_pessimiste_j"]]
    table["days"] = [metrics.three_point(*row) for row in points.itertuples(index=False)]
    table["load"] = [
        team.person_days(days, share) for days, share in zip(table["days"], table["affectation_pct"], strict=True)
    ]
    return table


def levels(case: Case) -> pd.DataFrame:
    """Return levels by person (rows) and skill (columns)."""
    return case.table("competences").set_index("membre")


@dataclass(frozen=True)
class Loads:
    """By person who has a task: person-days and whole days asked, days of the project, working days; weeks in all."""

    asked: pd.Series
    whole: pd.Series
    free: pd.Series
    working: pd.Series
    weeks: int

    @property
    def rate(self) -> pd.Series:
        """The load of each person: days asked by day of the project."""
        found: pd.Series = (self.asked / self.free).dropna()
        return found

    @property
    def busy(self) -> str:
        """The person who has the most to do."""
        return str(self.rate.idxmax())


def loads(case: Case) -> Loads:
    """Return what is asked of each person, and what each has."""
    by_owner, days = case.fact(tasks).groupby("responsable"), case.table("disponibilites")
    held = days.groupby("membre")[["jours_projet", "jours_ouvres"]].sum()
    return Loads(
        by_owner["load"].sum(), by_owner["days"].sum(), held["jours_projet"], held["jours_ouvres"],
        int(days["semaine"].nunique()),
    )  # fmt: skip


def held_levels(case: Case) -> pd.Series:
    """Return the level of the owner of each task, by task."""
    known, level = case.fact(tasks), case.fact(levels)
    pairs = zip(known["responsable"], known["competence"], strict=True)
    return pd.Series([level.loc[owner, skill] for owner, skill in pairs], index=known.index)


# 8 days at one half: B is 4; one A, and an R who has the skill: B.
KEYS.fixed_choice("o1-entree-charge", "B", {"M860": "A", "M951": "C"})
KEYS.fixed_choice("o1-entree-raci", "B", {"M873": "A", "M874": "C", "M875": "D"})


@KEYS.number("o1-charge-projet", "jours-homme")
def project_load(case: Case) -> Stated:
    """Person-days of all the tasks."""
    known = case.fact(tasks)
    share = known["affectation_pct"] / 100
    points = known[["duree_optimiste_j", "duree_probable_j", "duree_pessimiste_j"]]
    right = float(known["load"].sum())
    return right, apart(
        right,
        {
            "M860": float(known["days"].sum()),
            "M341": float((points.mean(axis=1) * share).sum()),
            "M342": tuple(float((points[name] * share).sum()) for name in points),
        },
    )


@KEYS.number("o1-surcharge", "jours demandés par jour disponible")
def overload(case: Case) -> Stated:
    """Days asked of the busiest person by day that this person has for the project."""
    known = case.fact(loads)
    right = float(known.rate.max())
    return right, apart(
        right,
        {
            "M860": (float((known.whole / known.free).max()), float(known.whole[known.busy] / known.free[known.busy])),
            "M861": (
                float((known.asked / known.working).max()),
                float(known.asked[known.busy] / known.working[known.busy]),
            ),
            "M862": (
                float(known.rate.mean()),
                float(known.rate.reindex(known.free.index, fill_value=0.0).mean()),
                float(known.asked.sum() / known.free.reindex(known.asked.index).sum()),
                float(known.asked.sum() / known.free.sum()),
            ),
            "M950": 1 / right,
        },
    )


@KEYS.number("o1-chance", "proportion")
def on_time(case: Case) -> Stated:
    """Probability that the critical path lasts no longer than the project, by the normal law.

    It is a ceiling: another chain may be late as well (MacCrimmon and Ryavec, « An Analytical Study of the PERT
    Assumptions », Operations Research, 12(1), 1964), and people are supposed to be free.
    """
    known = case.fact(tasks)
    ends = zip(known["duree_optimiste_j"], known["duree_pessimiste_j"], strict=True)
    spread = pd.Series([project.deviation(low, high) for low, high in ends], index=known.index)
    path = chemin_critique(known.reset_index().rename(columns={"days": "attendue"}))
    limit, length = hypotheses(case)["jours_ouvres_projet"], float(known["days"][path].sum())
    right = project.chance(limit, length, project.chain_deviation(spread[path]))
    return right, apart(
        right,
        {
            "M845": project.chance(limit, length, float(spread[path].sum())),
            "M846": project.chance(limit, length, project.chain_deviation(spread)),
            "M953": 1 - right,
        },
    )


@KEYS.number("o1-semaines", "semaines", needs=(overload,))
def weeks_late(case: Case) -> Stated:
    """Weeks that the busiest person would need after the deadline, at the same pace."""
    known, rate = case.fact(loads), case.value(overload)
    missing = float(known.asked[known.busy] - known.free[known.busy])
    right = team.weeks_late(rate, known.weeks)
    return right, apart(
        right,
        {"M863": missing / WEEK, "M864": missing, "M127": -right},
    )


def too_high_task(case: Case) -> str:
    """Return the task that asks more than its owner knows."""
    known, held = case.fact(tasks), case.fact(held_levels)
    return str(known.index[held < known["niveau_requis"]][0])


@KEYS.label("o1-niveau", work().codes)
def too_high(case: Case) -> Stated:
    """Return the task that asks more than its owner knows."""
    known, found = case.fact(tasks), case.fact(too_high_task)
    mine = known.index[known["responsable"] == known.loc[found, "responsable"]]
    return found, {"M865": tuple(str(one) for one in mine if one != found)}


@KEYS.label("o1-rare", roster().skills)
def rare(case: Case) -> Stated:
    """Return the skill in which one person only works alone."""
    level, known = case.fact(levels), case.fact(tasks)
    found = str((level >= ALONE).sum().idxmin())
    owners = known.groupby("competence")["responsable"].nunique()
    known_a_little = (level >= 1).sum()
    fewest = {str(one) for one in known_a_little.index[known_a_little == known_a_little.min()]} - {found}
    single = {str(one) for one in owners.index[owners == 1]} - {found} - fewest
    return found, {
        name: tuple(sorted(ids)) for name, ids in {"M866": single, "M867": fewest}.items() if ids
    }  # fmt: skip


@dataclass(frozen=True)
class GivenTask:
    """One task given to somebody else: the loads of both people, and whether the new one has the level."""

    task: str
    to: str
    able: bool
    giver: float
    taker: float

    @property
    def peak(self) -> float:
        """The higher of the two loads."""
        return max(self.giver, self.taker)


def moves(case: Case) -> list[GivenTask]:
    """Return what giving each task of the busiest person to each other one would do."""
    return _moves(case, case.fact(loads).asked, "load")


def _moves(case: Case, asked: pd.Series, work: str) -> list[GivenTask]:
    """Return the moves when people are asked ``asked`` days, and tasks take those of the column ``work``."""
    known, level, free = case.fact(tasks), case.fact(levels), case.fact(loads).free
    busy, asked = str((asked / free).idxmax()), asked.reindex(level.index).fillna(0.0)
    mine = known[known["responsable"] == busy]
    return [
        GivenTask(
            str(name), str(other), bool(level.loc[other, skill] >= wanted),
            float((asked[busy] - days) / free[busy]), float((asked[other] + days) / free[other]),
        )
        for name, skill, wanted, days in zip(
            mine.index, mine["competence"], mine["niveau_requis"], mine[work], strict=True
        )
        for other in level.index
        if other != busy and free[other] > 0
    ]  # fmt: skip


def _largest(able: list[GivenTask]) -> float:
    """Return the lowest peak of the task that relieves the most."""
    least = min(one.giver for one in able)
    return min(one.peak for one in able if one.giver == least)


@KEYS.number("o1-pointe", "jours demandés par jour disponible")
def peak(case: Case) -> Stated:
    """Return the lowest peak that giving one task to somebody able leaves."""
    found, whole = case.fact(moves), _moves(case, case.fact(loads).whole, "days")
    able = [one for one in found if one.able]
    right = min(one.peak for one in able)
    return right, apart(
        right,
        {
            "M860": min((one.peak for one in whole if one.able), default=right),
            "M871": min(one.peak for one in found),
            "M872": min(one.giver for one in able),
            "M862": min((one.giver + one.taker) / 2 for one in able),
            "M878": _largest(able),
        },
    )


@dataclass(frozen=True)
class FollowUp:
    """The tasks begun, together: days consumed, in their last week, left each week, left now, expected, whole days."""

    consumed: float
    last_consumed: float
    every_left: float
    left: float
    expected: float
    whole: float


def follow_up(case: Case) -> FollowUp:
    """Return what six weeks of follow-up say."""
    seen = case.table("avancement")
    last = seen.groupby("tache_id")[["consomme_j", "reste_a_faire_j"]].last()
    begun = case.fact(tasks).loc[last.index]
    return FollowUp(
        float(seen["consomme_j"].sum()), float(last["consomme_j"].sum()), float(seen["reste_a_faire_j"].sum()),
        float(last["reste_a_faire_j"].sum()), float(begun["load"].sum()), float(begun["days"].sum()),
    )  # fmt: skip


@KEYS.number("o1-derive", "jours-homme par jour-homme prévu")
def drift(case: Case) -> Stated:
    """Days that the tasks begun will take by day expected."""
    seen = case.fact(follow_up)
    right = team.drift(seen.consumed, seen.left, seen.expected)
    return right, apart(
        right,
        {
            "M860": team.drift(seen.consumed, seen.left, seen.whole),
            "M869": team.drift(seen.last_consumed, seen.left, seen.expected),
            "M870": team.drift(seen.consumed, seen.every_left, seen.expected),
            "M877": seen.consumed / seen.expected,
            "M952": team.drift(seen.consumed, seen.left, float(case.fact(tasks)["load"].sum())),
            "M950": 1 / right,
        },
    )


@KEYS.number("o1-prevision", "jours-homme", needs=(project_load, drift))
def forecast(case: Case) -> Stated:
    """Person-days of the whole project if what follows drifts as the beginning did."""
    whole, rate, seen = case.value(project_load), case.value(drift), case.fact(follow_up)
    right = whole * rate
    return right, apart(
        right,
        {"M868": whole + seen.consumed + seen.left - seen.expected, "M879": whole / rate},
    )


@KEYS.number("o1-absence", "jours demandés par jour disponible")
def after_absence(case: Case) -> Stated:
    """Return the load of a person who comes later, over the days that are left."""
    known, days = case.fact(loads), case.table("disponibilites")
    mine = days[(days["membre"] == AWAY) & (days["semaine"] >= np.datetime64(BACK))]
    free = float(mine["jours_projet"].sum())
    right = float(known.asked[AWAY]) / free
    return right, apart(
        right,
        {
            "M876": (float(known.rate[AWAY]), float(known.whole[AWAY] / known.free[AWAY])),
            "M860": float(known.whole[AWAY]) / free,
            "M861": float(known.asked[AWAY]) / float(mine["jours_ouvres"].sum()),
            "M950": 1 / right,
        },
    )
