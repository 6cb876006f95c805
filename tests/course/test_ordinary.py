"""An ordinary nbgrader assignment, tests in the notebook, is graded by nbgrader's own rules, behind the same wall."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from test_stock import ENVIRONMENT, PLAIN_CONFIG

from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.grading.release import release
from autograder.grading.run import engine_of, grade_class

pytestmark = pytest.mark.xdist_group("ordinary")
ASSIGNMENT, NOTEBOOK = "devoir", "exercice"


def tagged(grade_id: str, **tags: object) -> dict[str, object]:
    full = {
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
        "schema_version": 3,
        "grade_id": grade_id,
    }
    return {"nbgrader": {**full, "cell_type": "code", **tags}}


def checking(name: str, source: str):
    return new_code_cell(source, metadata=tagged(name, grade=True, locked=True, points=2))


SOLUTION = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
CELLS = [
    new_code_cell(
        "import pandas as pd\ntable = pd.read_csv('data/ventes.csv')\ntable", metadata=tagged("debut", locked=True)
    ),
    new_code_cell(SOLUTION, metadata=tagged("double", solution=True)),
    checking(
        "t-double", "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-1) == -2\n### END HIDDEN TESTS"
    ),
    new_code_cell(
        "total = None\n### BEGIN SOLUTION\ntotal = table['v'].sum()\n### END SOLUTION",
        metadata=tagged("total", solution=True),
    ),
    checking("t-total", "assert total == 6"),
    checking("t-partiel", "1.5 if total else 0"),
    new_markdown_cell(
        "### BEGIN SOLUTION\nBien.\n### END SOLUTION",
        metadata=tagged("avis", grade=True, solution=True, points=4, cell_type="markdown"),
    ),
    new_markdown_cell("Rédigez.", metadata=tagged("tache", task=True, locked=True, points=3, cell_type="markdown")),
]
ANSWERS = {
    "juste": {"double": "def double(x):\n    return 2 * x", "total": "total = 6", "avis": "Je pense."},
    "triche": {"double": "def double(x):\n    return 4", "total": "total = 6"},
    "faux": {"double": "def double(x):\n    return x", "total": "total = 5", "avis": "?"},
    "erreur": {"double": "raise RuntimeError('oups')", "total": "total = 6"},
    "bruyant": {
        "double": "import warnings\ndef double(x):\n    warnings.warn('a')\n    return 2 * x",
        "total": "total = 6",
    },
    "vide": {},
    "sans-test": {"double": "def double(x):\n    return 2 * x", "-": "t-total"},
}


def source(root: Path) -> None:
    (root / "data").mkdir(parents=True)
    (root / "data" / "ventes.csv").write_text("v\n1\n2\n3\n", encoding="utf-8")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=CELLS, metadata=kernel), root / f"{NOTEBOOK}.ipynb")


def hand_in(course_root: Path) -> None:
    for learner, answers in ANSWERS.items():
        folder = course_root / "build" / "submitted" / learner / ASSIGNMENT
        shutil.copytree(course_root / "build" / "release" / ASSIGNMENT, folder)
        path = folder / f"{NOTEBOOK}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
        for name, text in answers.items():
            if name == "-":
                del notebook["cells"][names.index(text)]
            else:
                notebook["cells"][names.index(name)]["source"] = text
        path.write_text(json.dumps(notebook), encoding="utf-8")


def grades(url: str) -> dict[tuple[str, str], tuple[float | None, bool]]:
    with Gradebook(url, "cours") as gradebook:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def comments(url: str) -> dict[tuple[str, str], str | None]:
    with Gradebook(url, "cours") as gradebook:
        return {
            (submission.student_id, comment.name): comment.auto_comment
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
            for notebook in submission.notebooks
            for comment in notebook.comments
        }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Path]:
    """Return the kit's course, graded by the kit, and a plain one with the same copies, graded by nbgrader."""
    course = init_course(tmp_path_factory.mktemp("kit") / "cours")
    source(course.source(ASSIGNMENT))
    release(course, ASSIGNMENT)
    hand_in(course.root)
    grade_class(course, ASSIGNMENT, engine=engine_of(2))
    plain = tmp_path_factory.mktemp("nbgrader") / "cours"
    source(plain / "notebooks" / ASSIGNMENT)
    (plain / "nbgrader_config.py").write_text(PLAIN_CONFIG, encoding="utf-8")
    for step in ("generate_assignment", "autograde"):
        if step == "autograde":
            hand_in(plain)
        run = [sys.executable, "-m", "nbgrader", step, ASSIGNMENT]
        subprocess.run(run, cwd=plain, env=ENVIRONMENT, capture_output=True, check=True)
    return course, plain


def test_the_released_notebook_holds_no_solution(both: tuple[Course, Path]) -> None:
    course, _ = both
    text = (course.folder("release") / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8")
    for hidden in ("SOLUTION", "2 * x", "HIDDEN", "double(-1)"):
        assert hidden not in text


def test_scores_comments_and_flags_are_nbgraders(both: tuple[Course, Path]) -> None:
    course, plain = both
    url = f"sqlite:///{plain / 'gradebook.db'}"
    honest = {key: value for key, value in grades(url).items() if key[0] != "sans-test"}
    assert {key: value for key, value in grades(course.db_url).items() if key[0] != "sans-test"} == honest
    assert comments(course.db_url) == comments(url)
    assert honest["juste", "t-double"] == (2.0, False)
    assert honest["triche", "t-double"] == (0.0, False)
    assert honest["juste", "t-partiel"] == (1.5, False)
    assert honest["juste", "avis"] == (None, True)
    assert honest["vide", "avis"] == (0.0, False)


def test_copies_that_nbgrader_alone_handed_out_get_its_marks(both: tuple[Course, Path], tmp_path: Path) -> None:
    """An answer left as it was is zero there: it must not wait for a person here, under other words to replace."""
    _, plain = both
    course = init_course(tmp_path / "cours")
    source(course.source(ASSIGNMENT))
    release(course, ASSIGNMENT)
    for learner in ("vide", "juste"):
        shutil.copytree(plain / "build" / "submitted" / learner, course.folder("submitted") / learner)
    grade_class(course, ASSIGNMENT, engine=engine_of(2))
    wanted = grades(f"sqlite:///{plain / 'gradebook.db'}")
    found = grades(course.db_url)
    assert found["vide", "avis"] == (0.0, False)
    assert found == {key: wanted[key] for key in found}


def test_a_deleted_test_is_put_back_where_nbgrader_leaves_it_out(both: tuple[Course, Path]) -> None:
    course, plain = both
    assert grades(f"sqlite:///{plain / 'gradebook.db'}")["sans-test", "t-total"] == (None, True)
    assert grades(course.db_url)["sans-test", "t-total"] == (0.0, False)
