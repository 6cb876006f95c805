"""A promotion: more of what is promoted, less of it afterwards, less of its neighbour, more first-time buyers.

Ranges assumed: ``start`` 0–730 rank of the day; ``length`` 7–21 days; ``discount`` 0.1–0.3 share of the price; ``dip``
0.02–0.2 share of the base units over 14 days; ``dip_days`` 4–8 days to fall by 63 %; ``cannibalisation`` 0.02–0.2 share
of the neighbour’s base units; ``new_share`` 0.05–0.2 points of the share of first orders; ``halo`` 0–0.1 share of the
base units of a range bought with the promoted one.
Ranges known: ``lift`` 0.2–1.3 share of the base units (Ailawadi et al. 2007, for the order of size).
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats

AFTERMATH_DAYS = 14
"""Days over which the dip is measured."""


@dataclass(frozen=True)
class PromotionEffects:
    """Effects of one promotion, on days counted from the first day of the data.

    Attributes
    ----------
    start, length : first day (rank) and number of days (7–21).
    discount : share of the price taken off (0.10–0.30).
    lift : extra units of the promoted range, as a share of its base (0.2–1.3; Ailawadi et al. 2007 for the order).
    dip : mean shortfall of the promoted range over the 14 days that follow, as a share of its base (0.02–0.2).
    dip_days : time for the dip to fall by 63 %, in days (4–8; assumption).
    cannibalisation : units the neighbour range loses meanwhile, as a share of its base (0.02–0.20; assumption).
    new_share : points added to the share of first orders (0.05–0.20; assumption).
    halo : units that a range bought with it gains meanwhile, as a share of its base (0–0.10; Ailawadi et al. 2006
        find such an effect; its size is an assumption).

    """

    start: int
    length: int
    discount: float
    lift: float
    dip: float
    dip_days: float
    cannibalisation: float
    new_share: float
    halo: float = 0.0

    def running(self, size: int) -> Floats:
        """Return 1 on the days of the promotion, else 0."""
        rank = np.arange(size)
        return ((rank >= self.start) & (rank < self.start + self.length)).astype(float)

    def promoted(self, size: int) -> Floats:
        """Return the factor on the units of the promoted range: a stronger start, then the dip and its decay."""
        since = np.arange(size) - self.start
        running = self.running(size) > 0
        shape = np.where(running, 1 + 0.25 * np.exp(-np.maximum(since, 0) / 2.0), 0.0)
        shape[running] /= shape[running].mean()
        after = since - self.length
        decay = np.where(after >= 0, np.exp(-np.maximum(after, 0) / self.dip_days), 0.0)
        window = np.exp(-np.arange(AFTERMATH_DAYS) / self.dip_days).mean()
        factor: Floats = 1 + self.lift * shape - self.dip * decay / window
        return factor

    def neighbour(self, size: int) -> Floats:
        """Return the factor on the units of the neighbour range."""
        return 1 - self.cannibalisation * self.running(size)

    def companion(self, size: int) -> Floats:
        """Return the factor on the units of a range bought with the promoted one."""
        return 1 + self.halo * self.running(size)
