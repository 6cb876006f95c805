"""Competitors: the prices they show week after week, and how a grid of criteria rates them.

Ranges assumed: ``offset`` −0.3 to 0.35 log points from the market median; ``promoted`` 0.05–0.2 share of the weeks;
``depth`` 0.08–0.25 share of the price; ``missing`` 0.03–0.1 share of the readings.
"""

import numpy as np

from casestudies.market.sampling import Floats, Ints


def usual_prices(median: Floats, offsets: Floats) -> Floats:
    """Return the usual price by (competitor, product), to the euro, ``offsets`` log points around the median."""
    return np.round(median[None, :] * np.exp(offsets))


def shown_prices(
    usual: Floats, weeks: int, promoted: float, depth: tuple[float, float], rng: np.random.Generator
) -> tuple[Floats, Ints]:
    """Return (price shown, 0/1 promoted) by (competitor, product, week): the usual price, or less on promotion."""
    shape = (*usual.shape, weeks)
    cut = (rng.random(shape) < promoted).astype(np.int64)
    shown = np.round(usual[..., None] * (1 - cut * rng.uniform(*depth, shape)))
    return shown, cut


def out_of_stock(shape: tuple[int, ...], missing: float, rng: np.random.Generator) -> Ints:
    """Return 0/1: whether the product could not be bought when its price was read."""
    return (rng.random(shape) < missing).astype(np.int64)


def ratings(profile: Floats, shake: float, rng: np.random.Generator) -> Ints:
    """Return marks from 1 to 5 by (competitor, criterion): ``profile``, moved by one with chance ``shake``."""
    move = (rng.random(profile.shape) < shake) * rng.choice((-1, 1), profile.shape)
    marks: Ints = np.clip(np.round(profile + move), 1, 5).astype(np.int64)
    return marks
