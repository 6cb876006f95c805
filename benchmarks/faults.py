"""A grading disturbed at random moments, then resumed: killed, stopped, its gradebook locked, its disk full."""

import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks import full_disk
from benchmarks.commands import ENVIRONMENT, casekit
from benchmarks.grading_class import JOBS, marks
from benchmarks.held import Held, from_tests
from benchmarks.hostile import ANSWERS

ROUNDS = 50
COPIES, SMALL_COPIES = 40, 10
SEED = 12
MOMENT_S = 4.0
"""The fault comes within that time, from the first copy written or from the command's start."""
STOPPED_S, LOCKED_S = 4.0, 8.0
"""The longest time that a process is stopped, and that the gradebook is locked."""
END_S = 300
"""How long a disturbed grading may take to end."""

DISK = "disque plein"
Disturb = Callable[[psutil.Process, Path, random.Random], None]


@dataclass
class Seen:
    """What was seen in the rounds: how often each fault came during the work, English tracebacks, what stayed.

    ``refused`` counts the rounds whose grading said that there was no room on the disk.
    """

    during: Counter[str] = field(default_factory=Counter)
    rounds: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    tracebacks: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def stop(command: psutil.Process, chance: random.Random) -> None:
    """Stop the command, or one of its processes, for a while."""
    stopped = chance.choice([command, *command.children(recursive=True)])
    stopped.send_signal(signal.SIGSTOP)
    time.sleep(chance.uniform(0.2, STOPPED_S))
    stopped.send_signal(signal.SIGCONT)


def lock(course: Path, chance: random.Random) -> None:
    """Hold the gradebook for a while, as another program that writes."""
    with closing(sqlite3.connect(course / "gradebook.db", timeout=30, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        time.sleep(chance.uniform(0.2, LOCKED_S))
        database.execute("ROLLBACK")


FAULTS: dict[str, Disturb] = {
    "SIGKILL": lambda command, *_: command.kill(),
    "SIGSTOP puis SIGCONT": lambda command, _, chance: stop(command, chance),
    "carnet verrouillé": lambda _, course, chance: lock(course, chance),
    DISK: full_disk.fill,
}


def disturbed(rounds: int, small_one: bool, faults: Sequence[str] = ()) -> list[Held]:
    """Grade a class without trouble, and the same with a fault in each of ``rounds`` runs; return what must hold.

    The faults come in turn: all of them, unless some are named.
    """
    copies, chance, seen = SMALL_COPIES if small_one else COPIES, random.Random(SEED), Seen()
    kinds = tuple(faults) or tuple(FAULTS)
    with ExitStack() as stack:
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        stack.enter_context(full_disk.small_disk(temporary / "derange"))
        quiet, hurried = (_class(temporary / name / "cours", copies) for name in ("calme", "derange"))
        _finish(quiet)
        for number in range(rounds):
            _round(hurried.root, kinds[number % len(kinds)], copies, chance, seen)
            if _done(hurried.root) == copies:
                _forget(hurried.root)
        _finish(hurried)
        return _held(quiet, hurried, copies, seen)


def _class(root: Path, copies: int) -> Any:
    small = from_tests("small")
    names = tuple(f"h-{number:03d}" for number in range(copies))
    course = small.make_course(root, names)
    for number, learner in enumerate(names):
        small.submit(course, learner, **ANSWERS[number % len(ANSWERS)])
    return course


def _command() -> list[str]:
    return casekit(from_tests("small").ASSIGNMENT, JOBS)


def _finish(course: Any) -> None:
    subprocess.run(_command(), cwd=course.root, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)


def _round(course: Path, fault: str, copies: int, chance: random.Random, seen: Seen) -> None:
    """Start a grading, disturb it once, and wait for its end."""
    seen.rounds[fault] += 1
    before = _done(course)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(_command(), cwd=course, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=said)
        command, limit = psutil.Process(process.pid), time.monotonic() + END_S
        if chance.random() < 0.8:
            while _done(course) == before and process.poll() is None and time.monotonic() < limit:
                time.sleep(0.02)
        time.sleep(chance.uniform(0, MOMENT_S * copies / COPIES))
        family: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            family = command.children(recursive=True)
            seen.during[fault] += process.poll() is None and _done(course) < copies
            FAULTS[fault](command, course, chance)
        try:
            process.wait(max(1.0, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            seen.late.append(fault)
            process.kill()
            process.wait()
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
        seen.refused += any(words in text for words in full_disk.SAID)
        if "Traceback" in text:
            seen.tracebacks.append(f"{fault} : {text.strip().splitlines()[-1][:200]}")
    _, alive = psutil.wait_procs(family, timeout=20)
    for one in alive:
        with suppress(psutil.NoSuchProcess):
            seen.left.append(f"{fault} : {one}")
            one.kill()


def _held(quiet: Any, hurried: Any, copies: int, seen: Seen) -> list[Held]:
    assignment = from_tests("small").ASSIGNMENT
    expected, found = marks(quiet.root, assignment), marks(hurried.root, assignment)
    differ = tuple(
        f"{place} : {found.get(place)} ≠ {expected.get(place)}"
        for place in sorted(expected.keys() | found.keys())
        if found.get(place) != expected.get(place)
    )
    records, others = _records(quiet), _records(hurried)
    changed = tuple(name for name in sorted(records.keys() | others.keys()) if records.get(name) != others.get(name))
    happened = ", ".join(f"{name} {seen.during[name]} sur {seen.rounds[name]}" for name in seen.rounds)
    return [
        Held("Des fautes pendant le travail", happened, bool(+seen.during)),
        Held(
            "Mêmes notes après reprise",
            f"{len(expected)} notes, {copies} copies",
            bool(expected) and not differ,
            differ,
        ),
        Held("Mêmes enregistrements après reprise", f"{len(records)} fichiers", bool(records) and not changed, changed),
        Held("Chaque correction se termine", f"{len(seen.late)} en retard", not seen.late, tuple(seen.late)),
        Held("Aucun processus ne reste", str(len(seen.left)), not seen.left, tuple(seen.left)),
        Held(
            "Un disque sans place se dit en français",
            f"{seen.refused} fois sur {seen.rounds[DISK]}",
            bool(seen.refused) or not seen.rounds[DISK],
        ),
        Held("Aucune trace en anglais", str(len(seen.tracebacks)), not seen.tracebacks, tuple(seen.tracebacks)),
    ]


def _records(course: Any) -> dict[str, str]:
    return {
        os.fspath(path.relative_to(course.records)): path.read_text(encoding="utf-8")
        for path in course.records.rglob("*.json")
    }


def _done(course: Path) -> int:
    """Return how many copies the journal holds."""
    with closing(sqlite3.connect(course / "gradebook.db", timeout=30)) as database:
        known = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'casekit_journal'").fetchone()[0]
        return int(database.execute("SELECT count(*) FROM casekit_journal").fetchone()[0]) if known else 0


def _forget(course: Path) -> None:
    """Empty the journal, so that there is everything to do again."""
    with closing(sqlite3.connect(course / "gradebook.db", timeout=30)) as database, database:
        database.execute("DELETE FROM casekit_journal")
