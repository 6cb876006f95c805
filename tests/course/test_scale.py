"""Beyond one process and beyond SQLite: Dask workers and a PostgreSQL server, both real, give the very same results."""

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import small
from nbgrader.api import Gradebook
from servers import postgresql

from autograder.course.course import Course
from autograder.grading.cluster import on_cluster
from autograder.grading.run import engine_of, grade_class
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("scale")
LEARNERS = ("a", "b", "c", "d", "e", "f")


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
    grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    found = scores(course)
    assert len(found) == 2 * len(LEARNERS)
    return found


def test_dask_workers_give_the_same_scores_even_when_one_is_lost(
    tmp_path: Path, expected: dict[tuple[str, str], tuple[float | None, bool]]
) -> None:
    pytest.importorskip("cryptography", reason="Il manque « cryptography » (l’extra « dask »).")
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


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgresql() as address:
        yield address


def test_postgresql_gives_the_same_scores(
    tmp_path: Path, database: str, expected: dict[tuple[str, str], tuple[float | None, bool]]
) -> None:
    line = f"get_config().CourseDirectory.db_url = {database!r}\n"
    course = small.make_course(tmp_path / "cours", LEARNERS, config=line)
    assert course.db_url == database
    hand_in(course)
    assert len(grade_class(course, small.ASSIGNMENT, engine=engine_of(2)).graded) == len(LEARNERS)
    assert scores(course) == expected
    assert grade_class(course, small.ASSIGNMENT, engine=engine_of(2)).graded == []
    assert not (course.root / "gradebook.db").exists()
