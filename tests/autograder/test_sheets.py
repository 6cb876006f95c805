"""From a course to sheets, on a real gradebook: verdicts, reasons, exports that open."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course.course import Course
from autograder.course.creation import write_config
from autograder.grading.records import Incident, Record, Result, save_record
from autograder.keys.questions import Question, Review, all_keys
from autograder.sheets import build
from autograder.sheets.build import build_sheets
from autograder.sheets.centre import Centre
from autograder.sheets.csv_out import as_csv
from autograder.sheets.exports import print_sheets, write_sheets
from autograder.sheets.json_out import as_json
from autograder.sheets.model import Sheet, Verdict
from autograder.sheets.wording import SHORT
from autograder.sheets.xlsx_class import RESULTS
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.seeds import seed_of

pytestmark = pytest.mark.slow

ASSIGNMENT = "e2-performance"
NOTEBOOKS = tuple(dict.fromkeys(series.notebook.partition("/")[2] for series in all_keys("e2-performance")))
FIRST, SECOND, THIRD = NOTEBOOKS[:3]
TODAY = date(2026, 3, 1)
HINTS = ("a", "b", "c")
LONG = "Maximilienne-Anne-Élisabeth de Saint-Barthélemy-d’Anjou Vandenbroucke-Castelnaudary"
CLASS_LIST = f"""identifiant;prenom;nom
lea;Léa;Nguyễn
rien;Noé;Ferrand
abime;Inès;Ça
longue;{LONG};O'Connor
=1;=cmd|' /C calc'!A0;@SOMME(A1)
_#[x];#set text(red);$x$ *gras* @ref
pas-corrige;Zoé;Petit
"""


def _question(name: str, criterion: str, notebook: str) -> Question:
    return Question(name, f"Titre de {name}", criterion, lambda *_: RIGHT, HINTS, notebook=f"{ASSIGNMENT}/{notebook}")


RIGHT = Finding(Outcome.RIGHT, 1.0, "Juste.")
BLANK = Finding(Outcome.NOT_ATTEMPTED, 0.0, "Donnez une réponse, puis relancez la cellule.")
KNOWN = Finding(Outcome.MISCONCEPTION, 0.0, "Erreur.", "", ("M04",))
TODO = Finding(
    Outcome.TO_COMPLETE, 0.5, "La forme est à compléter.", "", (), ("Colonne « Levier » : case vide à la ligne 3.",)
)
QUESTIONS = [
    _question("q-sessions", "B1-C12", FIRST),
    _question("q-taux", "B1-C12", FIRST),
    _question("q-increment", "B1-C13", SECOND),
    _question("q-postes", "B1-C14", THIRD),
    _question("q-roi", "B1-C15", THIRD),
    _question("q-ecarts", "B1-C16", THIRD),
]
REVIEWS = [
    Review("r-note", "Note à la direction", "B1-C13", f"{ASSIGNMENT}/{SECOND}"),
    Review("r-postes", "Commentaire des postes", "B1-C14", f"{ASSIGNMENT}/{THIRD}"),
    Review("r-preco", "Préconisations", "B1-C16", f"{ASSIGNMENT}/{THIRD}"),
    Review("r-preco-2", "Préconisation chiffrée", "B1-C16", f"{ASSIGNMENT}/{THIRD}"),
]
LOST = Incident("illisible", f"« {SECOND}.ipynb » : le fichier est abîmé.", "Demandez un nouveau dépôt.", SECOND)
TIMEOUT = Incident("temps-depasse", "1 cellule(s) arrêtée(s).", "Demandez de corriger la boucle.", THIRD)


@pytest.fixture(scope="module", autouse=True)
def _plan() -> Iterator[None]:
    """Put the questions of this file in the place of the kit's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "questions_of", lambda assignment: QUESTIONS)
        patch.setattr(build, "reviews_of", lambda assignment: REVIEWS)
        yield


@pytest.fixture
def course(class_folder: Path, tmp_path: Path) -> Course:
    """Return a course of one's own to change."""
    return Course(shutil.copytree(class_folder, tmp_path / "cours"))


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a course: three notebooks released, three people graded, one corrupt file, one not graded, two absent."""
    root = tmp_path_factory.mktemp("cours")
    write_config(root)
    source = root / "notebooks" / ASSIGNMENT
    source.mkdir(parents=True)
    for name in NOTEBOOKS:
        nbformat.write(nbformat.v4.new_notebook(), source / f"{name}.ipynb")
    (root / "eleves.csv").write_text(CLASS_LIST, encoding="utf-8")
    made = Course(root)
    with Gradebook(made.db_url, made.config.CourseDirectory.course_id) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        for name in NOTEBOOKS:
            gradebook.add_notebook(name, ASSIGNMENT)
        for part in (*QUESTIONS, *REVIEWS):
            notebook = part.notebook.rpartition("/")[2]
            review = isinstance(part, Review)
            points, kind = (4, "markdown") if review else (2, "code")
            gradebook.add_grade_cell(part.id, notebook, ASSIGNMENT, max_score=points, cell_type=kind)
            if review:
                gradebook.add_solution_cell(part.id, notebook, ASSIGNMENT)
        for learner in made.learners():
            gradebook.add_student(learner)
    _hand_in(made, "lea", {})
    _mark(made, "lea", {"r-note": 4, "r-postes": 3, "r-preco": 4, "r-preco-2": 3})
    _hand_in(made, "longue", {"q-sessions": BLANK, "q-taux": KNOWN, "q-postes": TODO}, [TIMEOUT])
    _mark(made, "longue", {"r-note": 2, "r-preco": 4, "q-taux": 1}, comment="Très long commentaire, à replier. " * 60)
    _mark(made, "longue", {"r-postes": None}, auto=0)
    _hand_in(made, "abime", {}, [LOST], without=SECOND)
    _hand_in(made, "_#[x]", {})
    _mark(made, "_#[x]", {"r-note": 4}, comment="#panic() *gras* $x$ <étiquette> " + "x" * 200 + "\n= titre")
    (made.folder("submitted") / "pas-corrige" / ASSIGNMENT).mkdir(parents=True)
    return root


def _hand_in(
    course: Course,
    learner: str,
    findings: dict[str, Finding],
    incidents: list[Incident] | None = None,
    without: str = "",
) -> None:
    for name in NOTEBOOKS:
        asked = [question.id for question in QUESTIONS if question.notebook.endswith(name) and name != without]
        results = {one: Result(findings.get(one, RIGHT), 2.0 * findings.get(one, RIGHT).fraction, 2.0) for one in asked}
        mine = [incident for incident in incidents or [] if incident.notebook == name]
        draw = None if name == without else 1
        record = Record(ASSIGNMENT, name, learner, "kerlavandre", draw, "9.9", results=results, incidents=mine)
        save_record(course.records, record)


def _mark(
    course: Course, learner: str, scores: dict[str, float | None], comment: str = "", auto: float | None = None
) -> None:
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        gradebook.update_or_create_submission(ASSIGNMENT, learner)
        for name, score in scores.items():
            notebook = next(part.notebook for part in (*QUESTIONS, *REVIEWS) if part.id == name).rpartition("/")[2]
            grade = gradebook.find_grade(name, notebook, ASSIGNMENT, learner)
            grade.manual_score, grade.auto_score, grade.needs_manual_grade = score, auto, False
            if comment and name.startswith("r-"):
                gradebook.find_comment(name, notebook, ASSIGNMENT, learner).manual_comment = comment
        gradebook.db.commit()


@pytest.fixture(scope="module")
def sheets(class_folder: Path) -> dict[str, Sheet]:
    return {sheet.learner.id: sheet for sheet in build_sheets(Course(class_folder), ASSIGNMENT, TODAY)}


def _verdicts(sheet: Sheet) -> list[str]:
    return [row.verdict.value for row in sheet.criteria]


def _row(sheet: Sheet, code: str) -> Any:
    return next(row for row in sheet.criteria if row.code == code)


def test_whole_work_is_acquired_and_the_bloc_waits_for_the_other_assessment(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["lea"]
    assert _verdicts(sheet) == ["acquis"] * 5
    assert [(row.auto_level, row.review_level, row.level) for row in sheet.criteria] == [
        (4, None, 4), (4, 4, 4), (4, 3, 3), (4, None, 4), (4, 3, 3),
    ]  # fmt: skip
    assert [row.verdict for row in sheet.competencies] == [Verdict.ACQUIRED, Verdict.ACQUIRED]
    assert sheet.bloc.verdict is None
    assert "E1 et E2" in sheet.bloc.explanation
    assert sheet.variants[0].seed == seed_of("kerlavandre", "lea", 1).hex()
    assert (sheet.kit_version, sheet.assessment.code, sheet.centre) == ("9.9", "E2", Centre())
    assert [(one.notebook, one.criteria, one.kit_version) for one in sheet.sources] == [
        (FIRST, ("B1-C12",), "9.9"), (SECOND, ("B1-C13",), "9.9"), (THIRD, ("B1-C14", "B1-C15", "B1-C16"), "9.9"),
    ]  # fmt: skip


def test_nothing_handed_in_is_never_a_zero(sheets: dict[str, Sheet]) -> None:
    for name, reason, verdict in (
        ("rien", "Absent : aucune copie remise. Ce n’est pas un zéro", "absent"),
        ("pas-corrige", "correction pas encore lancée", "à relire"),
    ):
        sheet = sheets[name]
        assert _verdicts(sheet) == [verdict] * 5
        assert {row.verdict.value for row in sheet.competencies} == {verdict}
        assert {row.auto_points for row in sheet.criteria} == {None}
        assert {row.level for row in sheet.criteria} == {None}
        assert all(reason in " ".join(row.reasons) for row in sheet.criteria)
        assert sheet.variants[0].draw is None


def test_a_corrupt_notebook_leaves_its_criteria_to_review_with_the_reason(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["abime"]
    assert _verdicts(sheet) == ["acquis", "à relire", "à relire", "acquis", "à relire"]
    row = _row(sheet, "B1-C13")
    assert row.reasons == (f"Copie non corrigée : {LOST.what} {LOST.advice}",)
    assert row.auto_points is None
    assert LOST in sheet.incidents


def test_every_missing_point_has_its_reason(sheets: dict[str, Sheet]) -> None:
    sheet = sheets["longue"]
    first = _row(sheet, "B1-C12")
    assert (first.auto_points, first.auto_max, first.level, first.verdict) == (1, 4, 1, Verdict.NOT_ACQUIRED)
    said = "\n".join(first.reasons)
    assert "Pas encore de réponse : « Titre de q-sessions ». Donnez une réponse" in said
    assert "Erreur reconnue (« Rapport inversé ») : « Titre de q-taux »." in said
    assert "« Titre de q-taux » : points modifiés par le formateur (0 → 1)." in said
    assert first.changed
    note = _row(sheet, "B1-C13")
    assert (note.auto_level, note.review_level, note.level, note.verdict) == (4, 2, 2, Verdict.PARTIAL)
    assert "celui de la relecture (machine 4, relecture 2)" in note.reasons[0]
    posts = _row(sheet, "B1-C14")
    assert (posts.level, posts.verdict) == (1, Verdict.NOT_ACQUIRED)
    assert "À compléter : « Titre de q-postes ». Colonne « Levier » : case vide à la ligne 3." in posts.reasons
    assert "rien n’est rédigé" in " ".join(posts.reasons)
    assert posts.review_level is None, "nobody read it"
    assert "relecture 1" not in " ".join(posts.reasons)
    assert TIMEOUT.what in posts.reasons
    advice = _row(sheet, "B1-C16")
    assert (advice.verdict, advice.review_level) == (Verdict.TO_REVIEW, None)
    assert "« Préconisation chiffrée » : à relire par le formateur." in advice.reasons
    assert [(one.id, one.count) for one in sheet.mistakes] == [("M04", 1)]


def test_a_review_survives_another_grading_and_says_so(course: Course) -> None:
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        gradebook.find_grade("r-note", SECOND, ASSIGNMENT, "lea").needs_manual_grade = True
        gradebook.db.commit()
    row = _row(build_sheets(course, ASSIGNMENT)[0], "B1-C13")
    assert row.verdict is Verdict.ACQUIRED
    assert "corrigée de nouveau depuis la relecture" in " ".join(row.reasons)


def test_points_given_by_hand_stand_for_a_notebook_that_could_not_be_graded(course: Course) -> None:
    _mark(course, "abime", {"q-increment": 2, "r-note": 3})
    row = _row({sheet.learner.id: sheet for sheet in build_sheets(course, ASSIGNMENT)}["abime"], "B1-C13")
    assert (row.auto_points, row.level, row.verdict) == (2, 3, Verdict.ACQUIRED)
    assert "modifiés par le formateur (non corrigé → 2)" in " ".join(row.reasons)


def test_a_damaged_record_counts_as_not_graded(course: Course) -> None:
    (course.records / ASSIGNMENT / "lea" / f"{FIRST}.json").write_text("{", encoding="utf-8")
    sheets = build_sheets(course, ASSIGNMENT)
    assert _row(sheets[0], "B1-C12").verdict is Verdict.TO_REVIEW
    assert "est abîmé" in _row(sheets[0], "B1-C12").reasons[0]
    assert _row(sheets[0], "B1-C15").verdict is Verdict.ACQUIRED


def test_somebody_outside_the_class_list_gets_a_sheet_and_a_warning(course: Course) -> None:
    _hand_in(course, "inconnue", {})
    sheet = build_sheets(course, ASSIGNMENT)[-1]
    assert (sheet.learner.id, sheet.incidents[-1].code) == ("inconnue", "hors-liste")


def test_unknown_or_unreleased_assignments_are_refused_in_french(course: Course) -> None:
    with pytest.raises(CasekitError, match="n’a pas d’évaluation"):
        build_sheets(course, "e9")
    for name, words in (("autre", "ne correspond à aucune évaluation"), ("e1-strategie", "pas encore été distribuée")):
        folder = course.root / "notebooks" / name
        folder.mkdir()
        nbformat.write(nbformat.v4.new_notebook(), folder / "01.ipynb")
        with pytest.raises(CasekitError, match=words):
            build_sheets(course, name)


def test_a_criterion_that_no_question_covers_is_to_review(course: Course) -> None:
    folder = course.root / "notebooks" / "e4-equipe"
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), folder / "01.ipynb")
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        gradebook.add_assignment("e4-equipe")
    sheet = build_sheets(course, "e4-equipe")[0]
    assert {row.verdict for row in sheet.criteria} == {Verdict.TO_REVIEW}
    assert all("Aucune question" in row.reasons[0] for row in sheet.criteria)
    assert sheet.bloc.verdict is Verdict.TO_REVIEW
    assert len(write_sheets([sheet], course.root / "s")) == 8


def test_an_empty_class_has_exports_too(tmp_path: Path) -> None:
    assert [path.suffix for path in write_sheets([], tmp_path)] == [".json", ".csv", ".xlsx"]
    print_sheets([])


def test_json_has_the_agreed_keys_and_no_name(sheets: dict[str, Sheet]) -> None:
    text = as_json(list(sheets.values()))
    read = json.loads(text)
    assert {tuple(sorted(one)) for one in read} == {(
        "assessment", "centre", "criteria", "data_version", "kit_version", "learner", "qualities", "variant",
    )}  # fmt: skip
    assert read[0]["learner"] == "lea"
    assert read[0]["criteria"]["B1-C12"]["auto"] | {"points": 4.0, "max": 4.0} == read[0]["criteria"]["B1-C12"]["auto"]
    assert read[1]["criteria"]["B1-C12"]["auto"]["points"] is None
    assert (read[1]["criteria"]["B1-C12"]["level"], read[1]["criteria"]["B1-C12"]["verdict"]) == (None, "absent")
    assert "Nguyễn" not in text


def test_csv_opens_in_a_french_spreadsheet_and_holds_no_formula(sheets: dict[str, Sheet]) -> None:
    content = as_csv(list(sheets.values()))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5 * len(sheets)
    assert rows[0]["nom"] == "Nguyễn"
    assert {row["prenom"] for row in rows if row["identifiant"] == "'=1"} == {"'=cmd|' /C calc'!A0"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_workbook_has_a_page_per_candidate_and_no_formula(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    path = write_sheets(list(sheets.values()), tmp_path / "x", ("xlsx",))[0]
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(sheets) + 1
    assert all(len(name) <= 31 for name in book.sheetnames)
    cells = [cell for one in book for line in one.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    odd = [cell for cell in cells if cell.data_type == "s" and cell.value.startswith(("=", "@"))]
    assert odd
    assert all(cell.quotePrefix for cell in odd)


def test_the_results_of_a_class_are_numbers_that_filter_and_print(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    page = openpyxl.load_workbook(write_sheets(list(sheets.values()), tmp_path / "x", ("xlsx",))[0])[RESULTS]
    head = [cell.value for cell in page[4]]
    assert len(set(head)) == len(head) == 2 + 3 * 5
    assert head[:3] == ["Apprenant", "Identifiant", "B1-C12\nniveau"]
    assert head[-5] == "B1-C12\npoints sur 4"
    people = {page.cell(line, 2).value: line for line in range(5, 5 + len(sheets))}
    assert list(people) == list(sheets)
    for name, sheet in sheets.items():
        line = [cell.value for cell in page[people[name]]]
        assert line[2:7] == [row.level for row in sheet.criteria]
        assert [text.replace("\xa0", " ") for text in line[7:12]] == [SHORT[row.verdict] for row in sheet.criteria]
        assert line[12:17] == [row.auto_points for row in sheet.criteria]
    assert [page.cell(5, column).data_type for column in (3, 13)] == ["n", "n"]
    assert (page.auto_filter.ref, page.freeze_panes) == (f"A4:Q{4 + len(sheets)}", "C5")
    assert (page.print_title_rows, page.print_title_cols) == ("$4:$4", "$A:$B")
    assert [one.id for one in page.col_breaks.brk] == [7, 12]


def _pages(folder: Path, name: str) -> Iterator[str]:
    for page in pypdf.PdfReader(folder / f"fiche-{name}.pdf").pages:
        yield " ".join(page.extract_text().split())


def test_pdf_is_french_tagged_and_reads_no_markup(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    written = write_sheets(list(sheets.values()), tmp_path, ("pdf",))
    assert len(written) == len(sheets)
    assert not list(tmp_path.glob(".*.tmp"))
    for path in written:
        reader = pypdf.PdfReader(path)
        root: Any = reader.trailer["/Root"]
        assert root["/Lang"].lower().startswith("fr")
        assert root["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in root
        assert reader.metadata is not None
        assert str(reader.metadata.title).startswith("Fiche d’évaluation E2")
        assert b"pdfuaid" in root["/Metadata"].get_data()
        assert [round(float(size)) for size in reader.pages[0].mediabox[2:]] == [595, 842]
    text = " ".join(_pages(tmp_path, "lea"))
    assert "Léa Nguyễn" in text
    assert "1er mars 2026" in text
    assert "casekit 9.9" in text
    assert "Page 1 / " in text
    odd = " ".join(_pages(tmp_path, "_#[x]"))
    assert "#set text(red)" in odd
    assert "#panic() *gras* $x$ <étiquette>" in odd
    assert "aucune copie remise" in " ".join(_pages(tmp_path, "rien"))


@pytest.mark.parametrize("name", ["王小明", "محمد", "Zoë 🎓", "Ω\U000f0000", "a\x00\ud800b", "x" * 3000])
def test_no_name_stops_an_export(sheets: dict[str, Sheet], tmp_path: Path, name: str) -> None:
    from dataclasses import replace

    from autograder.course.class_list import Learner

    odd = replace(sheets["lea"], learner=Learner("odd", name))
    assert len(write_sheets([odd], tmp_path)) == 8
    assert pypdf.PdfReader(tmp_path / "fiche-odd.pdf").pages


def test_the_same_sheet_is_the_same_pdf(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    first, second = (write_sheets([sheets["lea"]], tmp_path / name, ("pdf",))[0].read_bytes() for name in ("a", "b"))
    assert first == second


def test_a_failed_writing_leaves_the_former_file(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    (tmp_path / "fiches.csv").mkdir()
    with pytest.raises(CasekitError, match="Impossible d’écrire"):
        write_sheets([sheets["lea"]], tmp_path, ("csv",))
    assert [path.name for path in tmp_path.glob("*fiches*")] == ["fiches.csv"]


def test_the_command_prints_json_alone_and_writes_the_rest_under_build(course: Course) -> None:
    run = CliRunner().invoke
    shown = run(main, ["sheets", ASSIGNMENT, "--format", "json", "--cours", str(course.root)])
    assert shown.exit_code == 0
    assert [one["learner"] for one in json.loads(shown.stdout)][:2] == ["lea", "rien"]
    assert not (course.root / "build" / "fiches").exists()
    written = run(main, ["sheets", ASSIGNMENT, "--cours", str(course.root)])
    assert written.exit_code == 0, written.output
    folder = course.root / "build" / "fiches" / ASSIGNMENT
    assert {path.suffix for path in folder.iterdir()} == {
        ".json",
        ".csv",
        ".xlsx",
        ".pdf",
        ".docx",
        ".html",
        ".png",
        ".svg",
    }
    alone = run(
        main, ["sheets", ASSIGNMENT, "--classe", "--sortie", str(course.root / "c"), "--cours", str(course.root)]
    )
    assert alone.exit_code == 0, alone.output
    assert sorted(path.name for path in (course.root / "c").iterdir()) == ["classe.html", "classe.png", "classe.svg"]
    elsewhere = run(
        main,
        ["sheets", ASSIGNMENT, "--format", "json", "--sortie", str(course.root / "s"), "--cours", str(course.root)],
    )
    assert elsewhere.exit_code == 0
    assert (course.root / "s" / "fiches.json").is_file()


def test_the_command_writes_the_sheets_of_the_people_named_alone(course: Course) -> None:
    folder = course.root / "build" / "fiches" / ASSIGNMENT

    def run(*options: str) -> Any:
        return CliRunner().invoke(main, ["sheets", ASSIGNMENT, *options, "--cours", str(course.root)])

    written = run("--apprenant", "lea", "--apprenant", "rien", "--apprenant", "lea")
    assert written.exit_code == 0, written.output
    names = {f"fiche-{name}.{kind}" for name in ("lea", "rien") for kind in ("pdf", "docx")}
    assert {path.name for path in folder.iterdir()} == names
    shown = run("--apprenant", "lea", "--format", "json")
    assert [one["learner"] for one in json.loads(shown.stdout)] == ["lea"]
    unknown = run("--apprenant", "léa")
    assert unknown.exit_code != 0
    assert "Pas de fiche pour « léa »" in " ".join(unknown.output.split())
    for options in (["--format", "csv"], ["--classe"]):
        refused = run("--apprenant", "lea", *options)
        assert refused.exit_code == 2
        assert "les fichiers de la classe ne sont pas écrits" in " ".join(refused.output.split())
    assert {path.name for path in folder.iterdir()} == names
