"""What people would buy without any action: trend, weekday, season, events and a noise with memory."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats

ABOUT = About(
    "Trend, weekday, season, events and a noise with memory set what people would buy without any action.",
    (
        Parameter("growth", "log points per 365 days", 0.03, 0.15, "assumption"),
        Parameter("season", "log points, each wave", -0.15, 0.15, "assumption"),
        Parameter("holiday", "log points", -0.1, 0.1, "assumption"),
        Parameter("soldes", "log points", 0.0, 0.6, "assumption"),
        Parameter(
            "black_friday",
            "log points over the week",
            0.3,
            0.7,
            "NielsenIQ 2022: ten days at about twice the usual",
        ),
        Parameter("Demand.sigma", "log points, standard deviation", 0.02, 0.1, "assumption"),
        Parameter("rho", "correlation with the day before", 0.0, 0.6, "assumption"),
    ),
)

WEEKDAY = (0.06, 0.03, 0.0, -0.01, -0.05, -0.10, 0.05)
"""Log effect of Monday … Sunday for a French online shop; assumption."""


def ar1(size: int, sigma: float, rho: float, rng: np.random.Generator) -> Floats:
    """Return a stationary first-order autoregressive noise, in log points.

    ``sigma`` is its standard deviation (0.02–0.10), ``rho`` its memory from one day to the next (0–0.6); assumption.
    """
    reach = 40
    kernel = rho ** np.arange(reach)
    shocks = rng.standard_normal(size + reach - 1) * sigma * np.sqrt(1 - rho * rho)
    return np.convolve(shocks, kernel, mode="valid")


@dataclass(frozen=True)
class Demand:
    """Daily demand as a multiple of its starting level; every effect is in log points.

    Attributes
    ----------
    growth : growth over 365 days (0.03–0.15 for a small brand; assumption).
    season : (sine, cosine) of the yearly wave (within ±0.15; assumption).
    holiday, soldes, black_friday : effect of these days (−0.1–0.6; assumption).
    sigma, rho : size and memory of the noise (see ``ar1``).

    """

    growth: float
    season: tuple[float, float]
    holiday: float
    soldes: float
    black_friday: float
    sigma: float
    rho: float

    def expected(self, days: pd.DataFrame) -> Floats:
        """Return the demand of each row of ``days`` (see ``calendar.days``) before noise."""
        rank = np.arange(len(days))
        angle = 2 * np.pi * np.asarray(days["date"].dt.day_of_year) / 365.25
        log = (
            self.growth * rank / 365
            + np.take(WEEKDAY, days["weekday"])
            + self.season[0] * np.sin(angle)
            + self.season[1] * np.cos(angle)
            + self.holiday * days["holiday"].to_numpy(float)
            + self.soldes * days["soldes"].to_numpy(float)
            + self.black_friday * days["black_friday"].to_numpy(float)
        )
        level: Floats = np.exp(log)
        return level

    def observed(self, days: pd.DataFrame, rng: np.random.Generator) -> Floats:
        """Return the demand of each day with its noise."""
        return self.expected(days) * np.exp(ar1(len(days), self.sigma, self.rho, rng))
