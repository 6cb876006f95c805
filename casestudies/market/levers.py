"""Paid levers: what is spent becomes impressions, then clicks, with memory and diminishing returns."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, jitter, systematic

ABOUT = About(
    "Money spent becomes impressions, then clicks, with memory and diminishing returns.",
    (
        Parameter("daily_spend", "€ excl. tax per day", 20, 250, "assumption"),
        Parameter("cpm", "€ excl. tax per 1 000 impressions", 1, 36, "display 1–3, Meta 5–11; assumption"),
        Parameter("cpc", "€ excl. tax per link click", 0.1, 1.3, "search 0.35–1.20, brand 0.15–0.30; assumption"),
        Parameter("link_share", "link clicks per click", 0.5, 1.0, "assumption"),
        Parameter("frequency", "impressions per person and day", 1.0, 2.5, "assumption"),
        Parameter("push", "multiple of the usual spend", 1.0, 1.5, "assumption"),
        Parameter("overclaim", "declared per real conversion", 1.0, 2.6, "assumption"),
        Parameter("retention", "share kept from one day to the next", 0.0, 0.5, "Robyn, rule of thumb"),
        Parameter("half", "multiple of daily_spend", 1.5, 4.0, "Robyn, rule of thumb"),
        Parameter("slope", "exponent", 0.5, 3.0, "Robyn, rule of thumb"),
    ),
)

MICROS = 1_000_000
"""Advertising platforms count money in millionths."""


def adstock(spend: Floats, retention: float) -> Floats:
    """Return spend plus what is remembered of the days before (geometric memory, normalised to the same level).

    ``retention`` is the share kept from one day to the next (0–0.5 for digital levers; Robyn's rule of thumb).
    """
    reach = 30
    kernel = retention ** np.arange(reach)
    kernel /= kernel.sum()
    padded = np.concatenate([np.full(reach - 1, spend[0]), spend])
    remembered: Floats = np.convolve(padded, kernel, mode="valid")
    return remembered


def hill(dose: Floats, half: float, slope: float) -> Floats:
    """Return the saturating response, between 0 and 1: 0.5 when ``dose`` equals ``half``; slope 0.5–3 (Robyn)."""
    response: Floats = dose**slope / (dose**slope + half**slope)
    return response


@dataclass(frozen=True)
class Campaign:
    """One campaign of one platform; money is in euros excluding tax.

    Attributes
    ----------
    platform, lever, channel, name : what learners see; ``channel`` is where its sessions are counted.
    daily_spend : mean spend per day at the start (€; 20–250 for a small shop).
    cpm : cost of 1 000 impressions at that spend (€; Meta 5–11, display 1–3; assumption).
    cpc : cost of one link click at that spend (€; search 0.35–1.20, brand 0.15–0.30; assumption).
    link_share : link clicks / all clicks (0.55–0.70 on Meta, 1 elsewhere; assumption).
    frequency : impressions per person reached in a day (1.0–2.5).
    push : spend multiplier while a promotion runs.
    overclaim : conversions the platform declares per order really brought.
    retention, half, slope : adstock and saturation, ``half`` as a multiple of ``daily_spend``.

    """

    platform: str
    lever: str
    channel: str
    name: str
    daily_spend: float
    cpm: float
    cpc: float
    link_share: float
    frequency: float
    push: float
    overclaim: float
    retention: float = 0.15
    half: float = 3.0
    slope: float = 1.1

    def spend(self, pace: Floats, promo: Floats, rng: np.random.Generator) -> Floats:
        """Return euros spent per day, to the cent, following ``pace`` (1 = usual) and the promotion (0/1)."""
        planned = self.daily_spend * pace * (1 + (self.push - 1) * promo)
        return np.round(planned * jitter(len(pace), 0.08, rng), 2)

    def clicks(self, spend: Floats, rng: np.random.Generator) -> Ints:
        """Return link clicks per day: linear at the usual spend, then less and less."""
        dose = adstock(spend, self.retention) / self.daily_spend
        usual = hill(np.ones(1), self.half, self.slope)
        expected = self.daily_spend / self.cpc * hill(dose, self.half, self.slope) / usual
        return systematic(expected * jitter(len(spend), 0.06, rng), rng)

    def impressions(self, spend: Floats, rng: np.random.Generator) -> Ints:
        """Return impressions per day bought with ``spend``."""
        return systematic(1000 * spend / self.cpm * jitter(len(spend), 0.05, rng), rng)
