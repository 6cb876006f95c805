"""The dossier de valorisation on the centre's side: full, empty, by VAE, mixed; cited by the jury, kept when edited."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from candidates import candidate
from certifying import deciding, make_course
from click.testing import CliRunner, Result

from autograder.certification import dossier_gathering, progress
from autograder.certification.dossier_files import receive, write_dossier, write_form
from autograder.certification.dossier_gathering import gather
from autograder.certification.dossier_pointer import file_of, pointer_of
from autograder.certification.model import Rating, TutorGrid
from autograder.certification.record import build_record
from autograder.certification.record_page import page_data
from autograder.certification.register import Register
from autograder.certification.session_files import write_record
from autograder.certification.trace import check_trace
from autograder.certification.tutor_store import keep_grid
from autograder.cli import main
from autograder.course.course import Course
from autograder.grading.records import Record, save_record
from autograder.grading.records import Result as Graded
from autograder.referentiel import load_referentiel
from autograder.sheets.blocs import BlocDecision
from autograder.sheets.model import Verdict
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.levelling.kept import own_level
from casestudies.livrables.model import Row
from casestudies.livrables.store import Shelf
from casestudies.valorisation.competencies import competencies
from casestudies.valorisation.forms import (
    COMPANY,
    COMPETENCY,
    END,
    FRAME,
    PAPER,
    PARTS,
    PRACTICE,
    REAL,
    ROLE,
    START,
    TRAINING,
    VALORISATION,
    WHERE,
)

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 27)
CODES = list(competencies())
PEOPLE = [("lea", "Léa", "Nguyễn"), ("vide", "Ana", "#set text(red)"), ("vae", "Zoé", "d’Essai"), ("mixte", "Noé", "M")]
PATHWAYS = """identifiant;voie;blocs_vae;dossier_recu_le;entreprise;pratique_du;pratique_au
lea;formation;;;Librairie d’essai;02/03/2026;30/06/2026
vae;vae;;01/11/2026;;;
mixte;mixte;B3;;Atelier d’essai;01/11/2026;
"""
GRID = TutorGrid(
    "lea", "Librairie d’essai", "Tutrice d’essai", "Gérante", date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1),
    tuple(Rating(code, 3 if code != "1.1.1" else None, "Autonome." if code == "3.3.1" else "") for code in CODES), "d",
)  # fmt: skip


def row(code: str, frame: str = REAL, **words: str) -> Row:
    """Return a row that tells everything, but for what ``words`` change."""
    said = {WHERE: "Librairie d’essai, assistante, 2026", **{name: f"{name}, raconté." for name in PARTS}, **words}
    return {COMPETENCY: competencies()[code].heading, FRAME: frame, **said}


def tell(folder: Path, rows: list[Row], form: Any = VALORISATION) -> Path:
    shelf = Shelf(folder)
    shelf.save(form, rows, shelf.place(form))
    return shelf.place(form)


def hand_in(course: Course, learner: str, rows: list[Row], form: Any = VALORISATION) -> Path:
    folder = course.folder("submitted") / learner / "e4-equipe"
    folder.mkdir(parents=True, exist_ok=True)
    return tell(folder, rows, form)


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("valorisation") / "cours", PEOPLE)
    (course.root / "parcours.csv").write_text(PATHWAYS, encoding="utf-8")
    (course.root / "notebooks" / "e1-strategie").mkdir()
    (course.root / "notebooks" / "e1-strategie" / "02-concurrence-swot.ipynb").write_text("{}", encoding="utf-8")
    with Register.of(course) as register:
        keep_grid(register.database, GRID)
    for name in ("lea", "vae", "mixte"):
        seen = Graded(Finding(Outcome.RIGHT, 1.0, "Prêt."), 1.0, 1.0)
        levels = {"s2-swot": [own_level(2, "", (), "", "").plain]}
        save_record(
            course.records,
            Record("e1-strategie", "02-concurrence-swot", name, "hetrabelle", 0, "0", results={"s2-swot": seen},
                   own_levels=levels),
        )  # fmt: skip
        copy = course.folder("submitted") / name / "e1-strategie" / "livrables"
        copy.mkdir(parents=True)
        (copy / "swot.csv").write_text("repère\nFo1\n", encoding="utf-8")
    hand_in(course, "lea", [row(code, preuve="" if code == "1.1.1" else "rapport.pdf") for code in CODES])
    hand_in(
        course, "lea", [{COMPANY: "Librairie d’Essai", ROLE: "assistante", START: "2026-03-02", END: "2026-06-30",
                         PAPER: "convention.pdf"}], PRACTICE,
    )  # fmt: skip
    return course.root


@pytest.fixture
def course(class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    rows = tuple(one for code in ("E1", "E4") for one in candidate(code, None, "3").criteria)  # type: ignore[arg-type]

    def decide(_course: Course, learners: list[str]) -> dict[str, dict[str, BlocDecision]]:
        bloc = load_referentiel().blocs["B1"]
        return {name: {"B1": BlocDecision(bloc, Verdict.ACQUIRED, (), rows, ())} for name in learners}

    monkeypatch.setattr(dossier_gathering, "decide_blocs", decide)
    monkeypatch.setattr(progress, "decide_blocs", deciding({name: (Verdict.ACQUIRED,) * 3 for name, *_ in PEOPLE}))
    return Course(shutil.copytree(class_folder, tmp_path / "cours"))


def run(course: Course, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--cours", str(course.root)])


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def said_by(course: Course, learner: str) -> tuple[str, str]:
    """Write a dossier; return what its PDF and its DOCX say."""
    write_dossier(course, learner, TODAY)
    pdf = " ".join(page.extract_text() for page in pypdf.PdfReader(file_of(course, learner, "pdf")).pages)
    document = docx.Document(str(file_of(course, learner, "docx")))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return plain(pdf), plain(" ".join([*(one.text for one in document.paragraphs), *cells]))


# --- the four candidates


def test_a_full_candidate_by_formation(course: Course) -> None:
    file = gather(course, "lea", TODAY)
    assert file.lacks == (), "the SWOT that is ready proves 1.1.1"
    assert str(file.duration) == "3 mois et 29 jours"
    assert file.practised[0].proofs == (
        "convention.pdf",
        "Grille tuteur de Tutrice d’essai, remplie le 01/07/2026, du 02/03/2026 au 30/06/2026.",
    )
    first, *_, last = file.entries
    assert [(one.title, one.place, one.ready) for one in first.proofs] == [
        ("Tableau SWOT", "e1-strategie, livrables/swot.csv", True)
    ]
    assert {(one.by, one.words) for one in first.levels} == {
        ("Fiche du centre", "niveau 3 (acquis)"), ("Candidat", "niveau 2 (fragile)"),
    }  # fmt: skip
    assert [(company, line.level) for company, line in first.tutor] == [("Librairie d’essai", "non observé")]
    assert [line.comment for _, line in last.tutor] == ["Autonome."]
    for text in said_by(course, "lea"):
        for words in ("Léa Nguyễn", "18 compétences complètes sur 18", "convention.pdf", "Grille tuteur",
                      "Librairie d’essai : 3 acquis. Autonome.", "Tutrice d’essai, Gérante"):  # fmt: skip
            assert words in text, words
        assert "À écrire" not in text


def test_an_empty_candidate_is_told_all_that_is_missing(course: Course) -> None:
    result = run(course, "dossier", "vide")
    out = plain(result.output)
    assert result.exit_code == 1, "work is left"
    for words in ("0 compétence complète sur 18", f"Rien n’est encore raconté de {', '.join(CODES)}.",
                  "aucune période", "Grille tuteur : non reçue.", "La voie n’est pas dans parcours.csv"):  # fmt: skip
        assert words in out, words
    for text in said_by(course, "vide"):
        assert text.count("À écrire :") == 18 * 5
        assert "#set text(red)" in text


def test_by_vae_the_workbook_sent_apart_is_read_and_nothing_of_the_kit_is_there(course: Course, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_form(course, "vae"))
    page = book.worksheets[0]
    assert [page.cell(line, 1).value[:5] for line in range(2, 20)] == CODES
    for line in range(2, 20):
        for column, name in enumerate(VALORISATION.names[1:], start=2):
            page.cell(line, column).value = REAL if name == FRAME else f"{name} vécu."
    page.cell(3, 4).value = "Le cas de Kerlavandre."
    page.cell(4, 2).value = TRAINING
    book.save(tmp_path / "rempli.xlsx")
    out = plain(run(course, "dossier", "vae", "--classeur", str(tmp_path / "rempli.xlsx")).output)
    assert "16 compétences complètes sur 18" in out
    assert "1.2.1, récit non retenu : Kerlavandre est une entreprise fictive du kit." in out
    assert "1.2.2, récit non retenu : c’est un cas de formation." in out
    file = gather(course, "vae", TODAY)
    assert not any(one.proofs or one.levels for one in file.entries)
    for text in said_by(course, "vae"):
        assert "Tableau SWOT" not in text
        assert "Fiche du centre" not in text
        assert "Le cas de" not in text
        assert text.count("situation vécu.") == 16
    assert plain(run(course, "dossier", "vae").output).count("16 compétences"), "the workbook is kept"


def test_a_mixed_candidate_is_asked_for_both(course: Course) -> None:
    hand_in(course, "mixte", [row("1.1.1", TRAINING, preuve=""), row("3.1.1", TRAINING), row("3.2.1")])
    file = gather(course, "mixte", TODAY)
    by_code = {one.competency.code: one for one in file.entries}
    assert by_code["1.1.1"].lacks == ()
    assert by_code["1.1.1"].proofs
    assert by_code["3.1.1"].set_aside == ("c’est un cas de formation",)
    assert by_code["3.2.1"].lacks == ()
    assert not any(one.levels for one in file.entries if one.competency.bloc == "B3")
    assert "Pratique en entreprise : 27 jours, sur 3 mois demandés." in file.lacks
    for text in said_by(course, "mixte"):
        assert "par la VAE : bloc 3" in text


# --- what is not sure is said


def test_a_period_that_the_candidate_alone_declares_is_not_counted(course: Course) -> None:
    hand_in(course, "mixte", [{COMPANY: "Ailleurs", START: "2025-01-01", END: "2025-12-31", PAPER: "c.pdf"}], PRACTICE)
    file = gather(course, "mixte", TODAY)
    assert str(file.duration) == "27 jours"
    assert any(one.startswith("Pratique chez Ailleurs : déclarée par le candidat") for one in file.lacks)


@pytest.mark.parametrize("way", ["link", "link-folder", "damaged", "other"])
def test_a_table_that_cannot_be_read_is_said_and_stops_nothing(course: Course, tmp_path: Path, way: str) -> None:
    path = hand_in(course, "mixte", [row("1.1.1")])
    path.unlink()
    secret = tell(tmp_path / "ailleurs", [row("3.3.1", situation="SECRET")])
    if way == "link":
        path.symlink_to(secret)
    elif way == "link-folder":
        path.parent.rmdir()
        path.parent.symlink_to(secret.parent)
    else:
        path.write_bytes(b"\x00\x01" if way == "damaged" else b"titre;autre\nx;y\n")
    file = gather(course, "mixte", TODAY)
    assert any(one.startswith("e4-equipe, ") and "valorisation.csv" in one for one in file.lacks)
    assert not any(one.told for one in file.entries)
    assert "SECRET" not in "".join(said_by(course, "mixte"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.docx", b"", "classeur"), ("absent.xlsx", None, "introuvable"),
        ("court.csv", "compétence;cadre\n", "introuvable"),
        ("x.xlsx", b"PK", r"x\.xlsx"), ("vide.csv", ";".join(VALORISATION.names), "aucun récit"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_the_workbook_is_refused(
    course: Course, tmp_path: Path, name: str, content: Any, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CasekitError, match=said):
        receive(course, "vae", path)
    assert not list((course.root / "build" / "dossiers").glob("valorisation-*"))


@pytest.mark.parametrize("work", [lambda one: write_form(one, "x"), lambda one: gather(one, "x", TODAY)])
def test_nobody_unknown_has_a_dossier(course: Course, work: Callable[[Course], object]) -> None:
    with pytest.raises(CasekitError, match=r"eleves\.csv"):
        work(course)


# --- files, jury, pathway


def test_what_people_changed_by_hand_is_kept(course: Course) -> None:
    write_dossier(course, "lea", TODAY)
    assert write_dossier(course, "lea", TODAY).kept == ()
    word = file_of(course, "lea", "docx")
    document = docx.Document(str(word))
    document.add_paragraph("Complété à la main.")
    document.save(str(word))
    edited = word.read_bytes()
    for _ in range(2):
        again = write_dossier(course, "lea", TODAY)
        assert again.kept == (word,)
        assert word.read_bytes() == edited
    out = plain(run(course, "dossier", "lea").output)
    assert "modifié à la main : il est gardé" in out
    word.unlink()
    assert write_dossier(course, "lea", TODAY).kept == ()


def test_the_jurys_record_points_to_the_dossier_and_its_trace_holds_the_hashes(course: Course) -> None:
    write_dossier(course, "lea", TODAY)
    record = build_record(course, "Essai", TODAY)
    digest = sha256(file_of(course, "lea", "pdf").read_bytes()).hexdigest()
    facts = {one["name"]: " ".join(one["facts"]) for one in page_data(record)["decisions"]["candidates"]}
    assert f"assemblé le 27/11/2026, complet ; dossier-lea.pdf, SHA-256 {digest[:16]}…." in facts["Léa Nguyễn"]
    assert "assemblé" not in facts["Zoé d’Essai"]
    written = write_record(course, record)
    kept = json.loads((written.folder / "proces-verbal.json").read_text(encoding="utf-8"))
    by_name = {one["learner"]: one["dossier"] for one in kept["candidates"]}
    assert by_name["lea"]["files"]["dossier-lea.pdf"] == digest
    assert by_name["vae"] is None
    line = json.loads((written.folder / "trace.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert {one["name"]: one["sha256"] for one in line["dossiers"]["lea"]}["dossier-lea.pdf"] == digest
    trace = written.folder / "trace.jsonl"
    assert check_trace(trace).dossiers == ()
    write_dossier(course, "lea", date(2026, 11, 28))
    checked = check_trace(trace)
    assert len(checked.dossiers) == 2, "the PDF and the DOCX of another day"
    assert checked.problems == (), "a dossier may change after a session: it is said, no more"
    assert "autre que celui de la séance" in plain(run(course, "jury", "--verifier", str(trace)).output)
    trace.write_text(trace.read_text(encoding="utf-8").replace(digest, "0" * 64), encoding="utf-8")
    assert check_trace(trace).problems, "the hash of a dossier is part of the line"


def test_the_pathway_says_where_the_dossier_stands(course: Course) -> None:
    assert "Remettre le dossier" in plain(run(course, "parcours", "lea").output)
    run(course, "dossier", "lea")
    assert "Écrire dans parcours.csv le jour" in plain(run(course, "parcours", "lea").output)
    run(course, "dossier", "mixte")
    found = json.loads(run(course, "parcours", "--json").output)
    told = {one["learner"]: one["dossier"] for one in found}
    assert told["lea"]["lacks"] == []
    assert told["mixte"]["lacks"]
    assert told["vae"] is None
    assert "Compléter le dossier" in plain(run(course, "parcours", "mixte").output)


@pytest.mark.parametrize("content", ["", "{}", '{"files": 1}', '{"files": {}, "lacks": [], "complete": "x"}', "[1]"])
def test_a_damaged_pointer_counts_as_none(course: Course, content: str) -> None:
    path = file_of(course, "lea", "json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    assert pointer_of(course, "lea") is None
    assert write_dossier(course, "lea", TODAY).kept == ()
