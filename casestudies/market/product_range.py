"""A range of products: units of three years, costs and margins, and what one product makes people buy besides.

Ranges assumed: ``trend`` −0.25 to 0.3 growth a year; ``cost_rate`` 0.4–1.1 variable cost / net price; ``attachment``
0.05–1.5 other units per order that starts with the product; ``carried_over`` 0.05–0.8 share of buyers who would take
another product of the range.
"""

import numpy as np

from casestudies.market.sampling import Floats, Ints, jitter, systematic


def yearly_units(last: Floats, trend: Floats, years: int, rng: np.random.Generator) -> Ints:
    """Return units by (product, year): ``last`` in the last year, reached at a growth of ``trend`` a year."""
    back = np.arange(years - 1, -1, -1)
    expected = last[:, None] / (1 + trend[:, None]) ** back * jitter((len(last), years), 0.02, rng)
    return np.maximum(np.round(expected), 1).astype(np.int64)


def attached_units(orders: Ints, rate: Floats, mix: Floats, rng: np.random.Generator) -> Ints:
    """Return units of each other product bought with each product, by (product, other).

    ``orders`` is the number of orders that start with the product, ``rate`` the other units per such order, ``mix``
    the share of each other product (each row sums to 1).
    """
    expected = (orders * rate)[:, None] * mix * jitter(mix.shape, 0.05, rng)
    return systematic(expected, rng)
