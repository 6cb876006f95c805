"""How things are measured: turn by turn in one process, so that a slow machine slows everything alike."""

import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median

MEBI = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """One line of the report: what was measured, the reference it is compared with, seconds, peak memory in MiB."""

    name: str
    seconds: float
    ratio: float
    peak: float | None = None


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak_memory(work: Callable[[], object]) -> float:
    """Return the most memory that ``work`` holds at once, in MiB, numpy's arrays included."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MEBI
    finally:
        tracemalloc.stop()


def side_by_side(works: Mapping[str, Callable[[int], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each work; every round runs them all, one after the other.

    Each work is given the number of the round, so that it can start from something that no earlier round computed.
    """
    for work in works.values():
        work(-1)  # imports and first uses are not what is compared
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(partial(work, number)))
    return {name: median(values) for name, values in taken.items()}
