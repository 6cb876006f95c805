"""The trusted side: starts the nursery, asks it for a child, hands it cells one by one, believes nothing it says."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from autograder.grading import wall
from autograder.grading.kernel import frames
from autograder.grading.kernel.frames import INTERRUPT, KILL, READY
from autograder.rooms import new_room
from casestudies.names import NAMES

GRACE_S = 3.0
"""How long a cell that was interrupted has to stop by itself."""
START_S = 120.0
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


class Nursery:
    """A running nursery. It stops when it is closed, or when the process that started it ends."""

    def __init__(self, companies: Iterable[str] = NAMES) -> None:
        """Start the process, with what notebooks about ``companies`` need; it is ready a second later."""
        self._room = new_room()
        self.path = str(Path(self._room) / "nursery")
        command = [sys.executable, "-m", "autograder.grading.kernel.nursery", self.path, *preloaded(companies)]
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter, and module names of the kit
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_bare_environment(), umask=0o022,
        )  # fmt: skip
        atexit.register(self.close)

    def wait(self) -> None:
        """Wait until children can be asked for; those who ask earlier wait by themselves.

        Raises
        ------
        OSError
            When the process ended before it was ready.
        """
        assert self._process.stdout is not None
        if self._process.stdout.readline() != READY:
            self.close()
            raise OSError("the nursery did not start")

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def close(self) -> None:
        """Stop the process; its children end with it."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        shutil.rmtree(self._room, ignore_errors=True)
        atexit.unregister(self.close)


_OWN: list[Nursery] = []


def own_nursery(companies: Iterable[str] = NAMES) -> Nursery:
    """Return the nursery of this process, started when there is none; it ends with the process."""
    if not _OWN or _OWN[0].ended:
        _OWN[:] = [Nursery(companies)]
    return _OWN[0]


def _connect(control: socket.socket, path: str) -> None:
    """Connect to a nursery, which may still be starting."""
    limit = time.monotonic() + START_S
    while True:
        try:
            control.connect(path)
            return
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > limit or not Path(path).parent.is_dir():
                raise
            time.sleep(0.01)


class Child:
    """One confined child, in a working folder of its own; use it as a context."""

    def __init__(
        self, path: str, environment: Mapping[str, str], files: Path | None = None, limits: wall.Limits | None = None
    ) -> None:
        """Ask the nursery at ``path`` for a child whose folder holds a copy of ``files``.

        Raises
        ------
        DeadChildError
            When the child ended before it was ready.
        """
        self._folder = new_room()
        self._control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._sock, theirs = socket.socketpair()
        self._reader = frames.Reader(self._sock)
        self._number = 0
        request = {
            "environment": dict(environment), "files": str(files.resolve()) if files else "", "folder": self._folder,
            "limits": asdict(limits or wall.Limits()),
        }  # fmt: skip
        try:
            _connect(self._control, path)
            socket.send_fds(self._control, [frames.pack(request)[4:]], [theirs.fileno()])
        finally:
            theirs.close()
        self.missing = tuple(self._receive(time.monotonic() + START_S).get("missing", ()))

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
