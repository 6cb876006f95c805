"""An anonymous survey at work: answers on a scale, differences between groups, and no group too small to be read."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    cause="Groups answer differently on a scale; a survey is anonymous only if no group is smaller than k.",
    parameters=(
        Parameter("level", "place of the mean on the scale, 0 to 1", 0.2, 0.9, "assumption"),
        Parameter("gap", "place on the scale, between groups", 0.0, 0.4, "assumption"),
        Parameter("k", "people", 5, 10, "usual rule for publishing small groups"),
    ),
)


def answers(level: Floats, top: int, rng: np.random.Generator) -> Ints:
    """Return whole answers from 0 to ``top`` by (person, question), of mean ``top × level``."""
    found: Ints = rng.binomial(top, level).astype(np.int64)
    return found


def smallest_group(table: pd.DataFrame, by: Sequence[str]) -> int:
    """Return the size of the smallest group of people alike on the columns ``by``: the k of k-anonymity."""
    return int(table.groupby(list(by)).size().min())
