"""Distribution: what is left to the maker in each circuit, and the shops that stock the brand."""

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    "Each intermediary keeps a share of the price; large shops stock the brand more, or less, than small ones.",
    (
        Parameter(
            "retail", "share of the retail price excl. tax", 0.30, 0.44, "INSEE Focus 284: 30 % shops, 44 % mail"
        ),
        Parameter("wholesale", "share of the wholesale price", 0.1, 0.24, "INSEE Focus 284: 21 %"),
        Parameter("commission", "share of the retail price excl. tax", 0.10, 0.18, "assumption"),
        Parameter("listed", "share of the shops", 0.15, 0.70, "assumption"),
        Parameter("lean", "log odds per standard deviation of the log turnover", -1.2, 1.8, "assumption"),
        Parameter("shop_spread", "log points, standard deviation", 0.5, 1.0, "assumption"),
    ),
)


def maker_share(retail: Floats, wholesale: Floats, commission: Floats) -> Floats:
    """Return what the maker receives of the retail price excl. tax; each rate is a share of the seller's own price.

    >>> maker_share(np.array([0.40]), np.array([0.20]), np.array([0.0])).round(2).tolist()
    [0.48]
    """
    return (1 - retail) * (1 - wholesale) * (1 - commission)


def markup(rate: Floats) -> Floats:
    """Return the rate on the purchase price that stands for ``rate``, a rate on the selling price.

    >>> markup(np.array([0.20])).tolist()
    [0.25]
    """
    return rate / (1 - rate)


def turnovers(count: int, median: float, spread: float, rng: np.random.Generator) -> Floats:
    """Return the yearly turnover of ``count`` shops in the category, to the hundred euros; a log-normal law."""
    return np.round(median * np.exp(spread * rng.standard_normal(count)) / 100) * 100


def listing_chances(turnover: Floats, base: float, lean: float) -> Floats:
    """Return the chance that each shop stocks the brand.

    ``base`` is the log odds of a shop of median size; ``lean`` what one standard deviation of the log turnover adds.
    """
    logs = np.log(turnover)
    size = (logs - np.median(logs)) / logs.std()
    chances: Floats = 1 / (1 + np.exp(-(base + lean * size)))
    return chances


def listed(chances: Floats, rng: np.random.Generator) -> Ints:
    """Return 0/1 by shop: whether it stocks the brand."""
    return (rng.random(len(chances)) < chances).astype(np.int64)
