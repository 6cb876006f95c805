"""Grading with Dask: the same function as on one machine, on the workers of a cluster. An optional extra.

Whoever reaches a scheduler can have any code run by its workers: beyond this machine connections are encrypted and both
ends show a certificate. Workers run learners' code in confined children, from an ordinary account.
"""

import ipaddress
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from autograder.grading.certificates import certificates_in, import_cryptography, not_installed
from autograder.grading.consent import unconfined
from autograder.grading.handed_in import HandedIn, Submitted, read_handed_in
from autograder.grading.job import Graded, grade_submission
from autograder.grading.kernel.keeper import available, own_nursery
from autograder.grading.mishaps import failed, given_up
from autograder.grading.pool import WINDOW, PoolPlan, Result, has_room
from casestudies.errors import CasekitError

LOCAL = "local"
LOOPBACK = "127.0.0.1"
RETRIES = 2
"""How often a submission whose worker was lost is given to another."""
ANSWER_S = 10
"""How long a scheduler has to answer, and to have a worker."""

Engine = Callable[[PoolPlan, Iterable[Submitted]], Iterator[list[Result]]]


@dataclass(frozen=True)
class Accepted:
    """What the trainer said: ``in_clear`` accepts a network without TLS, ``unconfined`` workers that do not confine."""

    in_clear: bool = False
    unconfined: bool = False


@dataclass(frozen=True)
class WorkerState:
    """What a worker says of itself: whether it runs as root, why learners' code would not be confined there."""

    root: bool
    unconfined: str


class RefusedWorkerError(CasekitError):
    """A worker must not run learners' code."""


def is_loopback(address: str) -> bool:
    """Return whether an address such as ``tls://10.0.0.2:8786`` is this machine's own.

    >>> [is_loopback(one) for one in ("tcp://127.0.0.1:1", "localhost:1", "tls://[::1]:1", "tcp://127.0.0.1.evil.org:1")]
    [True, True, True, False]
    """
    host = urlsplit(f"//{address.rpartition('://')[2]}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def state_of_worker() -> WorkerState:
    """Return what the worker that runs this says of itself."""
    return WorkerState(hasattr(os, "geteuid") and os.geteuid() == 0, unconfined())


def why_refused(address: str, state: WorkerState, scheduler: str, accepted: Accepted) -> str:
    """Return why the worker at ``address`` must not grade, in French; ``""`` when it may."""
    if not is_loopback(address):
        if state.root:
            return (
                f"Le processus Dask {address} tourne avec le compte root : du code d’apprenant s’y exécuterait. Lancez "
                "« dask worker » avec un compte ordinaire."
            )
        if not _encrypted(scheduler) and not accepted.in_clear:
            return (
                f"Le processus Dask {address} écoute sur le réseau, sans chiffrement. Ajoutez « --host {LOOPBACK} » à "
                "« dask worker », ou servez-vous de « casekit dask certificats »."
            )
    if state.unconfined and not accepted.unconfined:
        return (
            f"Le processus Dask {address} ne confinerait pas les copies : {state.unconfined}. Prenez une machine "
            "Linux, ou acceptez-le avec « --sans-protection »."
        )
    return ""


def grade_on_worker(plan: PoolPlan, handed: HandedIn, scheduler: str, accepted: Accepted) -> Graded:
    """Grade one submission on a worker of the cluster.

    Raises
    ------
    RefusedWorkerError
        When this worker, which may have come after the others were asked, must not.
    """
    from distributed import get_worker

    refused = why_refused(get_worker().address, state_of_worker(), scheduler, accepted)
    if refused:
        raise RefusedWorkerError(refused)
    try:
        return grade_submission(plan.source, plan.config, handed, own_nursery().path if available() else "")
    except Exception as error:  # whatever a copy holds, the class goes on
        return failed(handed.learner, error, "corrigée")


def on_cluster(
    address: str, jobs: int | None = None, certificates: Path | None = None, accepted: Accepted = Accepted()
) -> Engine:
    """Return the engine of the Dask scheduler at ``address``, or of one started here when it is « local ».

    Parameters
    ----------
    certificates
        Folder of the certificates for an address ``tls://…``.

    Raises
    ------
    CasekitError
        When Dask is not installed, the address is not one that may be used, or its certificates are missing.
    """
    try:
        import distributed
    except ImportError as error:
        raise not_installed(error) from error
    require_safe(address, accepted)
    security = _security(distributed, address, certificates)

    def engine(plan: PoolPlan, copies: Iterable[Submitted]) -> Iterator[list[Result]]:
        with _client(distributed, address, jobs, security) as client:
            workers = _workers(client, address, accepted)
            yield from _grade(distributed, client, plan, copies, workers, (address, accepted))

    return engine


def require_safe(address: str, accepted: Accepted) -> None:
    """Refuse an address that is neither « local », nor encrypted, nor this machine's own.

    Raises
    ------
    CasekitError
        When it is none of them, and when it is no address at all.
    """
    scheme = address.rpartition("://")[0] or "tcp"
    try:
        complete = address == LOCAL or (
            scheme in ("tcp", "tls") and urlsplit(f"//{address.rpartition('://')[2]}").port is not None
        )
    except ValueError:
        complete = False
    if not complete:
        raise CasekitError(
            f"« {address:.100} » n’est pas l’adresse d’un ordonnanceur Dask : écrivez « local », "
            f"« tls://MACHINE:8786 » ou, sur cette machine, « tcp://{LOOPBACK}:8786 ». Rien n’a été corrigé."
        )
    if not _encrypted(address) and not is_loopback(address) and not accepted.in_clear:
        raise CasekitError(
            f"« {address} » enverrait les copies en clair sur le réseau, et qui s’y trouve pourrait faire exécuter "
            "n’importe quoi. Faites des certificats avec « casekit dask certificats » et servez-vous de « tls://… » ; "
            "« --reseau-prive » l’accepte sur un réseau que personne d’autre n’atteint. Rien n’a été corrigé."
        )


def _encrypted(address: str) -> bool:
    return address == LOCAL or address.startswith("tls://")


def _security(distributed: Any, address: str, certificates: Path | None) -> Any:
    """Return what encrypts: the certificates of a folder, those of one run for « local », nothing in clear."""
    if address == LOCAL:
        import_cryptography()
        return distributed.Security.temporary()
    if not _encrypted(address):
        return None
    authority, certificate, key = certificates_in(certificates or Path()).files
    return distributed.Security(
        require_encryption=True, tls_ca_file=authority, tls_client_cert=certificate, tls_client_key=key
    )


def _client(distributed: Any, address: str, jobs: int | None, security: Any) -> Any:
    try:
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, host=LOOPBACK, dashboard_address=None,
                security=security,
            )  # fmt: skip
            return distributed.Client(cluster)
        return distributed.Client(address, timeout=f"{ANSWER_S}s", security=security)
    except (OSError, ValueError, TimeoutError) as error:
        certificates = ", que ses certificats sont ceux d’ici" if _encrypted(address) else ""
        raise CasekitError(
            f"L’ordonnanceur Dask « {address} » ne répond pas : vérifiez l’adresse{certificates} et qu’il est lancé "
            "(« dask scheduler », puis « dask worker ADRESSE --nthreads 1 »). Rien n’a été corrigé."
        ) from error


def _workers(client: Any, address: str, accepted: Accepted) -> int:
    """Return how many workers there are, once each may grade."""
    try:
        client.wait_for_workers(1, timeout=ANSWER_S)
        states = client.run(state_of_worker)
    except TimeoutError as error:
        raise CasekitError(
            f"L’ordonnanceur Dask « {address} » n’a aucun processus qui corrige : lancez « dask worker ». "
            "Rien n’a été corrigé."
        ) from error
    except Exception as error:  # whatever another version, or another program, answers
        raise CasekitError(
            f"Les processus Dask de « {address} » ne répondent pas comme prévu ({type(error).__name__}) : installez-y "
            "la même version de casekit qu’ici. Rien n’a été corrigé."
        ) from error
    for worker, state in states.items():
        refused = why_refused(worker, state, address, accepted)
        if refused:
            raise CasekitError(f"{refused} Rien n’a été corrigé.")
    return len(states)


def _grade(
    distributed: Any,
    client: Any,
    plan: PoolPlan,
    copies: Iterable[Submitted],
    workers: int,
    settled: tuple[str, Accepted],
) -> Iterator[list[Result]]:
    """Keep a window of submissions on the cluster and yield the results as they come, those of one moment together."""
    shared = client.scatter(plan, broadcast=True)
    waiting = deque(copies)
    running: dict[Any, Submitted] = {}
    results = distributed.as_completed()
    while waiting or running:
        while has_room(waiting, running.values(), WINDOW * workers):
            copy = waiting.popleft()
            try:
                handed = read_handed_in(copy.folder, copy.learner, plan.source.expected)
            except Exception as error:
                yield [(copy, failed(copy.learner, error, "lue"))]
                continue
            future = client.submit(grade_on_worker, shared, handed, *settled, pure=False, retries=RETRIES)
            running[future.key] = copy
            results.add(future)
        if running:
            ready = [(running.pop(future.key), future) for future in results.next_batch()]
            yield [(copy, _result(future, copy.learner)) for copy, future in ready]


def _result(future: Any, learner: str) -> Graded:
    """Return what a worker found.

    Raises
    ------
    CasekitError
        When a worker that must not grade was asked.
    """
    if future.status == "error" and isinstance(refused := future.exception(), RefusedWorkerError):
        raise CasekitError(f"{refused} Ce qui est déjà corrigé reste enregistré.")
    return future.result() if future.status == "finished" else given_up(learner)
