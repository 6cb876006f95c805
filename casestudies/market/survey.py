"""A survey: answers on a scale or to one choice, groups that differ, people who skip, no group too small to be read.

Ranges assumed: ``level`` 0.15–0.9 place of the mean on the scale, 0 to 1; ``gap`` 0–0.4 place on the scale, between
groups; ``silent`` 0.05–0.2 share of the people who skip a question.
Ranges known: ``k`` 5–10 people (usual rule for publishing small groups).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from casestudies.market.sampling import Floats, Ints, unrolled


def answers(level: Floats, top: int, rng: np.random.Generator) -> Ints:
    """Return whole answers from 0 to ``top`` by (person, question), of mean ``top × level``."""
    found: Ints = rng.binomial(top, level).astype(np.int64)
    return found


def shared_out(size: int, share: Floats) -> Ints:
    """Return whole counts that add up to ``size``, in proportion to ``share`` to the nearest unit (quotas).

    The largest remainders take what rounding down leaves, so that no count is one or more away from its share.

    >>> shared_out(10, np.array([0.5, 0.26, 0.24]))
    array([5, 3, 2])
    """
    exact = size * share / share.sum()
    counts: Ints = np.floor(exact).astype(np.int64)
    counts[np.argsort(counts - exact, kind="stable")[: size - counts.sum()]] += 1
    return counts


def one_choice(size: int, share: Floats, rng: np.random.Generator) -> Ints:
    """Return the one choice (its rank) of ``size`` people, each as often as its ``share`` says, in any order."""
    return rng.permutation(unrolled(shared_out(size, share)))


def smallest_group(table: pd.DataFrame, by: Sequence[str]) -> int:
    """Return the size of the smallest group of people alike on the columns ``by``: the k of k-anonymity."""
    return int(table.groupby(list(by)).size().min())
