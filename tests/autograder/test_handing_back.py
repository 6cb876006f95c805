"""Feedback handed back: one ZIP a learner, and one that Moodle shares out by the names of its own folders."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
import small
from click.testing import CliRunner

from autograder.cli import main
from autograder.course.course import Course
from autograder.exports.handing_back import hand_back
from autograder.privacy.places import own_files
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("triage")
PEOPLE = {"a01": "Élodie;Dupont", "a02": "Noé;Petit", "a03": "Léa;Martin", "a04": "Zoé;Riou"}
FILE = f"{small.NOTEBOOK}.ipynb"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small.make_course(tmp_path_factory.mktemp("rendre") / "cours", ("a01",))
    lines = "".join(f"{learner};{names}\n" for learner, names in PEOPLE.items())
    (made.root / "eleves.csv").write_text(f"identifiant;prenom;nom\n{lines}", encoding="utf-8")
    for learner in ("a01", "a02", "a03"):
        folder = made.folder("feedback") / learner / small.ASSIGNMENT
        (folder / "pages").mkdir(parents=True)
        (folder / "index.html").write_text(learner, encoding="utf-8")
        (folder / "pages" / "01.html").write_text("détail", encoding="utf-8")
    sheet = made.root / "build" / "fiches" / small.ASSIGNMENT / "fiche-a01.pdf"
    sheet.parent.mkdir(parents=True)
    sheet.write_bytes(b"%PDF")
    return made.root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    shutil.copytree(model, tmp_path / "cours")
    return Course(tmp_path / "cours")


@pytest.fixture
def download(tmp_path: Path) -> Path:
    """Return what Moodle gives: a folder for one, a flat name for another, somebody of another class."""
    path = tmp_path / "travaux.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (
            f"Élodie DUPONT_31_assignsubmission_file_/{FILE}", f"Noé Petit_32_assignsubmission_file_{FILE}",
            f"Autre PERSONNE_33_assignsubmission_file_/{FILE}",
        ):  # fmt: skip
            archive.writestr(name, b"{}")
    return path


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return sorted(archive.namelist())


def test_each_learner_has_a_file_to_send(course: Course, tmp_path: Path) -> None:
    done = hand_back(course, small.ASSIGNMENT, tmp_path / "rendu")
    assert done.learners == ("a01", "a02", "a03")
    assert names_in(done.folder / "retour-a01.zip") == ["fiche-a01.pdf", "index.html", "pages/01.html"]
    assert names_in(done.folder / "retour-a02.zip") == ["index.html", "pages/01.html"]
    assert done.left == (("a04", "pas de retour écrit."),)


def test_moodle_gets_each_file_under_the_name_of_its_folder(course: Course, download: Path, tmp_path: Path) -> None:
    done = hand_back(course, small.ASSIGNMENT, tmp_path / "rendu", [download])
    assert done.moodle is not None
    assert names_in(done.moodle) == [
        "Noé Petit_32_assignsubmission_file/retour-a02.zip", "Élodie DUPONT_31_assignsubmission_file/fiche-a01.pdf",
        "Élodie DUPONT_31_assignsubmission_file/retour-a01.zip",
    ]  # fmt: skip
    for name in names_in(done.moodle):  # as Moodle reads it: name, participant, plugin's type and name
        assert name.partition("/")[0].split("_", 4)[1:4] in (
            ["31", "assignsubmission", "file"],
            ["32", "assignsubmission", "file"],
        )
    with zipfile.ZipFile(done.moodle) as archive:
        inner = archive.read("Noé Petit_32_assignsubmission_file/retour-a02.zip")
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        assert archive.read("index.html") == b"a02"
    assert ("a03", "son dépôt n’est pas dans ce téléchargement.") in done.left


def test_what_cannot_be_shared_out_is_said(course: Course, tmp_path: Path) -> None:
    (tmp_path / "autre" / "a01").mkdir(parents=True)
    with pytest.raises(CasekitError, match="noms de Moodle"):
        hand_back(course, small.ASSIGNMENT, tmp_path / "rendu", [tmp_path / "autre"])
    shutil.rmtree(course.folder("feedback"))
    with pytest.raises(CasekitError, match="casekit feedback"):
        hand_back(course, small.ASSIGNMENT, tmp_path / "rendu")


def test_the_command_writes_among_the_exports_and_what_is_somebodys_is_known(course: Course, download: Path) -> None:
    arguments = ["rendre", small.ASSIGNMENT, "--moodle", str(download), "--cours", str(course.root)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1, "some are left"
    assert "3 retour(s)" in result.output.replace("\u00a0", " ")
    assert [path.name for path in own_files(course, "a02")] == ["retour-a02.zip"]
