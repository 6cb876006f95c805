"""Months of practice, by date: three months are three months, whatever their days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casestudies.valorisation.months import Duration, PracticePeriod, elapsed, months_after, practice

TODAY = date(2026, 11, 26)
DAYS = some.dates(date(2000, 1, 1), date(2030, 12, 31))


def days(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "months", "left"),
    [
        ("2026-01-01", "2026-03-31", 3, 0),  # 90 days
        ("2026-02-01", "2026-04-30", 3, 0),  # 89 days, and yet three months
        ("2026-07-01", "2026-09-28", 2, 28),  # 90 days, and yet not three months
        ("2026-01-15", "2026-04-14", 3, 0),
        ("2026-01-15", "2026-04-13", 2, 30),
        ("2025-11-30", "2026-02-28", 3, 0),  # February has no 30th: its last day ends the third month
        ("2025-11-30", "2026-02-27", 2, 29),
        ("2023-11-30", "2024-02-29", 3, 0),
        ("2026-01-31", "2026-02-28", 1, 0),
        ("2025-12-31", "2026-02-28", 2, 0),
        ("2026-05-04", "2026-05-04", 0, 1),
    ],
)
def test_a_period_lasts_from_date_to_date(start: str, end: str, months: int, left: int) -> None:
    assert elapsed(days(start), days(end)) == Duration(months, left)


@given(DAYS, some.integers(0, 36))
def test_months_after_end_the_day_before(start: date, months: int) -> None:
    after = months_after(start, months)
    assert (after.day == start.day) or (after.day == 1 and (after - timedelta(days=1)).day < start.day)
    if months:
        assert elapsed(start, after - timedelta(days=1)) == Duration(months, 0)


@given(DAYS, some.integers(0, 400))
def test_a_day_more_is_never_less(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert elapsed(start, end) < elapsed(start, end + timedelta(days=1))


def test_several_periods_add_up_and_a_day_counts_once() -> None:
    first = PracticePeriod("A", days("2026-01-05"), days("2026-02-15"))  # 1 month 11 days
    second = PracticePeriod("B", days("2026-03-02"), days("2026-05-01"))  # 2 months
    assert practice([second, first], TODAY) == Duration(3, 11)
    assert practice([first, PracticePeriod("B", days("2026-02-01"), days("2026-04-04"))], TODAY) == Duration(3, 0), (
        "overlap"
    )
    following = [
        PracticePeriod("A", days("2026-01-01"), days("2026-01-31")),
        PracticePeriod("B", days("2026-02-01"), days("2026-03-31")),
    ]
    assert practice(following, TODAY) == Duration(3, 0), "one after the other make one"
    short = [PracticePeriod("A", days(f"2026-0{month}-01"), days(f"2026-0{month}-16")) for month in (1, 3, 5, 7)]
    assert practice(short, TODAY) == Duration(2, 4), "64 days left of four periods"


def test_days_to_come_do_not_count() -> None:
    running = PracticePeriod("A", days("2026-09-01"))
    assert practice([running], TODAY) == Duration(2, 26)
    assert practice([PracticePeriod("A", days("2026-09-01"), days("2027-01-31"))], TODAY) == Duration(2, 26)
    assert practice([PracticePeriod("A", days("2027-01-01"))], TODAY) == Duration(0, 0)
    assert practice([], TODAY) == Duration(0, 0)
    assert not Duration(2, 30).enough
    assert Duration(3, 0).enough


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (Duration(3, 0), "3 mois"),
        (Duration(1, 1), "1 mois et 1 jour"),
        (Duration(0, 0), "0 jour"),
        (Duration(0, 12), "12 jours"),
    ],
)
def test_a_duration_is_said_in_french(duration: Duration, said: str) -> None:
    assert str(duration) == said
