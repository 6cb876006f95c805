"""How many days people have for a project: their working days, less absences, less other clients."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, systematic

ABOUT = About(
    cause="Absences and other clients leave each person so many half days for a project, week by week.",
    parameters=(
        Parameter("load", "work to do over days available", 0.45, 1.45, "assumption"),
        Parameter("availability.away", "share of the working days", 0.03, 0.5, "assumption"),
        Parameter("most", "share of the days present given to one project", 0.7, 0.9, "assumption"),
    ),
)


@dataclass(frozen=True)
class Availability:
    """Days by (person, week): absent, taken by other clients, left for the project."""

    away: Floats
    others: Floats
    left: Floats


def availability(
    working: Ints, work: Floats, load: Floats, away: Floats, most: float, rng: np.random.Generator
) -> Availability:
    """Return who is available when, so that ``work`` (days by person) makes about ``load`` of the days left.

    ``working`` holds the working days of each week, ``away`` the share of days each person is absent, ``most`` the
    largest share of the days present that one project may take.
    """
    size = (len(work), len(working))
    days = np.broadcast_to(working, size)
    absent = rng.binomial(2 * days, away[:, None]) / 2
    present = days - absent
    wanted = work / load
    share = np.minimum(wanted / present.sum(axis=1), most)
    left = np.minimum(systematic(2 * present * share[:, None], rng) / 2, present)
    return Availability(absent, present - left, left)
