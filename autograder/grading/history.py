"""What was said of an answer before it was evaluated again: one JSON line per change, only ever added to."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.grading.records import Result
from autograder.grading.regrade import ScoreChange
from casestudies import __version__
from casestudies.atomic import settle
from casestudies.seeds import DATA_VERSION

FILE = "historique.jsonl"

Line = dict[str, Any]
"""``time`` (UTC, ISO 8601), ``kit_version``, ``data_version``, ``learner``, ``notebook``, ``question``, ``from`` and
``to`` (the two results whole), ``reason`` (the two outcomes, in French)."""


def history_path(records: Path, assignment: str) -> Path:
    """Return where the history of an assignment is kept."""
    return records / assignment / FILE


def read_history(path: Path) -> list[Line]:
    """Return the lines of a history, the oldest first; a line that was cut while it was written is left out."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    for line in text.split("\n"):
        try:
            read = json.loads(line)
        except ValueError:
            continue
        if isinstance(read, dict):
            yield read


def append_history(path: Path, changes: Iterable[ScoreChange]) -> int:
    """Add the changes to a history and return how many were new.

    A change that is already the last word on its question is not written twice: a run that was stopped can be run
    again.

    Raises
    ------
    OSError
        When the disk is full or the file cannot be written.
    """
    last = {_subject(line): (line.get("from"), line.get("to")) for line in read_history(path)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    told = (_line(change, now) for change in changes)
    lines = [line for line in told if last.get(_subject(line)) != (line["from"], line["to"])]
    if lines:
        _append(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
    return len(lines)


def _line(change: ScoreChange, now: str) -> Line:
    return {
        "time": now, "kit_version": __version__, "data_version": DATA_VERSION,
        "learner": change.learner, "notebook": change.notebook, "question": change.question,
        "from": _plain(change.before), "to": _plain(change.after), "reason": reason(change),
    }  # fmt: skip


def reason(change: ScoreChange) -> str:
    """Return why the points are no longer the same: what the answer was taken for, and what it is now."""
    before, after = change.before.finding, change.after.finding
    if before.outcome is after.outcome:
        return f"« {after.outcome.label} », dit autrement"
    return f"« {before.outcome.label} » devient « {after.outcome.label} »"


def _subject(line: Line) -> tuple[Any, ...]:
    return tuple(str(line.get(name)) for name in ("learner", "notebook", "question"))


def _plain(result: Result) -> Any:
    """Return a result as it is once written and read again."""
    return json.loads(json.dumps(asdict(result)))


def _append(path: Path, content: bytes) -> None:
    """Write ``content`` at the end of a file and wait for the disk; what an earlier cut left is closed first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                content = b"\n" + content
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    settle(path.parent)
