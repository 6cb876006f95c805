"""One learner under any spelling, on the draw that was given out: learner's side, casekit, nbgrader's own command.

The class list and the folder of « zoé » are written with « é » in two characters, as some systems do; the draws of the
release are not those that would be drawn today.
"""

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import small
from click.testing import CliRunner
from nbgrader.api import Gradebook, Student

from autograder.certification.pathway import read_pathways
from autograder.certification.tutor_desk import write_grids
from autograder.cli import main
from autograder.course.class_list import read_learners
from autograder.course.course import Course
from autograder.grading.records import read_records
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.grading.triage.assign import assign
from autograder.grading.triage.survey import survey
from autograder.keys.cases import case_of
from autograder.keys.variants import accepted_draw
from autograder.privacy.forgetting import without
from autograder.privacy.masking import People
from autograder.privacy.spellings import settle_spellings
from autograder.review.model import Marker
from autograder.review.qualities import Qualities
from autograder.sheets.build import build_sheets
from casestudies import ouvrir_dossier
from casestudies.errors import CasekitError
from casestudies.identity import LEARNER_VARIABLE, read_json, write_json
from casestudies.variants import DRAWS_FILE, draw_key, draw_of, known_draw

pytestmark = pytest.mark.xdist_group("identifiers")
ZOE, LEA = "zo\u00e9", "lea"
SPLIT = unicodedata.normalize("NFD", ZOE)
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def given(learner: str) -> int:
    """Return the draw that the release gave out: another one than would be drawn today."""
    return accepted_draw(small.COMPANY, learner) + 3


def right(question, learner: str) -> str:
    return str(float(question.key(case_of(small.COMPANY, learner, given(learner))).right))


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Course:
    """Return a course released twice, with two copies worked on the draws of the first release."""
    course = small.make_course(tmp_path_factory.mktemp("tirages") / "cours", (SPLIT, LEA))
    draws = {draw_key(small.COMPANY, learner): given(learner) for learner in (ZOE, LEA)}
    gone = {draw_key(small.COMPANY, "parti"): 5}
    write_json(course.source(small.ASSIGNMENT) / DRAWS_FILE, draws | gone)
    released = release(course, small.ASSIGNMENT)
    assert read_json(released / DRAWS_FILE) == draws | gone, "a second release keeps what was given out"
    for learner, folder in ((ZOE, SPLIT), (LEA, LEA)):
        small.submit(course, learner, un=right(small.FIRST, learner), deux=right(small.SECOND, learner))
        if folder != learner:
            home = course.folder("submitted") / learner
            home.rename(home.with_name(folder))
    return course


@pytest.fixture
def course(handed_in: Course, tmp_path: Path) -> Course:
    """Return a copy of the course, to be graded."""
    shutil.copytree(handed_in.root, tmp_path / "cours")
    return Course(tmp_path / "cours")


def students(course: Course) -> list[str]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return sorted(one.id for one in gradebook.db.query(Student))


def scores(course: Course) -> dict[tuple[str, str], float]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {
            (unicodedata.normalize("NFC", submission.student_id), grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(small.ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def drawn(course: Course) -> dict[str, int | None]:
    return {record.learner: record.draw for record in read_records(course.records, small.ASSIGNMENT)}


def stock(course: Course) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", small.ASSIGNMENT],
        cwd=course.root, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


ALL = {(learner, question.id): top for learner in (ZOE, LEA) for question, top in ((small.FIRST, 2), (small.SECOND, 3))}
"""Everything is right on the draws given out."""


def test_casekit_grades_the_learner_and_the_draw_of_the_release(course: Course) -> None:
    run = CliRunner().invoke(
        main, ["grade", small.ASSIGNMENT, "--apprenant", SPLIT, "--apprenant", LEA, "--cours", str(course.root)]
    )
    assert run.exit_code == 0, run.output
    assert scores(course) == ALL
    assert drawn(course) == {ZOE: given(ZOE), LEA: given(LEA)}
    assert students(course) == sorted([ZOE, LEA])
    assert [path.name for path in sorted(course.folder("submitted").iterdir())] == [LEA, ZOE]


def test_stock_nbgrader_gives_the_same_scores_and_its_rows_are_found(course: Course) -> None:
    stock(course)
    assert scores(course) == ALL
    assert drawn(course) == {ZOE: given(ZOE), LEA: given(LEA)}
    assert SPLIT in students(course), "nbgrader makes a learner of the folder’s name"
    with Qualities.of(course) as qualities:
        qualities.write(small.ASSIGNMENT, SPLIT, "Curieuse.", Marker("M. Aubry"), 0)
    run = CliRunner().invoke(main, ["sheets", small.ASSIGNMENT, "--format", "json", "--cours", str(course.root)])
    assert run.exit_code == 0, run.output
    assert students(course) == sorted([ZOE, LEA])
    before = (course.root / "gradebook.db").read_bytes()
    settle_spellings(course)
    assert (course.root / "gradebook.db").read_bytes() == before, "nothing is written when there is nothing to rename"
    zoe, lea = build_sheets(course, small.ASSIGNMENT)
    assert (zoe.learner.id, zoe.variants[0].draw, zoe.qualities) == (ZOE, given(ZOE), "Curieuse.")
    assert [row.verdict for row in zoe.criteria] == [row.verdict for row in lea.criteria]
    assert scores(course) == ALL


def test_two_copies_of_one_person_are_both_kept_and_told(course: Course) -> None:
    home = course.folder("submitted")
    shutil.copytree(home / SPLIT, home / ZOE)
    stock(course)
    settle_spellings(course)
    assert sorted(path.name for path in home.iterdir()) == sorted([LEA, ZOE, SPLIT])
    assert students(course) == sorted([LEA, ZOE, SPLIT]), "two submissions: none takes the place of the other"
    seen = survey(home, small.ASSIGNMENT, course.learners(), course.assignments())
    assert set(seen.folders) == {LEA, ZOE}
    [(name, incident)] = seen.apart
    assert name == SPLIT
    assert "d’autres caractères" in incident.what


def test_the_learners_side_opens_the_same_variant(handed_in: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(handed_in.folder("release") / small.ASSIGNMENT)
    monkeypatch.setenv(LEARNER_VARIABLE, SPLIT)
    company = ouvrir_dossier(small.COMPANY)._company
    assert (company.learner, company.draw) == (ZOE, given(ZOE))
    assert company.table("commandes").equals(case_of(small.COMPANY, ZOE, given(ZOE)).table("commandes"))


def test_a_draw_given_out_is_the_draw_whatever_would_be_drawn(tmp_path: Path) -> None:
    write_json(tmp_path / DRAWS_FILE, {draw_key("kerlavandre", ZOE): 7, draw_key("kerlavandre", LEA): "7"})
    for released in (tmp_path, read_json(tmp_path / DRAWS_FILE)):
        assert draw_of("kerlavandre", SPLIT, released, lambda *_: 0) == known_draw("kerlavandre", ZOE, released) == 7
        assert draw_of("kerlavandre", LEA, released, lambda *_: 2) == 2
    asked = []
    draw_of("kerlavandre", SPLIT, {}, lambda *who: asked.append(who) or 0)
    assert asked == [("kerlavandre", ZOE)]


def test_a_copy_does_not_choose_its_draw(course: Course) -> None:
    (course.source(small.ASSIGNMENT) / DRAWS_FILE).unlink()
    forged = {draw_key(small.COMPANY, LEA): given(LEA)}
    write_json(course.folder("submitted") / LEA / small.ASSIGNMENT / DRAWS_FILE, forged)
    stock(course)
    by_stock = drawn(course)
    grade(course, small.ASSIGNMENT)
    assert drawn(course) == by_stock == {name: accepted_draw(small.COMPANY, name) for name in (ZOE, LEA)}


def test_damaged_draws_are_none(course: Course) -> None:
    (course.source(small.ASSIGNMENT) / DRAWS_FILE).write_text("{", encoding="utf-8")
    grade(course, small.ASSIGNMENT, [LEA])
    assert drawn(course) == {LEA: accepted_draw(small.COMPANY, LEA)}


def test_the_class_list_has_one_spelling(tmp_path: Path) -> None:
    path = tmp_path / "eleves.csv"
    path.write_text(f"identifiant;prenom\n{SPLIT};Zoé\n", encoding="utf-8")
    assert list(read_learners(path)) == [ZOE]
    path.write_text(f"identifiant\n{SPLIT}\n{ZOE}\n", encoding="utf-8")
    with pytest.raises(CasekitError, match=r"ligne 3 .* déjà pris"):
        read_learners(path)
    path.write_text("identifiant\nzo\x07e\n", encoding="utf-8")
    with pytest.raises(CasekitError, match=r"ligne 2 .* caractère invisible"):
        read_learners(path)


def test_the_other_lists_find_the_learner(course: Course) -> None:
    path = course.root / "parcours.csv"
    path.write_text(f"identifiant;voie\n{SPLIT};formation\n", encoding="utf-8")
    assert list(read_pathways(path, course.learners())) == [ZOE]
    assert without(path.read_text(encoding="utf-8"), ZOE) == ("identifiant;voie\n", 1)
    assert write_grids(course, [SPLIT])[0].stem == f"grille-tuteur-{ZOE}"
    assert People(course.learners().values()).mask(f'identifiant = "{SPLIT}"', {ZOE: "a01"}) == 'identifiant = "a01"'


def test_a_trainer_may_name_the_learner_in_any_spelling(course: Course, tmp_path: Path) -> None:
    settle_spellings(course)
    source = next((course.folder("submitted") / LEA).rglob("*.ipynb"))
    copied = tmp_path / "perdu.ipynb"
    shutil.copyfile(source, copied)
    done = assign(course, small.ASSIGNMENT, str(copied), f"{SPLIT}/{small.NOTEBOOK}")
    assert done.learner == ZOE
