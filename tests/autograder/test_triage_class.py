"""Triage of a class: folders that nobody can place, names that a trainer puts right, downloads from a platform."""

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest
import small

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.grading.job import Graded
from autograder.grading.records import Record, Result
from autograder.grading.report import points, print_report
from autograder.grading.run import GradingRun
from autograder.grading.triage import archives
from autograder.grading.triage import assign as assign_module
from autograder.grading.triage import desk as desk_module
from autograder.grading.triage.archives import open_downloads
from autograder.grading.triage.assign import assign
from autograder.grading.triage.deliver import Delivered, deliver, print_delivered
from autograder.grading.triage.desk import READY, WHOLE, TriageRow, print_rows, rows_of
from autograder.grading.triage.lms import deposits_of
from autograder.grading.triage.survey import settle, survey
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.remise.receipt import NAME as RECEIPT
from casestudies.remise.receipt import Receipt, fingerprint_of, now

pytestmark = pytest.mark.xdist_group("triage")
LEARNERS = {
    one.id: one
    for one in (
        Learner("a01", "Élodie", "Dupont"),
        Learner("a02", "Jean-Marc", "Le Goff"),
        Learner("a03", "Léa", "Martin"),
        Learner("a04", "Léa", "Martin"),
        Learner("7", "Noé", "Petit"),
        Learner("marie", "Marie", "Roche"),
    )
}
NAMES = [small.NOTEBOOK, "02-analyse-avant-apres"]
FILE = f"{small.NOTEBOOK}.ipynb"


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    course = small.make_course(tmp_path_factory.mktemp("modele") / "cours", ("a01",))
    lines = [f"{one.id};{one.first_name};{one.last_name}" for one in LEARNERS.values()]
    (course.root / "eleves.csv").write_text("\n".join(["identifiant;prenom;nom", *lines]) + "\n", encoding="utf-8")
    return course.root


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Course:
    """Return a released course where nothing was handed in."""
    shutil.copytree(released, tmp_path / "cours")
    made = Course(tmp_path / "cours")
    made.folder("submitted").mkdir()
    return made


@pytest.fixture
def notebook(released: Path) -> bytes:
    """Return the released notebook, as somebody hands it in."""
    return (Course(released).folder("release") / small.ASSIGNMENT / FILE).read_bytes()


def given(download: Path) -> list[Path]:
    """Return the deposits of a folder."""
    return open_downloads([download], download.parent / "pièce").entries


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return content.getvalue()


def put(path: Path, data: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


# Folders of a class


def look(submitted: Path):
    return survey(submitted, small.ASSIGNMENT, LEARNERS, [small.ASSIGNMENT, "e2-performance-rattrapage"])


def test_a_submission_in_its_place_is_found(tmp_path: Path, notebook: bytes) -> None:
    put(tmp_path / "a01" / small.ASSIGNMENT / FILE, notebook)
    put(tmp_path / "a02" / "e1-strategie" / FILE, notebook)
    put(tmp_path / "a03" / "e2-performance-rattrapage" / FILE, notebook)
    seen = look(tmp_path)
    assert seen.folders == {"a01": tmp_path / "a01" / small.ASSIGNMENT}
    assert (seen.misnamed, seen.apart) == ({}, [])


@pytest.mark.parametrize("name", ["E2-Performance", "e2 performance", "e2_performance", "é2-performance"])
def test_another_spelling_of_the_assignment_is_put_right(tmp_path: Path, notebook: bytes, name: str) -> None:
    put(tmp_path / "a01" / name / FILE, notebook)
    seen = look(tmp_path)
    assert seen.misnamed == seen.folders == {"a01": tmp_path / "a01" / name}
    told = settle(seen, small.ASSIGNMENT)
    assert seen.folders == {"a01": tmp_path / "a01" / small.ASSIGNMENT}
    assert tree(tmp_path) == [f"a01/{small.ASSIGNMENT}/{FILE}"]
    assert f"« {name} »" in told["a01"].what


def test_a_misspelt_assignment_is_told_and_left(tmp_path: Path, notebook: bytes) -> None:
    put(tmp_path / "a01" / "e2-perfomance" / FILE, notebook)
    seen = look(tmp_path)
    ((name, incident),) = seen.apart
    assert (name, incident.code, seen.folders) == ("a01", "dossier-introuvable", {})
    assert "--attribuer a01/e2-perfomance a01" in incident.advice


def test_a_notebook_beside_the_folder_is_told(tmp_path: Path, notebook: bytes) -> None:
    put(tmp_path / "a01" / FILE, notebook)
    ((name, incident),) = look(tmp_path).apart
    assert (name, incident.code) == ("a01", "dossier-introuvable")
    assert FILE in incident.what


@pytest.mark.parametrize(
    ("name", "near"), [("A01", "a01"), ("Dupont Elodie", "a01"), ("marie.", "marie"), ("JM Le Goff", "a02")]
)
def test_a_stranger_is_told_with_the_near_names(tmp_path: Path, notebook: bytes, name: str, near: str) -> None:
    put(tmp_path / name / small.ASSIGNMENT / FILE, notebook)
    ((folder, incident),) = look(tmp_path).apart
    assert (folder, incident.code) == (name, "inconnu")
    assert f"« {near} »" in incident.what


def test_a_stranger_without_a_copy_is_nobodys_concern(tmp_path: Path) -> None:
    put(tmp_path / "notes" / "lisez-moi.txt")
    assert look(tmp_path).apart == []


def test_without_a_class_list_everybody_is_known(tmp_path: Path, notebook: bytes) -> None:
    put(tmp_path / "zoe" / small.ASSIGNMENT / FILE, notebook)
    assert list(survey(tmp_path, small.ASSIGNMENT, {}, []).folders) == ["zoe"]


def test_links_and_strays_among_the_learners_are_told(tmp_path: Path, notebook: bytes) -> None:
    submitted = tmp_path / "remis"
    put(tmp_path / "ailleurs" / small.ASSIGNMENT / FILE, notebook)
    submitted.mkdir()
    (submitted / "a01").symlink_to(tmp_path / "ailleurs")
    (submitted / "a02").mkdir()
    (submitted / "a02" / small.ASSIGNMENT).symlink_to(tmp_path / "ailleurs")
    put(submitted / "01.ipynb", notebook)
    seen = look(submitted)
    found = [(name, incident.code) for name, incident in seen.apart]
    assert found == [("01.ipynb", "inconnu"), ("a01", "lien-refuse"), ("a02", "lien-refuse")]
    assert seen.folders == {}


def test_a_missing_folder_of_submissions_holds_nothing(tmp_path: Path) -> None:
    assert look(tmp_path / "rien").folders == {}


# The table


def test_the_table_shows_everybody_and_changes_nothing(course: Course, notebook: bytes, capsys) -> None:
    submitted = course.folder("submitted")
    put(submitted / "a01" / small.ASSIGNMENT / FILE, notebook)
    put(submitted / "a02" / "E2 Performance" / FILE, b"\xef\xbb\xbf" + notebook)
    put(submitted / "a03" / small.ASSIGNMENT / FILE, notebook[:500])
    put(submitted / "Léa" / small.ASSIGNMENT / FILE, notebook)
    before = tree(submitted)
    rows = rows_of(course, small.ASSIGNMENT)
    assert tree(submitted) == before
    states = {(row.learner, row.notebook): row for row in rows}
    assert states["a01", small.NOTEBOOK].state == "prêt."
    assert "sera renommé" in states["a02", WHOLE].state
    assert "BOM" in states["a02", small.NOTEBOOK].state
    assert states["a03", small.NOTEBOOK].lost
    assert states["a04", WHOLE].state == "rien n’a été remis."
    assert states["Léa", WHOLE].lost
    assert print_rows(rows, "Copies remises") == 2
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert "2 problème(s)" in shown
    assert "s’arrête" in shown
    assert {row.learner for row in rows_of(course, small.ASSIGNMENT, ["a03"])} == {"a03"}


def test_a_notebook_of_another_assignment_of_the_course_is_named(course: Course) -> None:
    other = Path(__file__).parents[2] / "notebooks" / "e2-performance" / "03-budget.ipynb"
    put(course.folder("submitted") / "a01" / small.ASSIGNMENT / FILE, other.read_bytes())
    (row,) = rows_of(course, small.ASSIGNMENT, ["a01"])
    assert row.lost
    assert "n’est pas le notebook" in row.state


# A trainer says whose a file is


def test_a_stray_file_is_moved_where_it_belongs(course: Course, notebook: bytes) -> None:
    submitted = course.folder("submitted")
    put(submitted / "Dupont" / "travail final.ipynb", notebook)
    done = assign(course, small.ASSIGNMENT, "Dupont/travail final.ipynb", f"a01/{small.NOTEBOOK}")
    assert (done.learner, done.notebook) == ("a01", small.NOTEBOOK)
    assert "déplacé" in done.told
    assert tree(submitted) == [f"a01/{small.ASSIGNMENT}/{FILE}"]
    assert not (submitted / "Dupont").exists()


def test_a_file_of_the_copy_is_chosen_and_the_other_kept(course: Course, notebook: bytes) -> None:
    home = course.folder("submitted") / "a01" / small.ASSIGNMENT
    put(home / "b (1).ipynb", notebook)
    put(home / FILE, b"ancien")
    assign(course, small.ASSIGNMENT, "b (1).ipynb", f"a01/{FILE}")
    assert (home / FILE).read_bytes() == notebook
    assert (home / f"{FILE}.original").read_bytes() == b"ancien"
    assert not (home / "b (1).ipynb").exists()


def test_a_file_from_elsewhere_is_copied_and_told_by_its_cells(course: Course, notebook: bytes, tmp_path: Path) -> None:
    path = put(tmp_path / "courriel" / "devoir.ipynb", notebook)
    done = assign(course, small.ASSIGNMENT, str(path), "a03")
    assert (done.notebook, path.read_bytes()) == (small.NOTEBOOK, notebook)
    assert "copié" in done.told
    assert (course.folder("submitted") / "a03" / small.ASSIGNMENT / FILE).read_bytes() == notebook


@pytest.mark.parametrize("inner", ["", "E2 Performance"])
def test_the_folder_of_a_stranger_becomes_the_learners(course: Course, notebook: bytes, inner: str) -> None:
    submitted = course.folder("submitted")
    put(submitted / "Élodie D" / inner / FILE, notebook)
    put(submitted / "Élodie D" / inner / "donnees.csv", b"a;b")
    assign(course, small.ASSIGNMENT, "Élodie D", "a01")
    assert tree(submitted) == [f"a01/{small.ASSIGNMENT}/{FILE}", f"a01/{small.ASSIGNMENT}/donnees.csv"]


def test_a_folder_from_elsewhere_is_copied_without_its_links(course: Course, notebook: bytes, tmp_path: Path) -> None:
    put(tmp_path / "cle" / "devoir" / FILE, notebook)
    (tmp_path / "cle" / "devoir" / "secret").symlink_to("/etc/hostname")
    assign(course, small.ASSIGNMENT, str(tmp_path / "cle" / "devoir"), "a01")
    assert tree(course.folder("submitted")) == [f"a01/{small.ASSIGNMENT}/{FILE}"]
    assert (tmp_path / "cle" / "devoir" / FILE).is_file()


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("rien.ipynb", "a01", "n’existe ni ici"),
        ("x.ipynb", "a09", "Identifiants proches"),
        ("x.ipynb", "a01/03-rien", "Notebooks :"),
        ("x.ipynb", "a01", "ne disent pas quel notebook"),
        ("vide.ipynb", "a01", "le fichier est vide"),
        ("lien.ipynb", f"a01/{small.NOTEBOOK}", "un lien"),
        ("dossier-lie/x.ipynb", f"a01/{small.NOTEBOOK}", "un lien"),
        ("x.ipynb", f"a04/{small.NOTEBOOK}", "« a04 » est un lien"),
        (f"a02/{small.ASSIGNMENT}/{FILE}", f"a02/{small.NOTEBOOK}", "déjà à sa place"),
        (f"a02/{small.ASSIGNMENT}", "a02", "déjà à sa place"),
        ("a02", "a02", "déjà à sa place"),
        ("autre", "a02", "a déjà une copie"),
        ("double.ipynb", f"a02/{small.NOTEBOOK}", "peut être l’un de ceux-ci"),
        ("../submitted", "a02", "contient déjà la copie"),
    ],
)
def test_a_mistaken_assignment_is_one_french_sentence(
    course: Course, notebook: bytes, source: str, target: str, words: str
) -> None:
    submitted = course.folder("submitted")
    put(submitted / "x.ipynb", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}')
    put(submitted / "vide.ipynb")
    put(submitted / "double.ipynb", notebook)
    put(submitted / "a02" / "double.ipynb", notebook)
    put(submitted / "a02" / small.ASSIGNMENT / FILE, notebook)
    put(submitted / "autre" / FILE, notebook)
    elsewhere = put(course.root / "ailleurs" / "x.ipynb", notebook).parent
    (submitted / "lien.ipynb").symlink_to(elsewhere / "x.ipynb")
    (submitted / "dossier-lie").symlink_to(elsewhere)
    (submitted / "a04").symlink_to(elsewhere)
    before = tree(course.root)
    with pytest.raises(CasekitError, match=words.replace("(", r"\(")):
        assign(course, small.ASSIGNMENT, source, target)
    assert tree(course.root) == before


def test_a_disk_that_refuses_is_said(course: Course, notebook: bytes, monkeypatch) -> None:
    put(course.folder("submitted") / "x.ipynb", notebook)

    def refuse(_: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(assign_module, "keep_aside", refuse)
    with pytest.raises(CasekitError, match="rien n’est perdu"):
        assign(course, small.ASSIGNMENT, "x.ipynb", "a01")
    assert (course.folder("submitted") / "x.ipynb").is_file()


# Downloads from a learning platform


@pytest.mark.parametrize(
    ("name", "learner"),
    [
        ("Élodie Dupont_12345_assignsubmission_file_", "a01"),
        ("Elodie DUPONT_12345_assignsubmission_file", "a01"),
        ("DUPONT Elodie_12345_assignsubmission_file_", "a01"),
        ("Jean-Marc Le Goff_77_assignsubmission_file_", "a02"),
        ("LE GOFF Jean Marc_77_assignsubmission_file_", "a02"),
        ("a01", "a01"),
        ("A01", "a01"),
        ("7", "7"),
        ("Marie Roche", "marie"),
        ("roche_marie - devoir e2-performance", "marie"),
        ("Noé PETIT (12345)", "7"),
        ("Anne Marie Roche_55_assignsubmission_file_", ""),
        ("Marie Roche Dubois_55_assignsubmission_file_", ""),
        ("Anne Marie Roche", ""),
        ("Léa Martin_99_assignsubmission_file_", ""),
        ("a01 marie", ""),
        ("Participant_12345_assignsubmission_file_", ""),
        ("groupe 7", ""),
    ],
)
def test_a_folder_goes_to_the_one_person_it_names(tmp_path: Path, name: str, learner: str) -> None:
    put(tmp_path / name / FILE, b"x")
    (deposit,) = deposits_of(given(tmp_path), LEARNERS, small.ASSIGNMENT, NAMES)
    assert deposit.learner == learner
    assert bool(deposit.why) != bool(learner)
    assert [place for _, place in deposit.files] == [FILE]


@pytest.mark.parametrize(
    ("name", "learner", "place"),
    [
        (f"Élodie Dupont_12345_assignsubmission_file_{FILE}", "a01", FILE),
        ("Élodie Dupont_12345_assignsubmission_file_mon cas.ipynb", "a01", "mon cas.ipynb"),
        (f"dupontelodie_4231_98765_{FILE}", "a01", FILE),
        ("dupontelodie_LATE_4231_98765_01-indicateurs-promotion-1.ipynb", "a01", FILE),
        (f"a01_{FILE}", "a01", FILE),
        ("01-indicateurs-promotion_a01.ipynb", "a01", FILE),
        ("01-Indicateurs Promotion - Marie Roche.ipynb", "marie", FILE),
        ("marie.ipynb", "marie", "marie.ipynb"),
        ("Marie_Roche_rendu_final.ipynb", "marie", "Marie_Roche_rendu_final.ipynb"),
        ("01-indicateurs-promotion (7).ipynb", "", FILE),
        (FILE, "", FILE),
        ("Lea Martin.ipynb", "", "Lea Martin.ipynb"),
        ("analyse de marie.ipynb", "", "analyse de marie.ipynb"),
    ],
)
def test_a_single_file_goes_to_the_one_person_it_names(tmp_path: Path, name: str, learner: str, place: str) -> None:
    put(tmp_path / name, b"x")
    (deposit,) = deposits_of(given(tmp_path), LEARNERS, small.ASSIGNMENT, NAMES)
    assert (deposit.learner, [kept for _, kept in deposit.files]) == (learner, [place])


def test_namesakes_are_named(tmp_path: Path) -> None:
    put(tmp_path / "Léa MARTIN_99_assignsubmission_file_" / FILE)
    (deposit,) = deposits_of(given(tmp_path), LEARNERS, small.ASSIGNMENT, NAMES)
    assert "« a03 », « a04 »" in deposit.why


def test_texts_typed_on_the_platform_are_passed_by(tmp_path: Path) -> None:
    put(tmp_path / "Marie Roche_5_assignsubmission_onlinetext_" / "onlinetext.html")
    put(tmp_path / ".DS_Store")
    assert deposits_of(given(tmp_path), LEARNERS, small.ASSIGNMENT, NAMES) == []


def test_two_folders_of_one_person_that_contradict_each_other_are_left(tmp_path: Path) -> None:
    put(tmp_path / "Marie Roche_5_assignsubmission_file_" / FILE, b"1")
    put(tmp_path / "marie" / FILE, b"2")
    assert [one.learner for one in deposits_of(given(tmp_path), LEARNERS, small.ASSIGNMENT, NAMES)] == [
        "",
        "",
    ]


def test_two_versions_in_single_files_keep_their_own_names(tmp_path: Path) -> None:
    put(tmp_path / f"a01_{FILE}", b"1")
    put(tmp_path / "a01_01-indicateurs-promotion (2).ipynb", b"2")
    found = deposits_of(given(tmp_path), LEARNERS, small.ASSIGNMENT, NAMES)
    assert [one.learner for one in found] == ["a01", "a01"]
    assert sorted(place for one in found for _, place in one.files) == sorted(path.name for path in tmp_path.iterdir())


def test_a_name_that_looks_like_markup_is_shown_as_it_is(capsys) -> None:
    name = "[/b] [red]copie[/red].ipynb"
    assert print_rows([TriageRow("lea", WHOLE, f"« {name} » est abîmé.", lost=True)], "Copies remises") == 1
    assert print_delivered([Delivered(name, "", "personne n’est reconnu.", left=True)], small.ASSIGNMENT) == 1
    print_report(GradingRun([Graded(name)]))
    assert capsys.readouterr().out.replace("\n", "").count("[/b]") == 3


def test_a_download_is_taken_in_and_told(course: Course, notebook: bytes, tmp_path: Path, capsys) -> None:
    download = tmp_path / "moodle"
    put(download / "Élodie DUPONT_12_assignsubmission_file_" / FILE, notebook)
    put(download / "Élodie DUPONT_12_assignsubmission_file_" / "annexes" / "a.csv", b"a;b")
    put(download / "Léa Martin_13_assignsubmission_file_" / FILE, notebook)
    put(download / f"Noé Petit_14_assignsubmission_file_{FILE}", notebook)
    (download / "marie").mkdir()
    (download / "a02").symlink_to("/etc")
    before = tree(download)
    submitted = course.folder("submitted")
    put(submitted / "a01" / small.ASSIGNMENT / FILE, b"ancien")
    done = deliver(course, small.ASSIGNMENT, [download])
    home = f"a01/{small.ASSIGNMENT}"
    assert tree(submitted) == [
        f"7/{small.ASSIGNMENT}/{FILE}", f"{home}/{FILE}", f"{home}/{FILE}.original", f"{home}/annexes/a.csv",
    ]  # fmt: skip
    assert (submitted / home / FILE).read_bytes() == notebook
    assert (submitted / home / f"{FILE}.original").read_bytes() == b"ancien"
    assert tree(download) == before
    assert [one.learner for one in done if not one.left] == ["7", "a01"]
    assert {one.label for one in done if one.left} == {"a02", "marie", "Léa Martin_13_assignsubmission_file_"}
    assert print_delivered(done, small.ASSIGNMENT) == 3
    assert "--attribuer" in capsys.readouterr().out
    again = deliver(course, small.ASSIGNMENT, [download])
    assert [one.told for one in again] == [one.told for one in done]
    assert len(tree(submitted)) == 4


def test_a_download_never_goes_through_a_link(course: Course, notebook: bytes, tmp_path: Path) -> None:
    put(tmp_path / "moodle" / "a01" / FILE, notebook)
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    (course.folder("submitted") / "a01").symlink_to(elsewhere)
    (one,) = deliver(course, small.ASSIGNMENT, [tmp_path / "moodle"])
    assert one.left
    assert "est un lien" in one.told
    assert tree(elsewhere) == []


def test_a_pipe_in_a_download_does_not_hang(course: Course, notebook: bytes, tmp_path: Path) -> None:
    put(tmp_path / "moodle" / "a01" / FILE, notebook)
    os.mkfifo(tmp_path / "moodle" / "a01" / "tube")
    (one,) = deliver(course, small.ASSIGNMENT, [tmp_path / "moodle"])
    assert (one.left, one.told) == (False, "1 fichier(s) copié(s).")


def test_a_download_needs_a_class_list_and_a_folder(course: Course, tmp_path: Path) -> None:
    with pytest.raises(CasekitError, match="ni un dossier ni un ZIP"):
        deliver(course, small.ASSIGNMENT, [tmp_path / "rien"])
    (course.root / "eleves.csv").write_text("identifiant;prenom;nom\n", encoding="utf-8")
    with pytest.raises(CasekitError, match="est vide"):
        deliver(course, small.ASSIGNMENT, [tmp_path])


def parcel(notebook: bytes, learner: str, assignment: str = small.ASSIGNMENT) -> bytes:
    """Return the ZIP that a learner's machine makes."""
    receipt = Receipt(learner, assignment, now(), {FILE: fingerprint_of(notebook)})
    return zipped({FILE: notebook, RECEIPT: receipt.to_bytes(), "livrables/swot.csv": b"a;b"})


def test_a_zip_of_zips_is_opened_as_far_as_the_copies(course: Course, notebook: bytes, tmp_path: Path) -> None:
    download = tmp_path / "E2-Dépôt-12.zip"
    download.write_bytes(
        zipped({
            "Élodie DUPONT_12_assignsubmission_file_/remise.zip": parcel(notebook, "a01"),
            "Noé PETIT_14_assignsubmission_file_petit.zip": zipped({f"mon dossier/{FILE}": notebook}),
            "Marie ROCHE_15_assignsubmission_file_/abîmé.zip": parcel(notebook, "marie")[:200],
            "__MACOSX/x": b"",
        })
    )  # fmt: skip
    mine = tmp_path / "jean-marc.zip"
    mine.write_bytes(parcel(notebook, "a02"))
    before = (download.read_bytes(), mine.read_bytes())
    done = deliver(course, small.ASSIGNMENT, [download, mine])
    submitted = course.folder("submitted")
    for learner in ("a01", "7", "a02"):
        assert (submitted / learner / small.ASSIGNMENT / FILE).read_bytes() == notebook
    assert (submitted / "a01" / small.ASSIGNMENT / "livrables" / "swot.csv").read_bytes() == b"a;b"
    assert any(one.left and "abîmé" in one.label and "abîmée" in one.told for one in done)
    assert list((submitted / "marie" / small.ASSIGNMENT).iterdir()), "what was handed in is kept, even when damaged"
    assert (download.read_bytes(), mine.read_bytes()) == before


def test_a_receipt_of_another_assignment_or_of_nobody_is_left(course: Course, notebook: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(parcel(notebook, "a01", "e1-strategie"))
    (tmp_path / "y.zip").write_bytes(parcel(notebook, "inconnue"))
    done = deliver(course, small.ASSIGNMENT, [tmp_path / "x.zip", tmp_path / "y.zip"])
    assert [one.left for one in done] == [True, True]
    assert "e1-strategie" in done[0].told
    assert tree(course.folder("submitted")) == []


@pytest.mark.parametrize("name", ["../a01/x.ipynb", "/tmp/x.ipynb", "a/../../x.ipynb", "C:/x.ipynb", "..\\..\\x.ipynb"])
def test_an_archive_never_writes_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({name: b"x"}))
    with pytest.raises(CasekitError, match="sort de son dossier"):
        open_downloads([tmp_path / "a.zip"], tmp_path / "pièce")
    assert not list(tmp_path.rglob("x.ipynb"))


def test_a_link_in_an_archive_is_never_made(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwd.ipynb")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr(FILE, b"x")
    (deposit,) = open_downloads([tmp_path / "a.zip"], tmp_path / "pièce").entries
    assert tree(deposit) == [FILE]


def test_a_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_CLASS_TOTAL", 10_000)
    (tmp_path / "a.zip").write_bytes(zipped({"marie/x.csv": b"0" * 20_000}))
    with pytest.raises(CasekitError, match="démesurée"):
        open_downloads([tmp_path / "a.zip"], tmp_path / "pièce")
    (tmp_path / "b.zip").write_bytes(b"PK")
    with pytest.raises(CasekitError, match="abîmée"):
        open_downloads([tmp_path / "b.zip"], tmp_path / "pièce")


def test_the_machines_points_are_the_same_whether_a_copy_is_graded_now_or_was_before() -> None:
    made = Record(
        "e", "a", "lea", "kerlavandre", 0, "0", results={"q": Result(Finding(Outcome.RIGHT, 1, ""), 2.0, 2.0)}
    )
    now = Graded("lea", records=[made], scores={"a": (2.0, 6.0)})
    assert points(now) == points(Graded("lea", records=[made])) == (2.0, 2.0), "what people will read is not counted"
    assert points(Graded("lea", scores={"stock": (1.0, 3.0)})) == (1.0, 3.0)


def test_what_is_ready_takes_one_line_for_each_person(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(desk_module, "print_table", lambda title, columns, cells: told.extend(cells))
    rows = [TriageRow("lea", "01", READY), TriageRow("lea", "02", "abîmé.", lost=True), TriageRow("lea", "03", READY)]
    assert print_rows([*rows, TriageRow("noe", "01", READY)], "Copies remises") == 1
    assert told == [
        ("lea", "01, 03", READY, ""), ("lea", "02", "✗ abîmé.", ""), ("noe", "01", READY, ""),
    ]  # fmt: skip


def test_a_later_session_takes_what_a_learners_machine_calls_by_the_first(notebook: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(parcel(notebook, "a01"))
    entries = open_downloads([tmp_path / "x.zip"], tmp_path / "pièce").entries
    for assignment, learner in (("e2-performance-session-2", "a01"), ("e1-strategie-session-2", "")):
        (deposit,) = deposits_of(entries, LEARNERS, assignment, NAMES)
        assert deposit.learner == learner
