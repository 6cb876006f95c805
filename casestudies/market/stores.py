"""A trial in some stores: treated and control groups, store shocks of a known size, difference in differences.

Ranges assumed: ``effect`` 0–0.1 share of the sales of a treated store; ``spread`` 0.01–0.05 standard deviation of a
store’s own change between two windows; ``luck`` −0.55 to 0.55 standard errors by which the two groups differ by
chance; ``block`` 0.005–0.02 log points, ups and downs of a store over four weeks.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints

BLOCK_DAYS = 28
Z95 = 1.96
"""Half-width of a 95 % interval, in standard errors (normal law)."""


@dataclass(frozen=True)
class Trial:
    """One trial; days are counted from the first day of the data, stores by their rank.

    Attributes
    ----------
    treated : ranks of the treated stores.
    start, length : first day and number of days of the trial; it is compared with as many days just before.
    effect : extra sales of a treated store, as a share of what it would have sold.
    spread : standard deviation, between stores of a group, of their own change from one window to the other.
    luck : chance gap between the two groups, in standard errors (small: the groups were matched by hand).

    """

    treated: tuple[int, ...]
    start: int
    length: int
    effect: float
    spread: float
    luck: float

    def is_treated(self, n_stores: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Return whether each store is treated."""
        return np.isin(np.arange(n_stores), self.treated)

    def standard_error(self, n_stores: int) -> float:
        """Return the standard error of the difference between the two groups' mean changes."""
        n = len(self.treated)
        return self.spread * float(np.sqrt(1 / n + 1 / (n_stores - n)))

    def running(self, n_stores: int, n_days: int) -> Floats:
        """Return 1 where the action runs, by (store, day), else 0."""
        rank = np.arange(n_days)
        during = (rank >= self.start) & (rank < self.start + self.length)
        return np.outer(self.is_treated(n_stores), during).astype(float)

    def changes(self, n_stores: int, luck: float, rng: np.random.Generator) -> Floats:
        """Return each store's own change: mean and spread are exact in each group, save for ``luck``."""
        change = np.empty(n_stores)
        treated = self.is_treated(n_stores)
        for group in (treated, ~treated):
            drawn = rng.standard_normal(int(group.sum()))
            change[group] = (drawn - drawn.mean()) / drawn.std(ddof=1) * self.spread
        change[treated] += luck * self.standard_error(n_stores)
        return change


def ups_and_downs(n_stores: int, n_days: int, anchor: int, block: float, rng: np.random.Generator) -> Floats:
    """Return the log level of each store by day, constant over blocks of four weeks that start at day ``anchor``."""
    index = (np.arange(n_days) - anchor) // BLOCK_DAYS
    index -= index.min()
    levels = rng.standard_normal((n_stores, int(index.max()) + 1)) * block
    return levels[:, index]


def settled(noise: Floats, weight: Floats, before: slice, during: slice, change: Floats) -> Floats:
    """Return the log ``noise`` shifted in the window ``during`` so that each store changes by ``change`` exactly.

    ``noise`` is by (store, day), ``weight`` the expected sales of each day; the change is that of the weighted means
    of ``exp(noise)``. Days outside the window are left as they are.
    """

    def level(window: slice) -> Floats:
        mean: Floats = np.exp(noise[:, window]) @ weight[window] / weight[window].sum()
        return mean

    moved = noise.copy()
    moved[:, during] += (change - np.log(level(during) / level(before)))[:, None]
    return moved


@dataclass(frozen=True)
class Comparison:
    """What the comparison of two groups says: mean change of each, difference and its standard error (shares)."""

    treated: float
    control: float
    difference: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval of the difference."""
        half = Z95 * self.error
        return self.difference - half, self.difference + half

    @property
    def proven(self) -> bool:
        """Whether the interval excludes zero."""
        low, high = self.interval
        return low > 0 or high < 0


def compare(before: Floats, during: Floats, treated: Ints) -> Comparison:
    """Compare the change of treated and control stores, from the sales of each store in two windows.

    >>> found = compare(np.full(4, 100.0), np.array([112.0, 110.0, 103.0, 101.0]), np.array([1, 1, 0, 0]))
    >>> round(found.treated, 4), round(found.control, 4), round(found.difference, 4), round(found.error, 4)
    (0.11, 0.02, 0.09, 0.0141)
    """
    change = during / before - 1
    one, other = change[treated == 1], change[treated == 0]
    error = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return Comparison(float(one.mean()), float(other.mean()), float(one.mean() - other.mean()), float(error))
