"""Order lines: the units of each day and range are shared between the orders of the day, exactly.

Ranges assumed: ``units_per_lot`` 1.2–2.2 units per order line; ``fee`` 4–7 € incl. tax per order; ``free_from`` 40–60
€ incl. tax of goods.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints, pick_within, unrolled


@dataclass(frozen=True)
class Lines:
    """Order lines as arrays of one length: which order, which product, how many units."""

    order: Ints
    product: Ints
    quantity: Ints


def lots(units: Ints, units_per_lot: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Split the units of each group into lots of 1, 2, 3… and return (group of each lot, units of each lot).

    ``units_per_lot`` is the mean size (1.2–1.8; assumption). The units of each group are kept exactly.
    """
    count = np.maximum(np.round(units / units_per_lot).astype(np.int64), np.minimum(units, 1))
    group = unrolled(count)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    extra = unrolled(units - count)
    where = first[extra] + np.floor(rng.random(len(extra)) * count[extra]).astype(np.int64)
    return group, 1 + np.bincount(where, minlength=len(group)).astype(np.int64)


def assign(lot_day: Ints, order_day: Ints, weight: Floats, rng: np.random.Generator) -> Ints:
    """Return the order of each lot: every order of a day gets one, the others fall by ``weight``.

    ``lot_day`` and ``order_day`` are sorted; a day has at least as many lots as orders.
    """
    shuffled = np.lexsort((rng.random(len(lot_day)), lot_day))
    first = np.searchsorted(order_day, lot_day, side="left")
    last = np.searchsorted(order_day, lot_day, side="right")
    rank = np.arange(len(lot_day)) - np.searchsorted(lot_day, lot_day, side="left")
    drawn = pick_within(weight, first, last, rng)
    chosen = np.where(first + rank < last, first + rank, drawn)
    result = np.empty_like(chosen)
    result[shuffled] = chosen
    return result


def compose(
    units: Ints, products: Floats, order_day: Ints, weight: Floats, units_per_lot: float, rng: np.random.Generator
) -> Lines:
    """Return the order lines of a window, holding exactly ``units`` of each (day, range).

    ``products`` is the probability of each product by (range, product); ``order_day`` the day of each order, sorted;
    ``weight`` how much each order tends to hold (> 0); ``units_per_lot`` is explained in ``lots``.
    """
    group, size = lots(units.ravel(), units_per_lot, rng)
    day, family = np.divmod(group, units.shape[1])
    n_products = products.shape[1]
    flat = products.ravel()
    product = pick_within(flat, family * n_products, (family + 1) * n_products, rng) - family * n_products
    order = assign(day, order_day, weight, rng)
    key, inverse = np.unique(order * n_products + product, return_inverse=True)
    quantity = np.bincount(inverse, weights=size).astype(np.int64)
    return Lines(key // n_products, key % n_products, quantity)


def shipping(order: Ints, amount: Floats, fee: float, free_from: float) -> Floats:
    """Return the shipping (€ incl. tax) on the first line of each order, 0 on the others.

    ``fee`` is asked under ``free_from`` euros of goods after discount (4–7 € and 40–60 € are usual; assumption).
    """
    total = np.bincount(order, weights=amount)
    first = np.concatenate([[True], order[1:] != order[:-1]])
    return np.where(first & (total[order] < free_from), fee, 0.0)
