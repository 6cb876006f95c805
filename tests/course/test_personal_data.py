"""Personal data in a real course: exports that name only what is needed, a copy without names, somebody erased."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook
from personal import (
    ASSIGNMENT,
    CLASS_LIST,
    COMPANY,
    EMPLOYER,
    MAELYS,
    NAMES,
    NOTEBOOKS,
    QUENTIN,
    SECRET,
    STRANGE,
    personal_course,
)
from servers import postgresql
from sqlalchemy import Connection, create_engine, inspect, text
from test_exports import read_as_moodle
from test_typography import faults

from autograder.certification.model import Decided, JurySession, Ruling
from autograder.certification.register import Register
from autograder.cli import main
from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.exports.flat import flat_tables
from autograder.exports.moodle import MoodleKey, gradebook
from autograder.grading.feedback.write import write_feedback
from autograder.grading.records import Record, read_records, save_record
from autograder.grading.regrading import regrade
from autograder.grading.release import release
from autograder.grading.run import grade_class
from autograder.privacy import anonymising, forgetting, places, trace
from autograder.privacy.database import write_anew
from autograder.privacy.forgetting import forget, plan_of
from autograder.privacy.masking import SHARED, People
from autograder.review.store import ReviewStore
from autograder.sheets.build import build_sheets
from autograder.sheets.exports import write_sheets
from casestudies.errors import CasekitError
from casestudies.variants import DRAWS_FILE, draw_key, known_draw

pytestmark = pytest.mark.xdist_group("personal")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return personal_course(tmp_path_factory.mktemp("personnel") / "cours").root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model, tmp_path / "cours"))


def run(course: Course, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--cours", str(course.root)])
    assert result.exit_code == 0, result.output
    return result.output


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))


def said(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield all that files say: their bytes, the parts of archives, the text of PDF pages."""
    for path in paths:
        yield path, path.read_bytes().decode("utf-8", "replace")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for part in archive.namelist():
                    yield path, archive.read(part).decode("utf-8", "replace")
        if path.suffix == ".pdf" and path.stat().st_size > 100:
            yield path, "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def holding(folder: Path, words: Iterable[str]) -> list[str]:
    """Return where a folder says, or is named after, any of the words; case makes no difference."""
    wanted = [word.casefold() for word in words]
    found = [
        f"{path.name} : {word}" for path, what in said(files(folder)) for word in wanted if word in what.casefold()
    ]
    named = [
        str(path) for path in folder.rglob("*") for word in wanted if word in str(path.relative_to(folder)).casefold()
    ]
    return [*found, *named]


def tables(url: str) -> dict[str, list[tuple]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in names}
    engine.dispose()
    return found


def acquired(course: Course, learner: str) -> None:
    """Record what a jury decides: the first bloc is acquired."""
    with Register.of(course) as register:
        register.record(
            JurySession("Juin", date(2026, 6, 1)), [Decided(learner, "B1", Ruling.VALIDATED)], "secrétariat"
        )


# --- exports


def test_private_notes_are_in_nothing_that_is_written(course: Course, tmp_path: Path) -> None:
    with ReviewStore.of(course, ASSIGNMENT) as store:
        assert SECRET in "".join(review.note for readings in store.readings().values() for review in readings.values())
    write_sheets(build_sheets(course, ASSIGNMENT), tmp_path / "fiches")
    write_feedback(course, ASSIGNMENT)
    for words in (["moodle", "--noms"], ["csv", "--noms"], ["csv", "--anonyme"]):
        run(course, "export", words[0], ASSIGNMENT, *words[1:], "--sortie", str(tmp_path / "-".join(words)))
    run(course, "anonymise", "--sortie", str(tmp_path / "copie"), "--table")
    acquired(course, QUENTIN)
    run(course, "attestation", QUENTIN)
    run(course, "jury")
    written = [*files(tmp_path / "fiches"), *files(tmp_path / "copie"), *files(course.folder("feedback"))]
    written += files(course.root / "build" / "jury")
    written += [path for path in files(tmp_path) if path.suffix == ".csv" and course.root not in path.parents]
    assert {path.suffix for path in written} >= {
        ".pdf",
        ".xlsx",
        ".docx",
        ".jsonl",
        ".csv",
        ".json",
        ".html",
        ".db",
        ".ipynb",
        ".txt",
    }
    assert [path for path, what in said(written) if SECRET in what] == []
    assert SECRET in (course.root / "gradebook.db").read_bytes().decode("utf-8", "replace"), "it is really there"


def test_moodle_reads_the_grades(course: Course) -> None:
    out = run(course, "export", "moodle", ASSIGNMENT)
    assert "non acquis, partiellement acquis, acquis" in out
    head, *lines = read_as_moodle((course.root / "build/exports" / ASSIGNMENT / "notes-moodle.csv").read_bytes())
    criteria = [row.code for row in build_sheets(course, ASSIGNMENT)[0].criteria]
    assert head == ["ID number", *(name for code in criteria for name in (code, f"{code} (commentaire)"))]
    by_name = {line[0]: dict(zip(head, line, strict=True)) for line in lines}
    assert set(by_name) == {QUENTIN, MAELYS, f"'{STRANGE}"}
    assert {by_name[name][code] for name in by_name for code in criteria} <= {
        "non acquis", "partiellement acquis", "acquis", "-",
    }  # fmt: skip
    for sheet in build_sheets(course, ASSIGNMENT)[:2]:
        for row in sheet.criteria:
            wanted = "-" if row.level is None else row.verdict.value
            assert by_name[sheet.learner.id][row.code] == wanted, "what is not decided is no grade, never a zero"
    assert "Quentin, c’est clair." in by_name[QUENTIN]["B1-C13 (commentaire)"] or "Vu à deux." in str(by_name[QUENTIN])
    assert holding(course.root / "build/exports", ["zwirnerhof", "exemple.fr"]) == []


def test_moodle_may_be_given_addresses_names_and_levels(course: Course) -> None:
    sheets = build_sheets(course, ASSIGNMENT)
    table = gradebook(sheets, MoodleKey.EMAIL, levels=True, names=True)
    assert table.columns[:3] == ("Email address", "First name", "Last name")
    assert table.rows[0][:3] == ("q.zwirn@exemple.fr", "Quentin", "Zwirnerhof")
    given = {cell for row in table.rows for cell in row[3::2]}
    assert given <= {1, 2, 3, 4, "-"}
    assert given & {1, 2, 3, 4}
    (course.root / "eleves.csv").write_text(CLASS_LIST.replace("q.zwirn@exemple.fr", ""), encoding="utf-8")
    with pytest.raises(CasekitError, match="courriel"):
        gradebook(build_sheets(Course(course.root), ASSIGNMENT), MoodleKey.EMAIL)


def test_flat_tables_say_what_the_sheets_say(course: Course) -> None:
    run(course, "export", "csv", ASSIGNMENT)
    folder = course.root / "build/exports" / ASSIGNMENT
    criteria = read(folder / "criteres.csv")
    sheets = {sheet.learner.id: sheet for sheet in build_sheets(course, ASSIGNMENT)}
    assert len(criteria) == sum(len(sheet.criteria) for sheet in sheets.values())
    for line in criteria:
        sheet = sheets[line["identifiant"].removeprefix("'")]
        row = next(one for one in sheet.criteria if one.code == line["critere"])
        assert (line["verdict"].replace("\u00a0", " "), line["niveau"]) == (row.verdict.value, str(row.level or ""))
        assert line["points"] == ("" if row.auto_points is None else f"{row.auto_points:g}".replace(".", ","))
    reviews = {(line["identifiant"], line["partie"]): line for line in read(folder / "relectures.csv")}
    assert reviews[QUENTIN, "r2-constats"]["etat"] == "relue"
    assert reviews[MAELYS, "r2-constats"]["etat"] == "à concilier"
    assert reviews[MAELYS, "r2-constats"]["niveau"] == "", "an unknown is an empty cell"
    pairs = {line["identifiant"]: line for line in read(folder / "doubles-relectures.csv")}
    assert (pairs[QUENTIN]["ecart"], pairs[MAELYS]["ecart"]) == ("-1", "-1")
    heard = [line for line in read(folder / "oraux.csv") if line["identifiant"] == QUENTIN]
    assert [(line["relecteurs"], line["sorte"], line["texte"].replace("\u202f", " ")) for line in heard] == [
        ("m1", "question posée", f"{MAELYS} dirait-elle de même\xa0?"),
        ("m1", "entendu", f"répond à {MAELYS}, sans lire"),
    ]  # fmt: skip
    mistakes = read(folder / "erreurs.csv")
    assert {line["erreur"] for line in mistakes} == {"M04"}
    assert len(mistakes) == 3 * len(NOTEBOOKS)
    texts = [line[name] for line in criteria for name in ("enonce", "motifs")] + [line["titre"] for line in mistakes]
    assert [fault for one in texts for fault in faults(one.removeprefix("'"))] == []


def test_exports_name_people_only_when_asked(course: Course, tmp_path: Path) -> None:
    names = ["quentin, c", "zwirnerhof", "bravo quentin", "exemple.fr"]
    run(course, "export", "csv", ASSIGNMENT, "--sortie", str(tmp_path / "sans"))
    assert holding(tmp_path / "sans", names) == []
    run(course, "export", "csv", ASSIGNMENT, "--noms", "--sortie", str(tmp_path / "avec"))
    assert {"Quentin"} <= {line["prenom"] for line in read(tmp_path / "avec" / "criteres.csv")}
    result = CliRunner().invoke(main, ["export", "csv", ASSIGNMENT, "--noms", "--anonyme", "--cours", str(course.root)])
    assert result.exit_code == 2


def test_pseudonyms_are_stable_and_tell_nothing(course: Course, tmp_path: Path) -> None:
    for name in ("un", "deux"):
        run(course, "export", "csv", ASSIGNMENT, "--anonyme", "--sortie", str(tmp_path / name))
    assert {path.name: path.read_bytes() for path in files(tmp_path / "un")} == {
        path.name: path.read_bytes() for path in files(tmp_path / "deux")
    }
    assert holding(tmp_path / "un", [*NAMES, "exemple.fr"]) == []
    order = [line["identifiant"] for line in read(tmp_path / "un" / "criteres.csv")]
    assert order == sorted(order), "the order of the class tells nothing"
    seen = {
        table: {line["identifiant"] for line in read(tmp_path / "un" / f"{table}.csv")}
        for table in ("criteres", "erreurs")
    }
    assert len(seen["criteres"]) == 3
    assert seen["criteres"] == seen["erreurs"]
    assert {line["relecteurs"][:2] for line in read(tmp_path / "un" / "relectures.csv")} == {"r-"}
    (course.root / "build" / "pseudonymes.cle").unlink()
    run(course, "export", "csv", ASSIGNMENT, "--anonyme", "--sortie", str(tmp_path / "trois"))
    other = {line["identifiant"] for line in read(tmp_path / "trois" / "criteres.csv")}
    assert not other & seen["criteres"], "another key, other pseudonyms"


def test_no_cell_is_computed(course: Course, tmp_path: Path) -> None:
    for words in (["moodle", "--noms"], ["csv", "--noms"]):
        run(course, "export", words[0], ASSIGNMENT, *words[1:], "--sortie", str(tmp_path / words[0]))
    for path in [*files(tmp_path / "moodle"), *files(tmp_path / "csv")]:
        separator = "," if "moodle" in path.name else ";"
        content = path.read_text(encoding="utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(content, newline=""), delimiter=separator) for cell in line]
        assert [cell for cell in cells if cell[:1] in "=+@\t\r" and cell] == []
        assert [cell for cell in cells if cell.startswith("-") and cell.strip("-0123456789,.")] == []
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert "\ufffd" not in content


# --- a copy without identities


def test_the_copy_names_nobody(course: Course, tmp_path: Path) -> None:
    made = anonymising.anonymise(course, tmp_path / "copie")
    copy, other = Course(made.folder), made.learners[QUENTIN]
    assert holding(copy.root, [*NAMES, "exemple.fr", SECRET, "photo.png"]) == []
    keys = {draw_key(COMPANY, name) for name in (QUENTIN, MAELYS, STRANGE)}
    assert holding(copy.root, keys) == [], "a hash of an identifier tells it to whoever tries"
    everything = repr(tables(copy.db_url)).casefold()
    assert [word for word in (*NAMES, "exemple.fr", SECRET.casefold(), "'m1'") if word in everything] == []
    assert not [path for path in files(copy.root) if path.suffix == ".xlsx"]
    assert (copy.folder("submitted") / other / ASSIGNMENT / "annexe-001.csv").is_file()
    notebook = json.loads((copy.folder("submitted") / other / ASSIGNMENT / f"{NOTEBOOKS[0]}.ipynb").read_text("utf-8"))
    assert notebook["cells"][0]["source"] == f'identifiant = "{other}"  # {other}'
    assert notebook["cells"][1]["outputs"][0]["data"]["application/vnd.casekit.answer+json"]["learner"] == other
    assert notebook["cells"][1]["outputs"][1]["data"] == {"text/plain": ["<Figure>"]}
    assert notebook["cells"][2]["source"].endswith("une stratégie claire.")


def test_the_copy_tells_no_career(course: Course, tmp_path: Path) -> None:
    assert holding(course.folder("submitted"), [EMPLOYER]), "it is really there"
    made = anonymising.anonymise(course, tmp_path / "copie")
    assert holding(made.folder, [EMPLOYER]) == []
    assert "parcours professionnel" in (made.folder / "LISEZMOI.txt").read_text(encoding="utf-8").replace("\n", " ")


def test_the_copy_keeps_results_draws_and_reviews(course: Course, tmp_path: Path) -> None:
    made = anonymising.anonymise(course, tmp_path / "copie")
    copy = Course(made.folder)
    before = {made.learners[sheet.learner.id]: sheet for sheet in build_sheets(course, ASSIGNMENT)}
    after = {sheet.learner.id: sheet for sheet in build_sheets(copy, ASSIGNMENT)}
    assert before.keys() == after.keys()
    for name, sheet in after.items():
        assert [(row.auto_points, row.level, row.verdict) for row in sheet.criteria] == [
            (row.auto_points, row.level, row.verdict) for row in before[name].criteria
        ]
    for name, other in made.learners.items():
        assert known_draw(COMPANY, other, copy.source(ASSIGNMENT)) == known_draw(
            COMPANY, name, course.source(ASSIGNMENT)
        )
    with ReviewStore.of(course, ASSIGNMENT) as one, ReviewStore.of(copy, ASSIGNMENT) as two:
        lines, others = one.history(), two.history()
        assert [(line.at, line.kind, line.after.level) for line in lines] == [
            (line.at, line.kind, line.after.level) for line in others
        ], "nothing looks changed in the formgrader"
        assert {line.after.note for line in others} == {""}
    assert write_feedback(copy, ASSIGNMENT)
    assert {one.problem for one in write_feedback(copy, ASSIGNMENT)} == {""}


def test_the_copy_reads_its_records_whatever_people_are_called(course: Course, tmp_path: Path) -> None:
    save_record(course.records, Record(ASSIGNMENT, NOTEBOOKS[2], "budget", COMPANY, 5, "0"))
    made = anonymising.anonymise(course, tmp_path / "copie")
    records = read_records(Course(made.folder).records, ASSIGNMENT, made.learners["budget"])
    assert [(one.notebook, one.draw, one.incidents) for one in records] == [(NOTEBOOKS[2], 5, [])]


def test_the_copy_refuses_to_be_graded(course: Course, tmp_path: Path) -> None:
    copy = Course(anonymising.anonymise(course, tmp_path / "copie").folder)
    for work in (grade_class, regrade, release):
        with pytest.raises(CasekitError, match="copie sans identité"):
            work(copy, ASSIGNMENT)
    grades = tables(copy.db_url)["grade"]
    result = copy.api.autograde(ASSIGNMENT, "P01", force=True)
    assert not result["success"]
    assert "copie sans identité" in result["error"]
    assert tables(copy.db_url)["grade"] == grades


def test_pseudonyms_are_drawn_and_their_table_is_kept_apart(course: Course, tmp_path: Path) -> None:
    made = anonymising.anonymise(course, tmp_path / "copie")
    assert sorted(made.learners.values()) == ["P01", "P02", "P03"]
    draws = {tuple(anonymising._numbered("P", ["a", "b", "c", "d"]).items()) for _ in range(60)}
    assert len(draws) > 5, "the order tells nothing"
    assert not list(tmp_path.glob("*.csv")), "kept by nobody unless asked"
    run(course, "anonymise", "--sortie", str(tmp_path / "autre"), "--table")
    table = tmp_path / "autre-correspondance.csv"
    assert table.stat().st_mode & 0o077 == 0
    assert {line["identifiant"] for line in read(table)} >= {QUENTIN, MAELYS, f"'{STRANGE}", "m1"}


def test_a_copy_is_whole_or_not_at_all(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CasekitError, match="dans le cours"):
        anonymising.anonymise(course, course.root / "copie")
    (tmp_path / "pleine").mkdir()
    (tmp_path / "pleine" / "x").touch()
    with pytest.raises(CasekitError, match="n’est pas vide"):
        anonymising.anonymise(course, tmp_path / "pleine")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(anonymising, "copy_gradebook", stopped)
        with pytest.raises(KeyboardInterrupt):
            anonymising.anonymise(course, tmp_path / "copie")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cours", "pleine"]
    assert anonymising.anonymise(course, tmp_path / "copie").folder.is_dir()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Quentin Zwirnerhof", "P1"),
        ("ZWIRNERHOF, Quentin", "P1"),
        ("quentin_zwirnerhof.csv", "P1.csv"),
        ("Merci Quentin, et Zwirnerhof aussi.", "Merci P1, et P1 aussi."),
        ("écrit par q-z7", "écrit par P1"),
        ("à Q.Z@exemple.fr :", "à P1 :"),
        ("une note claire de Claire", "une note claire de P2"),
        ("Élise et Elise", f"{SHARED} et {SHARED}"),
        ("quentins", "quentins"),
        ("Mme Appouh, née d’Appouh", "Mme P5, née P5"),
        ('ouvrir_dossier("k", "x")', 'ouvrir_dossier("k", "P4")'),
        ('df["x"]', 'df["x"]'),
        ("", ""),
    ],
)
def test_people_are_found_in_texts(before: str, after: str) -> None:
    people = People([
        Learner("q-z7", "Quentin", "Zwirnerhof", "q.z@exemple.fr"),
        Learner("c2", "Claire", "Le"),
        Learner("c3", "Élise"),
        Learner("x", "Élise", "An"),
        Learner("m5", "Maëlys", "d’Appouh"),
    ])  # fmt: skip
    names = {"q-z7": "P1", "c2": "P2", "c3": "P3", "x": "P4", "m5": "P5"}
    assert people.mask(before, names) == after


# --- erasing somebody


def assert_gone(course: Course) -> None:
    """Walk every file and every table, bytes included: the person is nowhere, the others are whole."""
    assert holding(course.root, ["zwirn", "quentin"]) == [], "not even in the free pages of the database"
    assert [name for name, rows in tables(course.db_url).items() if "zwirn" in repr(rows).casefold()] == []
    keys = draw_key(COMPANY, QUENTIN)
    assert not [path for path in course.root.rglob(DRAWS_FILE) if keys in path.read_text("utf-8")]
    assert set(course.learners()) == {MAELYS, STRANGE}
    assert len(files(course.root / "build" / "dossiers")) == 3, "the dossier of another person is whole"
    assert (course.folder("submitted") / MAELYS / ASSIGNMENT / f"{NOTEBOOKS[0]}.ipynb").is_file()
    with Gradebook(course.db_url, course.course_id) as book:
        assert {student.id for student in book.students} == {MAELYS, STRANGE}
        assert len(book.assignment_submissions(ASSIGNMENT)) == 2
    lines = (course.root / trace.FILE).read_text("utf-8").splitlines()
    assert [json.loads(line)["etat"] for line in lines] == [trace.DONE]


def clean_others(course: Course) -> None:
    """Do what the trainer does by hand: another learner's review names Quentin."""
    url = course.db_url
    engine = create_engine(url)
    with engine.begin() as connection:
        for table, column in (
            ("casekit_review", "comment"), ("casekit_review_change", "comment_before"),
            ("casekit_review_change", "comment_after"), ("casekit_review_part", "comment"),
            ("casekit_review_oral", "asked"), ("casekit_review_oral", "heard"), ("comment", "manual_comment"),
        ):  # fmt: skip
            connection.execute(text(f"UPDATE {table} SET {column} = replace({column}, 'Quentin', 'X')"))
    engine.dispose()


def test_a_dry_run_changes_nothing_and_says_what_is_kept(course: Course) -> None:
    before = {path: path.read_bytes() for path in files(course.root)}
    out = run(course, "forget", QUENTIN)
    assert {path: path.read_bytes() for path in files(course.root) if path in before} == before
    for word in ("Serait effacé", "casekit_review_change", "eleves.csv", "parcours.csv", "etat-civil.csv",
                 "echeances.csv",
                 "art. 17", "vérifié le", "eur-lex.europa.eu", "Rien n’a été effacé", "--oui"):  # fmt: skip
        assert word in out.replace("\u00a0", " "), word


def test_somebody_is_erased_everywhere(course: Course) -> None:
    clean_others(course)
    out = run(course, "forget", QUENTIN, "--oui")
    assert "C’est fait" in out
    assert_gone(course)
    record = (course.records / ASSIGNMENT / MAELYS / f"{NOTEBOOKS[0]}.json").read_text("utf-8")
    assert forgetting.ERASED in record, "what others' records said of them is masked"
    assert build_sheets(course, ASSIGNMENT), "the course still works"
    with ReviewStore.of(course, ASSIGNMENT) as store:
        assert {part.learner for part in store.readings()} == {MAELYS}
    assert "déjà été effacé" in run(course, "forget", QUENTIN, "--oui")
    unknown = CliRunner().invoke(main, ["forget", "personne", "--oui", "--cours", str(course.root)])
    assert unknown.exit_code == 2


def test_no_deleted_row_stays_in_the_free_pages(course: Course) -> None:
    """Some builds of SQLite wipe what they delete, others leave it in the file until it is written anew."""
    file = course.root / "gradebook.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("UPDATE student SET email = 'reste-dans-la-page' WHERE id = ?", (QUENTIN,))
        connection.execute("DELETE FROM student WHERE id = ?", (QUENTIN,))
    assert b"reste-dans-la-page" in file.read_bytes()
    write_anew(course)
    assert b"reste-dans-la-page" not in file.read_bytes()


def test_what_names_them_elsewhere_is_told(course: Course) -> None:
    path = course.folder("submitted") / MAELYS / ASSIGNMENT / f"{NOTEBOOKS[1]}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][0]["source"] = f'identifiant = "{QUENTIN}"'
    path.write_text(json.dumps(notebook), encoding="utf-8")
    result = CliRunner().invoke(main, ["forget", QUENTIN, "--oui", "--cours", str(course.root)])
    assert result.exit_code == 1, "there is something left to look at"
    assert f"{MAELYS}/{ASSIGNMENT}/{NOTEBOOKS[1]}.ipynb" in result.output
    assert path.is_file(), "somebody else's work is not touched"


@pytest.mark.parametrize("done", range(len(forgetting.STEPS) + 1))
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_erasing_stopped_anywhere_is_finished_by_asking_again(
    course: Course, monkeypatch: pytest.MonkeyPatch, done: int, when: str
) -> None:
    clean_others(course)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    steps = [*forgetting.STEPS]
    if when == "before":
        steps[done:] = [stopped]
    else:
        steps.insert(done, stopped)
        monkeypatch.setattr(forgetting, "leftovers", stopped)
    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "STEPS", tuple(steps))
        with pytest.raises(KeyboardInterrupt):
            forget(course, plan_of(course, QUENTIN))
    monkeypatch.undo()
    run(course, "forget", QUENTIN, "--oui")
    assert_gone(course)


def unlisted(connection: Connection) -> list[str]:
    """Return the tables with a column that names a learner, and that nobody listed."""
    found, listed = inspect(connection), {one.name for one in places.TABLES}
    columns = {name: {one["name"] for one in found.get_columns(name)} for name in found.get_table_names()}
    return [name for name in columns if name not in listed and columns[name] & {"learner", "student_id", "candidate"}]


def test_every_table_that_names_learners_is_listed(course: Course) -> None:
    engine = create_engine(course.db_url)
    with engine.begin() as connection:
        assert unlisted(connection) == []
        connection.execute(text("CREATE TABLE nouvelle (id INTEGER, learner TEXT)"))
        assert unlisted(connection) == ["nouvelle"], "whoever adds one has to say what becomes of its rows"
    engine.dispose()


def test_what_a_jury_decided_is_kept_unless_everything_goes(course: Course) -> None:
    kept = course.root / "build" / "jury" / "attestations"
    kept.mkdir(parents=True)
    for name in (QUENTIN, MAELYS):
        (kept / f"attestation-{name}.docx").write_text(name, encoding="utf-8")
    (kept.parent / "proces-verbal.json").write_text(f"{QUENTIN}, {MAELYS}", encoding="utf-8")
    acquired(course, QUENTIN)
    clean_others(course)
    out = run(course, "forget", QUENTIN, "--oui").replace("\u00a0", " ")
    assert "Gardé : 1 ligne(s) de la table casekit_certification_ruling" in out
    assert "Gardé : 2 fichier(s) du jury" in out
    assert len(tables(course.db_url)["casekit_certification_ruling"]) == 1
    assert len(files(course.root / "build" / "jury")) == 3
    everything = CliRunner().invoke(main, ["forget", QUENTIN, "--oui", "--tout", "--cours", str(course.root)])
    assert everything.exit_code == 1, "the record that names others is left to the trainer"
    assert "proces-verbal.json" in everything.output
    assert tables(course.db_url)["casekit_certification_ruling"] == []
    assert [path.name for path in files(kept)] == [f"attestation-{MAELYS}.docx"]
    assert QUENTIN not in (course.root / trace.FILE).read_text("utf-8")


def test_identifiers_that_are_paths_are_refused(course: Course) -> None:
    for name in ("", "..", "../cours", "a/b", "a\\b", ".cache"):
        with pytest.raises(CasekitError, match="identifiant"):
            plan_of(course, name)


def test_the_trace_says_nothing_but_answers(course: Course) -> None:
    trace.begin(course, QUENTIN)
    trace.begin(course, QUENTIN)
    assert trace.state(course, QUENTIN) == trace.BEGUN
    trace.end(course, QUENTIN)
    assert (trace.state(course, QUENTIN), trace.state(course, MAELYS)) == (trace.DONE, "")
    (line,) = (course.root / trace.FILE).read_text("utf-8").splitlines()
    assert json.loads(line).keys() == {"le", "etat", "sel", "empreinte"}
    assert QUENTIN not in line


def test_on_postgresql_people_are_erased_and_copied_too(tmp_path: Path) -> None:
    with postgresql() as url:
        course = personal_course(tmp_path / "cours", f'\nget_config().CourseDirectory.db_url = "{url}"\n')
        made = anonymising.anonymise(course, tmp_path / "copie")
        assert Course(made.folder).db_url.startswith("sqlite")
        assert holding(made.folder, [*NAMES, "exemple.fr", SECRET, url]) == []
        assert len(tables(Course(made.folder).db_url)["grade"]) == len(tables(url)["grade"])
        clean_others(course)
        run(course, "forget", QUENTIN, "--oui")
        assert_gone(course)


def test_the_flat_tables_need_no_review(course: Course) -> None:
    """A class that nobody has reviewed has tables without lines, and no error."""
    engine = create_engine(course.db_url)
    with engine.begin() as connection:
        for name in ("casekit_review", "casekit_review_change", "casekit_review_part", "casekit_review_second"):
            connection.execute(text(f"DELETE FROM {name}"))
        connection.execute(text("UPDATE grade SET manual_score = NULL"))
        connection.execute(text("UPDATE comment SET manual_comment = NULL"))
    engine.dispose()
    named = {table.name: table for table in flat_tables(course, ASSIGNMENT, build_sheets(course, ASSIGNMENT))}
    assert named["relectures"].rows == named["doubles-relectures"].rows == ()
    assert named["criteres"].rows
