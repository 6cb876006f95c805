"""School holidays of zone B (Rennes, Nantes, Normandy…), as the package vacances-scolaires-france publishes them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
from vacances_scolaires_france import SchoolHolidayDates

from casestudies.typography import french

SOURCE = "Ministère de l’Éducation nationale, jeu « Calendrier scolaire » (data.education.gouv.fr)"
ZONE = "B"
SPAN = (date(2024, 10, 1), date(2028, 1, 31))
"""From autumn 2024 to Christmas 2027: later years, not all settled yet, do not enter the cases."""


@dataclass(frozen=True)
class SchoolHoliday:
    """One holiday: its French name, first and last days without school, both included."""

    name: str
    first: date
    last: date


@cache
def zone_b() -> tuple[SchoolHoliday, ...]:
    """Return the holidays of zone B that begin in ``SPAN``, in order."""
    published = SchoolHolidayDates()
    found: list[SchoolHoliday] = []
    for year in range(SPAN[0].year, SPAN[1].year + 1):
        for day, facts in sorted(published.holidays_for_year_and_zone(year, ZONE).items()):
            name = french(facts["nom_vacances"])
            last = found[-1] if found else None
            if last and last.name == name and last.last + timedelta(1) == day:
                found[-1] = SchoolHoliday(name, last.first, day)
            else:
                found.append(SchoolHoliday(name, day, day))
    return tuple(one for one in found if SPAN[0] <= one.first <= SPAN[1])


def off(days: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return whether each row of ``days`` (see ``calendar.days``) is in a school holiday of zone B."""
    moments = days["date"].to_numpy().astype("datetime64[D]")
    found = np.zeros(len(moments), dtype=bool)
    for holiday in zone_b():
        found |= (moments >= np.datetime64(holiday.first)) & (moments <= np.datetime64(holiday.last))
    return found
