"""Who grades the submissions: processes of this machine. Results come as they are ready, some at a time.

The workers are trusted: learners' code runs in confined children of the nursery. A worker may still be lost (a machine
short of memory) or stopped: what it had in hand is then graded again, each copy alone, before the others go on. The
workers read the copies themselves: this process never holds one.
"""

import gc
import math
import multiprocessing
import multiprocessing.connection
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from traitlets.config import Config

from autograder.grading import lock
from autograder.grading.handed_in import Submitted, read_handed_in
from autograder.grading.job import Graded, grade_submission, warm_up
from autograder.grading.kernel.keeper import Nursery, available, own_nursery
from autograder.grading.mishaps import failed, given_up
from autograder.grading.source import AssignmentSource
from autograder.grading.watch import Watch, longest_s
from autograder.keys.cases import case_of
from autograder.parallel import can_fork, ended_when_stopped, leave_interruptions
from casestudies.company import company_of

LIVES = 2
"""How many workers one submission may lose before it is given up."""
WINDOW = 3
"""Submissions in hand for each worker, at most."""
MAX_HELD = 64 * 2**20
"""What the submissions in hand besides the first may hold, in bytes: their results come back at any time."""
LINGER_S, BATCH, BATCH_CHARACTERS = 0.25, 32, 2**24
"""How long results are gathered before they are written together, how many at most, and how much text they may hold."""

Result = tuple[Submitted, Graded]


@dataclass(frozen=True)
class PoolPlan:
    """What every worker needs to know: the assignment and the course's configuration."""

    source: AssignmentSource
    config: Config


_HERE: dict[str, Any] = {}
"""What this worker process was given at its start."""


def _start(plan: PoolPlan, nursery: str) -> None:
    gc.freeze()  # what was inherited is shared: the collector must not touch it
    lock.forget()
    leave_interruptions()
    _HERE.update(plan=plan, nursery=nursery)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the run that started it is killed: nobody would take its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _work(copy: Submitted) -> Graded:
    plan: PoolPlan = _HERE["plan"]
    try:
        handed = read_handed_in(copy.folder, copy.learner, plan.source.expected)
        return grade_submission(plan.source, plan.config, handed, _HERE["nursery"])
    except Exception as error:  # whatever a copy holds, the class goes on
        return failed(copy.learner, error, "corrigée")
    finally:
        case_of.cache_clear()  # nobody else has this learner's tables, and they are large
        company_of.cache_clear()


def grade_here(plan: PoolPlan, copies: Iterable[Submitted], jobs: int) -> Iterator[list[Result]]:
    """Grade ``copies`` with ``jobs`` processes and yield them with their results, in no fixed order, some at a time."""
    waiting = deque(copies)
    nursery = own_nursery() if available() else None
    if can_fork():
        warm_up(plan.source, plan.config)  # while the nursery does the same
    in_hand = yield from _together(plan, waiting, jobs, nursery)
    while in_hand:
        for copy in in_hand:
            yield [(copy, _alone(plan, copy, nursery))]
        in_hand = yield from _together(plan, waiting, jobs, nursery)


def _executor(plan: PoolPlan, jobs: int, nursery: Nursery | None) -> ProcessPoolExecutor:
    context: Any = multiprocessing.get_context("spawn")
    if can_fork():
        context = multiprocessing.get_context("fork")
    elif sys.platform == "linux":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
    path = nursery.path if nursery else ""
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(plan, path))


def _together(
    plan: PoolPlan, waiting: deque[Submitted], jobs: int, nursery: Nursery | None
) -> Generator[list[Result], None, list[Submitted]]:
    """Grade what is waiting; return nothing at the end, or the copies in hand when a worker was lost."""
    running: dict[Future[Graded], Submitted] = {}
    ready: list[Result] = []
    watch = Watch(longest_s(plan.config, len(plan.source.notebooks)), nursery)
    with _executor(plan, jobs, nursery) as executor, ended_when_stopped():
        try:
            while waiting or running:
                end = math.inf
                while (waiting or running) and len(ready) < BATCH and _size(ready) < BATCH_CHARACTERS:
                    while has_room(waiting, running.values(), jobs * WINDOW):
                        copy = waiting.popleft()
                        running[executor.submit(_work, copy)] = copy
                    done = watch.results(running, end - time.monotonic())
                    if not done:
                        break
                    end = min(end, time.monotonic() + LINGER_S)
                    for future in done:
                        result = _result(future, running[future])
                        ready.append((running.pop(future), result))
                yield ready
                ready = []
        except BrokenProcessPool:
            yield ready
            return list(running.values())
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
            watch.leave()
    return []


def _size(ready: list[Result]) -> int:
    return sum(len(text) for _, graded in ready for text in graded.notebooks.values())


def has_room(waiting: Collection[Submitted], held: Iterable[Submitted], window: int) -> bool:
    """Whether the next submission that is waiting may be taken in hand with those that are."""
    sizes = [copy.size for copy in held]
    following = next(iter(waiting), None)
    if following is None or len(sizes) >= window:
        return False
    return not sizes or sum(sizes[1:]) + following.size <= MAX_HELD


def _alone(plan: PoolPlan, copy: Submitted, nursery: Nursery | None) -> Graded:
    for _ in range(LIVES):
        watch = Watch(longest_s(plan.config, len(plan.source.notebooks)), nursery)
        with _executor(plan, 1, nursery) as executor, ended_when_stopped():
            try:
                future = executor.submit(_work, copy)
                watch.results([future])
                return _result(future, copy)
            except BrokenProcessPool:
                continue
    return given_up(copy.learner)


def _result(future: Future[Graded], copy: Submitted) -> Graded:
    """Return what a worker found; what cannot be sent between processes is lost with its copy, not with the pool."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:
        return failed(copy.learner, error, "corrigée")
