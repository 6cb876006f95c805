"""Deadlines, extensions and the centre's rule: said on the sheet, or not taken; never a silent zero."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import small
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.sheets.build import build_sheets
from autograder.sheets.lateness import CODE, FILE, Late, deadlines, hand_in_times, late_copies
from autograder.sheets.model import Sheet, Verdict
from autograder.sheets.wording import header
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("triage")
HANDED_IN = {
    "tot": datetime(2026, 3, 1, 10),
    "tard": datetime(2026, 3, 5, 22, 30),
    "juste": datetime(2026, 3, 4, 22, 59),
}
"""In UTC: 22:59 is 23:59 in Paris."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small.make_course(tmp_path_factory.mktemp("retard") / "cours", tuple(HANDED_IN))
    (made.root / "eleves.csv").write_text("identifiant\n" + "\n".join([*HANDED_IN, "rien"]) + "\n", encoding="utf-8")
    with Gradebook(made.db_url, made.course_id) as gradebook:
        for learner, moment in HANDED_IN.items():
            gradebook.update_or_create_student(learner)
            gradebook.update_or_create_submission(small.ASSIGNMENT, learner, timestamp=moment)
            (made.folder("submitted") / learner / small.ASSIGNMENT).mkdir(parents=True, exist_ok=True)
    return made.root


@pytest.fixture
def course(model: Path, tmp_path: Path) -> Course:
    shutil.copytree(model, tmp_path / "cours")
    return Course(tmp_path / "cours")


def due(course: Course, *lines: str) -> None:
    (course.root / FILE).write_text("\n".join(["evaluation;identifiant;echeance;motif", *lines]), encoding="utf-8")


def late_of(course: Course) -> dict[str, Late]:
    return late_copies(deadlines(course, small.ASSIGNMENT), hand_in_times(course, small.ASSIGNMENT))


def sheet_of(course: Course, learner: str) -> Sheet:
    return next(one for one in build_sheets(course, small.ASSIGNMENT) if one.learner.id == learner)


def test_a_day_ends_at_midnight_in_paris_and_an_extension_wins(course: Course) -> None:
    assert late_of(course) == {}
    due(course, f"{small.ASSIGNMENT};;04/03/2026;")
    late = late_of(course)
    assert [*late] == ["tard"]
    assert late["tard"].by == "23 h"
    due(course, f"{small.ASSIGNMENT};;2026-03-01 11:30;", f"{small.ASSIGNMENT};tard;06/03/2026 à 18h;tiers temps")
    assert [*late_of(course)] == ["juste"]
    shown = dict(header(sheet_of(course, "tard")))
    assert shown["Remise le"].replace("\N{NO-BREAK SPACE}", " ") == "5 mars 2026 à 23 h 30"
    assert deadlines(course, small.ASSIGNMENT)["tard"] == datetime(2026, 3, 6, 17, tzinfo=UTC)


def test_lateness_is_said_and_changes_nothing_by_default(course: Course) -> None:
    before = [row.verdict for row in sheet_of(course, "tard").criteria]
    due(course, f"{small.ASSIGNMENT};;01/03/2026;")
    sheet = sheet_of(course, "tard")
    assert [row.verdict for row in sheet.criteria] == before
    (told,) = [one for one in sheet.incidents if one.code == CODE]
    assert "en retard de 3 jours" in told.what
    assert "le 05/03/2026 à 23:30" in told.what
    assert not [one for one in sheet_of(course, "tot").incidents if one.code == CODE]


def test_a_centre_that_takes_no_late_copy_says_so_in_place_of_each_verdict(course: Course) -> None:
    due(course, f"{small.ASSIGNMENT};;01/03/2026;")
    (course.root / "centre.toml").write_text('retard = "refusé"\n', encoding="utf-8")
    rows = sheet_of(course, "tard").criteria
    assert {row.verdict for row in rows} == {Verdict.ABSENT}
    assert all("Copie non recevable" in row.reasons[0] for row in rows)
    assert {row.verdict for row in sheet_of(course, "tot").criteria} != {Verdict.ABSENT}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("e9-rien;;04/03/2026;",), "pas d’évaluation « e9-rien »"),
        ((f"{small.ASSIGNMENT};personne;04/03/2026;",), "n’est pas dans eleves.csv"),
        ((f"{small.ASSIGNMENT};;demain;",), "n’est pas une échéance"),
        ((f"{small.ASSIGNMENT};;04/03/2026 25:00;",), "n’est pas une échéance"),
        ((f"{small.ASSIGNMENT};;04/03/2026;", f"{small.ASSIGNMENT};;05/03/2026;"), "ligne 3"),
    ],
)
def test_a_line_at_fault_is_said_and_nothing_concluded(course: Course, lines: tuple[str, ...], said: str) -> None:
    due(course, *lines)
    with pytest.raises(CasekitError, match=said):
        build_sheets(course, small.ASSIGNMENT)
