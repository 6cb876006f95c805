"""What is released holds no solution, no key, no twin; what a trainer gets wrong is said in French."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.dbutil import _temp_alembic_ini
from sqlalchemy import text

from autograder.course.class_list import read_learners
from autograder.course.course import Course
from autograder.course.creation import init_course, study_folder
from autograder.grading.release import release, scan
from autograder.keys.cases import case_of
from autograder.keys.questions import questions_of
from autograder.keys.texts import FOLDER
from autograder.keys.variants import accepted_draw
from casestudies.errors import CasekitError
from casestudies.livrables.loading import deliverables
from casestudies.variants import DRAWS_FILE, draw_key, known_draw

pytestmark = pytest.mark.xdist_group("release")
ELSEWHERE = 7
"""The draw that one learner was given with another assignment about the same company."""


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    course = init_course(tmp_path_factory.mktemp("cours") / "cours")
    names = "identifiant;prenom;nom\nlea;Léa;\nzoé.b;Zoé;B\ntom;Tom;\n"
    (course.root / "eleves.csv").write_text(names, encoding="utf-8")
    before = {draw_key("kerlavandre", "tom"): ELSEWHERE, draw_key("treziflow", "tom"): 0}
    (course.source("e1-strategie") / DRAWS_FILE).write_text(json.dumps(before), encoding="utf-8")
    return release(course, "e2-performance")


def test_every_released_byte_is_clean(released: Path) -> None:
    assert scan(released) == []
    names = {path.name for path in released.rglob("*") if path.is_file()}
    templates = {f"{one.slug}.xlsx" for one in deliverables().values() if one.assessment == "E2" and one.is_table}
    notebooks = {path.name for path in Path("notebooks/e2-performance").glob("*.ipynb")}
    assert names == notebooks | templates | {"tirages.json"}
    texts = " ".join(
        path.read_text(encoding="utf-8") for path in released.rglob("*") if path.is_file() and path.suffix != ".xlsx"
    )
    for learner in ("lea", "zoé.b", "reference"):
        case = case_of("kerlavandre", learner, accepted_draw("kerlavandre", learner))
        for question in questions_of(assignment="e2-performance"):
            right = question.key(case).right if question.key else None
            if isinstance(right, float) and right != round(right, 3):
                assert repr(right) not in texts


def test_what_is_folded_stays_folded(released: Path) -> None:
    for path in Path("notebooks/e2-performance").glob("*.ipynb"):
        written, read = (_folded(folder / path.name) for folder in (path.parent, released))
        assert written == read
        assert read[0] == "# Ouverture de votre dossier"


def _folded(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]).split("\n")[0] for cell in cells if cell["metadata"].get("jupyter")]


def test_the_scan_sees_a_leak(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("### DÉBUT SOLUTION", encoding="utf-8")
    (tmp_path / "b.md").write_text("texte", encoding="utf-8")
    assert len(scan(tmp_path)) == 2


def test_the_scan_sees_the_compiled_texts(tmp_path: Path) -> None:
    compiled = FOLDER / "e2-performance" / "03-budget.json"
    shutil.copy(compiled, tmp_path / "03-budget.json")
    shutil.copy(compiled, tmp_path / "notes.txt")
    assert [leak.split()[0] for leak in scan(tmp_path)] == ["03-budget.json", "«", "«"]


def test_the_draws_of_the_class_go_with_it(released: Path) -> None:
    assert known_draw("kerlavandre", "lea", released) == accepted_draw("kerlavandre", "lea")
    assert "lea" not in (released / "tirages.json").read_text()


def test_a_learner_has_one_draw_of_a_company_in_the_whole_course(released: Path) -> None:
    assert known_draw("kerlavandre", "tom", released) == ELSEWHERE != accepted_draw("kerlavandre", "tom")
    assert len(json.loads((released / DRAWS_FILE).read_text())) == 3, "those of this assignment, and no others"


def test_a_gradebook_is_made_without_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _temp_alembic_ini("sqlite://") as settings:
        asked = subprocess.check_output([sys.executable, "-m", "alembic", "-c", settings, "heads"], text=True)
    monkeypatch.setattr(subprocess, "Popen", None)
    course = init_course(tmp_path / "cours")
    with Gradebook(course.db_url, course.course_id) as gradebook:
        (version,) = gradebook.db.execute(text("SELECT version_num FROM alembic_version")).scalars()
    assert asked.split()[0] == version


def test_a_study_folder_keeps_the_work_already_there(tmp_path: Path) -> None:
    first = study_folder(tmp_path / "etude")
    assert first
    first[0].write_text("mon travail", encoding="utf-8")
    assert study_folder(tmp_path / "etude") == []
    assert first[0].read_text(encoding="utf-8") == "mon travail"
    assert not list((tmp_path / "etude").rglob("tirages.json"))


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("à garder")
    with pytest.raises(CasekitError, match="n’est pas vide"):
        init_course(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nom\nLéa\n", "colonne « identifiant »"),
        ("", "colonne « identifiant »"),
        ("identifiant\nlea\nlea\n", "ligne 3"),
        ("identifiant\n../lea\n", "ne convient pas"),
        ("identifiant;nom\n;Léa\n", "ligne 2"),
        ("identifiant\nX1\nx1\n", "ligne 3.*majuscules"),
        ("identifiant\n../a\nb\nb\n", "ligne 2(.|\n)*ligne 4"),
        ('identifiant;nom\na;"b\n', "guillemet"),
    ],
)
def test_a_faulty_class_list_says_where(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "eleves.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CasekitError, match=words):
        read_learners(path)


def test_a_class_list_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "eleves.csv"
    path.write_bytes("\ufeffidentifiant,prenom,nom\r\nlea,Léa,É.\r\n".encode())
    assert read_learners(path)["lea"].full_name == "Léa É."
    path.write_bytes(
        "Identifiant\tPRÉNOM\tNom de famille\r\n\r\nl\xe9a\tL\xe9a\t\r\n;\r\n".replace(";", "\t\t").encode("cp1252")
    )
    assert [*read_learners(path)] == ["léa"]
    assert read_learners(path)["léa"].full_name == "Léa"


def test_a_folder_that_is_no_course_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CasekitError, match="casekit init"):
        _ = Course(tmp_path).config
