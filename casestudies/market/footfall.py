"""What brings people to a local shop: growth, season, weekday, opening days, holidays, weather.

Ranges assumed: ``growth`` 0.01–0.1 log points per 365 days; ``season`` 0–0.15 log points, amplitude of the yearly
wave; ``peak`` 1–365 day of the year of the top of the wave; ``christmas`` 0.1–0.5 log points, 10 to 24 December;
``holiday`` −0.6 to 0 log points, public holidays when open; ``rain`` −0.12 to −0.02 log points on a rainy day;
``rainy`` 0.25–0.5 share of days (order of Météo-France’s normals in western France).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casestudies.market.demand import ar1
from casestudies.market.sampling import Floats, Ints

WEEKDAY = (-0.10, -0.06, 0.00, -0.04, 0.12, 0.26, 0.0)
"""Log effect of Monday … Sunday for a French grocery (closed on Sunday here); assumption."""
WEATHER = ("beau", "couvert", "pluie")


@dataclass(frozen=True)
class Footfall:
    """Daily sales of a shop as a multiple of its starting level; every effect is in log points (ranges above)."""

    growth: float
    season: float
    peak: float
    christmas: float
    holiday: float
    rain: float

    def expected(self, days: pd.DataFrame) -> Floats:
        """Return the expected level of each row of ``days`` (see ``calendar.days``), 0 when the shop is closed."""
        year_day = np.asarray(days["date"].dt.day_of_year)
        month, day = np.asarray(days["date"].dt.month), np.asarray(days["date"].dt.day)
        log = (
            self.growth * np.arange(len(days)) / 365
            + self.season * np.cos(2 * np.pi * (year_day - self.peak) / 365.25)
            + np.take(WEEKDAY, days["weekday"])
            + self.christmas * ((month == 12) & (day >= 10) & (day <= 24))
            + self.holiday * days["holiday"].to_numpy(float)
        )
        level: Floats = np.exp(log) * open_days(days)
        return level


def open_days(days: pd.DataFrame) -> Floats:
    """Return 1 when the shop opens: every day but Sundays, 1 January, 1 May and 25 December."""
    month, day = np.asarray(days["date"].dt.month), np.asarray(days["date"].dt.day)
    legal = ((day == 1) & np.isin(month, (1, 5))) | ((month == 12) & (day == 25))
    opened: Floats = (~legal & (np.asarray(days["weekday"]) != 6)).astype(np.float64)
    return opened


def weather(n_areas: int, days: pd.DataFrame, rainy: float, rng: np.random.Generator) -> Ints:
    """Return the weather by (area, day), a rank in ``WEATHER``, with memory and more rain in winter.

    ``rainy`` is the share of rainy days over the year; a third of the others are overcast.
    """
    year_day = np.asarray(days["date"].dt.day_of_year)
    common = ar1(len(days), 0.8, 0.55, rng)
    own = np.stack([ar1(len(days), 0.6, 0.55, rng) for _ in range(n_areas)])
    latent = common + own + 0.35 * np.cos(2 * np.pi * (year_day - 10) / 365.25)
    low, high = np.quantile(latent, ((1 - rainy) * 2 / 3, 1 - rainy))
    found: Ints = (latent > low).astype(np.int64) + (latent > high)
    return found
