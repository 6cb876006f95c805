"""The formulas of channels and circuits: a useful contact, a score and what turns it, what a maker keeps, a coverage.

Beside ``metrics``; amounts are in euros excluding VAT, rates are proportions.
"""

from collections.abc import Mapping, Sequence

import pandas as pd


def cost_notes(costs_ht: Mapping[str, float]) -> dict[str, float]:
    """Return the mark out of 10 of each cost by contact: ten times the lowest one over it.

    >>> cost_notes({"radio": 0.5, "salon": 2.0})
    {'radio': 10.0, 'salon': 2.5}
    """
    lowest = min(costs_ht.values())
    return {name: 10 * lowest / cost for name, cost in costs_ht.items()}


def turning_weight(ahead: Sequence[float], behind: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weight of the last criterion at which two channels have the same score.

    ``ahead`` and ``behind`` are their marks, the last criterion at the end; ``weights`` are those of the others. The
    sum of the weights divides both scores alike: it plays no part. By hand: ahead leads by 2 × (8 − 5) = 6 points, and
    loses 3 by unit of the last weight: 6 ÷ 3 = 2.

    >>> turning_weight([8, 1], [5, 4], [2])
    2.0
    """
    lead = sum(weight * (one - other) for weight, one, other in zip(weights, ahead[:-1], behind[:-1], strict=True))
    return lead / (behind[-1] - ahead[-1])


def paid_to_maker_ht(final_price_ht: float, *kept_shares: float) -> float:
    """Return what the maker is paid when each link, from the last, keeps a share of its own selling price.

    That share is the French « taux de marque »: (selling price − buying price) ÷ selling price.

    >>> paid_to_maker_ht(100.0, 0.25, 0.2)
    60.0
    """
    paid = final_price_ht
    for share in kept_shares:
        paid *= 1 - share
    return paid


def coverage(turnover: "pd.Series[float]", listed: "pd.Series[bool]") -> tuple[float, float]:
    """Return the numeric and the weighted distribution: a share of the shops, and of the category's turnover they make.

    Definitions of retail panels (« distribution numérique » and « distribution valeur »).

    >>> coverage(pd.Series([100.0, 100.0, 200.0, 400.0]), pd.Series([False, False, False, True]))
    (0.25, 0.5)
    """
    return float(listed.mean()), float(turnover[listed].sum() / turnover.sum())


def replaced_share(fates: "pd.Series[str]") -> float:
    """Return the share of the prescriptions laid that another product replaced: substituées ÷ (substituées + vendues).

    >>> replaced_share(pd.Series(["vendue", "substituée", "vendue", "abandonnée", "vendue"]))
    0.25
    """
    replaced, sold = int((fates == "substituée").sum()), int((fates == "vendue").sum())
    return replaced / (replaced + sold)
