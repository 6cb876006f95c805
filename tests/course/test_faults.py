"""What a disk or a database refuses: one French sentence, nothing lost, and the same command then ends as it would."""

import ctypes
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest
import small
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import engine
from autograder.course.course import Course
from autograder.course.gradebook import read_cells
from autograder.grading.run import grade_class
from autograder.grading.wall import syscalls
from autograder.review.store import ReviewStore

pytestmark = pytest.mark.xdist_group("faults")
LEARNERS = ("lea", "noe", "zoe")
CLONE_FS = 0x200
"""The folder that a process is in, and its root: what « unshare » gives a thread for itself (linux/sched.h)."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "release": ("release", small.ASSIGNMENT),
    "grade": ("grade", small.ASSIGNMENT, "--tout", "--processus", "1"),
    "feedback": ("feedback", small.ASSIGNMENT),
    "sheets": ("sheets", small.ASSIGNMENT, "--format", "csv"),
    "export": ("export", "csv", small.ASSIGNMENT),
    "moodle": ("export", "moodle", small.ASSIGNMENT),
    "regrade": ("regrade", small.ASSIGNMENT, "--appliquer"),
    "review": ("review", small.ASSIGNMENT, "--second", "M2"),
    "jury": ("jury",),
    "tuteur": ("tuteur", "--tous"),
    "parcours": ("parcours",),
    "forget": ("forget", "noe", "--oui"),
}
READING = frozenset({"parcours", "review", "regrade"})
"""Those that have nothing to write here: they may do their work on a disk that refuses."""
WRITERS = ("release", "grade", "feedback", "sheets", "jury", "forget")
ENGLISH = re.compile(
    r"Traceback|Error\b|sqlalchemy|sqlite3|No space|Read-only|Permission|denied|database is|see the|\[Errno"
)


_TIMES = re.compile(rb'"(?:id|iopub[.\w]*|shell[.\w]*)": *"[^"]*",?')
"""What no two runs write alike."""


@dataclass
class CourseState:
    """What a course holds that counts: marks by cell, and files by path with what they say."""

    marks: dict[Any, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = small.make_course(tmp_path_factory.mktemp("pannes") / "cours", LEARNERS)
    small.submit(course, "lea")
    small.submit(course, "noe", un="0")
    small.submit(course, "zoe", deux="'abc'")
    grade_class(course, small.ASSIGNMENT)
    with ReviewStore.of(course, small.ASSIGNMENT) as store:
        store.history()
    return course.root


@contextmanager
def locked(root: Path) -> Iterator[None]:
    with closing(sqlite3.connect(root / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def corrupt(root: Path) -> Iterator[None]:
    path = root / "gradebook.db"
    kept = path.read_bytes()
    path.write_bytes(b"\x00abc" * 1024 + kept[4096:])
    yield
    path.write_bytes(kept)


@contextmanager
def broken_page(root: Path) -> Iterator[None]:
    """Leave the head of the file as it is, and nothing of its pages."""
    path = root / "gradebook.db"
    kept = path.read_bytes()
    path.write_bytes(kept[:4096] + b"\xff" * (len(kept) - 4096))
    yield
    path.write_bytes(kept)


@contextmanager
def read_only(root: Path) -> Iterator[None]:
    with bound(root):
        yield


@contextmanager
def closed_results(root: Path) -> Iterator[None]:
    """Leave the gradebook writable, but not the folder of what is made."""
    with bound(root / "build"):
        yield


@contextmanager
def closed_gradebook(root: Path) -> Iterator[None]:
    with bound(root / "gradebook.db"):
        yield


@contextmanager
def bound(path: Path) -> Iterator[None]:
    mount("--bind", path, path)
    try:
        mount("-o", "remount,ro,bind", path)
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


@contextmanager
def full(root: Path) -> Iterator[None]:
    """Fill the disk that the course stands on, a small one of its own, to the last byte."""
    filler = root.parent / "rien"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(65536))
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"0")
    yield
    filler.unlink()


FAULTS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "locked": locked,
    "corrupt": corrupt,
    "broken_page": broken_page,
    "read_only": read_only,
    "closed_results": closed_results,
    "closed_gradebook": closed_gradebook,
    "full": full,
}
UNREADABLE = frozenset({"locked", "corrupt", "broken_page"})
"""Those under which nothing of the gradebook can be read either."""
MOUNTED = frozenset({"read_only", "closed_results", "closed_gradebook", "full"})
CASES = [
    *((fault, command) for fault in ("locked", "broken_page", "full") for command in COMMANDS),
    *((fault, command) for fault in ("corrupt", "read_only", "closed_results") for command in WRITERS),
    *(("closed_gradebook", command) for command in ("grade", "forget")),
]


def mount(*words: object) -> None:
    done = subprocess.run(["mount", *map(str, words)], capture_output=True)
    if done.returncode:
        pytest.skip("mounting is not permitted here")


@pytest.fixture(scope="module")
def own_mounts() -> Iterator[None]:
    """Mounts that nobody else sees, and that end with this process however it ends."""
    if sys.platform != "linux":
        pytest.skip("disks are mounted on Linux alone")
    before, place = os.open("/proc/thread-self/ns/mnt", os.O_RDONLY), Path.cwd()
    try:
        syscalls.unshare(syscalls.CLONE_NEWNS)
    except OSError:
        pytest.skip("mounting is not permitted here")
    mount("--make-rprivate", "/")
    forkserver._forkserver._stop()  # one that started earlier would have its workers look at the disks from outside
    yield
    forkserver._forkserver._stop()
    syscalls.unshare(CLONE_FS)  # a thread that watches the time of tests shares the folder we are in: « setns » refuses
    assert ctypes.CDLL(None, use_errno=True).setns(before, 0) == 0, os.strerror(ctypes.get_errno())
    os.chdir(place)  # which « setns » leaves at the root
    os.close(before)


@pytest.fixture
def disk(own_mounts: None, tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disque"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=24m", "casekit-essai", place)
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE_S", 0.3)
    monkeypatch.setattr(engine, "NOTICE_S", 0.1)


def run(root: Path, name: str) -> Result:
    return CliRunner().invoke(main, [*COMMANDS[name], "--cours", str(root)])


def content_of(path: Path) -> bytes:
    """Return what a file holds; of a workbook, its sheets: the archive around them says when it was written."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as workbook:
        return b"".join(workbook.read(name) for name in sorted(workbook.namelist()) if not name.startswith("docProps/"))


def state(root: Path) -> CourseState:
    """Return what a course holds, but for what is told of time and place, and for its dated copies."""
    course = Course(root)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        marks, _ = read_cells(gradebook, small.ASSIGNMENT)
    said = {
        str(path.relative_to(root)): _TIMES.sub(b"", content_of(path))
        for folder in ("answers", "release", "autograded", "submitted")
        for path in (root / "build" / folder).rglob("*")
        if path.is_file()
    }
    written = {str(path.relative_to(root)): b"" for path in (root / "build").rglob("*") if path.is_file()}
    passing = ("build/.correction", "build/sauvegardes")
    kept = {name: told for name, told in (written | said).items() if not name.startswith(passing)}
    return CourseState(marks, kept)


@pytest.fixture(scope="module")
def wanted(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[int, CourseState]]:
    """Give how each command ends when nothing is in its way, and what it leaves."""
    known: dict[str, tuple[int, CourseState]] = {}

    def of(name: str) -> tuple[int, CourseState]:
        if name not in known:
            root = Path(shutil.copytree(model, tmp_path_factory.mktemp(name) / "cours"))
            result = run(root, name)
            refused = name == "review" and "Aucune copie" in result.output  # no part of this course is read by people
            assert result.exit_code in (0, 1) or refused, result.output
            known[name] = (result.exit_code, state(root))
        return known[name]

    return of


@pytest.mark.parametrize(("fault", "command"), CASES)
def test_a_fault_is_a_sentence_and_the_same_command_then_ends_as_it_would(
    model: Path, tmp_path: Path, request: pytest.FixtureRequest, impatient: None, wanted: Any, fault: str, command: str
) -> None:
    if fault in MOUNTED:
        request.getfixturevalue("own_mounts")
    home = request.getfixturevalue("disk") if fault == "full" else tmp_path
    root = Path(shutil.copytree(model, home / "cours"))
    before = state(root)
    with FAULTS[fault](root):
        stopped = run(root, command)
    assert isinstance(stopped.exception, SystemExit | None), stopped.exception
    assert not ENGLISH.search(stopped.output), stopped.output
    if command not in READING or fault in UNREADABLE:
        assert stopped.exit_code != 0, stopped.output
        assert re.search(r"relance|remet", stopped.output), stopped.output
        assert len(stopped.output) < 4000
    if command != "forget":
        after = state(root)
        assert before.files.keys() <= after.files.keys(), "nothing is lost"
        assert {key: mark for key, mark in after.marks.items() if mark != before.marks[key]} == {}
    code, held = wanted(command)
    again = run(root, command)
    assert again.exit_code == code, again.output
    now = state(root)
    assert now.marks == held.marks
    assert sorted(now.files) == sorted(held.files)
    assert [name for name, told in now.files.items() if told != held.files[name]] == []
