"""A project as a network: what each task needs, three-point estimates, and the path that sets the end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats

ABOUT = About(
    cause="Tasks wait for the tasks they need; three-point estimates lean to the long side; one path sets the end.",
    parameters=(
        Parameter("estimates.low", "share of the likely duration", 0.65, 0.85, "assumption"),
        Parameter("estimates.high", "share of the likely duration", 1.5, 2.2, "assumption: more late than early"),
        Parameter("sigma", "log points, standard deviation", 0.05, 0.15, "assumption"),
    ),
)

HALF = 0.5
"""Estimates are given to the half day."""


@dataclass(frozen=True)
class Estimates:
    """Optimistic, likely and pessimistic durations, in working days, one by task."""

    low: Floats
    likely: Floats
    high: Floats

    @property
    def expected(self) -> Floats:
        """Expected durations of the PERT method, in working days."""
        return (self.low + 4 * self.likely + self.high) / 6

    @property
    def deviation(self) -> Floats:
        """Standard deviations of the PERT method, in working days."""
        return (self.high - self.low) / 6


@dataclass(frozen=True)
class Schedule:
    """Earliest and latest start of each task, in working days from the start of the project."""

    early: Floats
    late: Floats
    duration: Floats

    @property
    def slack(self) -> Floats:
        """How many working days each task may slip without moving the end."""
        return np.round(self.late - self.early, 6)

    @property
    def length(self) -> float:
        """Length of the project, in working days."""
        return float((self.early + self.duration).max())

    @property
    def critical(self) -> NDArray[np.bool_]:
        """Whether each task has no slack."""
        return self.slack <= 0

    @property
    def unique(self) -> bool:
        """Whether the tasks without slack make one chain from the start to the end."""
        order = np.flatnonzero(self.critical)[np.argsort(self.early[self.critical], kind="stable")]
        start, end = self.early[order], (self.early + self.duration)[order]
        return bool(start[0] == 0 and np.allclose(start[1:], end[:-1]) and np.isclose(end[-1], self.length))

    @property
    def margin(self) -> float:
        """Smallest slack outside the critical path, in working days: how far the next path is."""
        return float(self.slack[~self.critical].min())


def estimates(likely: Floats, low: float, high: float, sigma: float, rng: np.random.Generator) -> Estimates:
    """Return three-point estimates around ``likely`` (working days), to the half day and in order.

    ``low`` and ``high`` are the usual shares of the likely duration, ``sigma`` how much people differ.
    """
    noise = np.exp(sigma * rng.standard_normal((2, len(likely))))
    middle = np.maximum(np.round(likely / HALF) * HALF, 2 * HALF)
    short = np.clip(np.round(middle * low * noise[0] / HALF) * HALF, HALF, middle - HALF)
    long = np.maximum(np.round(middle * high * noise[1] / HALF) * HALF, middle + HALF)
    return Estimates(short, middle, long)


def schedule(needs: NDArray[np.bool_], duration: Floats) -> Schedule:
    """Return the schedule of tasks, with ``needs[i, j]`` when task i waits for task j.

    Raises
    ------
    ValueError
        When tasks wait for each other in a circle.

    """
    early = _longest(needs, duration)
    length = (early + duration).max()
    late = length - _longest(needs.T, duration) - duration
    return Schedule(early, late, duration)


def _longest(needs: NDArray[np.bool_], duration: Floats) -> Floats:
    """Return the length of the longest chain before each task; one round settles one more generation of tasks."""
    start = np.zeros(len(duration))
    for _ in range(len(duration) + 1):
        found = np.where(needs, (start + duration)[None, :], 0.0).max(axis=1)
        if np.array_equal(found, start):
            return start
        start = found
    message = "tasks wait for each other in a circle"
    raise ValueError(message)
