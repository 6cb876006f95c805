"""What a marker sees of real graded copies: the deliverables, the machine's findings, the true values, and no name."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.demo.writing import DemoCopy, fill, override
from autograder.grading.release import release
from autograder.grading.run import engine_of, grade_class
from autograder.keys.cases import case_of
from autograder.keys.questions import questions_of, reviews_of
from autograder.keys.variants import accepted_draw
from autograder.referentiel.rubric import load_rubrics
from autograder.review.model import Part
from autograder.review.order import alias
from autograder.review.shown.shelf import Shown, WorkShelf

pytestmark = pytest.mark.xdist_group("relecture")

E1, E2 = "e1-strategie", "e2-performance"
SWOT, ANALYSIS = "02-concurrence-swot", "02-analyse-avant-apres"
CLASS = "identifiant;prenom;nom\nlea-77;Léa;Le Goff\nsam-77;Sam;Riou\nzoe-77;Zoé;Petit\n"
NAMES = ("lea-77", "le goff", "léa", "riou", "sam-77", "zoé", "zoe-77")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Léa does everything and signs; Sam hands in blank notebooks; Zoé hands in nothing."""
    made = init_course(tmp_path_factory.mktemp("relecture") / "cours")
    (made.root / "eleves.csv").write_text(CLASS, encoding="utf-8")
    for assignment, kept in ((E1, SWOT), (E2, ANALYSIS)):
        for path in made.source(assignment).glob("*.ipynb"):
            if path.stem != kept:
                path.unlink()
        released = release(made, assignment)
        for learner in ("lea-77", "sam-77"):
            folder = made.folder("submitted") / learner / assignment
            shutil.copytree(released, folder)
            _work(folder / f"{kept}.ipynb", assignment, learner)
        assert len(grade_class(made, assignment, engine=engine_of(2)).graded) == 2
    return made


def _work(path: Path, assignment: str, learner: str) -> None:
    company = questions_of(notebook=f"{assignment}/{path.stem}")[0].company
    copy = DemoCopy.open(path, assignment, case_of(company, learner, accepted_draw(company, learner)))
    copy.write_identifier(learner)
    if learner == "lea-77":
        fill(copy)
        written = "q2-note" if assignment == E2 else "s2-diapositive"
        override(copy, written, f'{copy.variable(written)} + "\\n\\nLéa LE GOFF, lea-77"')
        signed = "croisements = croisements.assign(motif=croisements['motif'].fillna('') + ' (Léa)')"
        if assignment == E1:
            copy.answer_cell("s2-croisements")["source"] += "\n" + signed
    copy.save()


@pytest.fixture
def shelf(course: Course) -> Iterator[WorkShelf]:
    with WorkShelf(course, E1) as opened:
        yield opened


def part(learner: str, identifier: str, assignment: str = E1) -> Part:
    declared = next(one for one in reviews_of(assignment=assignment) if one.id == identifier)
    return Part(assignment, learner, identifier, declared.criterion, declared.notebook.rpartition("/")[2])


def _all(shown: Shown) -> str:
    return " ".join((shown.title, shown.html, *shown.findings, *shown.expected))


def named_in(text: str) -> list[str]:
    """Return the names that a text holds; a word that holds one, such as « aléatoire », does not count."""
    return [name for name in NAMES if re.search(rf"(?<!\w){name}(?!\w)", text.casefold())]


def test_the_deliverables_of_a_part_are_shown(shelf: WorkShelf) -> None:
    shown = shelf.show(part("lea-77", "rs2-croisements"))
    page = BeautifulSoup(shown.html, "html.parser")
    assert [one.get_text() for one in page.find_all("h3")] == [
        "Tableau SWOT", "Croisements et décision",
    ]  # fmt: skip
    assert len(page.find_all("caption")) >= 8
    assert page.img["src"].startswith("data:image/png")
    assert page.img["alt"]
    assert page.find("details").find("code") is not None
    assert shown.title == "SWOT, croisements et décision"


def test_names_are_masked_everywhere(shelf: WorkShelf, course: Course) -> None:
    signed = [part("lea-77", name) for name in ("rs2-croisements", "rs2-benchmark")]
    shown = [shelf.show(one) for one in signed]
    assert all(alias("lea-77", E1, one.id) in each.html for one, each in zip(signed, shown, strict=True))
    with WorkShelf(course, E2) as other:
        pieces = [
            *map(_all, shown),
            *(_all(other.show(part("lea-77", name, E2))) for name in ("r2-constats", "r2-note")),
        ]
    assert not named_in(" ".join(pieces))


def test_expected_elements_hold_the_true_values_of_the_variant(shelf: WorkShelf, course: Course) -> None:
    shown = shelf.show(part("lea-77", "rs2-benchmark"))
    rubric = load_rubrics()["B1-C03"].expected
    assert shown.expected[: len(rubric)] == rubric
    assert any(said.startswith("Score pondéré de chaque entreprise : ") for said in shown.expected)
    assert shown.expected[len(rubric)].startswith("2 ou 3 ? ")
    assert all(len(said.rpartition(" : ")[2]) > 1 for said in shown.expected[len(rubric) + 1 :])
    with WorkShelf(course, E2) as other:
        mine, theirs = (other.show(part(name, "r2-note", E2)).expected for name in ("lea-77", "sam-77"))
    assert len(mine) == len(theirs) > len(load_rubrics()["B1-C13"].expected) + 5
    assert mine != theirs
    assert all(" : " in said for said in mine[len(load_rubrics()["B1-C13"].expected) + 1 :])


def test_a_part_s_own_deliverable_comes_first_and_the_chart_is_shown(course: Course) -> None:
    with WorkShelf(course, E2) as other:
        shown = other.show(part("lea-77", "r2-note", E2))
    page = BeautifulSoup(shown.html, "html.parser")
    assert [one.get_text() for one in page.find_all("h3")] == [
        "Oral au comité de direction", "Graphique pour la direction", "Tableau des constats",
    ]  # fmt: skip
    assert page.img["alt"].startswith("Deux courbes des ventes")


def test_the_machine_s_findings_and_the_status(shelf: WorkShelf) -> None:
    mine, blank = (shelf.show(part(name, "rs2-croisements")) for name in ("lea-77", "sam-77"))
    assert mine.status == "prêt à relire"
    assert "Tableau SWOT : prêt à relire." in mine.findings
    assert any(said.startswith("Questions du critère : ") for said in mine.findings)
    assert blank.status == "non remis"
    assert "Tableau SWOT : pas encore de réponse." in blank.findings


def test_who_handed_in_nothing(shelf: WorkShelf) -> None:
    shown = shelf.show(part("zoe-77", "rs2-croisements"))
    assert (shown.status, shown.findings) == ("non remis", ())
    assert "Rien n’a été remis" in shown.html
    assert shown.expected


def test_damaged_files_are_said_and_the_rest_is_shown(course: Course, tmp_path: Path) -> None:
    root = tmp_path / "cours"
    shutil.copytree(course.root, root)
    other = Course(root)
    record = other.records / E1 / "lea-77" / f"{SWOT}.json"
    copy = other.folder("autograded") / "lea-77" / E1 / f"{SWOT}.ipynb"
    kept = record.read_bytes()
    one = part("lea-77", "rs2-croisements")
    with WorkShelf(other, E1) as shelf:
        whole = shelf.show(one)
        record.write_bytes(kept[:-30])
        damaged = shelf.show(one)
        assert "abîmé" in damaged.findings[0]
        assert damaged.html.count("<details>") == 2
        assert "<table" in damaged.html
        assert damaged.status == "à compléter"
        record.write_bytes(kept)
        copy.write_text("{abîmé", encoding="utf-8")
        assert "abîmée" in shelf.show(one).findings[0]
        copy.unlink()
        gone = shelf.show(one)
        assert "n’est plus là" in gone.findings[0]
        assert gone.html.count("<caption") == whole.html.count("<caption")
        assert gone.status == "prêt à relire"
        record.unlink()
        assert shelf.show(one).status == "non remis"
    assert not named_in(_all(damaged))


def test_what_is_prepared_is_what_is_shown(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder.review.shown import shelf as module

    read: list[str] = []
    reader = module.read_work

    def counted(*place: Any) -> Any:
        read.append(place[2])
        return reader(*place)

    monkeypatch.setattr(module, "read_work", counted)
    parts = [part(name, "rs2-croisements") for name in ("lea-77", "sam-77", "zoe-77")]
    with WorkShelf(course, E1) as shelf:
        shelf.prepare(parts)
        ahead = [shelf.show(one) for one in reversed(parts)]
        assert [shelf.show(one) for one in reversed(parts)] == ahead
        shelf.show(part("zoe-77", "rs2-benchmark"))
    assert sorted(read) == ["lea-77", "sam-77", "zoe-77"]


def test_an_oral_shows_what_it_defends_if_anything(shelf: WorkShelf) -> None:
    assert "à l’oral" in shelf.show(Part(E1, "lea-77", "oral", "B3-C09")).html
    shown = shelf.show(Part(E1, "lea-77", "oral", "B1-C04"))
    assert shown.status == "prêt à relire"
    assert "Tableau SWOT" in shown.html
    assert shown.expected[:-1] == load_rubrics()["B1-C04"].expected


@pytest.mark.parametrize("identifier", ["rs2-croisements", "rs2-benchmark"])
def test_axe_finds_nothing(shelf: WorkShelf, browser: Any, identifier: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe manque : casekit[test].")
    shown = shelf.show(part("lea-77", identifier))
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.set_content(
        f'<!doctype html><html lang="fr"><head><title>Relecture</title></head><body><main><h1>Relecture</h1><h2>'
        f"{shown.title}</h2>{shown.html}</main></body></html>"
    )
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
