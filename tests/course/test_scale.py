"""Beyond one process and beyond SQLite: Dask workers and a PostgreSQL server, both real, give the very same results."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import small
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.grading.cluster import on_cluster
from autograder.grading.run import grade_class, local
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("scale")
LEARNERS = ("a", "b", "c", "d", "e", "f")
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def hand_in(course: Course) -> None:
    for number, learner in enumerate(LEARNERS):
        small.submit(course, learner, **({}, {"un": "12345.678"}, {"deux": "None"})[number % 3])


def scores(course: Course) -> dict[tuple[str, str], tuple[float | None, bool]]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions(small.ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[float | None, bool]]:
    course = small.make_course(tmp_path_factory.mktemp("ici") / "cours", LEARNERS)
    hand_in(course)
    grade_class(course, small.ASSIGNMENT, engine=local(1))
    found = scores(course)
    assert len(found) == 2 * len(LEARNERS)
    return found


def test_dask_workers_give_the_same_scores_even_when_one_is_lost(
    tmp_path: Path, expected: dict[tuple[str, str], tuple[float | None, bool]]
) -> None:
    course = small.make_course(tmp_path / "cours", LEARNERS)
    hand_in(course)
    killed: list[int] = []

    def tell(*_: object) -> None:
        if killed:
            return
        for child in psutil.Process(os.getpid()).children(recursive=True):
            if any(inner.cmdline()[-1:] != [] and "nursery" in " ".join(inner.cmdline()) for inner in child.children()):
                killed.append(child.pid)
                child.kill()
                return

    session = grade_class(course, small.ASSIGNMENT, engine=on_cluster("local", 2), tell=tell)
    assert killed
    assert sorted(one.learner for one in session.graded) == sorted(LEARNERS)
    assert scores(course) == expected


def test_a_scheduler_that_does_not_answer_is_said(tmp_path: Path) -> None:
    course = small.make_course(tmp_path / "cours", ("a",))
    small.submit(course, "a")
    with pytest.raises(CasekitError, match="ne répond pas"):
        grade_class(course, small.ASSIGNMENT, engine=on_cluster("tcp://127.0.0.1:9"))


def as_server(*words: str) -> list[str]:
    """Return a command run as the user whom PostgreSQL accepts: never root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """Start a PostgreSQL server in a folder of its own; yield the address of an empty database."""
    if not BINARIES:
        pytest.skip("PostgreSQL n’est pas installé (sous Debian : sudo apt install postgresql).")
    tools = BINARIES[-1].parent
    home = Path(subprocess.run(as_server("mktemp", "-d"), capture_output=True, text=True, check=True).stdout.strip())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    make = as_server(str(tools / "initdb"), "-D", str(home / "data"), "-U", user, "--auth=trust", "--encoding=UTF8")
    subprocess.run(make, check=True, capture_output=True, cwd="/")
    control = (str(tools / "pg_ctl"), "-D", str(home / "data"))
    start = as_server(*control, "-o", options, "-w", "-l", f"{home}/log", "start")
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgresql+psycopg://{user}@127.0.0.1:{port}/postgres"
    finally:
        stop = as_server(*control, "-m", "immediate", "stop")
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd="/")
        time.sleep(0.2)
        shutil.rmtree(home, ignore_errors=True)


def test_postgresql_gives_the_same_scores(
    tmp_path: Path, database: str, expected: dict[tuple[str, str], tuple[float | None, bool]]
) -> None:
    line = f"get_config().CourseDirectory.db_url = {database!r}\n"
    course = small.make_course(tmp_path / "cours", LEARNERS, config=line)
    assert course.db_url == database
    hand_in(course)
    assert len(grade_class(course, small.ASSIGNMENT, engine=local(2)).graded) == len(LEARNERS)
    assert scores(course) == expected
    assert grade_class(course, small.ASSIGNMENT, engine=local(2)).graded == []
    assert not (course.root / "gradebook.db").exists()
