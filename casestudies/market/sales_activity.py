"""What salespeople do with a lead: a first contact after some days, then others, some of which find nobody."""

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints

ABOUT = About(
    cause="Each lead gets a first contact after a delay, then follow-ups spaced at random.",
    parameters=(
        Parameter("extra", "contacts after the first", 0.5, 10.0, "assumption"),
        Parameter("wait", "days before the first contact", 0.3, 12.0, "assumption"),
        Parameter("gap", "days between two contacts", 1.0, 8.0, "assumption"),
    ),
)


def contacts(start: Ints, extra: Floats, wait: Floats, gap: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return (lead, day) of every contact, by lead then day.

    ``start`` is the day (rank) each lead becomes ours, ``extra`` the mean number of contacts after the first,
    ``wait`` the mean days before the first contact, ``gap`` the mean days between two.
    """
    count = 1 + rng.poisson(extra)
    lead = np.repeat(np.arange(len(start)), count)
    first = np.cumsum(count) - count
    step = rng.exponential(gap, len(lead))
    step[first] = rng.exponential(wait)
    elapsed = np.cumsum(step)
    elapsed -= (elapsed[first] - step[first])[lead]
    return lead, start[lead] + np.floor(elapsed).astype(np.int64)
