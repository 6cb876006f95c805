"""School holidays of zone B: published dates, in order, apart."""

from datetime import date, timedelta

from casestudies.market import calendar, school_holidays


def test_holidays_are_in_order_and_do_not_touch():
    for earlier, later in zip(school_holidays.ZONE_B, school_holidays.ZONE_B[1:], strict=False):
        assert earlier.first <= earlier.last < later.first - timedelta(1)


def test_days_off_are_counted_both_ends_included():
    days = calendar.days(date(2026, 2, 1), date(2026, 3, 31))
    off = school_holidays.off(days)
    assert off.sum() == 16
    assert days["date"][off].min().date() == date(2026, 2, 14)
    assert days["date"][off].max().date() == date(2026, 3, 1)
