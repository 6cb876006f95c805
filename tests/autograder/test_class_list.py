"""Lists of people as platforms and spreadsheets write them: what is understood is said, nothing is guessed."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from autograder.cli import main
from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.course.enrolment import enrol
from casestudies.errors import CasekitError

MOODLE = (
    "Prénom,Nom de famille,Nom d’utilisateur,Numéro d’identification,Adresse de courriel,Groupes\n"
    "Zoé,Riou,zriou,2026-001,zoe.riou@exemple.fr,A\nLéa,Le Goff,llegoff,,lea.legoff@exemple.fr,B\n"
)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return init_course(tmp_path / "cours")


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_participants_of_moodle(course: Course, tmp_path: Path, encoding: str, separator: str) -> None:
    done = enrol(course, listed(tmp_path, MOODLE.replace(",", separator), encoding))
    people = course.learners()
    assert [*people] == ["zriou", "llegoff"], "the first column that names everybody"
    assert people["llegoff"].full_name == "Léa Le Goff"
    assert people["zriou"].email == "zoe.riou@exemple.fr"
    said = " ".join(done.told).replace("\u00a0", " ").replace("\u202f", " ")
    assert "« Nom d’utilisateur »" in said
    assert "Laissées de côté" in said
    assert "« Groupes »" in said
    assert "2 nouvelle(s)" in said


def test_a_workbook_is_read_as_well(course: Course, tmp_path: Path) -> None:
    book, content = Workbook(), io.BytesIO()
    for row in (
        [None],
        ["Identifiant", "PRÉNOM", "Nom"],
        [None, None, None],
        [1042, "Zoé", "Riou"],
        ["x-2", "=1+1", ""],
    ):
        book.active.append(row)
    book.save(content)
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content.getvalue())
    enrol(course, path)
    assert [*course.learners()] == ["1042", "x-2"]
    assert (course.root / "eleves.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_addresses_name_people_when_nothing_else_does_and_known_ones_keep_their_name(course, tmp_path: Path) -> None:
    (course.root / "eleves.csv").write_text("identifiant;courriel\nz1;ZOE.riou@exemple.fr\nseul;\n", "utf-8")
    done = enrol(
        course, listed(tmp_path, "Prénom;Adresse de courriel\nZoé;zoe.riou@exemple.fr\nNoé;noé.abc@exemple.fr\n")
    )
    people = course.learners()
    assert [*people] == ["z1", "seul", "noe.abc"]
    assert people["z1"].first_name == "Zoé"
    assert any("seul" in text and "Rien n’a été retiré" in text for text in done.told)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "est vide"),
        ("Prénom;Nom\nZoé;Riou\n", "aucune colonne ne donne un identifiant"),
        ("Prénom;Courriel\nZoé;a@b.fr\nNoé;\n", "ligne 3"),
        ("identifiant\nX1\nx1\n", "majuscules"),
        ("courriel\nzoe@a.fr\nzoe@b.fr\n", "déjà pris"),
    ],
)
def test_what_is_not_sure_changes_nothing(course: Course, tmp_path: Path, text: str, said: str) -> None:
    before = (course.root / "eleves.csv").read_bytes()
    with pytest.raises(CasekitError, match=said):
        enrol(course, listed(tmp_path, text))
    assert (course.root / "eleves.csv").read_bytes() == before


def test_the_command_says_what_it_understood(course: Course, tmp_path: Path) -> None:
    path = listed(tmp_path, MOODLE)
    result = CliRunner().invoke(main, ["classe", str(path), "--cours", str(course.root)])
    assert result.exit_code == 0, result.output
    assert "2 personne(s)" in result.output.replace("\u00a0", " ")
    missing = CliRunner().invoke(main, ["classe", str(tmp_path / "absente.csv"), "--cours", str(course.root)])
    assert missing.exit_code == 2
    assert "Traceback" not in missing.output
