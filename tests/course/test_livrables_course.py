"""A deliverable handed in beside its notebook is read at grading; the templates go out with the release."""

import io
import shutil
from pathlib import Path

import openpyxl
import pytest
import small

from autograder.course.course import Course
from autograder.grading import release as release_module
from autograder.grading.release import scan, write_templates
from autograder.grading.triage import deliverables as triage
from autograder.grading.triage.plan import examine
from casestudies.answers import MIME
from casestudies.livrables import loading
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.model import Deliverable, Field
from casestudies.livrables.template import write_xlsx

pytestmark = pytest.mark.xdist_group("livrables")

ESSAIS = Path(__file__).parents[1] / "casestudies" / "livrables_essai"
VALUES = Deliverable(
    "essai", "Essai", small.COMPANY, "E1", small.FIRST.id, 10, fields=(Field("valeur", "nombre", "Un nombre."),), rows=1
)
CELL = f"""
from casestudies.livrables import desk
from casestudies.livrables.model import Deliverable, Field
desk.deliverables = lambda: {{"essai": {VALUES!r}}}
dossier.editeur("essai")
dossier.modele("essai")
dossier.plan()
rempli = dossier.livrable("essai")
un = None if rempli is None else rempli["valeur"][0]
"""
PLACES = {
    "csv": "livrables/essai.csv", "xlsx": "livrables/essai.xlsx", "given": "modeles/essai.xlsx", "flat": "essai.csv",
    "nothing": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small.make_course(tmp_path_factory.mktemp("livrables") / "cours", (*PLACES, "abime"))


def hand_in(course: Course, learner: str, place: str, content: bytes | None = None) -> None:
    path = small.submit(course, learner, lambda notebook: small.set_source(notebook, "a-un", CELL))
    if place:
        rows = [{"valeur": small.right(small.FIRST, learner)}]
        write = write_csv if place.endswith(".csv") else write_xlsx
        target = path.parent / place
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(write(VALUES, rows) if content is None else content)


def test_what_was_filled_beside_the_notebook_is_graded(course: Course) -> None:
    for learner, place in PLACES.items():
        hand_in(course, learner, place)
    hand_in(course, "abime", "livrables/essai.xlsx", b"PK\x03\x04rien")
    graded = small.graded(course)
    earned = {learner: small.points(record)[small.FIRST.id] for learner, record in graded.items()}
    assert earned == {"csv": 2.0, "xlsx": 2.0, "given": 2.0, "flat": 2.0, "nothing": 0.0, "abime": 0.0}
    assert all(small.points(record)[small.SECOND.id] == 3.0 for record in graded.values())
    autograded = course.folder("autograded") / "nothing" / small.ASSIGNMENT
    assert not list(autograded.rglob("plan.*"))
    assert not list(autograded.rglob("livrables"))


def test_a_forgotten_file_is_asked_for(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "deliverables", lambda: {"essai": VALUES})
    answer = {"question": small.FIRST.id, "answer": {"kind": "table", "columns": [], "rows": []}}
    output = {"output_type": "display_data", "metadata": {}, "data": {MIME: answer, "text/plain": "✓"}}

    def saved(source: str):
        def edit(notebook: dict) -> None:
            small.set_source(notebook, "a-un", source)
            small.cell(notebook, small.FIRST.id)["outputs"] = [output]

        return edit

    expected = {small.NOTEBOOK: {small.FIRST.id, small.SECOND.id}}
    for source, codes in (
        (CELL, ["livrable-absent"]),
        ('un = dossier.livrable("essai")\nun = [{"valeur": 1}]', []),
        ("un = 12", []),
    ):
        path = small.submit(course, "nothing", saved(source))
        assert [one.code for one in examine(path.parent, "nothing", expected, dict).incidents] == codes
    path = small.submit(course, "nothing", saved(CELL))
    (path.parent / "essai.csv").write_bytes(b"")
    assert examine(path.parent, "nothing", expected, dict).incidents == []


def test_stock_nbgrader_reads_it_too(course: Course) -> None:
    hand_in(course, "csv", PLACES["csv"])
    result = course.api.autograde(small.ASSIGNMENT, "csv", force=True, create=True)
    assert result["success"], result
    scores = course.api.get_submission(small.ASSIGNMENT, "csv")
    assert scores["score"] == 5.0


def test_the_blank_templates_go_with_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    write_templates(tmp_path, ["s2-essai", "s2-essai-note", "s2-autre"])
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*.*"))] == [
        "modeles/essai-swot.xlsx"
    ]
    assert scan(tmp_path) == []
    sheet = openpyxl.load_workbook(tmp_path / "modeles/essai-swot.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == [None] * 5


def test_the_scan_looks_into_workbooks(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(VALUES)))
    book.worksheets[0]["A2"] = release_module.END_SOLUTION
    book.save(tmp_path / "a.xlsx")
    assert len(scan(tmp_path)) == 1


def test_a_release_carries_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_module, "deliverables", lambda: {"essai": VALUES})
    course = small.make_course(tmp_path / "cours", ("lea",))
    folder = course.folder("release") / small.ASSIGNMENT
    assert (folder / "modeles/essai.xlsx").is_file()
    shutil.rmtree(folder / "modeles")
    release_module.release(course, small.ASSIGNMENT)
    assert (folder / "modeles/essai.xlsx").is_file()
