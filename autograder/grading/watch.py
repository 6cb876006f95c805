"""Watching the workers: one that was stopped, or gets nowhere, is ended; what it had in hand is taken up again."""

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

    def results(self, running: Collection[Future[Any]]) -> set[Future[Any]]:
        """Return the futures that are done, at least one: those of a worker that was ended are broken."""
        while True:
            done = wait(running, timeout=BEAT_S, return_when=FIRST_COMPLETED).done
            now = time.monotonic()
            if now - self._looked >= BEAT_S:
                self._looked = now
                self._look(now)
            if done:
                self._heard = now
                return done

    def _look(self, now: float) -> None:
        if self._nursery:
            self._nursery.look()
        workers = [one for one in multiprocessing.active_children() if one.pid not in self._others]
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
