"""School holidays of zone B: in order, apart, and the very dates the cases were written with."""

import itertools
from datetime import date, timedelta

import pytest

from casestudies.market import calendar, school_holidays

PUBLISHED = """
Vacances de la Toussaint 2024-10-19 2024-11-03
Vacances de Noël 2024-12-21 2025-01-05
Vacances d’hiver 2025-02-08 2025-02-23
Vacances de printemps 2025-04-05 2025-04-21
Vacances d’été 2025-07-05 2025-08-31
Vacances de la Toussaint 2025-10-18 2025-11-02
Vacances de Noël 2025-12-20 2026-01-04
Vacances d’hiver 2026-02-14 2026-03-01
Vacances de printemps 2026-04-11 2026-04-26
Vacances d’été 2026-07-04 2026-08-31
Vacances de la Toussaint 2026-10-17 2026-11-01
Vacances de Noël 2026-12-19 2027-01-03
Vacances d’hiver 2027-02-20 2027-03-07
Vacances de printemps 2027-04-17 2027-05-02
Pont de l’Ascension 2027-05-06 2027-05-08
Vacances d’été 2027-07-03 2027-08-31
Vacances de la Toussaint 2027-10-23 2027-11-07
Vacances de Noël 2027-12-18 2028-01-02
"""
"""As published on 26 August 2026. A release of the package that moves one changes learners' figures: see it here."""


@pytest.mark.parametrize("rank", range(18))
def test_the_package_publishes_the_dates_the_cases_were_written_with(rank):
    name, first, last = PUBLISHED.strip().splitlines()[rank].rsplit(" ", 2)
    expected = school_holidays.SchoolHoliday(name, date.fromisoformat(first), date.fromisoformat(last))
    assert school_holidays.zone_b()[rank] == expected


def test_holidays_are_in_order_and_do_not_touch():
    found = school_holidays.zone_b()
    assert len(found) == 18
    for earlier, later in itertools.pairwise(found):
        assert earlier.first <= earlier.last < later.first - timedelta(1)


def test_days_off_are_counted_both_ends_included():
    days = calendar.days(date(2026, 2, 1), date(2026, 3, 31))
    off = school_holidays.off(days)
    assert off.sum() == 16
    assert days["date"][off].min().date() == date(2026, 2, 14)
    assert days["date"][off].max().date() == date(2026, 3, 1)
