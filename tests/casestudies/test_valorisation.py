"""The dossier de valorisation on the learner's side: words kept as theirs, proofs found, what is missing said."""

import builtins
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

import casestudies.dossier as dossier_module
from casestudies import ouvrir_dossier
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.home.summary import summaries
from casestudies.levelling.kept import KeptLevels, own_level
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Row
from casestudies.livrables.store import Shelf
from casestudies.names import NAMES
from casestudies.study import HOME
from casestudies.valorisation import collecting
from casestudies.valorisation.as_docx import docx_of
from casestudies.valorisation.as_pdf import pdf_of
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
    START,
    TRAINING,
    VALORISATION,
    WHERE,
    first_rows,
)
from casestudies.valorisation.model import Valorisation, same_company
from casestudies.valorisation.page import LIVED, page_data
from casestudies.valorisation.told import Told, not_lived, read_told

TODAY = date(2026, 11, 27)
CODES = list(competencies())
FOLDERS = ("e1-strategie", "e2-performance", "e3-plan-operationnel", "e4-equipe")
PERIOD: Row = {COMPANY: "Librairie d’essai", START: "2026-03-02", END: "2026-06-30", PAPER: "convention.pdf"}


def row(code: str, frame: str | None = REAL, **words: str) -> Row:
    """Return a row that tells everything, but for what ``words`` change."""
    said = {WHERE: "Librairie d’essai, assistante, 2026", **{name: f"{name}, raconté." for name in PARTS}, **words}
    return {COMPETENCY: competencies()[code].heading, FRAME: frame, **said}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study folder with its four folders; the learner stands in the last one, and nobody gives feedback."""
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    (tmp_path / HOME).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "e4-equipe")
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    return tmp_path


@pytest.fixture
def dossier(study: Path) -> Dossier:
    return ouvrir_dossier("septembrune", "lea")


def tell(folder: Path, rows: Iterable[Row], form: Any = VALORISATION) -> None:
    shelf = Shelf(folder)
    shelf.save(form, list(rows), shelf.place(form))


def assembled(study: Path, way: str = "formation", *blocs: str, service: Any = None) -> Valorisation:
    return collecting.collect(study / "e4-equipe", "lea", TODAY, way, blocs, service)


def text_of(file: Valorisation) -> tuple[str, str]:
    """Return what the PDF and the DOCX say, blanks settled."""
    page = page_data(file)
    pdf = pdf_of(page, file.day)
    assert pdf is not None
    said = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    document = docx.Document(io.BytesIO(docx_of(page, file.day)))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return plain(said), plain(" ".join([*(one.text for one in document.paragraphs), *cells]))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


# --- the words


def test_each_folder_begins_with_its_own_competencies_and_nothing_is_told_in_the_learners_place(
    dossier: Dossier, study: Path
) -> None:
    dossier.modele("valorisation")
    book = openpyxl.load_workbook(study / "e4-equipe/livrables/valorisation.xlsx")
    lines = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [line[0][:5] for line in lines if line[0]] == ["3.1.1", "3.2.1", "3.2.2", "3.3.1"]
    assert {cell for line in lines for cell in line[1:]} == {None}
    assert "dossier.valorisation()" in " ".join(str(cell.value) for cell in book["Mode d’emploi"]["A"])
    file = assembled(study)
    assert [one.told for one in file.entries] == [()] * 18, "a row that only names its competency tells nothing"


def test_the_editor_shows_the_same_rows(dossier: Dossier) -> None:
    shown = dossier.editeur("valorisation").grid.shown
    assert [cells[0][0][:5] for _, cells in shown["rows"]] == ["3.1.1", "3.2.1", "3.2.2", "3.3.1"]
    assert shown["title"] == "Mes récits de valorisation"


def test_words_are_gathered_from_every_folder_and_twice_the_same_is_once(study: Path) -> None:
    tell(study / "e1-strategie", [row("1.1.1"), row("1.2.2")])
    tell(study / "e4-equipe", [row("1.1.1"), row("1.1.1", situation="Une autre."), row("3.3.1")])
    file = assembled(study)
    told = {one.competency.code: len(one.told) for one in file.entries if one.told}
    assert told == {"1.1.1": 2, "1.2.2": 1, "3.3.1": 1}
    assert file.complete == 3


@pytest.mark.parametrize("named", [None, "", "9.9.9 autre", "2002-02-01", "1.2", "1.2.2.5"])
def test_a_row_that_names_no_competency_is_said_with_its_words(named: str | None) -> None:
    found = read_told([{COMPETENCY: named, "situation": "Hors de tout. »"}])
    assert not found.by_code
    assert len(found.unplaced) == 1
    assert "Hors de tout" in found.unplaced[0]
    assert found.unplaced[0].count("»") == found.unplaced[0].count("«"), "what is quoted cannot close its marks"


@pytest.mark.parametrize("missing", [*PARTS, WHERE])
def test_what_a_row_lacks_is_named(study: Path, missing: str) -> None:
    tell(study / "e4-equipe", [row("3.3.1", **{missing: ""})])
    for way, asked in (("formation", missing != WHERE), ("vae", True)):
        entry = assembled(study, way).entries[-1]
        assert len(entry.lacks) == asked
        if asked:
            assert entry.lacks[0] in {"entreprise, fonction et dates", PARTS.get(missing, ("",))[0].lower()}


def test_a_dossier_made_of_training_cases_alone_is_said(study: Path) -> None:
    tell(study / "e4-equipe", [row("3.3.1", TRAINING)])
    assert any("s’appuie sur une pratique en entreprise" in one for one in assembled(study).lacks)
    tell(study / "e4-equipe", [row("3.3.1", TRAINING), row("3.2.1")])
    assert not any("s’appuie" in one for one in assembled(study).lacks)


def test_a_whole_story_beside_a_begun_one_lacks_nothing(study: Path) -> None:
    tell(study / "e4-equipe", [row("3.3.1", action=""), row("3.3.1")])
    assert assembled(study).entries[-1].lacks == ()


# --- experience, for a VAE


@pytest.mark.parametrize("company", NAMES)
def test_a_fictional_company_is_never_experience(company: str) -> None:
    for words in (NAMES[company], NAMES[company].upper(), company):
        assert "fictive" in not_lived(Told("1.1.1", REAL, "", {"action": f"Pour {words}, j’ai mesuré."}))
    assert not_lived(Told("1.1.1", REAL, "Librairie d’essai", {"action": "J’ai mesuré."})) == ""
    assert not_lived(Told("1.1.1", TRAINING, "Librairie d’essai")) == "c’est un cas de formation"
    assert "cadre" in not_lived(Told("1.1.1", "", "Librairie d’essai"))


def test_by_vae_nothing_of_the_kit_is_in_the_dossier(study: Path) -> None:
    begin(study)
    tell(study / "e4-equipe", [row("1.1.1"), row("1.2.1", TRAINING), row("1.2.2", action="Chez Kerlavandre, hier.")])
    assert any(one.proofs for one in assembled(study).entries)
    file = assembled(study, "vae")
    assert not any(one.proofs or one.levels for one in file.entries)
    assert file.complete == 1
    pdf, word = text_of(file)
    for said in (pdf, word):
        assert plain(LIVED) in said
        assert "Chez Kerlavandre, hier" not in said
        assert "prêt à relire" not in said
        assert "niveau 3" not in said
        assert "Pratique en entreprise" not in said, "a VAE has no months of practice to count"
        assert "1.2.2, récit non retenu : Kerlavandre est une entreprise fictive du kit." in said
        assert "À écrire : L’entreprise, votre fonction et les dates." in said


def test_a_mixed_way_goes_bloc_by_bloc(study: Path) -> None:
    begin(study)
    tell(study / "e4-equipe", [row("1.1.1", TRAINING), row("3.1.1", TRAINING)])
    file = assembled(study, "mixte", "b3")
    by_code = {one.competency.code: one for one in file.entries}
    assert by_code["1.1.1"].told
    assert by_code["1.1.1"].way == "formation"
    assert not by_code["3.1.1"].told
    assert by_code["3.1.1"].set_aside == ("c’est un cas de formation",)
    assert {one.way for one in file.entries if one.competency.bloc == "B3"} == {"vae"}
    pdf, _ = text_of(file)
    assert "Parcours mixte ; par la VAE : bloc 3" in pdf


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("autre",), "Aucune voie"), (("mixte",), "ni aucun ni tous"), (("vae", "B1"), "voie mixte"),
        (("mixte", "B9"), "Aucun bloc"), (("mixte", "B1", "B2", "B3"), "ni aucun ni tous"),
    ],
)  # fmt: skip
def test_a_way_that_is_none_is_told(dossier: Dossier, asked: tuple[str, ...], said: str) -> None:
    with pytest.raises(CasekitError, match=said):
        dossier.valorisation(*asked)


# --- what the kit holds


def begin(study: Path) -> None:
    """Fill the SWOT of E1, and level it."""
    swot = deliverables()["swot"]
    tell(study / "e1-strategie", [dict.fromkeys(swot.names, None) | {swot.names[0]: "Fo1"}], swot)
    assert KeptLevels(study / "e1-strategie", "lea").add(swot.question, own_level(3, "", (), "", ""))


@pytest.mark.parametrize("ready", [True, False])
def test_a_deliverable_proves_when_it_is_ready(study: Path, ready: bool) -> None:
    begin(study)
    finding = Finding(Outcome.RIGHT if ready else Outcome.WRONG, float(ready), "Prêt." if ready else "À compléter.")
    service = SimpleNamespace(respond=lambda *_: finding, draw=lambda *_: 0)
    tell(study / "e4-equipe", [row("1.1.1", preuve="")])
    entry = assembled(study, service=service).entries[0]
    assert [(one.title, one.place, one.ready) for one in entry.proofs] == [
        ("Tableau SWOT", "e1-strategie, livrables/swot.csv", ready)
    ]
    assert entry.lacks == (() if ready else ("preuve",))
    assert [one.words for one in entry.levels] == ["Tableau SWOT, niveau 3 sur 4"]


def test_a_deliverable_that_cannot_be_read_is_no_proof_and_stops_nothing(study: Path) -> None:
    (study / "e1-strategie/livrables").mkdir()
    (study / "e1-strategie/livrables/swot.xlsx").write_bytes(b"PK abime")
    proofs = assembled(study).entries[0].proofs
    assert [one.ready for one in proofs] == [False]
    assert "swot.xlsx" in proofs[0].title


def test_every_deliverable_serves_a_competency() -> None:
    criteria = collecting.criteria_of_questions()
    known = {code for one in competencies().values() for code in one.criteria}
    lost = [slug for slug, one in deliverables().items() if criteria.get(one.question) not in known]
    assert lost == [], "a deliverable whose question no notebook asks"
    assert {one.assessment for one in summaries()} == {
        code for one in competencies().values() for code in one.assessments
    }


# --- the practice


def test_the_months_are_counted_and_their_proof_listed(study: Path) -> None:
    tell(study / "e4-equipe", [PERIOD, {COMPANY: "Atelier d’essai", START: "2026-06-01", END: None}], PRACTICE)
    tell(study / "e1-strategie", [{COMPANY: "Sans date"}, {**PERIOD, START: "2026-09-01"}], PRACTICE)
    file = assembled(study)
    assert str(file.duration) == "8 mois et 26 jours", "days in two periods at once count once"
    assert [one.proofs for one in file.practised] == [("convention.pdf",), ()]
    assert "Pratique chez Atelier d’essai : aucun justificatif." in file.lacks
    assert [one for one in file.unplaced if one.startswith("Pratique, ligne")] == [
        "Pratique, ligne 1 : écrivez l’entreprise, le premier jour et, si elle est finie, le dernier.",
        "Pratique, ligne 2 : elle finit avant de commencer.",
    ]


def test_two_months_are_not_three(study: Path) -> None:
    tell(study / "e4-equipe", [{**PERIOD, END: "2026-06-01"}], PRACTICE)
    assert "Pratique en entreprise : 3 mois, sur 3 mois demandés." not in assembled(study).lacks
    tell(study / "e4-equipe", [{**PERIOD, END: "2026-05-31"}], PRACTICE)
    assert "Pratique en entreprise : 2 mois et 30 jours, sur 3 mois demandés." in assembled(study).lacks


def test_names_of_companies_are_compared_as_people_write_them() -> None:
    assert same_company(" Librairie  d'Essai", "librairie d’essai")
    assert not same_company("Librairie", "Librairie 2")


# --- the documents


def test_an_empty_dossier_is_a_frame_to_write_in(dossier: Dossier, study: Path) -> None:
    card = dossier.valorisation()
    assert card is not None
    said = plain(card.text())
    assert "0 compétence complète sur 18" in said
    assert f"Rien n’est encore raconté de {', '.join(CODES)}." in said
    assert "aucune période ; 3 mois au moins" in said
    folder = study / "e4-equipe/livrables"
    assert {path.name for path in folder.iterdir()} == {"dossier-de-valorisation.docx", "dossier-de-valorisation.pdf"}
    pdf, word = text_of(assembled(study))
    for text in (pdf, word):
        assert text.count("À écrire :") == 18 * 5
        assert all(code in text for code in CODES)


def test_a_full_dossier_is_complete(dossier: Dossier, study: Path) -> None:
    tell(study / "e4-equipe", [row(code) for code in CODES])
    tell(study / "e4-equipe", [PERIOD], PRACTICE)
    card = dossier.valorisation()
    assert card is not None
    assert "complet" in card.text()
    assert "✓" in card.text()
    for text in text_of(assembled(study)):
        assert "À écrire" not in text
        assert "18 compétences complètes sur 18" in text
        assert text.count("situation, raconté.") == 18


HOSTILE = (
    "=CMD()\x07<script>alert(1)</script> #set page(fill: red) $x$ *gras* @ref \u202eretourné _x000D_ "
    + "Donaudampfschifffahrt" * 20
)


def test_what_a_candidate_writes_is_shown_and_does_nothing(study: Path) -> None:
    tell(study / "e4-equipe", [row("3.3.1", **{WHERE: "W" * 400, **dict.fromkeys(PARTS, HOSTILE)})])
    tell(study / "e4-equipe", [{**PERIOD, COMPANY: HOSTILE[:300], PAPER: "#panic()"}], PRACTICE)
    for text in text_of(assembled(study)):
        assert "=CMD()<script>alert(1)</script> #set page(fill: red) $x$ *gras* @ref" in text
        assert "#panic()" in text
        assert not set(text) & set("\x07\x00\u202e")


def test_a_very_long_story_takes_pages_and_loses_nothing(study: Path) -> None:
    words = " ".join(f"mot{number}" for number in range(1_200))
    tell(study / "e4-equipe", [row("3.3.1", action=words)])
    for text in text_of(assembled(study)):
        assert words in text.replace("Dossier de valorisation", "") or all(f"mot{n}" in text for n in range(1_200))


def test_the_pdf_is_tagged_french_a4_and_the_same_each_time(study: Path) -> None:
    page = page_data(assembled(study))
    made = pdf_of(page, TODAY)
    assert made == pdf_of(page, TODAY)
    assert made is not None
    read = pypdf.PdfReader(io.BytesIO(made))
    assert read.trailer["/Root"]["/Lang"] in ("fr-FR", "fr")
    assert "/StructTreeRoot" in read.trailer["/Root"]
    assert [round(float(side)) for side in read.pages[0].mediabox[2:]] == [595, 842]


def test_without_typst_the_word_document_is_written_and_said_to_be_alone(
    dossier: Dossier, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "casestudies.typesetting":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    card = dossier.valorisation()
    assert card is not None
    assert "Enregistrer au format PDF" in card.text()
    assert [path.name for path in (study / "e4-equipe/livrables").iterdir()] == ["dossier-de-valorisation.docx"]


def test_grading_writes_nothing(dossier: Dossier, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier_module, "being_graded", lambda: True)
    assert dossier.valorisation() is None
    assert not (study / "e4-equipe/livrables").exists()


def test_a_table_that_cannot_be_read_is_told_and_nothing_is_overwritten(dossier: Dossier, study: Path) -> None:
    folder = study / "e1-strategie/livrables"
    folder.mkdir()
    (folder / "valorisation.csv").write_text("titre;autre\nx;y\n", encoding="utf-8")
    with pytest.raises(CasekitError, match=r"e1-strategie/livrables/valorisation\.csv"):
        dossier.valorisation()
    assert (folder / "valorisation.csv").read_text(encoding="utf-8") == "titre;autre\nx;y\n"


def test_the_rows_to_begin_with_name_each_competency_once() -> None:
    rows = first_rows(competencies().values())
    assert [one[COMPETENCY] for one in rows] == [f"{code} {one.statement}" for code, one in competencies().items()]
    assert read_told(rows).by_code == {}
