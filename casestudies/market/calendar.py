"""The days a French shop lives by: weekdays, public holidays, the two national sales, the week of Black Friday."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd
from holidays.countries.france import France  # imported here and not when a day is asked: it brings every country

SOLDES_DAYS = 28
"""Length of the sales in days (order of 27 May 2019, article L310-3 of the French code of commerce)."""


def soldes(year: int) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return the (first, last) days of the winter and summer sales of mainland France, both ends included.

    Winter: second Wednesday of January, or the first when the second falls after the 12th. Summer: last Wednesday
    of June, or the one before when it falls after the 28th. Both last four weeks.

    >>> soldes(2026)[0]
    (datetime.date(2026, 1, 7), datetime.date(2026, 2, 3))
    """
    january = _wednesdays(year, 1)
    june = _wednesdays(year, 6)
    winter = january[1] if january[1].day <= 12 else january[0]
    summer = june[-1] if june[-1].day <= 28 else june[-2]
    length = timedelta(SOLDES_DAYS - 1)
    return (winter, winter + length), (summer, summer + length)


def _wednesdays(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    days = (first + timedelta(k) for k in range(31))
    return [day for day in days if day.month == month and day.weekday() == 2]


def black_friday(year: int) -> date:
    """Return the Friday after the fourth Thursday of November.

    >>> black_friday(2025)
    datetime.date(2025, 11, 28)
    """
    first = date(year, 11, 1)
    thursday = first + timedelta((3 - first.weekday()) % 7 + 21)
    return thursday + timedelta(1)


def public_holidays(years: int | Iterable[int]) -> dict[date, str]:
    """Return the public holidays of mainland France in ``years``, by ``holidays``, with their French names, in order.

    >>> public_holidays(2026)[date(2026, 7, 14)]
    'Fête nationale'
    """
    named: dict[date, str] = France(years=years, language="fr")  # type: ignore[no-untyped-call]
    return dict(sorted(named.items()))


def days(start: date, end: date) -> pd.DataFrame:
    """Return one row per day from ``start`` to ``end``, both included.

    Columns: ``date``; ``weekday`` (0 = Monday); ``holiday`` (French public holiday); ``soldes``; ``black_friday``
    (the week, Monday to Sunday, that holds Black Friday).
    """
    moments = pd.date_range(start, end, freq="D", unit="s")
    years = range(start.year - 1, end.year + 1)
    public = pd.DatetimeIndex(list(public_holidays(years)))
    sales = np.zeros(len(moments), dtype=bool)
    friday_week = np.zeros(len(moments), dtype=bool)
    for year in years:
        for first, last in soldes(year):
            sales |= np.asarray((moments >= pd.Timestamp(first)) & (moments <= pd.Timestamp(last)))
        friday = pd.Timestamp(black_friday(year))
        monday, sunday = friday - pd.Timedelta(days=4), friday + pd.Timedelta(days=2)
        friday_week |= np.asarray((moments >= monday) & (moments <= sunday))
    return pd.DataFrame(
        {
            "date": moments,
            "weekday": np.asarray(moments.day_of_week),
            "holiday": np.asarray(moments.isin(public)),
            "soldes": sales,
            "black_friday": friday_week,
        }
    )
