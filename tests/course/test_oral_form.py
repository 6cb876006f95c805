"""The oral on paper, and the commands that prepare an oral: one page a candidate, whatever they handed in."""

import io
import os
from pathlib import Path

import docx
import nbformat
import pypdf
import pytest
from click.testing import CliRunner
from oral_course import CLASS, E4, ORAL, oral_course
from test_typography import faults

from autograder.cli import main
from autograder.course import lab
from autograder.course.course import Course
from autograder.privacy import places
from autograder.referentiel import load_rubrics
from autograder.review.desk.opening import DAY_VARIABLE
from autograder.review.store import ReviewStore

pytestmark = pytest.mark.slow

RUBRIC = load_rubrics()["B3-C09"]
FORMS = Path("build", "fiches", E4)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return oral_course(tmp_path_factory.mktemp("oral") / "cours")


def run(course: Course, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["review", *arguments, "--cours", str(course.root)])
    assert result.exit_code == code, result.output
    return result.output.replace("\u00a0", " ")


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_one_page_a_candidate(course: Course) -> None:
    assert "un exemplaire par évaluateur" in run(course, E4, "--oral-papier")
    pages = pypdf.PdfReader(course.root / FORMS / "oral.pdf").pages
    texts = [plain(page.extract_text()) for page in pages]
    assert len(texts) == len(CLASS)
    assert "Nour Essai (a01)" in texts[0]
    assert "41 %, t3-retours" in texts[0]
    assert "10:00" in texts[0], "when the tenth slide ends"
    assert "<script>" in texts[1]
    assert "a03 – B3-C09" in texts[2]
    assert "Aucun plan de soutenance" in texts[2]
    for text in texts:
        for words in (
            RUBRIC.questions[2],
            "Chaque choix dit avec sa raison",
            "maîtrisé",
            "Conciliation",
            "Note privée",
        ):
            assert plain(words) in text
    document = docx.Document(io.BytesIO((course.root / FORMS / "oral.docx").read_bytes()))
    said = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    said += [paragraph.text for paragraph in document.paragraphs]
    assert len([text for text in said if text.startswith("☐ 1")]) == len(CLASS)
    assert [fault for text in said for fault in faults(text)] == []
    assert places.shared_files(course) == [course.root / FORMS / f"oral.{kind}" for kind in ("docx", "pdf")]


def test_the_order_of_the_day(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []
    monkeypatch.setenv(DAY_VARIABLE, "")
    monkeypatch.setattr(lab, "open_notebook", lambda *_, **__: opened.append(os.environ[DAY_VARIABLE].splitlines()))
    run(course, E4, "--oral")
    (course.root / "parcours.csv").write_text(
        "identifiant;voie;soutenance_le\na01;formation;15/12/2026\na03;formation;14/12/2026\n", encoding="utf-8"
    )
    run(course, E4, "--oral")
    run(course, E4, "--oral", "--apprenant", "a02", "--apprenant", "a01")
    run(course, E4)
    assert opened == [["a01", "a02", "a03"], ["a03", "a01", "a02"], ["a02", "a01"], []]


def test_what_cannot_be_opened_is_said(course: Course) -> None:
    other = course.root / "notebooks" / "e2-performance"
    other.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), other / "01-lire.ipynb")
    assert "n’a pas d’oral" in run(course, "e2-performance", "--oral", code=2)
    assert "n’est pas dans eleves.csv" in run(course, E4, "--oral-papier", "--apprenant", "zoe", code=2)
    assert "se relisent sans nom" in run(course, E4, "--apprenant", "a01", code=2)


def test_a_second_marker_for_the_whole_class_even_before_anything_is_handed_in(course: Course) -> None:
    assert "3 passage(s) confié(s) à Paul Roux" in run(course, E4, "--oral", "--second", "Paul Roux")
    assert "Rien de nouveau" in run(course, E4, "--oral", "--second", "Paul Roux")
    with ReviewStore.of(course, E4) as store:
        assert store.seconds() == {(learner, ORAL): "Paul Roux" for learner, *_ in CLASS}
