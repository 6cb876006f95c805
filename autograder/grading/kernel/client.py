"""The trusted side: asks the nursery for a child, hands it cells one by one, believes nothing it says."""

import shutil
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from autograder.grading import wall
from autograder.grading.kernel import frames
from autograder.grading.kernel.frames import INTERRUPT, KILL
from autograder.grading.kernel.keeper import BEAT_S, SILENT, START_S, STARTS, NurseryLostError, look_after
from autograder.rooms import new_room

GRACE_S = 3.0
"""How long a cell that was interrupted has to stop by itself."""


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


def _connected(path: str, limit: float) -> socket.socket:
    """Return a connection to a nursery, which may still be starting, or be replaced meanwhile."""
    while time.monotonic() < limit:
        control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            control.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            control.close()
            look_after(path)
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
            look_after(path)
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
