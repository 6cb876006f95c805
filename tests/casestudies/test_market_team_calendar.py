"""When the people of a team work."""

from datetime import date

import numpy as np

from casestudies.market import calendar, team_calendar
from casestudies.market.team_calendar import Member

DAYS = calendar.days(date(2027, 3, 22), date(2027, 4, 4))


def test_each_day_has_its_state():
    member = Member("Rôle", remote=(4,), off=(2,), school=(0,), leave=((10, 20),))
    names = [team_calendar.STATES[state] for state in member.states(DAYS)]
    assert names[:7] == ["école", "présent", "temps partiel", "présent", "télétravail", "week-end", "week-end"]
    assert names[7:] == ["férié", "présent", "temps partiel", "congé", "congé", "week-end", "week-end"]


def test_hours_are_worked_on_site_and_at_home_only():
    states = np.arange(len(team_calendar.STATES))
    assert team_calendar.hours(states).tolist() == [7, 7, 0, 0, 0, 0, 0]


def test_working_days_leave_out_weekends_and_public_holidays():
    assert len(team_calendar.working_days(DAYS)) == 9


def test_leave_is_added_without_touching_the_first():
    member = Member("Rôle")
    away = member.with_leave(1, 2)
    assert not member.leave
    assert (away.states(DAYS)[1:3] == team_calendar.LEAVE).all()
