"""Who can do what: levels by person and skill, where some skills rest on one person.

Ranges assumed: ``notions`` 0.2–0.5 share of the other skills known a little; ``able`` 3 level from 0 to 4 (3 = works
alone).
"""

import numpy as np
from numpy.typing import NDArray

from casestudies.market.sampling import Ints

ABLE = 3
"""Level from which a person works alone (0 none, 1 notions, 2 with help, 3 alone, 4 teaches others)."""


def levels(trade: Ints, notions: float, rng: np.random.Generator) -> Ints:
    """Return levels 0–4 by (person, skill): those of the ``trade``, and notions (1 or 2) elsewhere."""
    known = rng.random(trade.shape) < notions
    some = rng.integers(1, ABLE, trade.shape)
    return np.where(trade > 0, trade, np.where(known, some, 0))


def resting_on(level: Ints, skill: int, person: int) -> Ints:
    """Return the levels once only ``person`` works alone in ``skill``."""
    found = level.copy()
    found[:, skill] = np.minimum(found[:, skill], ABLE - 1)
    found[person, skill] = max(int(level[person, skill]), ABLE)
    return found


def alone(level: Ints) -> NDArray[np.bool_]:
    """Return whether each skill has exactly one person who works alone."""
    found: NDArray[np.bool_] = (level >= ABLE).sum(axis=0) == 1
    return found
