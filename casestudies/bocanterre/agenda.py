"""The calendar of 2025 to 2027: public and school holidays, sales, local fairs, high days of the shop."""

from datetime import date, timedelta

import pandas as pd

from casestudies.company import content
from casestudies.market import school_holidays
from casestudies.market.calendar import public_holidays, soldes
from casestudies.names import NAMES

YEARS = (2025, 2026, 2027)
CHECKED = date(2026, 11, 25)
PUBLIC_SOURCE = "Code du travail, article L3133-1"
SOLDES_SOURCE = "Code de commerce, article L310-3\u00a0; arrêté du 27 mai 2019"
OWN_SOURCE = f"{NAMES['bocanterre']}, calendrier interne"
FAIR_SOURCE = "Mairies, programme des fêtes"


def _saturday(year: int, month: int, rank: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((5 - first.weekday()) % 7 + 7 * (rank - 1))


def table() -> pd.DataFrame:
    """Return the events of the three years, in the order of their first day."""
    rows: list[tuple[date, date, str, str, str, str]] = []
    every, told = "Tous les magasins", content("bocanterre")
    fairs = told.rows("fairs", name=str, town=str, month=int, saturday=int, days=int)
    for year in YEARS:
        rows += [
            (day, day, "férié", name.replace("'", "’"), every, PUBLIC_SOURCE)
            for day, name in public_holidays(year).items()
        ]
        rows += [
            (first, last, "soldes", name, every, SOLDES_SOURCE)
            for name, (first, last) in zip(("Soldes d’hiver", "Soldes d’été"), soldes(year), strict=True)
        ]
        rows += [
            (date(year, *first), date(year, *last), "temps fort", name, every, OWN_SOURCE)
            for name, first, last in told.rows("high_days", name=str, first=tuple, last=tuple)
        ]
        for name, town, month, rank, length in fairs:
            start = _saturday(year, month, rank)
            rows.append((start, start + timedelta(length - 1), "fête locale", name, town, FAIR_SOURCE))
    rows += [
        (one.first, one.last, "vacances zone B", one.name, every, school_holidays.SOURCE)
        for one in school_holidays.zone_b()
        if one.last.year >= YEARS[0]
    ]
    rows.sort(key=lambda row: (row[0], row[2], row[3]))
    found = pd.DataFrame(rows, columns=["debut", "fin", "type", "libelle", "lieu", "source"])
    found["verifie_le"] = pd.Timestamp(CHECKED)
    return found.assign(debut=pd.to_datetime(found["debut"]), fin=pd.to_datetime(found["fin"]))
