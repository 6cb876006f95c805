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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import small
from nbgrader.api import Gradebook

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.demo.writing import DemoCopy, fill, override
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.keys.cases import case_of
from autograder.keys.questions import questions_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import MIME
from casestudies.errors import CasekitError
from casestudies.identity import read_json, write_json
from casestudies.variants import DRAWS_FILE, draw_key

pytestmark = pytest.mark.xdist_group("stock")
LEARNERS = ("juste", "faux", "vide", "efface", "bruyant", "panneau")
PRICE = ("e3-plan-operationnel", "03-prix.ipynb")
TEAM = "e4-equipe"
HOSTILE = (
    "float('nan')", "10**1_000_000", "'<script>alert(1)</script>' * 2000", "[[]] * 50", "{'bas': True, 'haut': '=1+1'}",
    "type('Same', (float,), {'__eq__': lambda *_: True, '__sub__': lambda *_: 0.0})()", "'\\u202e\\0\\ud800'",
    "pd.DataFrame({'a': [object()], 'b': ['=HYPERLINK(1)']})",
)  # fmt: skip
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


@dataclass(frozen=True)
class Twice:
    """A course graded by casekit, an untouched copy of it made just before, and what some cells must be worth."""

    ours: Path
    copy: Path
    assignment: str
    learners: tuple[str, ...]
    worth: dict[tuple[str, str], float]

    def scores(self, root: Path) -> dict[tuple[str, str], float | None]:
        return scores(root, self.assignment)


def scores(root: Path, assignment: str = small.ASSIGNMENT) -> dict[tuple[str, str], float | None]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "cours") as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def small_course(root: Path) -> tuple[Course, dict[tuple[str, str], float]]:
    """Make the small course, where copies are right, wrong, blank, torn, noisy, or worked with the panel."""
    course = small.make_course(root, LEARNERS)
    hand_in(course)
    first = small.FIRST.id
    return course, {("juste", first): 2.0, ("faux", first): 0.0, ("panneau", first): 2.0}


def price_course(root: Path) -> tuple[Course, dict[tuple[str, str], float]]:
    """Make a course of E3 with its notebook on price: one copy is the model, the other is mistaken everywhere."""
    assignment, name = PRICE
    course = init_course(root)
    for path in course.source(assignment).glob("*.ipynb"):
        if path.name != name:
            path.unlink()
    worth = {}
    for learner, copy in copies(course, assignment, ("juste", "faux")):
        points = points_of(copy)
        if learner == "juste":
            fill(copy)
        else:
            mistake_everywhere(copy)
            points = dict.fromkeys(points, 0.0)
        copy.save()
        worth |= {(learner, question): value for question, value in points.items()}
    return course, worth


def team_course(root: Path) -> tuple[Course, dict[tuple[str, str], float]]:
    """Make a course of E4, whole: of each notebook one copy is right, one half mistaken, one hostile in every cell."""
    course, worth = init_course(root), {}
    for learner, copy in copies(course, TEAM, ("juste", "moitie", "hostile")):
        points = points_of(copy)
        if learner == "hostile":
            for rank, question in enumerate(points):
                override(copy, question, HOSTILE[rank % len(HOSTILE)])
            worth |= {(learner, question): 0.0 for question in points}
        else:
            fill(copy)
        if learner == "juste":
            worth |= {(learner, question): value for question, value in points.items()}
        if learner == "moitie":
            mistake_everywhere(copy, 2)
        copy.save()
    return course, worth


def copies(course: Course, assignment: str, learners: tuple[str, ...]) -> Iterator[tuple[str, DemoCopy]]:
    """Release an assignment, then yield the copies that each learner hands in, untouched."""
    names = "".join(f"{learner};;\n" for learner in learners)
    (course.root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{names}", encoding="utf-8")
    release(course, assignment)
    for learner in course.learners():
        folder = course.folder("submitted") / learner / assignment
        shutil.copytree(course.folder("release") / assignment, folder)
        for path in sorted(folder.glob("*.ipynb")):
            company = questions_of(notebook=f"{assignment}/{path.stem}")[0].company
            case = case_of(company, learner, accepted_draw(company, learner))
            yield learner, DemoCopy.open(path, assignment, case)


def points_of(copy: DemoCopy) -> dict[str, float]:
    """Return what each question of a copy is worth."""
    return {one: float(copy.cell(one)["metadata"]["nbgrader"]["points"]) for one in copy.questions()}


def mistake_everywhere(copy: DemoCopy, step: int = 1) -> None:
    """Answer every question that has a key, or one in ``step``, with the first of its known wrong values."""
    for question in copy.asked[::step]:
        if question.key is not None:
            override(copy, question.id, repr(question.key(copy.case).wrong[0].value))


@pytest.fixture(scope="module", params=[small_course, price_course, team_course], ids=["petit", "prix", "equipe"])
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    """Return a course graded by casekit and an untouched copy of it, made just before."""
    course, worth = request.param(tmp_path_factory.mktemp("ici") / "cours")
    copy = tmp_path_factory.mktemp("la") / "cours"
    shutil.copytree(course.root, copy)
    assignment = next(path.name for path in course.folder("release").iterdir())
    grade(course, assignment)
    return Twice(course.root, copy, assignment, tuple(course.learners()), worth)


def test_the_command_gives_the_same_scores(graded: Twice) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", graded.assignment],
        cwd=graded.copy, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found = graded.scores(graded.ours)
    assert graded.scores(graded.copy) == found
    assert {cell: found[cell] for cell in graded.worth} == graded.worth
    assert answers_of(graded.copy) == answers_of(graded.ours)


def answers_of(root: Path) -> dict[Path, str]:
    """Return the records of a course, by path."""
    return {path.relative_to(root): path.read_text() for path in root.glob("build/answers/**/*.json")}


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture
def formgrader(graded, tmp_path):
    """Start Jupyter with the formgrader on the copied course; return a function that asks its address."""
    port = free_port()
    environment = {**ENVIRONMENT, "JUPYTER_CONFIG_DIR": str(tmp_path), "HOME": str(tmp_path)}
    command = [
        sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.token=x", "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]  # fmt: skip
    with (tmp_path / "journal").open("wb") as journal:
        server = subprocess.Popen(command, cwd=graded.copy, env=environment, stdout=journal, stderr=journal)

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


def test_the_formgraders_button_gives_the_same_scores(graded: Twice, formgrader) -> None:
    for learner in graded.learners:
        answer = json.loads(formgrader(f"/formgrader/api/submission/{graded.assignment}/{learner}/autograde", "POST"))
        assert answer["success"], answer
    assert graded.scores(graded.copy) == graded.scores(graded.ours)
    assert "juste" in formgrader(f"/formgrader/api/submissions/{graded.assignment}")


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
