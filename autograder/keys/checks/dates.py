"""Reading a day as a person writes it, French working days, and the rules about days."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

from autograder.keys.cases import Case
from autograder.keys.checks.reading import Known, count, plain, settle
from autograder.keys.checks.tables import faults, filled_rows, shown
from casestudies.answers import Value
from casestudies.french import DAYS, date_in, french_date
from casestudies.market.calendar import public_holidays, soldes

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


def _pairs_of_days(answer: Value, *names: str) -> Iterator[tuple[int, date, date]]:
    """Yield the rows where two columns hold days that can be read."""
    for row, cells in filled_rows(answer, *names):
        first, second = map(read_date, cells)
        if first and second:
            yield row, first, second


@dataclass(frozen=True)
class ValidDates:
    """Each filled cell of the columns ``names`` is a day that exists, ISO or French."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no day."""
        words = f"ne se lit pas comme une date. Écrivez-la comme {DATE_FORMS}, et vérifiez que ce jour existe."
        return faults(answer, lambda cell: "" if read_date(cell) else f"{shown(cell)} {words}", *self.names)


@dataclass(frozen=True)
class DateOrder:
    """In each row, the day ``end`` is the day ``start`` or a later one."""

    start: str
    end: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row the other way; unreadable days are left to other rules."""
        return [
            f"Ligne {row} : « {self.end} » ({say_date(end)}) tombe avant « {self.start} » ({say_date(start)}). "
            "Les deux dates sont-elles inversées ?"
            for row, start, end in _pairs_of_days(answer, self.start, self.end)
            if end < start
        ]


@dataclass(frozen=True)
class BeforeDeadline:
    """Each day of ``name`` is the day ``value`` or an earlier one."""

    name: str
    value: Known[date | str]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day after the deadline; unreadable days are left to other rules."""
        deadline = read_date(settle(self.value, case))
        assert deadline is not None

        def fault(cell: object) -> str:
            day = read_date(cell)
            if day is None or day <= deadline:
                return ""
            return f"le {say_date(day)} dépasse l’échéance du dossier. Avancez cette ligne, ou ce qui la retarde."

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class NotBefore:
    """Each day of ``name`` is the day ``value``, which is today in the case, or a later one."""

    name: str
    value: Known[date | str]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day that is past; unreadable days are left to other rules."""
        today = read_date(settle(self.value, case))
        assert today is not None

        def fault(cell: object) -> str:
            day = read_date(cell)
            if day is None or day >= today:
                return ""
            return f"le {say_date(day)} est passé : le dossier s’ouvre le {say_date(today)}. Donnez une date à venir."

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class DatedWithin:
    """Each day of ``name`` is less than ``months`` months before the day ``reference(case)``, and not after it."""

    name: str
    months: int
    reference: Callable[[Case], date | str]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day that is too old or still to come; unreadable days are left to other rules."""
        today = read_date(self.reference(case))
        assert today is not None
        oldest = months_before(today, self.months)

        def fault(cell: object) -> str:
            day = read_date(cell)
            if day is None or oldest <= day <= today:
                return ""
            if day > today:
                return f"le {say_date(day)}, c’est après la date de l’étude ({say_date(today)}). Relisez l’année."
            old = f"plus de {self.months} mois avant l’étude. Cherchez une source plus récente."
            return f"le {say_date(day)}, {old}"

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class LeadTime:
    """In each row, the day ``first`` comes at least ``days`` days before the day ``then``."""

    first: str
    then: str
    days: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that begins too late; unreadable days are left to other rules."""
        return [
            f"Ligne {row} : « {self.first} » ({say_date(begins)}) précède « {self.then} » ({say_date(follows)}) de "
            f"{count(max(ahead, 0), 'jour')} ; il en faut au moins {self.days}. "
            f"Avancez « {self.first} », ou reculez « {self.then} »."
            for row, begins, follows in _pairs_of_days(answer, self.first, self.then)
            if (ahead := (follows - begins).days) < self.days
        ]


@dataclass(frozen=True)
class SortedBy:
    """The days of the column ``name`` never go back from one row to the next."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark that names the first row out of place; unreadable days are left to other rules."""
        days = [(row, day) for row, (cell,) in filled_rows(answer, self.name) if (day := read_date(cell))]
        for (_, before), (row, day) in pairwise(days):
            if day < before:
                return [
                    f"Colonne « {self.name} » : la ligne {row} revient en arrière. "
                    f"Triez les lignes dans l’ordre de « {self.name} »."
                ]
        return []


@dataclass(frozen=True)
class WorkingDays:
    """Each day of the columns ``names`` is a French working day: no weekend, no public holiday."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day off; unreadable days are left to other rules."""

        def fault(cell: object) -> str:
            day = read_date(cell)
            off = day_off(day) if day else ""
            return f"le {say_date(day)} est {off}. Prenez un jour ouvré." if day and off else ""

        return faults(answer, fault, *self.names)


_SALES = re.compile(r"\bsoldes?\b")
_NOT_SALES = re.compile(
    r"\b(?:hors|avant|apres|sans|pas de|fin des|depuis)\b(?: les?| des?| la periode des?)* soldes?\b"
)


@dataclass(frozen=True)
class WithinLegalPeriod:
    """A row whose ``label`` announces « soldes » lies, from ``start`` to ``end``, within the legal sales.

    « Hors soldes », « après les soldes » announce none. The periods are those of mainland France (code of commerce,
    article L310-3): they change with the year only, not with the case.
    """

    label: str
    start: str
    end: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row outside the periods; unreadable days are left to other rules."""
        remarks = []
        for row, (label, first, last) in filled_rows(answer, self.label, self.start, self.end):
            start, end = read_date(first), read_date(last)
            if not announces_sales(label) or start is None or end is None or end < start:
                continue
            if not any(opens <= start and end <= closes for opens, closes in soldes(start.year)):
                remarks.append(
                    f"Ligne {row}, {shown(label)} : du {say_date(start)} au {say_date(end)}, on sort des soldes "
                    "légaux. Alignez les dates sur le calendrier officiel, ou écrivez « promotion »."
                )
        return remarks


def announces_sales(label: object) -> bool:
    """Say whether a label announces sales.

    >>> announces_sales("Soldes d’hiver"), announces_sales("Promotion hors soldes"), announces_sales("Rentrée")
    (True, False, False)
    """
    return bool(_SALES.search(_NOT_SALES.sub(" ", plain(label))))
