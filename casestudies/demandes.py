"""Delays as a service counts them: French working days between two days, for a whole column at once."""

import numpy as np
import pandas as pd

from casestudies.errors import CasekitError
from casestudies.market.calendar import public_holidays

_YEARS = range(2020, 2040)
_CLOSED = np.array(list(public_holidays(_YEARS)), dtype="datetime64[D]")
_NO_DATE = (
    "« jours_ouvres » compte les jours entre deux dates. Donnez-lui deux colonnes de dates de la même table, "
    "ou une colonne et une date."
)


def jours_ouvres(debut: object, fin: object) -> pd.Series:
    """Return the working days from each start to each end, the first day not counted, the last one counted.

    Nothing is counted where a date is missing: a request that is still open has no delay yet.

    >>> start = pd.Series(pd.to_datetime(["2026-05-07", "2026-05-07"]))
    >>> jours_ouvres(start, pd.Series(pd.to_datetime(["2026-05-11", None]))).tolist()
    [1.0, nan]

    Raises
    ------
    CasekitError
        When what is given is no date.
    """
    first, last = _dates(debut), _dates(fin)
    if len(first) == len(last) or 1 in (len(first), len(last)):
        index = first.index if len(first) >= len(last) else last.index
        start, end = np.broadcast_arrays(_days(first), _days(last))
        seen = ~(np.isnat(start) | np.isnat(end))
        found = np.full(len(index), np.nan)
        found[seen] = np.busday_count(start[seen], end[seen], holidays=_CLOSED)
        return pd.Series(found, index=index)
    raise CasekitError(_NO_DATE)


def _dates(given: object) -> pd.Series:
    one = given if isinstance(given, pd.Series) else pd.Series([given])
    if pd.api.types.is_numeric_dtype(one.dtype):
        raise CasekitError(_NO_DATE)
    try:
        return pd.to_datetime(one)
    except (TypeError, ValueError) as error:
        raise CasekitError(_NO_DATE) from error


def _days(dates: pd.Series) -> np.ndarray:
    found: np.ndarray = dates.to_numpy().astype("datetime64[D]")
    return found
