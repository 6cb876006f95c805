"""Reading a day as a person writes it, and French working days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from casestudies.french import DAYS, date_in, french_date
from casestudies.market.calendar import public_holidays

DATE_FORMS = "« 2027-01-06 » ou « 06/01/2027 »"
LONGEST = 1100
"""Days of the longest period that is looked at day by day: three years."""


def read_date(cell: object) -> date | None:
    """Return the day written in a cell, ISO or French; None when there is none.

    >>> read_date("2027-01-06") == read_date("06/01/2027") == read_date("mercredi 6 janvier 2027")
    True
    >>> read_date("1er févr. 2027"), read_date("début janvier"), read_date("31/02/2027")
    (datetime.date(2027, 2, 1), None, None)
    """
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    return date_in(cell) if isinstance(cell, str) else None


def say_date(day: date) -> str:
    """Return a day as one reads it.

    >>> say_date(date(2027, 1, 1))
    'vendredi 1er janvier 2027'
    """
    return french_date(day, weekday=True)


@cache
def _public_holidays(year: int) -> dict[date, str]:
    return public_holidays(year)


def day_off(day: date) -> str:
    """Return why nobody works on this day in France: « un samedi », « un jour férié »… ; nothing on a working day.

    >>> day_off(date(2027, 1, 1)), day_off(date(2027, 1, 9)), day_off(date(2027, 1, 6))
    ('un jour férié (Jour de l’an)', 'un samedi', '')
    """
    if day in _public_holidays(day.year):
        return f"un jour férié ({_public_holidays(day.year)[day].replace(chr(39), '’')})"
    return f"un {DAYS[day.weekday()]}" if day.weekday() > 4 else ""


def working_days(start: date, end: date) -> Iterator[date]:
    """Yield the French working days from ``start`` to ``end``, both included; nothing for an endless period."""
    length = (end - start).days
    if length <= LONGEST:
        yield from (day for k in range(length + 1) if not day_off(day := start + timedelta(k)))


def months_before(day: date, months: int) -> date:
    """Return the same day of the month, ``months`` earlier; the 28th at most.

    >>> months_before(date(2026, 3, 31), 12)
    datetime.date(2025, 3, 28)
    """
    rank = day.year * 12 + day.month - 1 - months
    return date(rank // 12, rank % 12 + 1, min(day.day, 28))
