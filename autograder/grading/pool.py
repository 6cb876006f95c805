"""Who grades the submissions: processes of this machine. Results come as they are ready; memory stays bounded.

The workers are trusted: learners' code runs in confined children of the nursery. A worker may still be lost (a machine
short of memory): what it had in hand is then graded again, each copy alone, before the others go on.
"""

import gc
import multiprocessing
import multiprocessing.connection
import os
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any

from traitlets.config import Config

from autograder.grading import lock
from autograder.grading.handed_in import HandedIn
from autograder.grading.job import Graded, grade_submission, warm_up
from autograder.grading.kernel.client import available, own_nursery
from autograder.grading.records import Incident
from autograder.grading.source import AssignmentSource
from autograder.keys.cases import case_of
from autograder.parallel import can_fork
from casestudies.company import company_of

LIVES = 2
"""How many workers one submission may lose before it is given up."""
WINDOW = 3
"""Submissions held in memory for each worker."""

Result = tuple[HandedIn, Graded]


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
    _HERE.update(plan=plan, nursery=nursery)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the run that started it is killed: nobody would take its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _work(handed: HandedIn) -> Graded:
    plan: PoolPlan = _HERE["plan"]
    try:
        return grade_submission(plan.source, plan.config, handed, _HERE["nursery"])
    finally:
        case_of.cache_clear()  # nobody else has this learner's tables, and they are large
        company_of.cache_clear()


def grade_here(plan: PoolPlan, copies: Iterable[HandedIn], jobs: int) -> Iterator[Result]:
    """Grade ``copies`` with ``jobs`` processes and yield each with its result, in no fixed order.

    ``copies`` is read as processes become free.
    """
    waiting = iter(copies)
    path = own_nursery().path if available() else ""
    if can_fork():
        warm_up(plan.source, plan.config)  # while the nursery does the same
    in_hand = yield from _together(plan, waiting, jobs, path)
    while in_hand:
        for copy in in_hand:
            yield copy, _alone(plan, copy, path)
        in_hand = yield from _together(plan, waiting, jobs, path)


def _executor(plan: PoolPlan, jobs: int, nursery: str) -> ProcessPoolExecutor:
    context: Any = multiprocessing.get_context("spawn")
    if can_fork():
        context = multiprocessing.get_context("fork")
    elif sys.platform == "linux":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(plan, nursery))


def _together(
    plan: PoolPlan, waiting: Iterator[HandedIn], jobs: int, nursery: str
) -> Generator[Result, None, list[HandedIn]]:
    """Grade what is waiting; return nothing at the end, or the copies in hand when a worker was lost."""
    running: dict[Future[Graded], HandedIn] = {}
    with _executor(plan, jobs, nursery) as executor:
        try:
            while True:
                for copy in islice(waiting, jobs * WINDOW - len(running)):
                    running[executor.submit(_work, copy)] = copy
                if not running:
                    return []
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    yield running.pop(future), result
        except BrokenProcessPool:
            return list(running.values())
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _alone(plan: PoolPlan, copy: HandedIn, nursery: str) -> Graded:
    for _ in range(LIVES):
        with _executor(plan, 1, nursery) as executor:
            try:
                return executor.submit(_work, copy).result()
            except BrokenProcessPool:
                continue
    return given_up(copy.learner)


def given_up(learner: str) -> Graded:
    """Return what is said of a submission that no worker could finish."""
    what = "La correction de cette copie a été abandonnée : le processus qui la corrigeait s’est arrêté plusieurs fois."
    advice = "Libérez de la mémoire, puis relancez la correction ; si cela recommence, signalez ce message."
    return Graded(learner, incidents=[Incident("echec", what, advice)])
