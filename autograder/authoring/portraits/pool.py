"""Many variants at once: a process pool on one machine, with progress."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from autograder.console import followed

T = TypeVar("T")
R = TypeVar("R")

FEW = 24
"""Under this number, starting other processes takes longer than they save."""


def spread(work: Callable[[T], R], items: Sequence[T], title: str, workers: int | None = None) -> list[R]:
    """Return ``work(item)`` for each item, in order; ``work`` is a function of a module and its results are plain."""
    count = min(workers or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8)
    if count < 2 or len(items) < FEW:
        return list(followed(map(work, items), title, len(items)))
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        done: Iterator[R] = pool.map(work, items, chunksize=4)
        return list(followed(done, title, len(items)))
