"""What the trusted side accepts to keep of a child's messages, and the stand-ins that nbclient needs for doing so."""

import json
import math
import sys
from types import SimpleNamespace
from typing import Any

from casestudies.answers import MAX_BYTES as ANSWER_BYTES
from casestudies.answers import MIME

CELL_BYTES = 4 * 2**20
NOTEBOOK_BYTES = 12 * 2**20
CELL_MESSAGES = 2_000
ANSWER_WEIGHT = 40 * ANSWER_BYTES
"""What the largest answer weighs once it is read: a table of as many cells as ``ANSWER_BYTES`` can hold."""
_MESSAGE, _OBJECT, _LIST, _SCALAR, _LINE = 500, 450, 64, 32, 16
"""Bytes that each takes in memory, or at least in the notebook's file."""
_SHOWN = ("stream", "display_data", "update_display_data", "execute_result", "error", "clear_output")
_COMMS = ("comm_open", "comm_msg", "comm_close")


class Budget:
    """How much a notebook may still show. An answer that a locked cell hands in passes, within its own limit."""

    def __init__(self) -> None:
        """Start with everything left."""
        self._left: float = NOTEBOOK_BYTES
        self.next_cell(answers=False)

    def next_cell(self, answers: bool) -> None:
        """Give the next cell its own share; ``answers`` says whether it may hand in an answer beside it."""
        self._cell_left: float = CELL_BYTES
        self._messages, self._answers = CELL_MESSAGES, answers

    def allows(self, message: dict[str, Any], places: int = 0) -> bool:
        """Return whether a message is kept, and count it.

        ``places`` is how many outputs it replaces: each of them will be written down.
        """
        kind, content = message.get("msg_type"), message.get("content")
        if kind not in (*_SHOWN, *_COMMS) or not isinstance(content, dict):
            return False
        if kind in _COMMS and not isinstance(content.get("comm_id"), str):
            return False
        size = weight(content)
        if self._answers and not places and _is_answer(kind, content):
            self._answers = False
            return size < ANSWER_WEIGHT
        size *= places if kind == "update_display_data" else 1 + places
        self._messages -= 1
        if self._messages < 0 or size > min(self._left, self._cell_left):
            return False
        self._left -= size
        self._cell_left -= size
        return True


def _is_answer(kind: object, content: dict[str, Any]) -> bool:
    data = content.get("data")
    return kind in ("display_data", "execute_result") and isinstance(data, dict) and MIME in data


def weight(content: object) -> float:
    """Return about how many bytes plain data takes in memory or in a notebook, infinite for what JSON cannot write.

    >>> weight(["a"] * 100) < 10_000 < weight([[{}] * 10, 1.5, "b" * 6_000])
    True
    """
    total, level, waiting = float(_MESSAGE), 0, [content]
    while waiting:
        level += 1
        total += sum(_own_weight(one) + level for one in waiting)
        waiting = [inner for one in waiting if isinstance(one, dict | list) for inner in _inner(one)]
    return total


def _own_weight(one: object) -> float:
    if isinstance(one, str):  # a notebook keeps a text line by line
        return max(len(json.dumps(one)) + _LINE * one.count("\n"), sys.getsizeof(one))
    if isinstance(one, dict | list):
        return _OBJECT if isinstance(one, dict) else _LIST
    return math.inf if isinstance(one, float) and not math.isfinite(one) else _SCALAR


def _inner(one: dict[str, Any] | list[Any]) -> list[Any]:
    return [*one.keys(), *one.values()] if isinstance(one, dict) else one


class NoFrontEnd:
    """Stands where nbclient has its link to a kernel: widgets that answer a message of the child's are not heard."""

    def __init__(self) -> None:
        """Make the two things that nbclient's output widget speaks through."""
        self.session = SimpleNamespace(msg=lambda *_, **__: {})
        self.shell_channel = SimpleNamespace(send=lambda _: None)


LANGUAGE_INFO: dict[str, Any] = {
    "name": "python", "version": sys.version.split()[0], "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3}, "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python", "file_extension": ".py",
}  # fmt: skip
"""What a notebook says of its language, as ipykernel does, which takes a tenth of a second to import."""
