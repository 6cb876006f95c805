"""Grading with Dask: the same function as on one machine, on the workers of a cluster. An optional extra."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from autograder.grading.handed_in import HandedIn, Submitted, read_handed_in
from autograder.grading.job import Graded, grade_submission
from autograder.grading.kernel.client import available, own_nursery
from autograder.grading.mishaps import failed, given_up
from autograder.grading.pool import WINDOW, PoolPlan, Result, has_room
from casestudies.errors import CasekitError

LOCAL = "local"
RETRIES = 2
"""How often a submission whose worker was lost is given to another."""


def grade_on_worker(plan: PoolPlan, handed: HandedIn) -> Graded:
    """Grade one submission on a worker of the cluster."""
    try:
        return grade_submission(plan.source, plan.config, handed, own_nursery().path if available() else "")
    except Exception as error:  # whatever a copy holds, the class goes on
        return failed(handed.learner, error, "corrigée")


def on_cluster(address: str, jobs: int | None = None) -> Callable[[PoolPlan, Iterable[Submitted]], Iterator[Result]]:
    """Return the engine of the Dask scheduler at ``address``, or of one started here when it is « local ».

    Raises
    ------
    CasekitError
        When Dask is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        raise CasekitError(
            "Dask n’est pas installé dans cet environnement : « pip install 'casekit[dask]' », puis relancez."
        ) from error

    def engine(plan: PoolPlan, copies: Iterable[Submitted]) -> Iterator[Result]:
        with _client(distributed, address, jobs) as client:
            yield from _grade(distributed, client, plan, copies)

    return engine


def _client(distributed: Any, address: str, jobs: int | None) -> Any:
    try:
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None
            )
            return distributed.Client(cluster)
        return distributed.Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        raise CasekitError(
            f"L’ordonnanceur Dask « {address} » ne répond pas : vérifiez l’adresse et qu’il est lancé "
            "(« dask scheduler », puis « dask worker ADRESSE --nthreads 1 »). Rien n’a été corrigé."
        ) from error


def _grade(distributed: Any, client: Any, plan: PoolPlan, copies: Iterable[Submitted]) -> Iterator[Result]:
    """Keep a window of submissions on the cluster and yield each result as it comes."""
    shared = client.scatter(plan, broadcast=True)
    waiting = deque(copies)
    window = WINDOW * max(1, len(client.scheduler_info()["workers"]))
    running: dict[Any, Submitted] = {}
    results = distributed.as_completed()
    while waiting or running:
        while has_room(waiting, running.values(), window):
            copy = waiting.popleft()
            try:
                handed = read_handed_in(copy.folder, copy.learner, plan.source.expected)
            except Exception as error:
                yield copy, failed(copy.learner, error, "lue")
                continue
            future = client.submit(grade_on_worker, shared, handed, pure=False, retries=RETRIES)
            running[future.key] = copy
            results.add(future)
        if running:
            future = next(results)
            copy = running.pop(future.key)
            yield copy, future.result() if future.status == "finished" else given_up(copy.learner)
