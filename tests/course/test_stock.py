"""Stock nbgrader stays true: its command and the formgrader's button give exactly the scores of ``casekit grade``."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import small
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.grading.run import grade
from autograder.keys.cases import case_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import MIME
from casestudies.errors import CasekitError
from casestudies.identity import read_json, write_json
from casestudies.variants import DRAWS_FILE, draw_key

pytestmark = pytest.mark.xdist_group("stock")
LEARNERS = ("juste", "faux", "vide", "efface", "bruyant", "panneau")
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

PLAIN_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "cours"
c.CourseDirectory.source_directory = "notebooks"
for step in ("release", "submitted", "autograded", "feedback"):
    setattr(c.CourseDirectory, step + "_directory", "build/" + step)
"""


def hand_in(course: Course) -> None:
    """Hand in everybody’s copy; « juste » has the draw of the release, which is not the one that would be drawn."""
    draw = accepted_draw(small.COMPANY, "juste") + 3
    file = course.source(small.ASSIGNMENT) / DRAWS_FILE
    write_json(file, read_json(file) | {draw_key(small.COMPANY, "juste"): draw})
    case = case_of(small.COMPANY, "juste", draw)
    un, deux = (str(float(question.key(case).right)) for question in (small.FIRST, small.SECOND))
    small.submit(course, "juste", un=un, deux=deux)
    small.submit(course, "faux", un="12345.678")
    small.submit(course, "vide", un="None", deux="None")
    small.submit(course, "efface", lambda notebook: notebook["cells"].remove(small.cell(notebook, small.FIRST.id)))
    small.submit(
        course, "bruyant", lambda notebook: notebook["cells"].insert(0, small.code("import sys; sys.stderr.write('!')"))
    )
    small.submit(course, "panneau", worked_with_the_panel)


def worked_with_the_panel(notebook: dict) -> None:
    """Leave in a notebook what the panel leaves, another answer shown than the one written, and states of widgets."""
    payload = {"question": small.FIRST.id, "answer": {"kind": "number", "value": 5.0}, "hints": 2, "learner": "autre"}
    shown = {"text/plain": "✓ Juste", "text/html": '<div data-casekit-panel="0/x">✓ Juste</div>', MIME: payload}
    output = {"output_type": "execute_result", "metadata": {}, "data": shown, "execution_count": 4}
    small.cell(notebook, small.FIRST.id)["outputs"] = [output]
    state = {f"{number:032x}": {"model_name": "AnyModel", "state": {"_esm": "x" * 20_000}} for number in range(60)}
    widgets = {"version_major": 2, "version_minor": 0, "state": state}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": widgets}


def scores(root: Path) -> dict[tuple[str, str], float | None]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "cours") as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(small.ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return a course graded by casekit and an untouched copy of it, made just before."""
    course = small.make_course(tmp_path_factory.mktemp("ici") / "cours", LEARNERS)
    hand_in(course)
    copy = tmp_path_factory.mktemp("la") / "cours"
    shutil.copytree(course.root, copy)
    grade(course, small.ASSIGNMENT)
    return course.root, copy


def test_the_command_gives_the_same_scores(graded) -> None:
    ours, copy = graded
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", small.ASSIGNMENT],
        cwd=copy, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert scores(copy) == scores(ours)
    assert scores(ours)["juste", small.FIRST.id] == 2.0
    assert scores(ours)["faux", small.FIRST.id] == 0.0
    assert scores(ours)["panneau", small.FIRST.id] == 2.0
    records = {path.relative_to(copy): path.read_text() for path in copy.glob("build/answers/**/*.json")}
    assert records == {path.relative_to(ours): path.read_text() for path in ours.glob("build/answers/**/*.json")}


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture
def formgrader(graded, tmp_path):
    """Start Jupyter with the formgrader on the copied course; return a function that asks its address."""
    _, copy = graded
    port = free_port()
    environment = {**ENVIRONMENT, "JUPYTER_CONFIG_DIR": str(tmp_path), "HOME": str(tmp_path)}
    command = [
        sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.token=x", "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]  # fmt: skip
    with (tmp_path / "journal").open("wb") as journal:
        server = subprocess.Popen(command, cwd=copy, env=environment, stdout=journal, stderr=journal)

    def ask(path: str, method: str = "GET"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method)
        request.add_header("Authorization", "token x")
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read().decode()

    for _ in range(480):  # a busy machine takes its time
        try:
            ask("/api/status")
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    yield ask
    server.terminate()
    server.wait(timeout=20)


def test_the_formgraders_button_gives_the_same_scores(graded, formgrader) -> None:
    ours, copy = graded
    for learner in LEARNERS:
        answer = json.loads(formgrader(f"/formgrader/api/submission/{small.ASSIGNMENT}/{learner}/autograde", "POST"))
        assert answer["success"], answer
    assert scores(copy) == scores(ours)
    assert "juste" in formgrader(f"/formgrader/api/submissions/{small.ASSIGNMENT}")


def test_a_course_whose_configuration_did_not_load_gives_no_points(tmp_path: Path) -> None:
    course = small.make_course(tmp_path / "cours", ("juste",))
    small.submit(course, "juste")
    (course.root / "nbgrader_config.py").write_text(PLAIN_CONFIG + "\nraise ImportError('casekit introuvable')\n")
    with pytest.raises(CasekitError, match="ne se charge pas"):
        grade(Course(course.root), small.ASSIGNMENT)
    (course.root / "nbgrader_config.py").write_text(PLAIN_CONFIG)
    with pytest.raises(CasekitError, match="n’appelle pas casekit"):
        grade(Course(course.root), small.ASSIGNMENT)
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", small.ASSIGNMENT],
        cwd=course.root, env=ENVIRONMENT, capture_output=True, check=True,
    )  # fmt: skip
    assert scores(course.root) == {("juste", small.FIRST.id): 0.0, ("juste", small.SECOND.id): 0.0}
    notebook = course.root / "build" / "autograded" / "juste" / small.ASSIGNMENT / f"{small.NOTEBOOK}.ipynb"
    assert "aucun point" in notebook.read_text(encoding="utf-8")
