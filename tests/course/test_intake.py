"""What triage finds goes through a whole grading: nothing is lost, nobody stopped, a second run has nothing to do."""

import json
import os
from pathlib import Path

import pytest
import small
from click.testing import CliRunner

from autograder.cli import main
from autograder.grading.run import grade_class
from autograder.grading.triage import layout

pytestmark = pytest.mark.xdist_group("intake")
FILE = f"{small.NOTEBOOK}.ipynb"
FULL = {small.FIRST.id: 2.0, small.SECOND.id: 3.0}
BOM = b"\xef\xbb\xbf"


def to_r(notebook: dict) -> None:
    notebook["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}


def older(notebook: dict) -> None:
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)


def heavy(notebook: dict) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * (layout.MAX_BYTES + 1)}}
    small.cell(notebook, "a-un")["outputs"] = [output]


LEARNERS = ("bom", "r", "ancien", "lourd", "lien", "tube", "sous-dossier", "casse", "joint", "horodate", "versions")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = small.make_course(tmp_path_factory.mktemp("cours") / "cours", LEARNERS)
    path = small.submit(made, "bom")
    path.write_bytes(BOM + path.read_bytes())
    small.submit(made, "r", to_r)
    small.submit(made, "ancien", older)
    small.submit(made, "lourd", heavy)
    path = small.submit(made, "lien")
    path.rename(made.root / "ailleurs.ipynb")
    path.symlink_to(made.root / "ailleurs.ipynb")
    path = small.submit(made, "tube")
    path.unlink()
    os.mkfifo(path)
    path = small.submit(made, "sous-dossier")
    (path.parent / "devoir").mkdir()
    path.rename(path.parent / "devoir" / FILE)
    path = small.submit(made, "casse")
    path.parent.rename(path.parent.with_name("E2 Performance"))
    path = small.submit(made, "joint")
    (path.parent / "secret.csv").symlink_to(made.root / "gradebook.db")
    path = small.submit(made, "horodate")
    (path.parent / "timestamp.txt").write_text("hier soir")
    path = small.submit(made, "versions", un="0.5")
    path.rename(path.with_name("a (1).ipynb"))
    other = path.with_name("a (2).ipynb")
    other.write_bytes(path.with_name("a (1).ipynb").read_bytes().replace(b"un = 0.5", b"un = 0.6"))
    small.submit(made, "inconnue")
    return made


@pytest.fixture(scope="module")
def graded(course) -> dict:
    return {one.learner: one for one in grade_class(course, small.ASSIGNMENT).everyone}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bom", "encodage"),
        ("ancien", "ancien-format"),
        ("lourd", "sorties-retirees"),
        ("sous-dossier", "renomme"),
        ("casse", "dossier-renomme"),
        ("joint", "fichiers-ecartes"),
    ],
)
def test_what_is_mended_earns_everything(graded, name: str, code: str) -> None:
    assert [incident.code for incident in graded[name].incidents] == [code]
    assert small.points(graded[name].records[0]) == FULL


@pytest.mark.parametrize(
    ("name", "code"),
    [("r", "autre-langage"), ("lien", "lien-refuse"), ("tube", "lien-refuse"), ("versions", "a-choisir")],
)
def test_what_is_refused_has_its_reason_and_no_points(graded, name: str, code: str) -> None:
    assert [incident.code for incident in graded[name].incidents] == [code]
    assert small.points(graded[name].records[0]) == {}


def test_a_stranger_is_told_and_not_graded(graded) -> None:
    assert [incident.code for incident in graded["inconnue"].incidents] == ["inconnu"]
    assert graded["inconnue"].records == []


def test_a_made_up_time_stops_nobody(graded) -> None:
    assert small.points(graded["horodate"].records[0]) == FULL


def test_no_linked_file_reaches_the_graded_copies(course, graded) -> None:
    assert not list(course.folder("autograded").rglob("secret.csv"))
    assert not list(course.folder("autograded").rglob("*.original*"))


def test_the_original_is_beside_what_was_mended(course, graded) -> None:
    home = course.folder("submitted") / "bom" / small.ASSIGNMENT
    original = (home / f"{FILE}.original").read_bytes()
    assert original.startswith(BOM)
    assert json.loads(original.removeprefix(BOM)) == json.loads((home / FILE).read_bytes())


def test_a_second_run_has_nothing_to_do_and_a_forced_one_finds_the_same(course, graded) -> None:
    again = grade_class(course, small.ASSIGNMENT)
    assert {one.learner for one in again.graded} == {"inconnue"}
    forced = {one.learner: one for one in grade_class(course, small.ASSIGNMENT, force=True).everyone}
    for name in set(graded) - {"casse"}:  # a folder put in its place has nothing more to say
        assert forced[name].incidents == graded[name].incidents


def test_the_command_shows_then_puts_right(course, graded) -> None:
    options = ["--cours", str(course.root)]
    shown = CliRunner().invoke(main, ["intake", small.ASSIGNMENT, *options])
    assert shown.exit_code == 1
    assert "✗" in shown.output
    assert "autre-langage" not in shown.output
    assert "inconnue" in shown.output
    done = CliRunner().invoke(
        main, ["intake", small.ASSIGNMENT, "--attribuer", "a (1).ipynb", f"versions/{small.NOTEBOOK}", *options]
    )
    assert done.exit_code == 0, done.output
    assert b"un = 0.5" in (course.folder("submitted") / "versions" / small.ASSIGNMENT / FILE).read_bytes()
    wrong = CliRunner().invoke(main, ["intake", small.ASSIGNMENT, "--attribuer", "rien", "bom", *options])
    assert wrong.exit_code == 2


def test_a_download_is_taken_in_by_the_command(course, graded, tmp_path: Path) -> None:
    released = (course.folder("release") / small.ASSIGNMENT / FILE).read_bytes()
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / FILE).write_bytes(released)
    done = CliRunner().invoke(main, ["recevoir", small.ASSIGNMENT, str(tmp_path), "--cours", str(course.root)])
    assert "1 dépôt(s) rangé(s)" in done.output.replace("\u00a0", " ")
    assert (course.folder("submitted") / "r" / small.ASSIGNMENT / FILE).read_bytes() == released
