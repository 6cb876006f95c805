"""Links in a submission lead nowhere, when the trainer grades with nbgrader's own command too."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
import small
from nbgrader.api import Gradebook
from test_stock import ENVIRONMENT

from autograder.course.course import Course
from autograder.grading.before import replace_links
from autograder.grading.run import engine_of, grade_class

pytestmark = pytest.mark.xdist_group("stock")
SECRET = "SECRET-DE-LA-MACHINE"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    made = small.make_course(tmp_path / "cours", ("temoin", "liens", "notebook-lie"))
    secret = tmp_path / "hors-du-cours" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text(SECRET, encoding="utf-8")
    small.submit(made, "temoin")
    folder = small.submit(made, "liens").parent
    (folder / "sous").mkdir()
    for name in ("donnees.csv", ".cache", ".vu.original", "sous/note[1].txt", "perdu"):
        (folder / name).symlink_to(secret if name != "perdu" else "/nonexistent")
    (folder / "dossier").symlink_to(secret.parent)
    os.mkfifo(folder / "tube")
    lost = small.submit(made, "notebook-lie")
    lost.unlink()
    lost.symlink_to(made.folder("submitted") / "temoin" / small.ASSIGNMENT / lost.name)
    return made


def test_stock_nbgrader_follows_no_link(course: Course) -> None:
    run = autograde(course)
    assert "notebook-lie" in run.stderr, "the copy whose notebook was a link is reported"
    graded = course.folder("autograded")
    assert sorted(path.parent.name for path in graded.glob(f"*/{small.ASSIGNMENT}")) == ["liens", "temoin"]
    files = [path for path in graded.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
    assert [path for path in graded.rglob("*") if path.is_symlink()] == []
    said = (graded / "liens" / small.ASSIGNMENT / "donnees.csv").read_text(encoding="utf-8")
    assert "était un lien" in said
    assert "secret.txt" in said, "the trainer sees where it led"
    assert "était un tube" in (graded / "liens" / small.ASSIGNMENT / "tube").read_text(encoding="utf-8")
    records = {record.learner: small.points(record) for record in small.read_records(course.records, small.ASSIGNMENT)}
    assert records == {name: {small.FIRST.id: 2.0, small.SECOND.id: 3.0} for name in ("liens", "temoin")}
    session = grade_class(course, small.ASSIGNMENT, engine=engine_of(1))
    lost = next(one for one in session.everyone if one.learner == "notebook-lie")
    assert lost.incidents, "afterwards casekit asks for the notebook: it is no silent zero"
    assert not lost.notebooks


def test_a_link_that_cannot_be_replaced_stops_the_grading(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = course.folder("submitted") / "liens" / small.ASSIGNMENT

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission refusée")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(SystemExit, match="rien n’a été corrigé"):
        replace_links(notebooks=[str(folder / f"{small.NOTEBOOK}.ipynb")])


def autograde(course: Course) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nbgrader", "autograde", small.ASSIGNMENT]
    return subprocess.run(command, cwd=course.root, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_stock_nbgrader_grades_no_copy_reached_through_a_link_and_believes_no_forged_time(tmp_path: Path) -> None:
    course = small.make_course(tmp_path / "cours", ("honnete", "lie", "lie-plus-bas", "forge", "futur"))
    for learner in ("honnete", "forge", "futur"):
        small.submit(course, learner)
    submitted = course.folder("submitted")
    (submitted / "lie").symlink_to("honnete")
    (submitted / "lie-plus-bas").mkdir()
    (submitted / "lie-plus-bas" / small.ASSIGNMENT).symlink_to(submitted / "honnete" / small.ASSIGNMENT)
    stamps = {"forge": "-2400…9١h1:", "futur": "2099-01-01 00:00:00 UTC"}
    for learner, text in stamps.items():
        path = submitted / learner / small.ASSIGNMENT / "timestamp.txt"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    said = autograde(course).stderr.replace("\xa0", " ").replace("\u202f", " ")
    assert "lie : « lie » : c’est un lien" in said
    assert f"lie-plus-bas : « {small.ASSIGNMENT} » : c’est un lien" in said
    assert said.count("La date de remise") == 2
    graded = course.folder("autograded")
    assert sorted(path.parent.name for path in graded.glob(f"*/{small.ASSIGNMENT}")) == ["forge", "futur", "honnete"]
    with Gradebook(course.db_url, course.course_id) as gradebook:
        found = {one.student_id: one for one in gradebook.assignment_submissions(small.ASSIGNMENT)}
        assert {name: one.score for name, one in found.items() if one.score} == {
            "honnete": 5.0, "forge": 5.0, "futur": 5.0
        }  # fmt: skip
        for learner in ("lie", "lie-plus-bas"):
            grades = [grade for notebook in found[learner].notebooks for grade in notebook.grades]
            assert {grade.auto_score for grade in grades} == {None}
        assert {found[name].timestamp for name in stamps} == {datetime(2023, 11, 14, 22, 13, 20)}
    kept = submitted / "forge" / small.ASSIGNMENT / "timestamp.txt.original"
    assert kept.read_text(encoding="utf-8") == stamps["forge"], "what was handed in is kept"
    assert {record.learner for record in small.read_records(course.records, small.ASSIGNMENT)} == {"honnete", *stamps}
