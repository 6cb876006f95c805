"""The wrong values that several questions share: each function returns them by the id of their misconception."""

from autograder.keys import metrics

Mistakes = dict[str, float | tuple[float, ...]]


def mistaken_change(start: float, end: float) -> Mistakes:
    """Return what a relative change is mistaken for when its two values are right.

    >>> mistaken_change(200, 250)["M52"]
    50
    """
    return {
        "M50": (end - start) / end,
        "M51": (end / start, 100 * end / start),
        "M52": end - start,
        "M127": (start - end) / start,
    }


def mistaken_return(revenue_ht: float, margin_ht: float, cost_ht: float) -> Mistakes:
    """Return what a return on investment is mistaken for when its amounts are right.

    >>> mistaken_return(4000, 1500, 1000)["M22"]
    3.0
    """
    return {
        "M21": metrics.ratio(revenue_ht, cost_ht),
        "M22": metrics.return_on_investment(revenue_ht, cost_ht),
        "M23": metrics.ratio(margin_ht, cost_ht),
        "M24": (margin_ht - cost_ht) / revenue_ht,
        "M25": (margin_ht - cost_ht) / margin_ht,
    }
