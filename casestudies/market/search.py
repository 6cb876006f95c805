"""Organic search: where a site stands for each query, month after month, and how many searches become clicks."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, jitter, systematic

ABOUT = About(
    "Searches become impressions, then clicks, the better the site is placed.",
    (
        Parameter("volume", "searches per month", 100, 30000, "assumption"),
        Parameter("position", "rank in the results", 1.0, 40.0, "assumption"),
        Parameter("drift", "log points of the rank per year, negative when the site climbs", -0.8, 0.4, "assumption"),
        Parameter("wander", "log points of the rank, standard deviation of a month", 0.02, 0.12, "assumption"),
        Parameter("level", "multiple of the usual click curve", 0.8, 1.2, "First Page Sage 2024 against Sistrix"),
        Parameter("brand", "multiple of the click curve for the brand’s own name", 1.0, 1.7, "assumption"),
    ),
)

CURVE = (0.34, 0.17, 0.10, 0.07, 0.05, 0.044, 0.03, 0.02, 0.019, 0.016)
"""Clicks per impression at positions 1 to 10 (First Page Sage 2024, middle of the ranges)."""

WORST = 40.0
"""No query is followed beyond this position."""


def click_rate(position: Floats) -> Floats:
    """Return the clicks per impression at ``position`` (1 = first), falling geometrically between whole positions.

    >>> click_rate(np.array([1.0, 3.0, 20.0])).round(4).tolist()
    [0.34, 0.1, 0.004]
    """
    inside = np.exp(np.interp(position, np.arange(1, len(CURVE) + 1), np.log(CURVE)))
    beyond = CURVE[-1] * (len(CURVE) / np.maximum(position, len(CURVE))) ** 2
    rate: Floats = np.where(position <= len(CURVE), inside, beyond)
    return rate


def seen(position: Floats) -> Floats:
    """Return impressions per search: nearly all on the first page of results, few from the second on."""
    share: Floats = 0.04 + 0.92 / (1 + np.exp((position - 11.0) / 1.3))
    return share


@dataclass(frozen=True)
class Search:
    """The queries of one site; arrays have one entry per query.

    Attributes
    ----------
    volume : searches in a usual month.
    position : rank in the first month (1 = first).
    drift : change of its logarithm over a year; negative when the site climbs.
    wander : standard deviation of its monthly noise, in log points.
    season : height of the yearly wave of the searches, in log points (0–0.6; assumption).
    peak : month of the top of the wave (1–12).
    level : multiple of the click curve for this site.
    brand : further multiple of the curve: above 1 for the brand’s own name.

    """

    volume: Floats
    position: Floats
    drift: Floats
    wander: float
    season: Floats
    peak: Floats
    level: float
    brand: Floats

    def searches(self, month: Ints) -> Floats:
        """Return the expected searches by (query, month), ``month`` being 1–12."""
        wave = np.cos(2 * np.pi * (month[None, :] - self.peak[:, None]) / 12)
        expected: Floats = self.volume[:, None] * np.exp(self.season[:, None] * wave)
        return expected

    def positions(self, size: int, rng: np.random.Generator) -> Floats:
        """Return the mean position by (query, month) over ``size`` months, to one decimal."""
        years = np.arange(size) / 12
        noise = jitter((len(self.position), size), self.wander, rng)
        found: Floats = np.clip(self.position[:, None] * np.exp(self.drift[:, None] * years) * noise, 1.0, WORST)
        return np.round(found, 1)

    def expected_rate(self, position: Floats) -> Floats:
        """Return the true clicks per impression by (query, month)."""
        rate: Floats = np.minimum(click_rate(position) * self.level * self.brand[:, None], 0.75)
        return rate

    def report(self, month: Ints, rng: np.random.Generator) -> dict[str, Ints | Floats]:
        """Return volume (to the ten), position, impressions and clicks, each by (query, month)."""
        searches = self.searches(month)
        position = self.positions(len(month), rng)
        shown = systematic(searches * seen(position) * jitter(searches.shape, 0.06, rng), rng)
        clicks = systematic(shown * self.expected_rate(position) * jitter(searches.shape, 0.07, rng), rng)
        volume = np.maximum(np.round(searches / 10).astype(np.int64) * 10, 10)
        return {"volume": volume, "position": position, "impressions": shown, "clicks": np.minimum(clicks, shown)}
