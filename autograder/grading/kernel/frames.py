"""What goes through the pipe between the trusted side and a learner's process: JSON texts, each after its length.

The reader believes nothing: a frame too large, not JSON, of too many parts, nested too deeply or of another shape is an
error, never a crash, and a frame that comes drop by drop takes no more time than it was given.
"""

import json
import re
import socket
import struct
import time
from typing import Any

MAX_FRAME_BYTES = 8 * 2**20
MAX_DEPTH = 64
MAX_NODES = 150_000
"""Numbers, texts, lists and objects in one frame: a list of 3 bytes takes 30 times more once it is read."""
INTERRUPT, KILL = b"i", b"k"
"""What the trusted side tells a supervisor."""
_HEAD = struct.Struct(">I")
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+', re.DOTALL)
"""A text in JSON. Possessive, and closed or not, so that whatever is searched takes a time in proportion."""
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
"""How a character beyond the first 65,536 is escaped, in two halves; the half of one cannot be written to a file."""


class BrokenFrameError(Exception):
    """What was received is not a frame."""


class ClosedError(Exception):
    """The other side is gone."""


def pack(content: object) -> bytes:
    """Return the bytes of a frame."""
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return _HEAD.pack(len(body)) + body


def send(sock: socket.socket, content: object) -> None:
    """Send one frame.

    Raises
    ------
    ClosedError
        When the other side is gone.
    """
    try:
        sock.sendall(pack(content))
    except OSError as error:
        raise ClosedError from error


class Reader:
    """Reads frames from a socket, within the time that is left."""

    def __init__(self, sock: socket.socket) -> None:
        """Read from ``sock``."""
        self._sock = sock
        self._buffer = bytearray()

    def read(self, timeout_s: float | None = None) -> dict[str, Any]:
        """Return the next frame.

        Raises
        ------
        TimeoutError
            When nothing whole came in time; what came is kept for the next call.
        ClosedError
            When the other side is gone.
        BrokenFrameError
            When what came is not a frame: it is left out, and the next one can be read.
        """
        limit = None if timeout_s is None else time.monotonic() + timeout_s
        size = _HEAD.unpack(self._until(_HEAD.size, limit)[: _HEAD.size])[0]
        if size > MAX_FRAME_BYTES:
            self._buffer.clear()
            raise ClosedError(f"frame of {size} bytes")
        body = bytes(self._until(_HEAD.size + size, limit)[_HEAD.size : _HEAD.size + size])
        del self._buffer[: _HEAD.size + size]
        return parse(body)

    def _until(self, size: int, limit: float | None) -> bytearray:
        while len(self._buffer) < size:
            left = None if limit is None else limit - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self._sock.settimeout(left)
            try:
                received = self._sock.recv(2**18)
            except TimeoutError:
                raise
            except OSError as error:
                raise ClosedError from error
            if not received:
                raise ClosedError
            self._buffer += received
        return self._buffer


def parse(body: bytes) -> dict[str, Any]:
    """Return the object that a frame's body holds; NaN and infinities, which are not JSON, are read as nothing.

    Raises
    ------
    BrokenFrameError
        When it is not a JSON object, has more than ``MAX_NODES`` parts, is nested more than ``MAX_DEPTH`` deep, or
        holds half a character.

    >>> parse(b'{"a": [NaN, 1]}')
    {'a': [None, 1]}
    """
    if parts(body) > MAX_NODES:
        raise BrokenFrameError("too many parts")
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=lambda _: None)
        if _HALF_PAIR.search(body):
            json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BrokenFrameError(str(error)) from error
    if not isinstance(content, dict) or too_deep(content):
        raise BrokenFrameError("not an object, or nested too deeply")
    return content


def parts(body: bytes) -> int:
    """Return a bound on how many values a JSON text holds, counted without reading it.

    >>> parts(b'[[], {"a": 1}, "b, [c"]')
    7
    """
    found = _marks(body)
    quotes = body.count(b'"') - body.count(b'\\"')
    if found <= MAX_NODES or quotes > 2 * MAX_NODES:
        return found
    return _marks(_TEXT.sub(b"", body))  # texts too hold commas and brackets


def _marks(body: bytes) -> int:
    return sum(body.count(mark) for mark in (b",", b"[", b"{"))


def too_deep(content: object, limit: int = MAX_DEPTH) -> bool:
    """Return whether lists and objects are nested more than ``limit`` deep.

    >>> too_deep([[1]], limit=2), too_deep([[[1]]], limit=2)
    (False, True)
    """
    level: list[Any] = [content]
    for _ in range(limit):
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inner(one)]
        if not any(isinstance(one, dict | list) for one in level):
            return False
    return True


def _inner(one: dict[str, Any] | list[Any]) -> list[Any]:
    return list(one.values()) if isinstance(one, dict) else one
