"""School holidays of zone B (Rennes, Nantes, Normandy…): the days off, as published, kept as data."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from casestudies.market.registry import About

ABOUT = About("School holidays move families, and with them the business of shops and the leave of teams.")

SOURCE = "Ministère de l’Éducation nationale, jeu « Calendrier scolaire » (data.education.gouv.fr)"
CHECKED = date(2026, 11, 25)
"""Day on which the dates were compared with the package vacances-scolaires-france 0.12.0 (MIT, 26 August 2026)."""


@dataclass(frozen=True)
class SchoolHoliday:
    """One holiday: its French name, first and last days without school, both included."""

    name: str
    first: date
    last: date


ZONE_B = (
    SchoolHoliday("Vacances de la Toussaint", date(2024, 10, 19), date(2024, 11, 3)),
    SchoolHoliday("Vacances de Noël", date(2024, 12, 21), date(2025, 1, 5)),
    SchoolHoliday("Vacances d’hiver", date(2025, 2, 8), date(2025, 2, 23)),
    SchoolHoliday("Vacances de printemps", date(2025, 4, 5), date(2025, 4, 21)),
    SchoolHoliday("Vacances d’été", date(2025, 7, 5), date(2025, 8, 31)),
    SchoolHoliday("Vacances de la Toussaint", date(2025, 10, 18), date(2025, 11, 2)),
    SchoolHoliday("Vacances de Noël", date(2025, 12, 20), date(2026, 1, 4)),
    SchoolHoliday("Vacances d’hiver", date(2026, 2, 14), date(2026, 3, 1)),
    SchoolHoliday("Vacances de printemps", date(2026, 4, 11), date(2026, 4, 26)),
    SchoolHoliday("Vacances d’été", date(2026, 7, 4), date(2026, 8, 31)),
    SchoolHoliday("Vacances de la Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
    SchoolHoliday("Vacances de Noël", date(2026, 12, 19), date(2027, 1, 3)),
    SchoolHoliday("Vacances d’hiver", date(2027, 2, 20), date(2027, 3, 7)),
    SchoolHoliday("Vacances de printemps", date(2027, 4, 17), date(2027, 5, 2)),
    SchoolHoliday("Pont de l’Ascension", date(2027, 5, 6), date(2027, 5, 8)),
    SchoolHoliday("Vacances d’été", date(2027, 7, 3), date(2027, 8, 31)),
    SchoolHoliday("Vacances de la Toussaint", date(2027, 10, 23), date(2027, 11, 7)),
    SchoolHoliday("Vacances de Noël", date(2027, 12, 18), date(2028, 1, 2)),
)
"""From autumn 2024 to Christmas 2027."""


def off(days: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return whether each row of ``days`` (see ``calendar.days``) is in a school holiday of zone B."""
    moments = days["date"].to_numpy().astype("datetime64[D]")
    found = np.zeros(len(moments), dtype=bool)
    for holiday in ZONE_B:
        found |= (moments >= np.datetime64(holiday.first)) & (moments <= np.datetime64(holiday.last))
    return found
