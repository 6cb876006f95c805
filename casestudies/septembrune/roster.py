"""What does not vary: the people by role, the trade of each, and the tasks of the project with what they need."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from casestudies.market.sampling import Floats, Ints
from casestudies.strict import packaged
from casestudies.typography import french

TEAMS = ("Studio", "Croissance")


@dataclass(frozen=True)
class Roster:
    """The people: codes, roles, teams (rank in ``TEAMS``), prices of a day (€ excl. tax), trade by (person, skill)."""

    codes: tuple[str, ...]
    roles: tuple[str, ...]
    team: Ints
    price: Floats
    skills: tuple[str, ...]
    trade: Ints


@cache
def roster() -> Roster:
    """Return the people of the agency, as ``equipe.toml`` says."""
    raw = packaged("casestudies.septembrune", "equipe.toml", french).data
    people, skills = raw["membres"], tuple(raw["competences"])
    return Roster(
        codes=tuple(f"M{rank:02d}" for rank in range(1, len(people) + 1)),
        roles=tuple(one["role"] for one in people),
        team=np.array([TEAMS.index(one["equipe"]) for one in people]),
        price=np.array([float(one["tjm"]) for one in people]),
        skills=skills,
        trade=np.array([[one["savoir"].get(skill, 0) for skill in skills] for one in people]),
    )


@dataclass(frozen=True)
class RosterWork:
    """The tasks: what each needs, who does it, which skill it asks, its usual duration (days) and share of the time."""

    codes: tuple[str, ...]
    lots: tuple[str, ...]
    titles: tuple[str, ...]
    before: tuple[str, ...]
    needs: NDArray[np.bool_]
    member: Ints
    skill: Ints
    level: Ints
    likely: Floats
    share: Floats
    output: tuple[str, ...]
    scenarios: dict[str, NDArray[np.bool_]]


@cache
def work() -> RosterWork:
    """Return the tasks of the project, as ``taches.toml`` says."""
    raw = packaged("casestudies.septembrune", "taches.toml", french).data
    codes, lots, titles, before, member, skill, level, likely, share, output = zip(*raw["taches"], strict=True)
    people = roster()
    needs = np.array([[code in wanted.split(";") for code in codes] for wanted in before])
    return RosterWork(
        codes=codes,
        lots=lots,
        titles=titles,
        before=before,
        needs=needs,
        member=np.array([people.codes.index(one) for one in member]),
        skill=np.array([people.skills.index(one) for one in skill]),
        level=np.array(level),
        likely=np.array(likely, dtype=float),
        share=np.array(share, dtype=float),
        output=output,
        scenarios={name: np.isin(codes, one["taches"]) for name, one in raw["scenarios"].items()},
    )
