"""Many independent pieces of work at once, by the processes of one machine, with progress."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from autograder.console import followed

T = TypeVar("T")
R = TypeVar("R")

FEW_FORKED, FEW_STARTED = 4, 24
"""Under this number of pieces, processes take longer to start, by a fork or from nothing, than they save."""
MOST = 8


def can_fork() -> bool:
    """Whether this process may be forked: that saves importing everything again, and is safe with one thread only."""
    return sys.platform == "linux" and threading.active_count() == 1


def spread(work: Callable[[T], R], items: Sequence[T], title: str, workers: int | None = None) -> list[R]:
    """Return ``work(item)`` for each item, in order; ``work`` is a function of a module and its results are plain."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    forks = can_fork()
    count = min(workers or cores, MOST)
    if count < 2 or len(items) < (FEW_FORKED if forks else FEW_STARTED):
        return list(followed(map(work, items), title, len(items)))
    context = multiprocessing.get_context("fork" if forks else "spawn")
    pool = ProcessPoolExecutor(min(count, len(items)), mp_context=context, initializer=_start)
    try:
        with ended_when_stopped():
            done: Iterator[R] = pool.map(work, items, chunksize=1 if forks else 4)
            return list(followed(done, title, len(items)))
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def ended_when_stopped() -> Iterator[None]:
    """End at once the processes started in the block when it is left by Ctrl+C, or by who takes their results.

    Without it, this process would wait for what they have in hand, and for ever if it were interrupted again.
    """
    others = multiprocessing.active_children()
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit):
        for process in multiprocessing.active_children():
            if process not in others:
                process.kill()
        raise


def leave_interruptions() -> None:
    """Leave interruptions to the process that gave the work: it says so, once, and ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _start() -> None:
    leave_interruptions()
    gc.freeze()  # what was inherited is shared: the collector must not touch it
