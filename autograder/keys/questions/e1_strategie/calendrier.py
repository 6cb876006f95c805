"""Notebook 04: periods argued by the business (B1-C06), the time that contents take (B1-C08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated
from casestudies.bocanterre import history

KEYS = Keys("e1-strategie/04-calendrier", company="bocanterre")
MONTH, SATURDAY = 10, 5
"""October, whose total looks good because its shops open often; the rank of Saturday."""

NOTICE_DAYS = 30
"""Days before an announcement that the law looks at for the former price."""


@dataclass(frozen=True)
class Season:
    """Daily sales of the whole chain over two whole years, closed days at zero."""

    daily: pd.Series

    @property
    def opened(self) -> pd.Series:
        """The days when the shops open."""
        found: pd.Series = self.daily[self.daily > 0]
        return found

    def index(self, kept: pd.Series) -> float:
        """Return the mean of some opening days over that of all opening days."""
        return float(kept.mean() / self.opened.mean())

    def month(self, number: int) -> float:
        """Return the index of a month."""
        return self.index(self.opened[pd.DatetimeIndex(self.opened.index).month == number])

    def weekday(self, rank: int) -> float:
        """Return the index of a day of the week, Monday being 0."""
        return self.index(self.opened[pd.DatetimeIndex(self.opened.index).day_of_week == rank])


def season(case: Case) -> Season:
    """Return the sales of each day, all shops together."""
    return Season(case.table("ventes_magasin_jour").groupby("date")["ca_ttc"].sum())


def month_indices(case: Case) -> Mapping[int, float]:
    """Return the index of each month."""
    found = case.fact(season)
    return {number: found.month(number) for number in range(1, 13)}


def prices(case: Case) -> pd.DataFrame:
    """Return the price of the jar day by day, up to the eve of the announcement."""
    steps = history.historique_prix(case.table("catalogue"))
    days = [
        (day, float(price))
        for first, last, price in zip(steps["du"], steps["au"], steps["prix_ttc"], strict=True)
        for day in pd.date_range(first, last)
    ]
    return pd.DataFrame(days, columns=["jour", "prix_ttc"])


def last_prices(case: Case) -> pd.Series:
    """Return the prices of the thirty days before the announcement."""
    table = case.fact(prices)
    found: pd.Series = table.loc[table["jour"] >= pd.Timestamp(history.ANNOUNCED - timedelta(NOTICE_DAYS)), "prix_ttc"]
    return found


@dataclass(frozen=True)
class Times:
    """Days that the past contents of one format took: the shortest, the middle, the longest, and the mean."""

    shortest: float
    middle: float
    longest: float
    mean: float

    @property
    def expected(self) -> float:
        """Days to plan for the next one, by three points."""
        return metrics.three_point(self.shortest, self.middle, self.longest)


def times(case: Case) -> Mapping[str, Times]:
    """Return the past times of each format, days."""
    groups = case.table("temps_passes").groupby("format")["jours_passes"]
    return {
        str(name): Times(float(days.min()), float(days.median()), float(days.max()), float(days.mean()))
        for name, days in groups
    }


INDEX = "indice (1 = un jour d’ouverture moyen)"


# « Soldes de printemps » in March: B, another word and the lawful former price.
KEYS.fixed_choice("s4-entree-soldes", "B", {"M270": "A", "M271": ("C", "D")})

# 2, 3 and 10 days: C is (2 + 4 × 3 + 10) ÷ 6 = 4.
KEYS.fixed_choice("s4-entree-durees", "C", {"M342": ("A", "B", "D")})


@KEYS.number("s4-indice", INDEX, 3)
def october_index(case: Case) -> Stated:
    """Mean sales of an opening day of October over those of any opening day, two years together."""
    found = case.fact(season)
    sales, opened = found.daily, found.opened
    within = sales[sales.index.month == MONTH]  # type: ignore[attr-defined]
    return found.month(MONTH), {
        "M275": float(within.sum() / (sales.sum() / 12)),
        "M276": (float(within.mean() / sales.mean()), float(within[within > 0].mean() / sales.mean())),
        "M277": float(within.sum() / sales.sum()),
        "M175": (float(within[within > 0].mean()), float(opened.mean())),
    }


@KEYS.number("s4-prix-30", "€ TTC", 2)
def former_price(case: Case) -> Stated:
    """Lowest price of the thirty days before the announcement."""
    steps = history.historique_prix(case.table("catalogue"))["prix_ttc"].tolist()
    last = case.fact(last_prices)
    return float(last.min()), {"M121": (steps[1], steps[-1]), "M278": min(steps), "M279": float(last.mean())}


@KEYS.values("s4-durees", "format", "jours de travail")
def durations(case: Case) -> Stated:
    """Give each format its expected days: shortest + 4 × middle + longest past time, over 6."""
    found = case.fact(times)
    return {name: one.expected for name, one in found.items()}, {
        "M340": {name: one.mean for name, one in found.items()},
        "M341": {name: (one.shortest + one.middle + one.longest) / 3 for name, one in found.items()},
        "M342": ({name: one.middle for name, one in found.items()}, {name: one.longest for name, one in found.items()}),
        "M343": {name: (one.shortest + 4 * one.middle + one.longest) / 3 for name, one in found.items()},
    }


@KEYS.number("s4-samedi", INDEX, 3, coarse=True)
def saturday_index(case: Case) -> Stated:
    """Mean sales of an opening Saturday over those of any opening day."""
    found = case.fact(season)
    sales = found.daily
    within = sales[sales.index.day_of_week == SATURDAY]  # type: ignore[attr-defined]
    return found.weekday(SATURDAY), {
        "M275": float(within.sum() / (sales.sum() / 7)),
        "M276": float(within.mean() / sales.mean()),
        "M277": float(within.sum() / sales.sum()),
        "M175": float(within[within > 0].mean()),
    }
