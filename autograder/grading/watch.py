"""Watching the workers: one that was stopped, or gets nowhere, is ended; what it had in hand is taken up again."""

import math
import multiprocessing
import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from multiprocessing.process import BaseProcess
from typing import Any

from traitlets.config import Config

from autograder.console import warn
from autograder.grading.execute import NOTEBOOK_CELLS
from autograder.grading.kernel.alive import is_stopped
from autograder.grading.kernel.keeper import BEAT_S, START_S, Nursery

EVALUATION_S = 300.0
"""What a notebook may take besides the running of its cells, at most."""


def longest_s(config: Config, notebooks: int) -> float | None:
    """Return how long a copy of so many notebooks may take at most; None when the course sets no limit to a cell."""
    cell = config.Execute.get("timeout", 30)
    return notebooks * (NOTEBOOK_CELLS * float(cell) + START_S + EVALUATION_S) if cell else None


class Watch:
    """Waits for results while it looks at the workers that were started since it was made, and at the nursery."""

    def __init__(self, limit_s: float | None, nursery: Nursery | None) -> None:
        """Let a result take at most ``limit_s`` to come: each worker has one copy at a time."""
        self._limit_s, self._nursery = limit_s, nursery
        self._others = {process.pid for process in multiprocessing.active_children()}
        self._stopped: set[int] = set()
        self._looked = self._heard = time.monotonic()

    def results(self, running: Collection[Future[Any]], within_s: float = math.inf) -> set[Future[Any]]:
        """Return the futures that are done, at least one unless ``within_s`` pass; a worker's end breaks its own."""
        end = time.monotonic() + within_s
        while True:
            left = max(0.0, end - time.monotonic())
            done = wait(running, timeout=min(BEAT_S, left), return_when=FIRST_COMPLETED).done
            now = time.monotonic()
            if now - self._looked >= BEAT_S:
                self._looked = now
                self._look(now)
            if done:
                self._heard = now
            if done or now >= end:
                return done

    def leave(self) -> None:
        """End the workers that are stopped, with nothing in hand: who waits for their end would wait for ever."""
        for worker in self._workers():
            if worker.pid and is_stopped(worker.pid):
                worker.kill()

    def _workers(self) -> list[BaseProcess]:
        return [one for one in multiprocessing.active_children() if one.pid not in self._others]

    def _look(self, now: float) -> None:
        if self._nursery:
            self._nursery.look()
        workers = self._workers()
        stopped = {one.pid for one in workers if one.pid and is_stopped(one.pid)}
        if self._stopped & stopped:  # twice in a row: not a whole run that was paused and goes on
            _end([one for one in workers if one.pid in stopped], "était arrêté")
        elif self._limit_s is not None and now - self._heard > self._limit_s:
            _end(workers, f"n’avançait plus depuis {self._limit_s / 60:.0f} minutes")
        self._stopped = stopped


def _end(workers: list[BaseProcess], why: str) -> None:
    for worker in workers:
        worker.kill()
    warn(f"Un processus de correction {why} : il a été remplacé, et les copies qu’il avait en main sont reprises.")
