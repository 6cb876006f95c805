"""Blocs decided over the assessments of a real course, with the centre's settings beside it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.records import Record, Result, save_record
from autograder.keys.questions import Question, Review
from autograder.referentiel import load_referentiel
from autograder.sheets import build
from autograder.sheets.blocs import decide_blocs
from autograder.sheets.build import build_sheets
from autograder.sheets.centre import CentreError
from autograder.sheets.model import Verdict
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome

REFERENTIEL = load_referentiel()
RIGHT = Finding(Outcome.RIGHT, 1.0, "Juste.")
PLACES = {"E1": ("e1-strategie", "01-tout"), "E2": ("e2-performance", "01-tout")}
QUESTIONS = [
    Question(f"q-{code.lower()}", code, code, lambda *_: RIGHT, ("", "", ""), notebook="/".join(PLACES[one.assessment]))
    for code, one in REFERENTIEL.criteria.items()
    if one.assessment in PLACES
]
LAST = "B1-C16"


@pytest.fixture(scope="module", autouse=True)
def _plan() -> Iterator[None]:
    """One question per criterion, one reviewed part for those that people review."""
    reviews = [
        Review(one.id.replace("q-", "r-"), one.title, one.criterion, one.notebook)
        for one in QUESTIONS
        if REFERENTIEL.criteria[one.criterion].reviewed
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "questions_of", lambda assignment: [q for q in QUESTIONS if assignment in q.notebook])
        patch.setattr(build, "reviews_of", lambda assignment: [r for r in reviews if assignment in r.notebook])
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """E1 and E2 released and all at level 4 for « tout »; « e2 » handed in E2 alone; « rien » nothing."""
    root = tmp_path_factory.mktemp("blocs") / "cours"
    root.mkdir()
    write_config(root)
    (root / LEARNERS_FILE).write_text("identifiant;prenom;nom\ntout;;\ne2;;\nrien;;\n", encoding="utf-8")
    course = Course(root)
    for assignment in ("e1-strategie", "e2-performance", "e3-plan", "exercices"):
        course.source(assignment).mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(), course.source(assignment) / "01-tout.ipynb")
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        for learner in course.learners():
            gradebook.add_student(learner)
        for assignment, notebook in PLACES.values():
            gradebook.add_assignment(assignment)
            gradebook.add_notebook(notebook, assignment)
            cells = [one for one in QUESTIONS if assignment in one.notebook]
            for one in cells:
                gradebook.add_grade_cell(one.id, notebook, assignment, max_score=2, cell_type="code")
            reviews = build.reviews_of(assignment=assignment)
            for review in reviews:
                gradebook.add_grade_cell(review.id, notebook, assignment, max_score=4, cell_type="markdown")
                gradebook.add_solution_cell(review.id, notebook, assignment)
            for learner in ("tout", "e2") if assignment.startswith("e2") else ("tout",):
                gradebook.add_submission(assignment, learner)
                for review in reviews:
                    gradebook.find_grade(review.id, notebook, assignment, learner).manual_score = 4
                results = {one.id: Result(RIGHT, 2.0, 2.0) for one in cells}
                save_record(
                    course.records, Record(assignment, notebook, learner, "kerlavandre", 1, "9.9", results=results)
                )
        gradebook.db.commit()
    return root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(model, tmp_path / "cours"))


def _settings(course: Course, text: str) -> None:
    (course.root / "centre.toml").write_text(text, encoding="utf-8")


def _last(course: Course, level: float | None, learner: str = "tout") -> None:
    """Change the level of the last criterion's reviewed part."""
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        grade = gradebook.find_grade(f"r-{LAST.lower()}", "01-tout", "e2-performance", learner)
        grade.manual_score, grade.needs_manual_grade = level, level is None
        gradebook.db.commit()


def test_a_bloc_is_decided_over_both_its_assessments(course: Course) -> None:
    found = decide_blocs(course)
    assert list(found) == ["tout", "e2", "rien"]
    assert {tuple(one) for one in found.values()} == {("B1", "B2", "B3")}
    whole = found["tout"]["B1"]
    assert (whole.verdict, whole.missing, len(whole.criteria)) == (Verdict.ACQUIRED, (), 16)
    assert whole.reasons == ("Les 16 critères évalués sont au niveau 3 ou plus.",)
    half = found["e2"]["B1"]
    assert half.verdict is Verdict.ABSENT
    assert half.missing == tuple(one.code for one in REFERENTIEL.criteria_of("E1"))
    assert half.reasons[0].startswith("Candidat absent, aucune copie remise : B1-C01, ")
    assert found["rien"]["B1"].verdict is Verdict.ABSENT
    assert len(found["rien"]["B1"].missing) == 16
    for code, assessment in (("B2", "E3"), ("B3", "E4")):
        other = found["tout"][code]
        assert (other.verdict, other.criteria) == (None, ())
        assert other.reasons[0].startswith(f"{assessment} n’a pas été évaluée dans ce cours")


def test_one_weak_criterion_keeps_the_bloc_unless_the_centre_compensates(course: Course) -> None:
    _last(course, 2)
    assert decide_blocs(course, ["tout"])["tout"]["B1"].reasons == ("Sous le niveau 3 : B1-C16 (niveau 2).",)
    assert decide_blocs(course, ["tout"])["tout"]["B1"].verdict is Verdict.NOT_ACQUIRED
    _settings(course, 'compensation = "bloc"')
    assert decide_blocs(course, ["tout"])["tout"]["B1"].verdict is Verdict.ACQUIRED
    _settings(course, 'niveau_validation = 2\nnom = "Centre d’essai"')
    assert decide_blocs(course, ["tout"])["tout"]["B1"].verdict is Verdict.ACQUIRED
    assert build_sheets(course, "e2-performance")[0].centre.name == "Centre d’essai"


def test_a_missing_review_leaves_the_bloc_to_review(course: Course) -> None:
    _last(course, None)
    found = decide_blocs(course, ["tout"])["tout"]["B1"]
    assert (found.verdict, found.missing) == (Verdict.TO_REVIEW, (LAST,))
    assert found.reasons == ("À relire ou à évaluer : B1-C16.",)


def test_a_withdrawn_criterion_does_not_count_and_the_sheet_says_why(course: Course) -> None:
    _last(course, 1)
    _settings(course, f'[[retires]]\ncode = "{LAST}"\nmotif = "Données indisponibles."')
    found = decide_blocs(course, ["tout"])["tout"]["B1"]
    assert found.verdict is Verdict.ACQUIRED
    assert f"{LAST}. Retiré de cette session par le centre : Données indisponibles." in found.reasons
    row = build_sheets(course, "e2-performance")[0].criteria[-1]
    assert (row.verdict, row.level, row.auto_points) == (Verdict.WITHDRAWN, None, 2.0)


def test_wrong_settings_or_an_unknown_learner_conclude_nothing(course: Course) -> None:
    with pytest.raises(CasekitError, match=r"« zoe » n’est ni dans eleves\.csv"):
        decide_blocs(course, ["zoe"])
    _settings(course, "niveau_validation = 9")
    for conclude in (lambda: decide_blocs(course), lambda: build_sheets(course, "e2-performance")):
        with pytest.raises(CentreError, match="niveau_validation"):
            conclude()


def test_a_course_without_assessment_decides_nothing(tmp_path: Path) -> None:
    write_config(tmp_path)
    (tmp_path / LEARNERS_FILE).write_text("identifiant;prenom;nom\nana;;\n", encoding="utf-8")
    found = decide_blocs(Course(tmp_path))["ana"]
    assert {one.verdict for one in found.values()} == {None}
    assert sum(len(one.missing) for one in found.values()) == 46
