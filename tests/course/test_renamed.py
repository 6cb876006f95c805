"""A copied or renamed assignment is refused with its reason, wherever it is released or graded; never a silent zero."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import small
from nbgrader.api import Gradebook
from test_stock import ENVIRONMENT

from autograder.course.course import Course
from autograder.grading import asked
from autograder.grading import release as releasing
from autograder.grading import run as running
from autograder.grading.asked import UnknownQuestionError, require_known
from autograder.grading.release import release
from autograder.grading.run import engine_of, grade_class

pytestmark = pytest.mark.xdist_group("renamed")
RESIT = "e2-rattrapage"
KEEP = "gardez le nom d’origine"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small.make_course(tmp_path_factory.mktemp("modele") / "cours", ("a",))


@pytest.fixture
def course(model: Course, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model.root, tmp_path / "cours"))


def nbgrader(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nbgrader", *words]
    return subprocess.run(command, cwd=course.root, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def copied(course: Course) -> None:
    shutil.copytree(course.source(small.ASSIGNMENT), course.source(RESIT))


def test_a_copied_assignment_is_not_released(course: Course) -> None:
    copied(course)
    with pytest.raises(UnknownQuestionError) as refused:
        release(course, RESIT)
    assert f"« {RESIT}/{small.NOTEBOOK} »" in str(refused.value)
    assert f"« {small.FIRST.id} », « {small.SECOND.id} »" in str(refused.value)
    assert f"« {small.ASSIGNMENT}/{small.NOTEBOOK} »" in str(refused.value)
    assert KEEP in str(refused.value)
    assert not (course.folder("release") / RESIT).exists()
    run = nbgrader(course, "generate_assignment", RESIT)
    assert run.returncode != 0
    assert KEEP in run.stderr
    assert not (course.folder("release") / RESIT).exists()


def test_a_renamed_notebook_is_not_released(course: Course) -> None:
    source = course.source(small.ASSIGNMENT)
    (source / f"{small.NOTEBOOK}.ipynb").rename(source / "01-rattrapage.ipynb")
    with pytest.raises(UnknownQuestionError, match="e2-performance/01-rattrapage"):
        release(course, small.ASSIGNMENT)


def test_what_an_earlier_kit_released_is_not_graded(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(course)
    with monkeypatch.context() as patch:
        patch.setattr(releasing, "require_known_source", lambda *_: None)
        patch.setattr(asked, "require_known", lambda *_: None)
        release(course, RESIT)
    handed_in = course.folder("submitted") / "a" / RESIT
    shutil.copytree(course.folder("release") / RESIT, handed_in)
    with pytest.raises(UnknownQuestionError, match=KEEP):
        grade_class(course, RESIT, engine=engine_of(1))
    with Gradebook(course.db_url, course.course_id) as gradebook:
        assert list(gradebook.assignment_submissions(RESIT)) == [], "nothing was graded"
    run = nbgrader(course, "autograde", RESIT)
    assert run.returncode != 0
    assert KEEP in run.stderr
    with monkeypatch.context() as patch:  # each copy is refused too, where the class was not
        patch.setattr(running, "require_known_release", lambda _: None)
        graded = grade_class(course, RESIT, engine=engine_of(1)).graded
    assert [one.code for one in graded[0].incidents] != []


def test_an_assignment_without_any_question_of_the_kit_is_left_alone() -> None:
    require_known("devoir", "exercice", [("t-double", "assert double(2) == 4"), ("t-total", "verifier = 2")])
    require_known(small.ASSIGNMENT, small.NOTEBOOK, [(small.FIRST.id, f'dossier.verifier("{small.FIRST.id}", un)')])


def test_a_question_of_nobody_is_refused_without_a_name_to_go_back_to() -> None:
    with pytest.raises(UnknownQuestionError) as refused:
        require_known("devoir", "exercice", [(f"x{n}", f"dossier.verifier('x{n}', un)") for n in range(5)])
    assert "« x0 », « x1 », « x2 » et 2 autres" in str(refused.value)
    assert "(ici" not in str(refused.value)
