"""The trace of erasings: when, begun or done, and a hash that lets the centre prove it for a given identifier.

The hash is slow and salted: it says nothing by itself, and answers « was this person erased? » when asked about one.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.sheets.files import write_whole

FILE = Path("build") / "effacements.jsonl"
BEGUN, DONE = "commencé", "terminé"


def begin(course: Course, learner: str) -> None:
    """Write that an erasing begins, unless it had begun."""
    lines = _lines(course)
    if not any(line.get("etat") == BEGUN and _is(line, learner) for line in lines):
        salt = secrets.token_hex(8)
        _write(course, [*lines, {"le": _now(), "etat": BEGUN, "sel": salt, "empreinte": _hash(learner, salt)}])


def end(course: Course, learner: str) -> None:
    """Write that it is done, on the line that says it began."""
    lines = _lines(course)
    for line in lines:
        if line.get("etat") == BEGUN and _is(line, learner):
            line |= {"le": _now(), "etat": DONE}
    _write(course, lines)


def state(course: Course, learner: str) -> str:
    """Return what became of somebody's last erasing: begun, done, or an empty text."""
    found = [str(line.get("etat", "")) for line in _lines(course) if _is(line, learner)]
    return found[-1] if found else ""


def _lines(course: Course) -> list[dict[str, Any]]:
    try:
        texts = (course.root / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [json.loads(text) for text in texts if text.startswith("{") and text.endswith("}")]


def _write(course: Course, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write_whole(course.root / FILE, text.encode("utf-8"))


def _is(line: dict[str, Any], learner: str) -> bool:
    return line.get("empreinte") == _hash(learner, str(line.get("sel", "")))


def _hash(learner: str, salt: str) -> str:
    name = learner.encode("utf-8", "surrogateescape")
    return hashlib.scrypt(name, salt=salt.encode(), n=2**14, r=8, p=1, dklen=16).hex()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
