"""Stopping code that runs for too long, in the same process: by a clock's signal, else by looking at what it runs."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import CodeType, FrameType
from typing import Any

AGAIN_S = 0.05
"""How soon the clock strikes again: a cell may catch what stops it and go on."""


TOOL = 4
"""The place, among those that watch what Python runs, that no debugger, profiler or measure of coverage takes."""


class TooLongError(BaseException):
    """The time is over; not an ``Exception``, so that an ordinary ``except`` lets it pass."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what runs in this context after so many seconds, as far as the process allows.

    A long calculation inside compiled code ends first, where no signal reaches it (in a browser, on Windows).

    Raises
    ------
    TooLongError
        When the time is over.
    """
    clock = hasattr(signal, "setitimer") and sys.platform != "emscripten"
    if clock and threading.current_thread() is threading.main_thread():
        yield from _by_signal(seconds)
    elif hasattr(sys, "monitoring") and sys.monitoring.get_tool(TOOL) is None:
        yield from _by_event(time.monotonic() + seconds)
    else:
        yield from _by_line(time.monotonic() + seconds)


def _by_signal(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, AGAIN_S), AGAIN_S)
    try:
        yield
    finally:
        while signal.getsignal(signal.SIGALRM) is stop:
            with suppress(TooLongError):  # the clock may strike while it is being stopped
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)


def _by_event(end: float) -> Iterator[None]:
    """Look at each line and jump: again and again, since a cell may catch what stops it."""
    mine, events = threading.get_ident(), sys.monitoring.events
    ours = {one.__code__.co_filename for one in (_by_event, contextmanager)}  # they end the watch: never stopped

    def look(code: CodeType, *_: object) -> None:
        if time.monotonic() > end and threading.get_ident() == mine and code.co_filename not in ours:
            raise TooLongError

    sys.monitoring.use_tool_id(TOOL, __name__)
    try:
        for event in (events.LINE, events.JUMP):
            sys.monitoring.register_callback(TOOL, event, look)
        sys.monitoring.set_events(TOOL, events.LINE | events.JUMP)
        yield
    finally:
        sys.monitoring.set_events(TOOL, 0)
        for event in (events.LINE, events.JUMP):
            sys.monitoring.register_callback(TOOL, event, None)
        sys.monitoring.free_tool_id(TOOL)


def _by_line(end: float) -> Iterator[None]:
    """Look at each line, up to the first that is stopped (Python 3.11): then no more, and a cell may go on."""

    def look(_frame: FrameType, _event: str, _arg: Any) -> Any:
        if time.monotonic() > end:
            raise TooLongError
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)
