"""School holidays of zone B (Rennes, Nantes, Normandy…), as the package vacances-scolaires-france publishes them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
import pandas as pd

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
    found: list[SchoolHoliday] = []
    for day, raw_name in _published():
        name = french(raw_name)
        last = found[-1] if found else None
        if last and last.name == name and last.last + timedelta(1) == day:
            found[-1] = SchoolHoliday(name, last.first, day)
        else:
            found.append(SchoolHoliday(name, day, day))
    return tuple(one for one in found if SPAN[0] <= one.first <= SPAN[1])


def _published() -> Iterator[tuple[date, str]]:
    """Yield each day off of the zone, in the years of ``SPAN``, and its holiday's name, as the package keeps them.

    The package's own class reads forty years, day by day.
    """
    years = tuple(str(year) for year in range(SPAN[0].year, SPAN[1].year + 1))
    with files("vacances_scolaires_france").joinpath("data", "data.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(chain([next(lines)], (line for line in lines if line.startswith(years)))):
            if row[f"vacances_zone_{ZONE.lower()}"] == "True":
                yield date.fromisoformat(row["date"]), row["nom_vacances"]


def off(days: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return whether each row of ``days`` (see ``calendar.days``) is in a school holiday of zone B."""
    moments = days["date"].to_numpy().astype("datetime64[D]")
    found = np.zeros(len(moments), dtype=bool)
    for holiday in zone_b():
        found |= (moments >= np.datetime64(holiday.first)) & (moments <= np.datetime64(holiday.last))
    return found
