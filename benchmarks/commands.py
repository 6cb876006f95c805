"""The commands that are measured, run from a course's folder: how long each took, and how much memory its processes."""

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.measure import MEBI

EVERY_S = 0.2
LEARNERS = ("kernel.nursery", "ipykernel_launcher")
"""What the command line of a process that runs learners' code says."""

ENVIRONMENT = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])}
"""The environment of every command: nbgrader runs « alembic » by name."""


@dataclass
class Run:
    """What was seen of a command: seconds, and the peak of resident memory of its processes, in MiB.

    ``main`` is the command's own process, ``worker`` the largest of the others that grade, ``learner`` the largest
    that runs learners' code; 0 where there is none.
    """

    seconds: float = 0.0
    main: float = 0.0
    worker: float = 0.0
    learner: float = 0.0

    @property
    def grader(self) -> float:
        """The peak of a process that grades: a worker's, or the command's own where it grades alone."""
        return self.worker or self.main


def nbgrader(*words: str, module: str = "nbgrader") -> list[str]:
    """Return a command of nbgrader's."""
    return [sys.executable, "-m", module, *words]


def casekit(assignment: str, jobs: int) -> list[str]:
    """Return the command that grades a class with ``jobs`` processes."""
    return [sys.executable, "-m", "autograder", "grade", assignment, "--processus", str(jobs), "--json"]


def run(command: Sequence[str], folder: Path, told: Path | None = None, limit_s: float = math.inf) -> Run:
    """Run a command in ``folder`` and return what was seen of it.

    Parameters
    ----------
    told
        File that takes its standard output.
    limit_s
        When it is killed.

    Raises
    ------
    RuntimeError
        When it fails or is late: the end of what it wrote, and what was seen of it.
    """
    seen = Run()
    with ExitStack() as stack:
        said = stack.enter_context(tempfile.TemporaryFile())
        output = stack.enter_context(told.open("wb")) if told else said
        started = time.perf_counter()
        with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=output, stderr=said) as process:
            family = psutil.Process(process.pid)
            while process.poll() is None:
                if time.perf_counter() - started > limit_s:
                    process.kill()
                _look(family, seen)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(EVERY_S)
        seen.seconds = time.perf_counter() - started
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode('utf-8', 'replace')[-2000:]}", seen)
    return seen


def _look(family: psutil.Process, seen: Run) -> None:
    """Take note of the memory of a command's processes at this instant."""
    seen.main = max(seen.main, peak(family))
    for process in _descendants(family):
        with suppress(psutil.Error):
            role = "learner" if _runs_learners_code(process) else "worker"
            setattr(seen, role, max(getattr(seen, role), peak(process)))


def _runs_learners_code(process: psutil.Process) -> bool:
    """Whether a process, or one that it comes from, says so: learners' code may write over its own command line."""
    lineage = (process, *process.parents())
    return any(word in " ".join(one.cmdline()) for one in lineage for word in LEARNERS)


def _descendants(family: psutil.Process) -> Iterator[psutil.Process]:
    with suppress(psutil.Error):
        yield from family.children(recursive=True)


def peak(process: psutil.Process) -> float:
    """Return the peak of a process's resident memory, in MiB: as Linux keeps it, elsewhere what it is now."""
    with suppress(OSError):
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    with suppress(psutil.Error):
        return float(process.memory_info().rss / MEBI)
    return 0.0
