"""How much a learner's process may use, and the kernel's own limits that say so."""

import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.wall.protection import Protection, given, missing, refused

_LOCKED_BYTES = 64 * 2**10
_CPU_GRACE_S = 2
"""The first process of a PID namespace never sees the soft limit's signal; the hard limit kills it."""


@dataclass(frozen=True)
class Limits:
    """What a learner's process may use.

    Attributes
    ----------
    memory_bytes : address space beyond what the process maps when it is confined.
    cpu_s : processor time; the process is killed a few seconds later at most.
    file_bytes : size of one file.
    folder_bytes, folder_files : size of the private working folder, and how many files and folders it holds.
    open_files : descriptors open at once.
    threads : threads at once.
    """

    memory_bytes: int = 1_500 * 2**20
    cpu_s: int = 120
    file_bytes: int = 64 * 2**20
    folder_bytes: int = 256 * 2**20
    folder_files: int = 4096
    open_files: int = 256
    threads: int = 64


def mapped_bytes() -> int:
    """Return how much address space this process maps, as ``/proc`` tells it; 0 when it does not."""
    import resource

    try:
        with Path("/proc/self/statm").open("rb") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def bound(limits: Limits, mapped: int) -> Protection:
    """Set the limits on memory, time and files; ``mapped`` is what ``mapped_bytes`` returned."""
    if sys.platform != "linux":
        return missing("limits", "ce système n’a pas ces limites")
    import resource

    pairs = [
        (resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + _CPU_GRACE_S),
        (resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_MEMLOCK, _LOCKED_BYTES, _LOCKED_BYTES),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        (resource.RLIMIT_RTPRIO, 0, 0),
        (resource.RLIMIT_NICE, 0, 0),
    ]
    if mapped:
        pairs.append((resource.RLIMIT_AS, mapped + limits.memory_bytes, mapped + limits.memory_bytes))
    try:
        for kind, soft, hard in pairs:
            _lower(kind, soft, hard)
    except OSError as error:
        return refused("limits", error)
    return (
        given("limits")
        if mapped
        else missing("limits", "la mémoire déjà occupée n’est pas connue, celle à venir n’est donc pas bornée")
    )


def bound_threads(threads: int, counted_apart: bool) -> Protection:
    """Set how many processes and threads the account may have.

    The kernel counts them by account. Only an account alone in its user namespace (``counted_apart``) can be bounded
    without refusing a thread because of somebody else's.
    """
    if sys.platform != "linux":
        return missing("threads", "ce système n’a pas cette limite")
    import resource

    if not counted_apart:
        return missing("threads", "le noyau les compte avec ceux des autres programmes du même compte")
    try:
        _lower(resource.RLIMIT_NPROC, threads + 1, threads + 1)  # one more for the process that supervises
    except OSError as error:
        return refused("threads", error)
    return given("threads")


def _lower(kind: int, soft: int, hard: int) -> None:
    """Set a limit, never above the one in force: only an administrator may raise it."""
    import resource

    ceiling = resource.getrlimit(kind)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(kind, (soft, hard))
