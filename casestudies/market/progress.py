"""The follow-up of tasks: days consumed each week, and days that people think they still need.

Ranges assumed: ``drift`` 1–1.6 days really needed over days expected; what is left is first said as it was
expected, and moves towards the truth as the work advances.
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats

QUARTER = 0.25
"""Days are noted to the quarter."""


@dataclass(frozen=True)
class Followed:
    """Days consumed in the week, and said to be left at its end, by (task, week)."""

    consumed: Floats
    left: Floats


def followed(work: Floats, drift: Floats, start: Floats, length: Floats, ends: Floats) -> Followed:
    """Return the follow-up of tasks of ``work`` days that will really take ``drift`` times as many.

    ``start`` and ``length`` are those of each task, as they really are, in working days of the project; ``ends`` is the
    last working day of each week, counted from the start of the project.

    >>> seen = followed(np.array([4.0]), np.array([1.5]), np.array([0.0]), np.array([6.0]), np.array([3.0, 6.0, 9.0]))
    >>> seen.consumed.tolist(), seen.left.tolist()
    ([[3.0, 3.0, 0.0]], [[2.0, 0.0, 0.0]])
    """
    real = np.round(work * drift / QUARTER) * QUARTER
    done = np.clip((ends[None, :] - start[:, None]) / length[:, None], 0.0, 1.0)
    total = np.round(real[:, None] * done / QUARTER) * QUARTER
    consumed = np.diff(total, axis=1, prepend=0.0)
    believed = work[:, None] + (real - work)[:, None] * done
    left = np.maximum(np.round((believed - total) / QUARTER) * QUARTER, 0.0)
    return Followed(consumed, np.where(done >= 1.0, 0.0, np.maximum(left, QUARTER)))
