"""The nursery as the trusted side sees it: started with what notebooks need, replaced when it ends or is stopped."""

import atexit
import math
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from autograder.console import warn
from autograder.grading.kernel.alive import is_stopped
from autograder.rooms import new_room
from casestudies.errors import CasekitError
from casestudies.names import NAMES
from casestudies.quoting import quoted

START_S = 120.0
"""How long a child has to be ready, a nursery that starts or is replaced included."""
BEAT_S = 5.0
"""How often processes that may be stopped are looked at."""
STARTS = 3
"""How often a process is started that ends before it is ready."""
LAST_WORDS = 160
CANNOT_START = (
    "La correction ne peut pas avoir lieu : le processus d’où partent les copies s’arrête dès son démarrage ({why}). "
    "Installez de nouveau casekit dans son environnement, puis relancez : ce qui est déjà corrigé reste enregistré."
)
SILENT = "La copie n’a pas été exécutée : le processus d’où partent les copies ne répond pas."
ALWAYS = ("pandas", "matplotlib.pyplot", "matplotlib_inline.config", "ipywidgets")
WITH_A_CASE = ("casestudies.dossier", "casestudies.livrables.desk", "casestudies.studio")


def preloaded(companies: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that notebooks about these companies need."""
    modules = [f"casestudies.{slug}.company" for slug in companies]
    return (*ALWAYS, *(WITH_A_CASE if modules else ()), *modules)


def companies_named(folder: Path) -> tuple[str, ...]:
    """Return the companies that the notebooks in ``folder`` name: none for an ordinary nbgrader assignment."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.ipynb")]
    return tuple(slug for slug in NAMES if any(slug in text for text in texts))


def _bare_environment() -> dict[str, str]:
    """Return the nursery's environment: children can read what it started with, so it holds no secret."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONWARNINGS", "MPLCONFIGDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return environment | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def available() -> bool:
    """Return whether this machine can fork children: Linux can."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(socket, "recv_fds")


class NurseryLostError(CasekitError):
    """No child can be had: the nursery cannot start, or does not answer."""


class Nursery:
    """A running nursery. It stops when it is closed, or when the process that started it ends."""

    def __init__(self, companies: Iterable[str] = NAMES) -> None:
        """Start the process, with what notebooks about ``companies`` need; it is ready a second later."""
        self._modules = preloaded(companies)
        self._room, self._owner = Path(new_room()), os.getpid()
        self.path = str(self._room / "nursery")
        self._failed, self._stopped_since = 0, math.inf
        self._process = self._start()
        atexit.register(self.close)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "autograder.grading.kernel.nursery", self.path, *self._modules]
        with self._said.open("wb") as said:
            return subprocess.Popen(  # noqa: S603 - this very interpreter, and module names of the kit
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=_bare_environment(),
                umask=0o022,
            )  # fmt: skip

    @property
    def _said(self) -> Path:
        """Where the process complains: of what it could not import, before anybody's code ran."""
        return self._room / "plaintes"

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    @property
    def is_ours(self) -> bool:
        """Whether this very process started it: a forked worker only knows where it is."""
        return self._owner == os.getpid()

    def look(self) -> None:
        """Replace the process when it ended, or has been stopped for ``BEAT_S``, and say so; to be called now and then.

        Children that run already are not concerned.

        Raises
        ------
        NurseryLostError
            When it ended ``STARTS`` times before it could be asked for anything.
        """
        if self.ended:
            self._failed += not Path(self.path).exists()
            if self._failed >= STARTS:
                why = self._last_words()
                self.close()
                raise NurseryLostError(CANNOT_START.format(why=why))
            self._replace("s’est arrêté")
        elif not is_stopped(self._process.pid):
            self._stopped_since = math.inf
        elif (now := time.monotonic()) - min(self._stopped_since, now) < BEAT_S:
            self._stopped_since = min(self._stopped_since, now)
        else:
            self._replace("était arrêté")

    def _last_words(self) -> str:
        text = self._said.read_text(encoding="utf-8", errors="replace") if self._said.exists() else ""
        lines = text.strip().splitlines()
        return quoted(lines[-1], LAST_WORDS) if lines else f"code {self._process.returncode}"

    def _replace(self, what: str) -> None:
        self._end()
        Path(self.path).unlink(missing_ok=True)
        self._stopped_since = math.inf
        self._process = self._start()
        warn(f"Le processus d’où partent les copies {what} : il a été remplacé, et la correction continue.")

    def close(self) -> None:
        """Stop the process; its children end with it."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0 if is_stopped(self._process.pid) else 5)
        self._end()
        shutil.rmtree(self._room, ignore_errors=True)
        atexit.unregister(self.close)

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


_OWN: list[Nursery] = []


def own_nursery(companies: Iterable[str] = NAMES) -> Nursery:
    """Return the nursery of this process, started when there is none; it ends with the process."""
    if not _OWN or _OWN[0].ended:
        _OWN[:] = [Nursery(companies)]
    return _OWN[0]


def look_after(path: str) -> None:
    """See to the nursery at ``path``, when it is this process's own.

    Raises
    ------
    NurseryLostError
        When whoever started it has given it up.
    """
    if _OWN and _OWN[0].is_ours and _OWN[0].path == path:
        _OWN[0].look()
    elif not Path(path).parent.is_dir():
        raise NurseryLostError(SILENT)
