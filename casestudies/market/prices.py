"""Price and demand: stages of price, sales that answer them, the price a monopolist would choose, daily prices.

Ranges assumed: ``elasticity`` −2.6 to −1.3 % of units per % of price (research F3); ``levels`` −0.18 to 0.15 log
points around the list price; ``stage`` 6–13 weeks at one price; ``sigma`` 0.02–0.08 log points, standard deviation of
a week; ``shortage`` 0.01–0.04 share of the weeks; ``kept`` 0.2–0.5 share of the units sold in a week short of stock;
``flash`` 0.8–0.92 share of the list price.
"""

import numpy as np

from casestudies.market.sampling import Floats, Ints, jitter, systematic

REFERENCE_DAYS = 30
"""Days over which the lowest price is looked for before a reduction (article L112-1-1 of the consumer code)."""

HISTORIES = ("stable", "eclair", "hausse", "eclair_ancien", "successives", "deux_eclairs")
"""Ways a price has moved over the 45 days before a reduction; see ``daily_prices``."""


def stages(list_price: Floats, levels: Floats, stage: int, weeks: int, rng: np.random.Generator) -> Floats:
    """Return prices by (product, week), to the euro: each stage of ``stage`` weeks is at one of ``levels``.

    Levels (log points) are taken in turn, in an order drawn for each product, so that all are seen about equally.
    """
    n_stages = -(-weeks // stage)
    turns = -(-n_stages // len(levels))
    ranks = rng.random((len(list_price), turns, len(levels))).argsort(axis=2).reshape(len(list_price), -1)
    path = np.repeat(levels[ranks[:, :n_stages]], stage, axis=1)[:, :weeks]
    return np.round(list_price[:, None] * np.exp(path))


def units(
    visits: Ints, conversion: Floats, relative: Floats, elasticity: Floats, sigma: float, rng: np.random.Generator
) -> Ints:
    """Return units by (product, week): visits turned into sales, more when the price is under its reference.

    ``relative`` is price / reference price; ``conversion`` and ``elasticity`` have one value per product; the noise
    of a week has log standard deviation ``sigma``.
    """
    expected = visits * conversion[:, None] * relative ** elasticity[:, None] * jitter(visits.shape, sigma, rng)
    return systematic(expected, rng)


def shortages(sold: Ints, share: float, kept: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return (units left, 0/1 short of stock): a ``share`` of the weeks of each product sells ``kept`` of its units."""
    short = systematic(np.full(sold.shape, share), rng)
    short = np.take_along_axis(short, rng.random(sold.shape).argsort(axis=1), axis=1)
    return np.where(short == 1, np.floor(sold * kept), sold).astype(np.int64), short


def best_price(cost: float, elasticity: float) -> float:
    """Return the price that earns the most when the elasticity is constant and under −1 (same unit as ``cost``).

    >>> best_price(100.0, -2.0)
    200.0
    """
    return cost * elasticity / (elasticity + 1)


def daily_prices(list_price: float, history: str, days: int, rng: np.random.Generator) -> Floats:
    """Return the prices of the ``days`` days before a reduction, the last one being the eve, to the euro.

    ``stable``: the list price. ``eclair``: a four-day flash price within the last 30 days. ``hausse``: the price was
    raised less than 30 days ago. ``eclair_ancien``: a flash price more than 30 days ago. ``successives``: a first
    reduction started 12 days ago and still runs. ``deux_eclairs``: two flash prices within 30 days.
    """
    price = np.full(days, list_price)
    low, lower = np.round(list_price * rng.uniform([0.89, 0.81], [0.92, 0.84]))
    if history == "eclair":
        start = int(rng.integers(14, 24))
        price[days - start : days - start + 4] = lower
    elif history == "hausse":
        price[: days - int(rng.integers(16, 26))] = low
    elif history == "eclair_ancien":
        start = int(rng.integers(37, 42))
        price[days - start : days - start + 4] = lower
    elif history == "successives":
        price[days - 12 :] = low
    elif history == "deux_eclairs":
        price[days - 26 : days - 23] = low
        price[days - 11 : days - 8] = lower
    return price
