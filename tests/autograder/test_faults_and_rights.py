"""Faults said in French, databases opened patiently and durably, who may read what, folders that a kill left."""

import errno
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from autograder import rooms
from autograder.cli.base import CLOSED, FrenchGroup, course_at
from autograder.course import engine
from autograder.course.course import Course
from autograder.course.creation import write_config
from autograder.course.private import close_to_others, open_to_hand_out, private_folder
from autograder.faults import file_sentence, in_log, told_in_french
from autograder.sheets.files import write_whole
from casestudies import atomic
from casestudies.errors import CasekitError

PLAIN = "« {name} » ne peut pas être lu ou écrit : {reason}."


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- what is said


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EDQUOT, "le quota d’espace disque est atteint"),
        (errno.EROFS, "le disque est en lecture seule"),
        (errno.EACCES, "les droits ne le permettent pas"),
    ],
)
def test_a_refusal_of_the_system_says_what_and_where(number: int, reason: str) -> None:
    with pytest.raises(CasekitError) as told, told_in_french():
        raise OSError(number, os.strerror(number), "/cours/build")
    assert str(told.value).startswith(PLAIN.format(name="/cours/build", reason=reason))
    assert os.strerror(number) not in str(told.value)
    assert "relancez" in str(told.value)


def test_the_faults_of_several_files_copied_at_once_are_told() -> None:
    several = shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")])
    assert file_sentence(several).startswith(PLAIN.format(name="b", reason="le disque est plein"))


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("…\nsqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database is locked\n[SQL…]", "l’occupe"),
        ("sqlite3.DatabaseError: file is not a database\nPlease see the the above traceback.", "abîmé"),
        ("OSError: [Errno 28] No space left on device: '/c/x.html'\nPlease see", "« /c/x.html »"),
        ("ValueError: [Errno 28] somewhere else", ""),
        ("NameError: name 'x' is not defined", ""),
    ],
)
def test_what_nbgrader_only_logs_is_told_too(log: str, words: str) -> None:
    assert words in in_log(log)
    assert bool(in_log(log)) == bool(words)


def test_a_mistake_in_the_program_is_not_taken_for_a_fault_of_the_disk() -> None:
    with pytest.raises(ValueError, match="bug"), told_in_french():
        raise ValueError("bug")


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "x", "f"), sqlite3.DatabaseError("file is not a database")])
def test_no_fault_leaves_the_command_line_as_a_traceback(error: Exception) -> None:
    group = FrenchGroup("casekit")

    @group.command()
    def broken() -> None:
        """Échoue."""
        raise error

    result = CliRunner().invoke(group, ["broken"])
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert "Traceback" not in result.output


# --- the database


def test_a_statement_waits_for_its_turn_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine, "NOTICE_S", 0.1)
    url, done = f"sqlite:///{tmp_path}/notes.db", threading.Event()
    first = create_engine(url)
    with first.begin() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))

    def hold() -> None:
        with closing(sqlite3.connect(tmp_path / "notes.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            done.set()
            time.sleep(0.6)

    holder = threading.Thread(target=hold)
    holder.start()
    assert done.wait(30), "the other program does not hold the database"
    with first.begin() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
    holder.join(30)
    assert not holder.is_alive()
    assert "occupée par un autre programme" in capsys.readouterr().err
    first.dispose()


def test_patience_ends_with_a_sentence_that_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE_S", 0.2)
    monkeypatch.setattr(engine, "NOTICE_S", 0.1)
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (x INTEGER)")
        other.execute("BEGIN EXCLUSIVE")
        one = create_engine(f"sqlite:///{path}")
        with pytest.raises(CasekitError, match=f"« {path} ».*occupe"), told_in_french(), one.begin() as connection:
            connection.execute(text("INSERT INTO t VALUES (1)"))
        one.dispose()


def test_other_errors_of_the_database_do_not_wait(tmp_path: Path) -> None:
    one, started = create_engine(f"sqlite:///{tmp_path}/notes.db"), time.monotonic()
    with pytest.raises(OperationalError), one.begin() as connection:
        connection.execute(text("SELECT * FROM nothing"))
    assert time.monotonic() - started < engine.NOTICE_S
    one.dispose()


def test_what_is_committed_is_on_the_disk_and_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    one = create_engine(f"sqlite:///{path}")
    with one.begin() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 3, "EXTRA"
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "delete"
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
    one.dispose()
    assert mode(path) == 0o600


def test_a_file_written_whole_is_on_the_disk_and_so_is_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}")
        settled.append(path.readlink().name if path.exists() else "?")
        fsync(descriptor)

    monkeypatch.setattr(atomic.os, "fsync", noted)
    write_whole(tmp_path / "fiche.csv", b"x")
    assert settled[-1] in (tmp_path.name, "?")
    assert len(settled) == 2, "what it says, then its name"


# --- who may read


def a_course(root: Path) -> Course:
    root.mkdir()
    write_config(root)
    for name in ("answers/e/lea", "fiches", "release/e", "feedback/lea/e"):
        (root / "build" / name).mkdir(parents=True)
        (root / "build" / name / "f.json").write_text("{}", encoding="utf-8")
    (root / "gradebook.db").touch()
    return Course(root)


def test_an_open_course_is_closed_once_but_what_is_handed_out(tmp_path: Path) -> None:
    course = a_course(tmp_path / "cours")
    assert mode(course.root) == 0o755
    assert close_to_others(course)
    assert mode(course.root) == 0o700
    hidden = [course.root / "gradebook.db", *(course.root / "build" / "answers").rglob("*")]
    hidden += (course.root / "build" / "fiches").rglob("*")
    assert {mode(path) & 0o077 for path in hidden} == {0}
    for name in ("release/e/f.json", "feedback/lea/e/f.json"):
        assert mode(course.root / "build" / name) == 0o644
    assert not close_to_others(course), "said once"


def test_a_course_shared_with_a_group_stays_its_groups(tmp_path: Path) -> None:
    course = a_course(tmp_path / "cours")
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("\nget_config().CourseDirectory.groupshared = True\n")
    course.root.chmod(0o2775)
    assert close_to_others(Course(course.root))
    assert mode(course.root) == 0o2770


def test_a_command_says_that_a_course_was_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = a_course(tmp_path / "cours")
    (course.root / "gradebook.db").unlink()
    course_at(course.root)
    assert CLOSED[:40] in capsys.readouterr().err.replace("\n", " ")
    course_at(course.root)
    assert capsys.readouterr().err == ""


def test_what_a_command_writes_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    group = FrenchGroup("casekit")

    @group.command()
    def writing() -> None:
        """Écrit."""
        write_whole(tmp_path / "d" / "f.csv", b"x")
        (tmp_path / "e").mkdir()

    CliRunner().invoke(group, ["writing"])
    assert [mode(tmp_path / name) for name in ("d", "d/f.csv", "e")] == [0o700, 0o600, 0o700]
    (tmp_path / "after").touch()
    assert mode(tmp_path / "after") == 0o644, "the umask is put back"


def test_a_folder_that_stood_open_is_closed_and_one_handed_out_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert mode(private_folder(tmp_path / "a")) == 0o700
    (tmp_path / "a" / "f").touch(mode=0o600)
    open_to_hand_out(tmp_path / "a")
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "f")) == (0o755, 0o644)


# --- temporary folders

KILLED = "import autograder.rooms as r, sys, time; print(r.new_room(), flush=True); time.sleep({seconds})"


def started(place: Path, seconds: int) -> tuple[subprocess.Popen[str], Path]:
    environment = {**os.environ, "TMPDIR": str(place)}
    command = [sys.executable, "-c", KILLED.format(seconds=seconds)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_folders_of_a_killed_process_are_swept_those_of_a_living_one_stay(place: Path) -> None:
    dead, left = started(place, 60)
    alive, used = started(place, 60)
    (left / "lea").mkdir()
    (left / "lea" / "copie.ipynb").write_text("{}", encoding="utf-8")
    (place / "casekit-sans-verrou").mkdir()
    dead.send_signal(signal.SIGKILL)
    dead.wait(30)
    mine = Path(rooms.new_room())
    try:
        assert rooms.sweep_rooms() == [left]
        assert not left.exists()
        assert used.is_dir()
        assert mine.is_dir()
        assert (place / "casekit-sans-verrou").is_dir(), "nothing shows that it is nobody's"
        assert set(rooms.temporary_rooms()) == {used, mine, place / "casekit-sans-verrou"}
    finally:
        alive.kill()
        alive.wait(30)


def test_a_process_that_ends_leaves_no_lock(place: Path) -> None:
    process, room = started(place, 0)
    process.wait(30)
    room.rmdir()
    assert list(place.iterdir()) == []
