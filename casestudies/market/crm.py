"""A sales pipeline: each lead passes stages or is lost, and every step takes time.

Ranges assumed: ``delays`` 3–40 days (a cycle of about sixty days for small firms); ``shape`` 1.5–4; ``loss_delay``
15–40 days.
Ranges known: ``rates`` 0.13–0.75 share, by stage: lead to MQL 0.15–0.5, MQL to SQL 0.13–0.5, SQL to opportunity
0.3–0.75, opportunity to client 0.15–0.3 (getfairview, altiorco, First Page Sage).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casestudies.market.sampling import Floats, Ints, systematic

NEVER = np.iinfo(np.int64).max
"""Day of what has not happened."""


@dataclass(frozen=True)
class Journey:
    """What became of each lead: the day of each stage by (lead, stage) and the day it was lost, else ``NEVER``."""

    stages: Ints
    lost: Ints

    def seen_on(self, day: int) -> "Journey":
        """Return what an export made at the end of ``day`` shows: nothing that comes later."""
        return Journey(
            np.where(self.stages <= day, self.stages, NEVER),
            np.where(self.lost <= day, self.lost, NEVER),
        )

    @property
    def depth(self) -> Ints:
        """Number of stages passed by each lead."""
        passed: Ints = (self.stages < NEVER).sum(axis=1)
        return passed


@dataclass(frozen=True)
class Pipeline:
    """The stages after the lead.

    Attributes
    ----------
    rates : probability to pass each stage by (source, stage).
    delays : mean days from one stage to the next, by stage.
    shape : shape of the gamma law of the delays (the higher, the more regular).
    loss_delay : mean days between the last stage passed and the loss.

    """

    rates: Floats
    delays: Floats
    shape: float
    loss_delay: float

    def run(self, created: Ints, source: Ints, closing: Floats, rng: np.random.Generator) -> Journey:
        """Return the journey of leads ``created`` on these days (ranks).

        ``closing`` multiplies the rate of the last stage for each lead (who sells), 1 in the mean. Each lead passes
        with its own probability, and each source as many as its rate says, to the nearest whole number: a lever that
        signs twenty clients would else sign fifteen or twenty-five by chance alone, and no story could be told of it.
        """
        odds = self.rates[source]
        odds[:, -1] *= closing
        passed = self._passed(source, odds, rng)
        waits = rng.gamma(self.shape, self.delays / self.shape, odds.shape)
        day = created[:, None] + np.rint(np.cumsum(waits, axis=1)).astype(np.int64)
        depth = passed.sum(axis=1)
        since = np.where(depth > 0, day[np.arange(len(day)), np.maximum(depth - 1, 0)], created)
        wait = rng.gamma(self.shape, self.loss_delay / self.shape, len(day))
        lost = since + 1 + np.rint(wait).astype(np.int64)
        return Journey(np.where(passed, day, NEVER), np.where(depth < odds.shape[1], lost, NEVER))

    def _passed(self, source: Ints, odds: Floats, rng: np.random.Generator) -> NDArray[np.bool_]:
        """Return whether each lead passed each stage, by (lead, stage)."""
        passed = np.zeros(odds.shape, dtype=bool)
        for rank in range(len(self.rates)):
            there = np.flatnonzero(source == rank)
            for stage, chances in enumerate(odds.T):
                there = there[systematic(chances[there], rng) > 0]
                passed[there, stage] = True
        return passed


def to_working_days(day: Ints, first: np.datetime64, closed: NDArray[np.datetime64]) -> Ints:
    """Move each day (rank from ``first``) that falls on a week-end or in ``closed`` to the next working day."""
    known = day < NEVER
    moved = day.copy()
    rolled = np.busday_offset(first + day[known].astype("timedelta64[D]"), 0, roll="forward", holidays=closed)
    moved[known] = (rolled - first).astype(np.int64)
    return moved
