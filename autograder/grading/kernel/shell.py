"""The learner's process: IPython's own kernel without its sockets, its messages sent as frames.

Everything that makes an output (display hooks, errors, figures, widgets) is ipykernel's code, unchanged, so that a
notebook gives here what it gives in JupyterLab.
"""

import asyncio
import io
import logging
import signal
import socket
import sys
import threading
from _signal import pthread_sigmask  # signal’s own names every signal of the mask, each time: fifty times slower
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Application, Config

from autograder.grading.kernel.frames import MAX_FRAME_BYTES, ClosedError, Reader, pack

FLUSH_CHARACTERS = 2**16
FRAME_CHARACTERS = 2**20
"""What is printed at once is cut in frames of this many: each fits, whatever its characters."""
REPLY_LINES, REPLY_CHARACTERS = 100, 10_000
"""What a reply repeats of an error: its last lines, and the beginning of each."""
_INTERRUPT = {signal.SIGINT}
_EVERY_SIGNAL = signal.valid_signals()
_SENDING = threading.RLock()


def send_whole(sock: socket.socket, content: object) -> None:
    """Send one frame that no signal and no other thread cuts in two; one that is too large is left out.

    Raises
    ------
    ClosedError
        When the other side is gone.
    """
    frame = pack(content)
    if len(frame) > MAX_FRAME_BYTES:
        return
    before = pthread_sigmask(signal.SIG_BLOCK, _EVERY_SIGNAL)
    try:
        with _SENDING:
            sock.sendall(frame)
    except OSError as error:
        raise ClosedError from error
    finally:
        pthread_sigmask(signal.SIG_SETMASK, before)


class FrameSession(Session):
    """A Jupyter session whose messages leave as frames; before a socket is given, they are dropped."""

    sock: socket.socket | None = None

    def send(  # type: ignore[override]
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **options: Any
    ) -> Any:
        """Send one message: its type, its content and the request it answers."""
        message = msg_or_type if isinstance(msg_or_type, dict) else {"msg_type": msg_or_type, "content": content or {}}
        header = message.get("parent_header") or (parent or {}).get("header") or {}
        if self.sock is not None:
            sent = {"msg_type": message["msg_type"], "content": message["content"], "request": header.get("msg_id", "")}
            send_whole(self.sock, sent)
        return message


class Stream(io.TextIOBase):
    """What ``print`` and warnings write to: text kept together and sent before any other output."""

    def __init__(self, kernel: Any, name: str) -> None:
        """Send as the stream ``name`` (``stdout`` or ``stderr``)."""
        self._kernel, self._stream = kernel, name
        self._parts: list[str] = []
        self._size = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding that programs may ask about."""
        return "UTF-8"

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep ``text``; send what is kept when it is long or when the other stream has something waiting."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        other = sys.stderr if self._stream == "stdout" else sys.stdout
        if isinstance(other, Stream) and other._parts:
            other.flush()
        self._parts.append(text)
        self._size += len(text)
        if self._size > FLUSH_CHARACTERS:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is kept."""
        text, self._parts, self._size = "".join(self._parts), [], 0
        for start in range(0, len(text), FRAME_CHARACTERS):
            content = {"name": self._stream, "text": text[start : start + FRAME_CHARACTERS]}
            self._kernel.session.send(None, "stream", content, parent=self._kernel.get_parent())


@contextmanager
def _without_debugger() -> Iterator[None]:
    """Keep the debugger and its memory out: nobody debugs here, and ipykernel does without when it is missing."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["debugpy"]


def make_kernel() -> Any:
    """Return the kernel, ready to be forked: no thread, no socket, no history file."""
    config = Config()
    config.HistoryAccessor.enabled = False
    config.HistoryManager.enabled = False
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    log = logging.getLogger("casekit.kernel")
    with _without_debugger():
        kernel = IPythonKernel.instance(config=config, session=FrameSession(key=b""), iopub_socket=object(), log=log)
    Application.instance().kernel = kernel  # where « %matplotlib » looks for it
    return kernel


def rehearse(kernel: Any) -> None:
    """Run a few cells that leave nothing behind, so that the first real one is as quick as the others."""
    loop = asyncio.new_event_loop()
    for source in ("pass", "1 + 1", "raise ValueError", "syntax error"):
        loop.run_until_complete(kernel.do_execute(source, silent=True, store_history=False))
    loop.close()


def run_cells(kernel: Any, sock: socket.socket) -> None:
    """Run each cell that arrives, until the other side closes."""
    kernel.session.sock = sock
    streams = Stream(kernel, "stdout"), Stream(kernel, "stderr")
    sys.stdout, sys.stderr = streams
    kernel.shell.ask_exit = lambda: None  # « exit » written in a cell must not cost those that follow
    try:
        loop = asyncio.new_event_loop()  # not asyncio.run, which would keep interrupts for itself
        asyncio.set_event_loop(loop)
        loop.run_until_complete(_serve(kernel, sock, streams))
    except ClosedError:
        return


async def _serve(kernel: Any, sock: socket.socket, streams: tuple[Stream, ...]) -> None:
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.current_thread())
    kernel.io_loop = IOLoop.current()
    reader = Reader(sock)
    signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPT)  # let through while a cell runs, and only then
    while True:
        try:
            request = reader.read()
        except KeyboardInterrupt:  # a thread that a cell left behind took an interrupt meant for that cell
            continue
        parent = {"header": {"msg_id": request["request"]}}
        kernel.set_parent([], parent)
        kernel.shell.set_parent(parent)
        reply = await _execute(kernel, str(request["source"]))
        for stream in streams:
            stream.flush()
        send_whole(sock, {"msg_type": "execute_reply", "content": reply, "request": request["request"]})


async def _execute(kernel: Any, source: str) -> dict[str, Any]:
    while signal.sigtimedwait(_INTERRUPT, 0):  # meant for the cell before, which had just ended
        pass
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPT)
        reply = await kernel.do_execute(source, silent=False, store_history=True, allow_stdin=False)
    except KeyboardInterrupt:
        reply = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPT)
    known = ("status", "ename", "evalue", "traceback", "execution_count")
    return {name: _cut(reply[name]) for name in known if name in reply}


def _cut(said: Any) -> Any:
    if isinstance(said, list):
        return [_cut(line) for line in said[-REPLY_LINES:]]
    return said[:REPLY_CHARACTERS] if isinstance(said, str) else said
