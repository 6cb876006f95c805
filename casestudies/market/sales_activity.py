"""What salespeople do with a lead: a first contact after some days, then others, some of which find nobody.

Ranges assumed: ``extra`` 0.5–10 contacts after the first; ``wait`` 0.3–12 days before the first contact; ``gap`` 1–8
days between two contacts.
"""

import numpy as np

from casestudies.market.sampling import Floats, Ints, unrolled


def contacts(start: Ints, extra: Floats, wait: Floats, gap: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return (lead, day) of every contact, by lead then day.

    ``start`` is the day (rank) each lead becomes ours, ``extra`` the mean number of contacts after the first,
    ``wait`` the mean days before the first contact, ``gap`` the mean days between two.
    """
    count = 1 + rng.poisson(extra)
    lead = unrolled(count)
    first = np.cumsum(count) - count
    step = rng.exponential(gap, len(lead))
    step[first] = rng.exponential(wait)
    elapsed = np.cumsum(step)
    elapsed -= (elapsed[first] - step[first])[lead]
    return lead, start[lead] + np.floor(elapsed).astype(np.int64)
