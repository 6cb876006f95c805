"""The formulas of a team's performance: what is billable, what an hour brings, what is solved, and how soon.

Beside ``metrics``; times are in hours or working days, values in euros excluding VAT.
"""

import pandas as pd


def billable_rate(billable_hours: float, worked_hours: float) -> float:
    """Return the share of the hours worked that a client pays for, absences left out of both.

    Source: usual definition of the « taux de facturation » of service companies (hours billable ÷ hours worked).

    >>> billable_rate(21, 35)
    0.6
    """
    return billable_hours / worked_hours


def gap_to_median(values: pd.Series, name: str) -> float:
    """Return how far one value is from the median of all, as a share of that median.

    >>> gap_to_median(pd.Series({"a": 20.0, "b": 40.0, "c": 90.0}), "a")
    -0.5
    """
    middle = float(values.median())
    return (float(values[name]) - middle) / middle


def solved_within(delays: pd.Series, limit: float) -> float:
    """Return the share of requests solved in ``limit`` working days; one that is still open (nan) is not.

    >>> solved_within(pd.Series([1.0, 5.0, 6.0, float("nan")]), 5)
    0.5
    """
    return float((delays <= limit).mean())


def skew(delays: pd.Series) -> float:
    """Return by how much the mean of the delays known exceeds their median.

    >>> skew(pd.Series([1.0, 2.0, 9.0]))
    2.0
    """
    return float(delays.mean() - delays.median())


def returned(returns: pd.Series) -> float:
    """Return the share of requests that came back at least once, however often they did.

    >>> returned(pd.Series([0, 2, 0, 1]))
    0.5
    """
    return float((returns > 0).mean())
