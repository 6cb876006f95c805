"""The formulas of a range of products: what each one brings, what dropping or launching one changes."""

from collections.abc import Iterable


def class_size(amounts: Iterable[float], share: float) -> int:
    """Return how many of the largest amounts are needed to reach ``share`` (a proportion) of their sum.

    Class A of an ABC analysis (Pareto); the amount that reaches the threshold is within the class.

    >>> class_size([50, 30, 15, 5], 0.80), class_size([50, 30, 15, 5], 0.81)
    (2, 3)
    """
    amounts = sorted(amounts, reverse=True)
    wanted, reached = share * sum(amounts), 0.0
    for rank, amount in enumerate(amounts, start=1):
        reached += amount
        if reached >= wanted - 1e-9:
            return rank
    return len(amounts)


def gain_of_dropping(fixed: float, margin: float, attached: float, lost_share: float, carried: float) -> float:
    """Return what a year's result gains when a product is dropped (€ excl. tax).

    Its own ``fixed`` costs are avoided; its ``margin`` and the part ``lost_share`` of the margin ``attached`` to it
    are lost; the buyers ``carried`` over to another product bring that margin back.

    >>> gain_of_dropping(5_000.0, 2_000.0, 4_000.0, 0.5, 600.0)
    1600.0
    """
    return fixed - margin - lost_share * attached + carried


def share_that_reverses(fixed: float, margin: float, attached: float, carried: float) -> float:
    """Return the share of the attached margin, once lost, at which dropping a product gains nothing.

    ``gain_of_dropping`` set to zero; arguments are euros excl. tax a year.

    >>> share_that_reverses(5_000.0, 2_000.0, 8_000.0, 600.0)
    0.45
    """
    return (fixed - margin + carried) / attached


def gain_of_launching(units: float, margin: float, taken: float, fixed: float) -> float:
    """Return what a launch brings in a year (€ excl. tax).

    Each of the ``units`` brings its ``margin``, less ``taken``: what the same buyer would have brought on another
    product of the range, on average. ``fixed`` costs of the launch are counted whole.

    >>> gain_of_launching(100, 50.0, 20.0, 1_000.0)
    2000.0
    """
    return units * (margin - taken) - fixed
