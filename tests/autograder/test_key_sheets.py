"""A learner's key: what it calls right is right for them, its mistakes are recognised, nothing of a copy acts in it."""

import io
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from test_typography import faults

from autograder.cli import main
from autograder.content import notebooks_folder
from autograder.course.course import Course
from autograder.course.creation import write_config
from autograder.course.private import CONFIDENTIAL
from autograder.grading.records import Record, Result, save_record
from autograder.grading.release import scan
from autograder.key_sheets.build import NoVariantError, assignment_named, build_key_sheet, known_learners
from autograder.key_sheets.model import KeySheet
from autograder.key_sheets.page import as_pdf, page_data
from autograder.key_sheets.table import HEAD, QUESTION, class_table
from autograder.key_sheets.write import FOLDER, TABLE, write_keys
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.choices import Letter
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.evaluation import evaluate, evaluate_all
from autograder.keys.questions import question_of, questions_of
from autograder.keys.variants import accepted_draw
from autograder.privacy import places
from casestudies.answers import encode
from casestudies.answers import settled as as_recorded
from casestudies.choices import shown_options
from casestudies.errors import CasekitError
from casestudies.findings import Outcome
from casestudies.french import number_in
from casestudies.identity import write_json
from casestudies.typesetting import settled
from casestudies.variants import DRAWS_FILE, draw_key

E2, E3, E4 = "e2-performance", "e3-plan-operationnel", "e4-equipe"
CLASS_LIST = "identifiant;prenom;nom\nlea;Léa;Nguyễn\ntom;Tom;\n=1;=cmd|' /C calc'!A0;@SOMME(A1)\nsans;Sans;Chiffres\n"
DRAWN = ("lea", "tom", "=1")
TODAY = date(2027, 3, 1)
HOSTILE = (
    '=HYPERLINK("http://x.invalid","clic")',
    "@SOMME(A1)",
    "#set page(fill: red)\n#panic() $x$ *a*",
    "mot" * 4000,
    "\x1b[31mrouge\u202e\x00",
    "» Bravo, 20/20 «",
)


def draw_of(company: str, learner: str) -> int:
    """Return an accepted draw where values are compared, any other elsewhere: looking for one takes a second."""
    return accepted_draw(company, learner) if learner in ("lea", "tom") or company == "kerlavandre" else 0


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("corriges") / "cours"
    root.mkdir()
    write_config(root)
    (root / "eleves.csv").write_text(CLASS_LIST, encoding="utf-8")
    course = Course(root)
    for name in (E2, E3, E4):
        shutil.copytree(notebooks_folder() / name, course.source(name), ignore=shutil.ignore_patterns("*.md"))
        companies = {one.company for one in questions_of(assignment=name)}
        draws = {draw_key(company, who): draw_of(company, who) for company in companies for who in DRAWN}
        write_json(course.source(name) / DRAWS_FILE, draws)
    return course


@pytest.fixture
def course(model: Course, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model.root, tmp_path / "cours"))


def sheet_of(course: Course, assignment: str, learner: str) -> KeySheet:
    return build_key_sheet(course, assignment, course.learners()[learner], TODAY)


def case_for(assignment: str, learner: str, question: str) -> Case:
    company = question_of(question).company
    return case_of(company, learner, accepted_draw(company, learner))


def graded(course: Course, learner: str, answers: dict[str, Any], notebook: str = "01-indicateurs-promotion") -> None:
    """Keep what grading would keep of these answers."""
    asked = questions_of(notebook=f"{E2}/{notebook}")
    encoded = {one.id: as_recorded(encode(answers.get(one.id))) for one in asked}
    company = asked[0].company
    draw = accepted_draw(company, learner)
    findings = evaluate_all(asked, case_of(company, learner, draw), encoded)
    results = {name: Result(finding, 2 * finding.fraction, 2.0) for name, finding in findings.items()}
    save_record(course.records, Record(E2, notebook, learner, company, draw, "9", encoded, results=results))


def run(course: Course, *arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments, "--cours", str(course.root)])


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def words_of(content: bytes) -> str:
    """Return the words of a PDF in one line, those that were cut at the end of a line whole again."""
    text = re.sub(r"(?:\u00ad|(?<=\w)[-‐])\s*\n\s*", "", "\n".join(pages(content)))
    return " ".join(text.replace("\u00ad", "").split())


@pytest.mark.parametrize("assignment", [E2, E3, E4])
@pytest.mark.parametrize("learner", ["lea", "tom"])
def test_what_the_key_calls_right_earns_everything(model: Course, assignment: str, learner: str) -> None:
    sheet = sheet_of(model, assignment, learner)
    assert [line.question for line in sheet.lines] == [one.id for one in questions_of(assignment=assignment)]
    for line in sheet.lines:
        question = question_of(line.question)
        case = case_for(assignment, learner, line.question)
        assert line.shown
        assert all(line.shown)
        if question.key is None:
            assert line.right is None
            continue
        assert line.right == question.key(case).right
        finding = evaluate(question, case, encode(line.right))
        assert (finding.outcome, finding.fraction) == (Outcome.RIGHT, 1.0), line.question
        for mistake in line.mistakes:
            assert all(mistake.shown)
            for value in mistake.values:
                found = evaluate(question, case, encode(value))
                assert mistake.code in found.misconceptions, (line.question, mistake.code)


@pytest.mark.parametrize("assignment", [E2, E4])
def test_what_is_written_of_a_number_is_accepted_as_an_answer(model: Course, assignment: str) -> None:
    for learner in ("lea", "tom"):
        for line in sheet_of(model, assignment, learner).lines:
            check = question_of(line.question).check
            if isinstance(check, CloseTo):
                read = number_in(line.shown[0].split("\u00a0")[0])
                assert read is not None, line.shown
                value = read / 100 if check.unit == PROPORTION else read
                case = case_for(assignment, learner, line.question)
                assert evaluate(question_of(line.question), case, encode(value)).outcome is Outcome.RIGHT, line.shown


def test_two_learners_have_other_values_and_letters_of_their_own(model: Course) -> None:
    lea, tom = (sheet_of(model, E2, name) for name in ("lea", "tom"))
    numbers = [(a.right, b.right) for a, b in zip(lea.lines, tom.lines, strict=True) if isinstance(a.right, float)]
    assert sum(a != b for a, b in numbers) > 0.9 * len(numbers) > 30
    for sheet in (lea, tom):
        for line in sheet.lines:
            question = question_of(line.question)
            if isinstance(question.check, Letter):
                company = case_for(E2, sheet.learner.id, line.question).company
                options = shown_options(question.id, company.slug, company.learner, company.draw)
                letter, _, wording = line.shown[0].partition(". ")
                assert wording == options["ABCDEFGH".index(letter)]


def test_the_draw_is_the_one_that_was_given_out_or_graded(course: Course) -> None:
    write_json(course.source(E2) / DRAWS_FILE, {draw_key("kerlavandre", "lea"): 7})
    assert [one.draw for one in sheet_of(course, E2, "lea").variants] == [7]
    save_record(course.records, Record(E2, "03-budget", "lea", "kerlavandre", 5, "9"))
    sheet = sheet_of(course, E2, "lea")
    assert [one.draw for one in sheet.variants] == [5]
    right = question_of("q1-sessions").key
    assert right is not None
    line = next(one for one in sheet.lines if one.question == "q1-sessions")
    assert line.right == right(case_of("kerlavandre", "lea", 5)).right
    with pytest.raises(NoVariantError, match="casekit release e2-performance"):
        sheet_of(course, E2, "tom")


def test_an_assignment_about_several_companies_names_each_variant(model: Course) -> None:
    sheet = sheet_of(model, E3, "lea")
    assert {one.company for one in sheet.variants} == {"treziflow", "hetrabelle", "isolombre", "bocanterre"}
    assert "Isolombre, tirage" in dict(page_data(sheet)["facts"])["Variante"]


def test_a_question_that_the_notebook_left_out_is_not_there(course: Course) -> None:
    path = course.source(E4) / "01-organiser.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"o1-niveau"', '"autre"'), encoding="utf-8")
    (course.source(E4) / "02-animer.ipynb").unlink()
    asked = [line.question for line in sheet_of(course, E4, "lea").lines]
    assert "o1-rare" in asked
    assert not {"o1-niveau", "t2-enps"} & set(asked)


@pytest.mark.parametrize("assignment", [E2, E3, E4])
def test_every_page_is_confidential_and_in_french(model: Course, assignment: str) -> None:
    sheet = sheet_of(model, assignment, "lea")
    data = settled(page_data(sheet))
    texts = [*data["reading"]["texts"], *data["header"]]
    for notebook in data["notebooks"]:
        for row in notebook["rows"]:
            texts += [
                row["title"],
                row["method"],
                *row["right"],
                *(f"{m['said']} {m['gives']}" for m in row["mistakes"]),
            ]
    assert [fault for text in texts for fault in faults(text)] == []
    assert not [text for text in texts if "**" in text or "`" in text]
    content = as_pdf(sheet)
    read = pages(content)
    assert len(read) > 3
    assert all(CONFIDENTIAL in page for page in read)
    assert all(question_of(line.question).id[:6] in " ".join(read) for line in sheet.lines)
    assert "Questions pour un entretien" in " ".join(read)
    assert assignment != E4 or as_pdf(sheet) == content, "the same every time"


def test_a_graded_copy_stands_beside_the_key_with_its_verdict(course: Course) -> None:
    case = case_for(E2, "lea", "q1-sessions")
    key = question_of("q1-conversion").key
    assert key is not None
    right = question_of("q1-sessions").key(case).right  # type: ignore[misc]
    wrong = next(one for one in key(case).wrong if one.misconception == "M01")
    graded(course, "lea", {"q1-sessions": right, "q1-conversion": wrong.value, "q1-audience": "B"})
    sheet = sheet_of(course, E2, "lea")
    assert sheet.is_graded
    lines = {one.question: one for one in sheet.lines}
    given = lines["q1-conversion"].handed_in
    assert given is not None
    assert (given.outcome, given.points, given.to_ask[-1:]) == (Outcome.MISCONCEPTION, 0.0, "?")
    assert lines["q2-note"].handed_in is None, "no copy of that notebook was graded"
    read = words_of(as_pdf(sheet))
    assert f"Erreur reconnue, 0 / 2 ({given.mistakes[0]})" in read
    assert "Juste, 2 / 2" in read
    assert "Rendu : rien" in read


def test_a_hostile_answer_is_quoted_everywhere(course: Course) -> None:
    asked = [one.id for one in questions_of(notebook=f"{E2}/01-indicateurs-promotion")]
    answers: dict[str, Any] = dict(zip(asked, HOSTILE, strict=False))
    answers[asked[len(HOSTILE)]] = {'=HYPERLINK("x")': 1.0, "#panic()": [1.0, None]}
    answers["q1-tableau"] = [{"=1+1": "=2"} for _ in range(500)]
    graded(course, "=1", answers)
    graded(course, "lea", {})
    sheets = [sheet_of(course, E2, name) for name in ("lea", "tom", "=1")]
    said = [line.handed_in.shown for line in sheets[2].lines if line.handed_in]
    assert max(map(len, said)) < 400
    assert not [one for one in said if "\x1b" in one or "\u202e" in one or "\x00" in one or "\n" in one]
    content = as_pdf(sheets[2])
    read = words_of(content)
    assert "#set page" in read
    assert "tableau : 500 lignes, 1 colonne" in read
    book = openpyxl.load_workbook(io.BytesIO(class_table(sheets)))
    assert book.sheetnames == ["Valeurs justes", "Erreurs connues", "Réponses rendues"]
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    heads = [cell.value for cell in book["Réponses rendues"][HEAD]]
    assert heads[-1].startswith("=cmd"), "shown as it is, as a text"
    assert book["Réponses rendues"].cell(HEAD, len(heads)).quotePrefix


def test_the_class_table_holds_numbers_that_a_spreadsheet_reads(model: Course) -> None:
    sheets = [sheet_of(model, E2, name) for name in ("lea", "tom")]
    book = openpyxl.load_workbook(io.BytesIO(class_table(sheets)))
    assert book.sheetnames == ["Valeurs justes", "Erreurs connues"]
    page = book["Valeurs justes"]
    assert page["A2"].value == CONFIDENTIAL
    assert page.oddHeader.center.text == CONFIDENTIAL
    assert page.freeze_panes == f"G{HEAD + 1}"
    assert page.auto_filter.ref.startswith(f"A{HEAD}:H")
    rows = {(row[3].value, row[4].value): row for row in page.iter_rows(min_row=HEAD + 1)}
    right = {
        name: question_of("q1-conversion").key(case_for(E2, name, "q1-conversion")).right for name in ("lea", "tom")
    }
    found = rows["q1-conversion", None]
    assert [cell.value for cell in found[len(QUESTION) :]] == pytest.approx(list(right.values()))
    assert found[6].number_format.endswith("%")
    assert rows["q1-sessions", None][6].number_format == "#,##0"
    spent = question_of("q3-depenses-levier").key(case_for(E2, "tom", "q3-depenses-levier")).right
    assert {label: row[7].value for (name, label), row in rows.items() if name == "q3-depenses-levier"} == (
        pytest.approx(spent)
    )
    wrong = {(row[3].value, row[6].value): row[8].value for row in book["Erreurs connues"].iter_rows(min_row=HEAD + 1)}
    stated = question_of("q1-conversion").key(case_for(E2, "lea", "q1-conversion")).wrong
    expected = next(one.value for one in stated if one.misconception == "M01")
    assert wrong["q1-conversion", "M01"] == pytest.approx(expected)


def test_the_command_writes_where_only_the_trainer_looks(course: Course) -> None:
    result = run(course, "corrige", "E4", "lea", "tom")
    assert result.exit_code == 0, result.output
    folder = course.root / FOLDER / E4
    assert sorted(path.name for path in folder.iterdir()) == ["corrige-lea.pdf", "corrige-tom.pdf"]
    assert {path.stat().st_mode & 0o077 for path in (folder, folder.parent, *folder.iterdir())} == {0}
    assert "Confidentiel" in result.output
    assert (places.own_files(course, "lea"), places.shared_files(course)) == ([folder / "corrige-lea.pdf"], [])


def test_a_class_is_written_but_for_who_has_no_figures(course: Course) -> None:
    result = run(course, "corrige", E4, "--tous")
    assert result.exit_code == 1
    assert "« sans » n’a pas encore de chiffres pour Agence Septembrune" in result.output.replace("\u00a0", " ")
    folder = course.root / FOLDER / E4
    assert {path.name for path in folder.iterdir()} == {TABLE, *(f"corrige-{name}.pdf" for name in DRAWN)}
    assert places.shared_files(course) == [folder / TABLE]


def test_the_table_alone_is_written_without_pages(course: Course) -> None:
    written = write_keys(course, E4, known_learners(course, ["lea"]), table=True, pages=False)
    assert [path.name for path in written.files] == [TABLE]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("E2", "leo"), "Vouliez-vous dire « lea » ?"),
        (("E2", "x" * 300), "identifiant est trop long"),
        (("E9", "lea"), "Évaluations présentes"),
        (("E1", "lea"), "Le cours n’a pas d’évaluation E1"),
        (("../ailleurs", "lea"), "Évaluations présentes"),
        (("E2",), "--tous"),
        (("E2", "lea", "--tous"), "Choisissez"),
    ],
)
def test_a_mistake_of_use_is_said_in_french(model: Course, arguments: tuple[str, ...], words: str) -> None:
    result = run(model, "corrige", *arguments)
    assert result.exit_code == 2
    assert words in result.output.replace("\u00a0", " ")
    assert "Traceback" not in result.output


def test_a_code_that_two_assignments_share_asks_which(course: Course) -> None:
    shutil.copytree(course.source(E4), course.source("e4-rattrapage"))
    assert assignment_named(course, "e4-equipe") == E4
    with pytest.raises(CasekitError, match="« e4-equipe », « e4-rattrapage »"):
        assignment_named(course, "e4")
    with pytest.raises(CasekitError, match="aucune question du kit"):
        build_key_sheet(course, "e4-rattrapage", course.learners()["lea"])


def test_a_copy_without_identities_has_no_key(course: Course) -> None:
    write_config(course.root, anonymised=True)
    result = run(Course(course.root), "corrige", "E4", "lea")
    assert result.exit_code == 2
    assert "copie sans identité" in result.output


def test_a_key_that_strays_into_what_is_released_is_seen(model: Course, tmp_path: Path) -> None:
    sheet = sheet_of(model, E4, "lea")
    (tmp_path / "plan.pdf").write_bytes(as_pdf(sheet))
    (tmp_path / "modele.xlsx").write_bytes(class_table([sheet]))
    assert {leak.rpartition(" ")[2] for leak in scan(tmp_path)} == {"plan.pdf", "modele.xlsx"}
