"""From expected values to whole numbers: rounding that keeps sums true, and sampling without extra noise.

Counts drawn from a Poisson law would drown a story told over two weeks. Here the randomness is put in on purpose
(a log-normal factor of known size), then *systematic* rounding turns the expected values into integers whose running
total never strays by more than one from the expected running total.

Ranges assumed: ``sigma`` 0.01–0.9 log points, standard deviation.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Reals = NDArray[np.floating[Any]]


def systematic(expected: Reals, rng: np.random.Generator) -> Ints:
    """Round ``expected`` (any unit, ≥ 0) to integers along its last axis, keeping the running total.

    With probabilities instead of quantities, the result is a 0/1 sample of the right size.

    >>> systematic(np.full(10, 0.5), np.random.default_rng(1)).sum()
    np.int64(5)
    """
    start = rng.random((*expected.shape[:-1], 1))
    total = np.cumsum(expected, axis=-1) + start
    whole: Floats = np.diff(np.floor(total), axis=-1, prepend=np.floor(start))
    return whole.astype(np.int64)


def unrolled(counts: Ints) -> Ints:
    """Return each rank as many times as ``counts`` says, in order: the rows behind the cells of a table of counts.

    numpy repeats by an index of the machine's own size: in a browser, 32 bits, where it refuses counts of 64.

    >>> unrolled(np.array([2, 0, 1])).tolist()
    [0, 0, 2]
    """
    ranks: Ints = np.repeat(np.arange(counts.size, dtype=np.int64), counts.ravel().astype(np.intp))
    return ranks


def jitter(shape: int | tuple[int, ...], sigma: float, rng: np.random.Generator) -> Floats:
    """Return log-normal factors of mean 1; ``sigma`` is their log standard deviation (0.02–0.15 here)."""
    factors: Floats = np.exp(sigma * rng.standard_normal(shape) - sigma * sigma / 2)
    return factors


def pick(weights: Floats, size: int, rng: np.random.Generator) -> Ints:
    """Draw ``size`` positions with replacement, in proportion to ``weights`` (need not sum to 1)."""
    cumulated = np.cumsum(weights)
    found: Ints = np.searchsorted(cumulated, rng.random(size) * cumulated[-1], side="right").astype(np.int64)
    return found


def pick_within(weights: Floats, first: Ints, last: Ints, rng: np.random.Generator) -> Ints:
    """Draw one position in each slice ``[first, last)`` of ``weights``, in proportion to the weights of the slice."""
    cumulated = np.concatenate([[0.0], np.cumsum(weights)])
    low, high = cumulated[first], cumulated[last]
    found = np.searchsorted(cumulated, low + rng.random(len(first)) * (high - low), side="right") - 1
    kept: Ints = np.clip(found, first, last - 1).astype(np.int64)
    return kept


def distinct(population: int, size: int, rng: np.random.Generator) -> Ints:
    """Return ``size`` different whole numbers under ``population``: those of ``rng.choice`` without replacement.

    numpy counts the population by an index of the machine's own size: in a browser, 32 bits, where one of 2**31 or more
    never ends. The steps are its own: R. W. Floyd's sample (Bentley, « A sample of brilliance », CACM 30(9), 1987),
    then Fisher and Yates's shuffle.

    >>> distinct(16**8, 3, np.random.default_rng(1)) == np.random.default_rng(1).choice(16**8, 3, replace=False)
    array([ True,  True,  True])
    """
    last = np.arange(population - size, population, dtype=np.int64)
    seen: dict[int, None] = {}
    for drawn, instead in zip(rng.integers(0, last, endpoint=True).tolist(), last.tolist(), strict=True):
        seen[instead if drawn in seen else drawn] = None
    found, ranks = list(seen), np.arange(size - 1, 0, -1)
    for rank, other in zip(ranks.tolist(), rng.integers(0, ranks, endpoint=True).tolist(), strict=True):
        found[rank], found[other] = found[other], found[rank]
    return np.array(found, dtype=np.int64)
