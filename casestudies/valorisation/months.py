"""How long somebody practised in companies, from dates: calendar months, never a count of thirty days each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casestudies.french import french_number

REQUIRED_MONTHS = 3
"""Least practice in a company of the « dossier de valorisation » (référentiel, « parcours de formation »)."""
DAYS_FOR_A_MONTH = 30
"""What remains of several periods, put together, counts one month for this many days."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PracticePeriod:
    """A practice in a company, both days included; ``end`` is None while it goes on."""

    company: str
    start: date
    end: date | None = None


@dataclass(frozen=True, order=True)
class Duration:
    """Whole months, then the days beyond."""

    months: int
    days: int

    @property
    def enough(self) -> bool:
        """Whether it reaches what the référentiel asks for."""
        return self.months >= REQUIRED_MONTHS

    def __str__(self) -> str:
        """Return « 3 mois et 2 jours »."""
        days = f"{french_number(self.days, 0)} jour{'s' if self.days > 1 else ''}"
        if not self.months:
            return days
        return f"{self.months} mois" + (f" et {days}" if self.days else "")


def months_after(start: date, months: int) -> date:
    """Return the same day some months later, or the first of the next month when that month has no such day.

    >>> months_after(date(2025, 11, 30), 3), months_after(date(2026, 1, 15), 3)
    (datetime.date(2026, 3, 1), datetime.date(2026, 4, 15))
    """
    year, month = divmod(start.month - 1 + months, 12)
    try:
        return date(start.year + year, month + 1, start.day)
    except ValueError:
        return date(start.year + year, month + 2, 1)  # only months shorter than December lack a day


def elapsed(start: date, end: date) -> Duration:
    """Return how long a period lasts, both days included.

    >>> str(elapsed(date(2026, 1, 15), date(2026, 4, 14))), str(elapsed(date(2026, 1, 15), date(2026, 4, 13)))
    ('3 mois', '2 mois et 30 jours')
    """
    after, months = end + ONE_DAY, 0
    while months_after(start, months + 1) <= after:
        months += 1
    return Duration(months, (after - months_after(start, months)).days)


def practice(periods: Iterable[PracticePeriod], today: date) -> Duration:
    """Return the practice done up to ``today``: days in two periods at once count once, days to come do not count."""
    done = [elapsed(start, end) for start, end in _merged(periods, today)]
    months, days = sum(one.months for one in done), sum(one.days for one in done)
    if len(done) > 1:
        months, days = months + days // DAYS_FOR_A_MONTH, days % DAYS_FOR_A_MONTH
    return Duration(months, days)


def _merged(periods: Iterable[PracticePeriod], today: date) -> list[tuple[date, date]]:
    """Return spans of days apart from one another, in order."""
    spans: list[tuple[date, date]] = []
    for start, end in sorted((one.start, min(one.end or today, today)) for one in periods):
        if end < start:
            continue
        if spans and start <= spans[-1][1] + ONE_DAY:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans
