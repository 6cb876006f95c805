"""The trusted side: starts the nursery, asks it for a child, hands it cells one by one, believes nothing it says."""

import atexit
import math
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from autograder.console import warn
from autograder.grading import wall
from autograder.grading.kernel import frames
from autograder.grading.kernel.alive import is_stopped
from autograder.grading.kernel.frames import INTERRUPT, KILL
from autograder.rooms import new_room
from casestudies.errors import CasekitError
from casestudies.names import NAMES
from casestudies.quoting import quoted

GRACE_S = 3.0
"""How long a cell that was interrupted has to stop by itself."""
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


class CellTimeoutError(Exception):
    """The cell took too long, was interrupted, and stopped."""


class DeadChildError(Exception):
    """The child ended, or had to be killed, before the cell did. ``late`` says whether it was for taking too long."""

    def __init__(self, late: bool = False) -> None:
        """Keep why."""
        super().__init__("too late" if late else "ended")
        self.late = late


@dataclass(frozen=True)
class End:
    """What is known of a child that ended: the signal that killed it (0: none), peak memory, processor time."""

    signal: int
    peak_kib: int
    cpu_s: float


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


def _look_after(path: str) -> None:
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


def _connected(path: str, limit: float) -> socket.socket:
    """Return a connection to a nursery, which may still be starting, or be replaced meanwhile."""
    while time.monotonic() < limit:
        control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            control.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            control.close()
            _look_after(path)
            time.sleep(0.01)
        else:
            return control
    raise NurseryLostError(SILENT)


class Child:
    """One confined child, in a working folder of its own; use it as a context."""

    def __init__(
        self, path: str, environment: Mapping[str, str], files: Path | None = None, limits: wall.Limits | None = None
    ) -> None:
        """Ask the nursery at ``path`` for a child whose folder holds a copy of ``files``.

        Raises
        ------
        DeadChildError
            When the child ended before it was ready, ``STARTS`` times: no learner's code has run by then.
        NurseryLostError
            When the nursery did not answer for ``START_S``.
        """
        self._folder = new_room()
        self._number = 0
        request = {
            "environment": dict(environment), "files": str(files.resolve()) if files else "", "folder": self._folder,
            "limits": asdict(limits or wall.Limits()),
        }  # fmt: skip
        limit = time.monotonic() + START_S
        for left in reversed(range(STARTS)):
            try:
                self.missing = self._begin(path, frames.pack(request)[4:], limit)
                return
            except DeadChildError:
                if not left:
                    raise

    def _begin(self, path: str, request: bytes, limit: float) -> tuple[str, ...]:
        """Have a child made and return the protections that it lacks."""
        self._control = _connected(path, limit)
        self._sock, theirs = socket.socketpair()
        self._reader = frames.Reader(self._sock)
        try:
            socket.send_fds(self._control, [request], [theirs.fileno()])
        except OSError as error:
            raise DeadChildError from error
        finally:
            theirs.close()
        while time.monotonic() < limit:
            with suppress(TimeoutError):
                return tuple(self._receive(time.monotonic() + BEAT_S).get("missing", ()))
            _look_after(path)
        raise NurseryLostError(SILENT)

    def __enter__(self) -> Self:
        """Return the child."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the child and remove its folder."""
        self.close()

    def execute(self, source: str, timeout_s: float | None, heard: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Run one cell and return its reply; each message is given to ``heard`` as it comes.

        Raises
        ------
        CellTimeoutError
            When it took more than ``timeout_s`` and stopped once interrupted.
        DeadChildError
            When the child ended, or ignored the interrupt and was killed.
        """
        self._number += 1
        request = str(self._number)
        try:
            frames.send(self._sock, {"source": source, "request": request})
        except frames.ClosedError as error:
            raise DeadChildError from error
        limit = None if timeout_s is None else time.monotonic() + timeout_s
        late = False
        while True:
            try:
                message = self._receive(limit, late)
            except TimeoutError:
                if late:
                    self._tell(KILL)
                    raise DeadChildError(late=True) from None
                late, limit = True, time.monotonic() + GRACE_S
                self._tell(INTERRUPT)
                continue
            if message.get("msg_type") == "execute_reply" and message.get("request") == request:
                if late:
                    raise CellTimeoutError
                content = message.get("content")
                return content if isinstance(content, dict) else {}
            heard(message)

    def _receive(self, limit: float | None, late: bool = False) -> dict[str, Any]:
        while True:
            left = None if limit is None else limit - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            try:
                return self._reader.read(left)
            except frames.BrokenFrameError:
                continue
            except frames.ClosedError as error:
                raise DeadChildError(late) from error

    def _tell(self, command: bytes) -> None:
        try:
            self._control.sendall(command)
        except OSError:
            return  # it is gone already

    def close(self) -> End | None:
        """End the child if it still runs, remove its folder, and return what is known of its end."""
        if self._control.fileno() < 0:
            return None
        self._tell(KILL)
        self._sock.close()
        try:
            end = End(**frames.Reader(self._control).read(GRACE_S))
        except (frames.ClosedError, frames.BrokenFrameError, TimeoutError, TypeError):
            end = None
        self._control.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        return end
