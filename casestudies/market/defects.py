"""Planted data defects: each is documented for learners, and cleaning it is part of the work."""

import numpy as np
import pandas as pd

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats

ABOUT = About(
    "Exports carry defects: rows exported twice, amounts written as text.",
    (Parameter("share", "share of the orders", 0.008, 0.035, "assumption"),),
)

NARROW_SPACE = "\u202f"


def exported_twice(table: pd.DataFrame, key: str, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Repeat all the lines of a ``share`` of the ``key`` values (0.008–0.035), right after the originals.

    The table is sorted by ``key`` and holds no identical lines, so ``drop_duplicates`` gives it back.
    """
    codes, names = pd.factorize(table[key])
    chosen = rng.choice(len(names), max(1, round(share * len(names))), replace=False)
    twice = np.flatnonzero(np.isin(codes, chosen))
    position = np.concatenate([np.arange(len(table)), twice])
    copy = np.concatenate([np.zeros(len(table)), np.ones(len(twice))])
    order = np.lexsort((position, copy, codes[position]))
    return table.iloc[position[order]].reset_index(drop=True)


def french_text(amounts: Floats) -> list[str]:
    r"""Write amounts as a French spreadsheet does: narrow spaces for thousands and a decimal comma.

    >>> french_text(np.array([1234.5]))
    ['1\u202f234,50']
    """
    return [f"{amount:,.2f}".replace(",", NARROW_SPACE).replace(".", ",") for amount in amounts.tolist()]
