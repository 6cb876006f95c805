"""When the people of a team work: weekends, public holidays, days at school or off by contract, leave, remote days."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    "People are not there every day: weekends, public holidays, part time, school, leave, remote work.",
    (
        Parameter("hours", "hours a day", 3.5, 7.8, "35 hours a week: article L3121-27 of the labour code"),
        Parameter("off_days", "days a week not worked by contract or spent at school", 0, 3, "assumption"),
        Parameter("remote_days", "days a week", 0, 3, "assumption"),
        Parameter("Member.leave", "rank of a day in the calendar", 0, 365, "assumption"),
    ),
)

STATES = ("présent", "télétravail", "congé", "école", "temps partiel", "férié", "week-end")
PRESENT, REMOTE, LEAVE, SCHOOL, PART_TIME, HOLIDAY, WEEKEND = range(len(STATES))
HOURS = 7.0


@dataclass(frozen=True)
class Member:
    """One role of a team; weekdays are ranks from 0 (Monday).

    Attributes
    ----------
    role : what learners see (a role, never a person).
    remote : weekdays worked from home.
    off : weekdays not worked by contract.
    school : weekdays spent at school (work-study contract).
    leave : (first, last) ranks of the days of leave, both included.

    """

    role: str
    remote: tuple[int, ...] = ()
    off: tuple[int, ...] = ()
    school: tuple[int, ...] = ()
    leave: tuple[tuple[int, int], ...] = ()

    def with_leave(self, first: int, last: int) -> "Member":
        """Return the same role with one more leave."""
        return Member(self.role, self.remote, self.off, self.school, (*self.leave, (first, last)))

    def states(self, days: pd.DataFrame) -> Ints:
        """Return the state of each row of ``days`` (see ``calendar.days``), a rank in ``STATES``."""
        weekday = np.asarray(days["weekday"])
        rank = np.arange(len(days))
        state = np.where(np.isin(weekday, self.remote), REMOTE, PRESENT)
        state[np.isin(weekday, self.off)] = PART_TIME
        state[np.isin(weekday, self.school)] = SCHOOL
        for first, last in self.leave:
            state[(rank >= first) & (rank <= last) & (state <= REMOTE)] = LEAVE
        state[days["holiday"].to_numpy(bool)] = HOLIDAY
        state[weekday >= 5] = WEEKEND
        return state


def hours(states: Ints) -> Floats:
    """Return the hours worked in each state."""
    return np.where(states <= REMOTE, HOURS, 0.0)


def working_days(days: pd.DataFrame) -> Ints:
    """Return the ranks of the working days of ``days``: Monday to Friday, public holidays left out."""
    usual = (np.asarray(days["weekday"]) < 5) & ~days["holiday"].to_numpy(bool)
    return np.flatnonzero(usual)
