"""A key beside real gradings, and a learner's notebook seen by a trainer: nothing that is the learner's changes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from small import ASSIGNMENT, COMPANY, FIRST, NOTEBOOK, SECOND, copied, make_course, right, submit

from autograder.cli import main
from autograder.course import lab
from autograder.course.course import Course
from autograder.course.seen_as import FOLDER, see_as
from autograder.grading.run import grade
from autograder.key_sheets.build import build_key_sheet
from autograder.privacy import places
from autograder.privacy.forgetting import forget, plan_of
from casestudies.errors import CasekitError
from casestudies.findings import Outcome
from casestudies.variants import DRAWS_FILE, known_draw

pytestmark = pytest.mark.xdist_group("key_sheets")
SOURCE = 'import json; from casestudies import ouvrir_dossier; d = ouvrir_dossier("kerlavandre", "")\n'


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("corriges") / "cours", ("lea", "tom"))
    submit(course, "lea", un=str(right(FIRST, "tom")), deux="'=1+1'")
    grade(course, ASSIGNMENT)
    return course


@pytest.fixture
def course(model: Course, tmp_path: Path) -> Course:
    return copied(model, tmp_path / "cours")


def state(*places_: Path) -> dict[str, str]:
    """Return a hash of every file below some places."""
    files = [path for place in places_ for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def run(course: Course, *arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments, "--cours", str(course.root)])


def test_a_key_agrees_with_what_grading_said(model: Course) -> None:
    sheet = build_key_sheet(model, ASSIGNMENT, model.learners()["lea"])
    assert [line.question for line in sheet.lines] == [FIRST.id, SECOND.id], "only what this notebook asks"
    assert [line.right for line in sheet.lines] == [right(FIRST, "lea"), right(SECOND, "lea")]
    given = [line.handed_in for line in sheet.lines]
    assert [one.outcome for one in given if one] == [Outcome.WRONG, Outcome.UNREADABLE]
    assert given[1] is not None
    assert given[1].shown == "« =1+1 »"
    assert not build_key_sheet(model, ASSIGNMENT, model.learners()["tom"]).is_graded


def test_seeing_as_a_learner_changes_nothing_of_theirs(course: Course) -> None:
    kept = [course.folder("submitted"), course.folder("release"), course.folder("autograded"), course.records]
    kept += [course.root / "gradebook.db", course.source(ASSIGNMENT)]
    before = state(*kept)
    result = run(course, "voir-comme", f"{ASSIGNMENT}/01", "lea")
    assert result.exit_code == 0, result.output
    assert "casekit lab" in result.output
    assert state(*kept) == before
    folder = course.root / FOLDER / "lea"
    assert folder.stat().st_mode & 0o077 == 0
    assert places.own_folders(course, "lea")[-1] == folder, "an erased person leaves none"
    draws = json.loads((folder / ASSIGNMENT / DRAWS_FILE).read_text(encoding="utf-8"))
    assert len(draws) == 1, "nobody else's"


def test_the_notebook_that_is_seen_has_the_learners_own_figures(course: Course) -> None:
    seen = see_as(course, f"{ASSIGNMENT}/{NOTEBOOK}", "tom")
    code = SOURCE + "print(json.dumps([d._company.learner, d._company.draw]))"
    environment = {**os.environ, "JUPYTERHUB_USER": ""}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=seen.path.parent, env=environment, capture_output=True, text=True, check=True
    )
    draw = known_draw(COMPANY, "tom", course.source(ASSIGNMENT))
    assert json.loads(told.stdout.splitlines()[-1]) == ["tom", draw]
    assert seen.environment == {"CASEKIT_LEARNER": "tom", "CASEKIT_DRAW": str(draw)}


def test_what_was_tried_is_kept_until_a_new_notebook_is_asked_for(course: Course) -> None:
    path = see_as(course, f"{ASSIGNMENT}/01", "lea").path
    released = path.read_bytes()
    path.write_text("essai", encoding="utf-8")
    assert see_as(course, f"{ASSIGNMENT}/01", "lea").path.read_text(encoding="utf-8") == "essai"
    assert see_as(course, f"{ASSIGNMENT}/01", "lea", anew=True).path.read_bytes() == released


def test_the_model_is_shown_with_the_learners_figures(course: Course) -> None:
    seen = see_as(course, f"{ASSIGNMENT}/01", "tom", solved=True)
    assert seen.path.name == f"modele-{NOTEBOOK}.ipynb"
    assert "un = 1" in seen.path.read_text(encoding="utf-8")
    beside = (seen.path.parent / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8")
    assert "DÉBUT SOLUTION" not in beside, "the learner’s version stays as it was given out"


def test_an_erased_person_leaves_no_key_and_no_scratch(course: Course) -> None:
    assert run(course, "corrige", ASSIGNMENT, "--tous").exit_code == 0
    see_as(course, f"{ASSIGNMENT}/01", "lea")
    see_as(course, f"{ASSIGNMENT}/01", "tom")
    assert forget(course, plan_of(course, "lea")) == []
    left = {path.name for path in (course.root / "build" / "corriges" / ASSIGNMENT).iterdir()}
    assert left == {"corrige-tom.pdf"}, "the table of the class, which names them, is made again"
    assert [path.name for path in (course.root / FOLDER).iterdir()] == ["tom"]


def test_opening_starts_on_the_notebook_as_the_learner(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[lab.Lab] = []
    monkeypatch.setattr(lab, "run_lab", lambda one, browser: started.append(one) or 0)
    monkeypatch.setenv("CASEKIT_LEARNER", "")
    monkeypatch.setenv("CASEKIT_DRAW", "")
    result = run(course, "voir-comme", f"{ASSIGNMENT}/01", "lea", "--ouvrir", "--sans-navigateur")
    assert result.exit_code == 0, result.output
    assert started[0].folder == course.root / FOLDER / "lea"
    assert started[0].page == f"/lab/tree/{ASSIGNMENT}/{NOTEBOOK}.ipynb"
    assert os.environ["CASEKIT_LEARNER"] == "lea"
    assert not list(started[0].folder.glob("e1-*")), "only what was asked for"


@pytest.mark.parametrize(
    ("notebook", "learner", "words"),
    [
        (ASSIGNMENT, "lea", "Dites quel notebook"),
        (f"{ASSIGNMENT}/09", "lea", "Dites quel notebook"),
        ("e3-plan-operationnel/01", "lea", "casekit release e3-plan-operationnel"),
        ("ailleurs/01", "lea", "Évaluations présentes"),
        (f"{ASSIGNMENT}/../../01", "lea", "Dites quel notebook"),
        (f"{ASSIGNMENT}/01", "../lea", "n’est pas dans eleves.csv"),
        (f"{ASSIGNMENT}/01", "nouvelle", "casekit release e2-performance"),
    ],
)
def test_a_mistake_of_use_is_said_in_french(course: Course, notebook: str, learner: str, words: str) -> None:
    with (course.root / "eleves.csv").open("a", encoding="utf-8") as file:
        file.write("nouvelle;;\n")
    result = run(course, "voir-comme", notebook, learner)
    assert result.exit_code == 2
    assert words in result.output.replace("\u00a0", " ")
    assert not (course.root / FOLDER).exists()


def test_a_notebook_that_is_not_given_out_yet_is_said(course: Course) -> None:
    shutil.rmtree(course.folder("release") / ASSIGNMENT)
    with pytest.raises(CasekitError, match="n’a pas encore été distribué"):
        see_as(course, f"{ASSIGNMENT}/01", "lea")
