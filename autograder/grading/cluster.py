"""Grading with Dask: the same function as on one machine, on the workers of a cluster. An optional extra."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from autograder.grading.handed_in import HandedIn
from autograder.grading.job import Graded, grade_submission
from autograder.grading.kernel.client import available, own_nursery
from autograder.grading.pool import WINDOW, PoolPlan, Result, given_up
from casestudies.errors import CasekitError

LOCAL = "local"
RETRIES = 2
"""How often a submission whose worker was lost is given to another."""


def grade_on_worker(plan: PoolPlan, handed: HandedIn) -> Graded:
    """Grade one submission on a worker of the cluster."""
    return grade_submission(plan.source, plan.config, handed, own_nursery().path if available() else "")


def on_cluster(address: str, jobs: int | None = None) -> Callable[[PoolPlan, Iterable[HandedIn]], Iterator[Result]]:
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

    def engine(plan: PoolPlan, copies: Iterable[HandedIn]) -> Iterator[Result]:
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


def _grade(distributed: Any, client: Any, plan: PoolPlan, copies: Iterable[HandedIn]) -> Iterator[Result]:
    """Keep a window of submissions on the cluster and yield each result as it comes."""
    shared = client.scatter(plan, broadcast=True)
    waiting = iter(copies)
    room = WINDOW * max(1, len(client.scheduler_info()["workers"]))
    running: dict[Any, HandedIn] = {}

    def send(copy: HandedIn) -> Any:
        future = client.submit(grade_on_worker, shared, copy, pure=False, retries=RETRIES)
        running[future.key] = copy
        return future

    results = distributed.as_completed([send(copy) for copy in islice(waiting, room)])
    for future in results:
        copy = running.pop(future.key)
        graded = given_up(copy.learner) if future.status == "error" else future.result()
        yield copy, graded
        for following in islice(waiting, 1):
            results.add(send(following))
