"""Monthly subscriptions: clients leave with a constant monthly probability, and some move up.

Ranges assumed: ``upgrade`` 0.003–0.015 share of clients a month.
Ranges known: ``churn`` 0.008–0.055 share of clients a month (outilsy.fr, kodekx: 1-2 % mid, 3-5 % SMB).
"""

import numpy as np

from casestudies.market.sampling import Floats, Ints, unrolled


def last_months(first: Ints, churn: Floats, rng: np.random.Generator) -> Ints:
    """Return the last month (rank) that each client pays.

    A client present before month 0 (``first`` < 0) may leave from month 0 on; one who arrives in month k is not at
    risk in that month, and may leave from month k + 1 on. ``churn`` is the monthly probability of each client.
    """
    at_risk = np.maximum(first + 1, 0)
    last: Ints = at_risk + rng.geometric(churn) - 1
    return last


def client_months(first: Ints, last: Ints, horizon: int) -> tuple[Ints, Ints]:
    """Return (client, month) of every month paid in 0 … ``horizon`` − 1, by client then month."""
    start = np.maximum(first, 0)
    length = np.maximum(np.minimum(last, horizon - 1) - start + 1, 0)
    client = unrolled(length)
    before = np.cumsum(length) - length
    return client, start[client] + np.arange(len(client)) - before[client]


def fees(start: Floats, first: Ints, upgrade: float, step: float, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """Return the month from which each client pays more, and the fee then.

    ``start`` is the monthly fee at arrival (€ excl. tax), ``upgrade`` the monthly probability to move up once, and
    ``step`` the rise as a share of the fee.
    """
    since = np.maximum(first, 0) + rng.geometric(upgrade, len(start))
    return since, np.round(start * (1 + step), 2)
