"""The parameters of one variant of Septembrune, drawn once from one stream."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from casestudies.market.files import Storage
from casestudies.market.sampling import Floats, Ints
from casestudies.market.tickets import SupportDesk
from casestudies.market.timesheets import Habits
from casestudies.septembrune.roster import roster

START, END = date(2026, 3, 2), date(2026, 9, 30)
"""First and last day of the timesheets, the requests and the drive."""
PROJECT_START = date(2026, 10, 5)
OLDEST = date(2026, 1, 1)
PEOPLE = 22
HEAD, LEAD_GROWTH, LEAD_STUDIO, APPRENTICE = 0, 10, 11, 21
MANAGERS = (HEAD, LEAD_GROWTH, LEAD_STUDIO)

SCENARIOS = {"parcours": (1.20, 1.36), "design": (1.80, 2.05), "contenus": (1.95, 2.20)}
"""Range of the factor by which each scenario makes its tasks longer."""
RELIEF = ((12, 13), (13, 12), (14, 15), (18, 19), (19, 18), (17, 16))
"""(Person with too much to do, colleague who can help)."""
RARE = (("accessibilite", 20), ("ecoconception", 16), ("emailing", 8), ("reseaux_sociaux", 7))
"""(Skill that may rest on one person, that person)."""
BEYOND = ("T19", "T24", "T34")
"""Tasks of the apprentice, one of which asks more than an apprentice knows."""
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
COMMON_DAYS = (0, 2, 4)
"""Weekdays that may be the common day at home."""
MANAGEMENT = ("transverse", "hiérarchique")
KINDS = ("docx", "xlsx", "pptx", "pdf", "png", "jpg", "fig", "psd", "zip", "mp4")


@dataclass(frozen=True)
class Params:
    """Everything a variant of Septembrune is made of; ranks are those of ``roster`` and ``work``."""

    scenario: str
    stretch: float
    optimism: float
    pessimism: float
    likely_noise: Floats
    safety: float
    overloaded: int
    helper: int
    load: Floats
    away: Floats
    envelope: float
    rare: tuple[str, int]
    notions: float
    beyond: str
    beyond_level: int
    management: str
    common_day: int
    remote: Ints
    habits: Habits
    spread: float
    sick: float
    swap: float
    in_minutes: float
    best: int
    desk: SupportDesk
    fast_team: int
    survey: Floats
    storage: Storage
    compliant: float
    duplicates: float


def _remote(middle: tuple[int, ...], rng: np.random.Generator) -> Ints:
    """Return the days at home of each person: in each team, five or six people are mostly at home.

    The ``middle`` people, whose hours are unlike the others', are at home two or three days, so that the place of work
    says nothing of them.
    """
    team, remote = roster().team, np.zeros(PEOPLE, dtype=np.int64)
    for rank in range(2):
        members = rng.permutation(np.flatnonzero(team == rank))
        far = 5 + int(rng.integers(2))
        remote[members[:far]] = rng.choice([3, 4, 4, 5], far)
        remote[members[far:]] = rng.choice([0, 1, 1, 2, 2], len(members) - far)
    unlike = list(middle)
    remote[unlike] = np.where(remote[unlike] >= 3, 3, 2)
    return remote


def _habits(overloaded: int, best: int, rng: np.random.Generator) -> Habits:
    hours = rng.uniform(7.0, 7.5, PEOPLE)
    billable = rng.uniform(0.62, 0.73, PEOPLE)
    meeting = rng.uniform(0.10, 0.17, PEOPLE)
    value = rng.uniform(70.0, 79.0, PEOPLE)
    managers = np.array(MANAGERS)
    hours[managers] = rng.uniform(7.5, 7.9, len(managers))
    billable[managers] = rng.uniform(0.28, 0.36, len(managers))
    meeting[managers] = rng.uniform(0.28, 0.34, len(managers))
    hours[APPRENTICE], billable[APPRENTICE], value[APPRENTICE] = 7.0, rng.uniform(0.45, 0.52), 40.0
    hours[overloaded] = rng.uniform(8.7, 9.2)
    billable[overloaded] = rng.uniform(0.42, 0.48)
    meeting[overloaded] = rng.uniform(0.30, 0.34)
    value[overloaded] = rng.uniform(68.0, 74.0)
    hours[best], billable[best], value[best] = 7.0, rng.uniform(0.78, 0.81), rng.uniform(90.0, 95.0)
    meeting[best] = 0.09
    return Habits(np.round(hours, 2), billable, meeting, value)


def _survey(rng: np.random.Generator) -> Floats:
    """Return the place of the mean answer on the scale by (team, mostly at home, question)."""
    usual = np.array([0.55, 0.66, 0.70, 0.54, 0.76, 0.70, 0.62, 0.56, 0.22, 0.76])
    base = usual + rng.uniform(-0.05, 0.05, len(usual))
    gap = np.zeros(len(usual))
    gap[[4, 7, 8]] = -rng.uniform(0.34, 0.42), rng.uniform(0.12, 0.18), rng.uniform(0.34, 0.42)
    team = np.zeros((2, len(usual)))
    team[0, 0], team[1, 0] = -0.09, 0.09
    level: Floats = base + team[:, None, :] + np.array([0.0, 1.0])[None, :, None] * gap
    return np.clip(level, 0.05, 0.95)


def _storage(rng: np.random.Generator) -> Storage:
    share = np.array([0.16, 0.09, 0.08, 0.16, 0.15, 0.16, 0.08, 0.06, 0.02, 0.04])
    weight = np.array([0.9, 0.6, 9.0, 3.0, 2.2, 4.0, 18.0, 320.0, 700.0, 2200.0])
    return Storage(
        share=share,
        weight=weight * rng.uniform(0.85, 1.15, len(weight)),
        sigma=float(rng.uniform(0.55, 0.7)),
        copied=float(rng.uniform(0.15, 0.22)),
        more=float(rng.uniform(0.25, 0.45)),
        stale=float(rng.uniform(0.28, 0.38)),
        limit=730,
        age=1900,
    )


def _desk(fast: int, rng: np.random.Generator) -> SupportDesk:
    delay, reopened = np.zeros(2), np.zeros(2)
    delay[fast], delay[1 - fast] = rng.uniform(2.0, 2.4), rng.uniform(4.0, 4.5)
    reopened[fast], reopened[1 - fast] = rng.uniform(0.34, 0.39), rng.uniform(0.07, 0.10)
    return SupportDesk(delay, reopened, float(rng.uniform(14.0, 16.0)), 0.2, 3.0)


def draw(rng: np.random.Generator) -> Params:
    """Draw the parameters of a variant."""
    scenario = tuple(SCENARIOS)[rng.integers(len(SCENARIOS))]
    overloaded, helper = RELIEF[rng.integers(len(RELIEF))]
    load = rng.uniform(0.58, 0.86, PEOPLE)
    load[overloaded], load[helper] = rng.uniform(1.18, 1.32), rng.uniform(0.50, 0.58)
    away = rng.uniform(0.04, 0.09, PEOPLE)
    away[APPRENTICE] = 0.42
    crafts = [3, 4, 5, 6, 9, 12, 13, 14, 15, 16, 17, 18, 19]
    best = int(rng.choice([one for one in crafts if one != overloaded]))
    remote = _remote((*MANAGERS, APPRENTICE, overloaded, best), rng)
    fast = int(rng.integers(2))
    return Params(
        scenario=scenario,
        stretch=float(rng.uniform(*SCENARIOS[scenario])),
        optimism=float(rng.uniform(0.68, 0.78)),
        pessimism=float(rng.uniform(1.75, 2.05)),
        likely_noise=rng.uniform(0.93, 1.07, 48),
        safety=float(rng.uniform(0.6, 1.1)),
        overloaded=overloaded,
        helper=helper,
        load=load,
        away=away,
        envelope=float(rng.uniform(1.03, 1.08)),
        rare=RARE[rng.integers(len(RARE))],
        notions=float(rng.uniform(0.25, 0.4)),
        beyond=BEYOND[rng.integers(len(BEYOND))],
        beyond_level=int(rng.integers(2, 4)),
        management=MANAGEMENT[rng.integers(len(MANAGEMENT))],
        common_day=COMMON_DAYS[rng.integers(len(COMMON_DAYS))],
        remote=remote,
        habits=_habits(overloaded, best, rng),
        spread=float(rng.uniform(0.5, 0.8)),
        sick=float(rng.uniform(0.028, 0.045)),
        swap=float(rng.uniform(0.02, 0.05)),
        in_minutes=float(rng.uniform(0.008, 0.014)),
        best=best,
        desk=_desk(fast, rng),
        fast_team=fast,
        survey=_survey(rng),
        storage=_storage(rng),
        compliant=float(rng.uniform(0.36, 0.52)),
        duplicates=float(rng.uniform(0.012, 0.022)),
    )
