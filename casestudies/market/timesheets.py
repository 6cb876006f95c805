"""What people note every day: where they work, how many hours, what is billable, and what clients accept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    cause="Each person has hours, a billable share, meetings and a value of one billable hour; these need not agree.",
    parameters=(
        Parameter("Habits.hours", "hours a day present", 6.8, 9.5, "assumption: 35 hours a week, and overtime"),
        Parameter("Habits.billable", "share of the hours", 0.25, 0.85, "assumption: usual for agencies 0.55 to 0.75"),
        Parameter("Habits.meeting", "share of the hours", 0.08, 0.35, "assumption"),
        Parameter("Habits.value", "€ excl. tax by billable hour", 40.0, 95.0, "assumption"),
        Parameter("spread", "hours, standard deviation by day", 0.4, 1.0, "assumption"),
        Parameter("sick", "share of the working days", 0.02, 0.06, "assumption"),
        Parameter("delivery", "probability by day", 0.1, 0.3, "assumption"),
    ),
)

QUARTER = 0.25
"""Hours are noted to the quarter of an hour."""
TENS = 10.0
"""Values are noted to ten euros."""


@dataclass(frozen=True)
class Habits:
    """How each person works; one value by person.

    Attributes
    ----------
    hours : mean hours of a day present.
    billable, meeting : shares of the hours.
    value : value of one billable hour, € excl. tax.

    """

    hours: Floats
    billable: Floats
    meeting: Floats
    value: Floats


@dataclass(frozen=True)
class Sheet:
    """What was noted by (person, day): hours, billable hours, hours in meetings, value accepted (€ excl. tax)."""

    hours: Floats
    billable: Floats
    meeting: Floats
    value: Floats


def absences(first: Ints, block: int, sick: float, size: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return who is absent by (person, day): a holiday of ``block`` days from each ``first`` day, and sick days.

    ``first`` holds one start by (person, holiday), ``sick`` is the share of the ``size`` working days lost.
    """
    day = np.arange(size)
    away = ((day >= first[..., None]) & (day < first[..., None] + block)).any(axis=1)
    return away | (rng.random((len(first), size)) < sick)


def at_home(remote: Ints, weekday: Ints, common: int, swap: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return who works at home by (person, day).

    Each person has ``remote`` fixed weekdays at home, the ``common`` one (0 = Monday) first; ``swap`` is the share of
    the days moved for a reason of the moment.
    """
    rank = rng.random((len(remote), 5))
    rank[:, common] = -1.0
    order = rank.argsort(axis=1).argsort(axis=1)
    usual = (order < remote[:, None])[:, weekday]
    return usual ^ (rng.random(usual.shape) < swap)


def sheet(
    habits: Habits, present: NDArray[np.bool_], spread: float, delivery: float, rng: np.random.Generator
) -> Sheet:
    """Return what everyone noted, to the quarter of an hour.

    The value is counted the day that clients accept it, and what is left on the last day.
    """
    size = present.shape
    hours = habits.hours[:, None] + spread * rng.standard_normal(size)
    hours = np.where(present, np.maximum(np.round(hours / QUARTER) * QUARTER, 1.0), 0.0)
    share = np.clip(habits.billable[:, None] + 0.07 * rng.standard_normal(size), 0.0, 0.9)
    billable = np.round(hours * share / QUARTER) * QUARTER
    wish = hours * habits.meeting[:, None] * rng.uniform(0.5, 1.5, size)
    meeting = np.minimum(np.round(wish / QUARTER) * QUARTER, hours - billable)
    made = np.cumsum(billable * habits.value[:, None], axis=1)
    accepted = present & (rng.random(size) < delivery)
    accepted[:, -1] = True
    counted = np.maximum.accumulate(np.where(accepted, made, 0.0), axis=1)
    value = np.round(np.diff(counted, axis=1, prepend=0.0) / TENS) * TENS
    return Sheet(hours, billable, meeting, value)
