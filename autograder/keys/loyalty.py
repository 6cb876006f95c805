"""What clients do after they bought: those who sleep, those who came back in time (recency and frequency)."""

import pandas as pd


def lapsed_share(recency: pd.Series, days: float) -> float:
    """Return the share of clients whose last order is more than ``days`` days old.

    >>> lapsed_share(pd.Series([10, 120, 121, 300]), 120)
    0.5
    """
    return float((recency > days).mean())


def returned_share(delays: pd.DataFrame, within: float, end: pd.Timestamp) -> float:
    """Return the share of new clients who came back in ``within`` days, among those who have had that time.

    >>> day = pd.Timestamp
    >>> known = pd.DataFrame({"premiere": [day("2026-01-01"), day("2026-01-02"), day("2026-03-30")],
    ...                       "retour": [10, None, None]})
    >>> returned_share(known, 60, day("2026-03-31"))
    0.5
    """
    ripe = delays[delays["premiere"] <= end - pd.Timedelta(days=within)]
    return float((ripe["retour"] <= within).mean())
