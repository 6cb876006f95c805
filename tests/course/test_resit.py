"""A second session: the questions of the first under another name, other figures, the best result kept."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course.course import Course
from autograder.course.creation import init_course
from autograder.demo.people import Profile, blank, mistaken, model
from autograder.demo.run import hand_in
from autograder.grading.records import read_records
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.keys.questions import questions_of
from autograder.sheets.blocs import decide_blocs
from autograder.sheets.build import build_sheets
from autograder.sheets.model import Verdict
from autograder.sheets.wording import title
from casestudies.errors import CasekitError
from casestudies.variants import known_draw

E2, SECOND = "e2-performance", "e2-performance-session-2"
KEPT = ("01-indicateurs-promotion", "02-analyse-avant-apres")
CRITERION = "B1-C12"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of two notebooks, graded; its second session prepared, released, handed in by two of three, graded."""
    made = init_course(tmp_path_factory.mktemp("rattrapage") / "cours")
    for path in (made.root / "notebooks" / E2).glob("*.ipynb"):
        if path.stem not in KEPT:
            path.unlink()
    (made.root / "eleves.csv").write_text("identifiant\njuste\nmieux\npire\n", encoding="utf-8")
    released = release(made, E2)
    many = tuple(f"M{number:02d}" for number in range(1, 100))
    for name, act in (("juste", model), ("mieux", mistaken(*many)), ("pire", mistaken(*many))):
        hand_in(made, released, Profile(name, "", act))
    grade(made, E2)
    result = CliRunner().invoke(main, ["rattrapage", E2, "--cours", str(made.root)])
    assert result.exit_code == 0, result.output
    assert SECOND in result.output.replace("\n", "")
    again = release(made, SECOND)
    for name, act in (("mieux", model), ("pire", blank)):
        hand_in(made, again, Profile(name, "", act))
    grade(made, SECOND)
    return made


def verdicts(course: Course, assignment: str) -> dict[str, dict[str, tuple[Verdict, int | None]]]:
    sheets = build_sheets(course, assignment)
    return {one.learner.id: {row.code: (row.verdict, row.auto_level) for row in one.criteria} for one in sheets}


def test_it_takes_the_notebooks_of_what_is_missing_and_other_figures(course: Course) -> None:
    assert {path.stem for path in course.source(SECOND).glob("*.ipynb")} <= set(KEPT)
    for name in ("juste", "mieux", "pire"):
        first = known_draw("kerlavandre", name, course.source(E2))
        second = known_draw("kerlavandre", name, course.source(SECOND))
        assert first is not None
        assert second is not None
        assert second > first
    assert known_draw("kerlavandre", "mieux", course.folder("release") / SECOND) == second_draw(course, "mieux")


def second_draw(course: Course, name: str) -> int | None:
    return known_draw("kerlavandre", name, course.source(SECOND))


def test_right_work_on_the_new_figures_earns_everything(course: Course) -> None:
    records = [one for one in read_records(course.records, SECOND) if one.learner == "mieux"]
    results = {name: found for one in records for name, found in one.results.items()}
    known = {one.id for one in questions_of(assignment=SECOND)}
    assert results
    assert set(results) <= known
    assert {name: found.points for name, found in results.items() if found.points < found.max_points} == {}
    assert {one.company for one in records} == {"kerlavandre"}
    assert {one.draw for one in records} == {second_draw(course, "mieux")}


def test_the_best_counts_and_nothing_is_lost(course: Course) -> None:
    first, second = verdicts(course, E2), verdicts(course, SECOND)
    assert first["mieux"][CRITERION][1] != 4
    assert second["mieux"][CRITERION][1] == 4
    assert second["pire"][CRITERION] == first["pire"][CRITERION], "a blank second copy takes nothing away"
    assert second["juste"] == first["juste"], "who does not sit it keeps everything"
    decided = decide_blocs(course)
    levels = {row.code: row.auto_level for row in decided["mieux"]["B1"].criteria}
    assert levels[CRITERION] == 4


def test_the_sheet_names_its_session(course: Course) -> None:
    sheets = {one.learner.id: one for one in build_sheets(course, SECOND)}
    assert "session 2" in title(sheets["mieux"]).replace("\u00a0", " ")
    row = next(one for one in sheets["mieux"].criteria if one.code == CRITERION)
    assert any(text.startswith("Session 2 : niveau") for text in row.reasons)
    kept = next(one for one in sheets["juste"].criteria if one.code == CRITERION)
    assert any("gardé" in text for text in kept.reasons)


def test_what_cannot_be_is_said(course: Course) -> None:
    for arguments, words in (
        ([E2], "existe déjà"),
        ([E2, "--session", "1"], "de 2 à 9"),
        ([E2, "--session", "3", "--apprenant", "inconnue"], "n’est pas dans eleves.csv"),
    ):
        result = CliRunner().invoke(main, ["rattrapage", *arguments, "--cours", str(course.root)])
        assert result.exit_code == 2
        assert words in result.output.replace("\n", " ").replace("\u00a0", " ")
        assert "Traceback" not in result.output


def test_a_new_release_of_either_session_changes_no_figure(course: Course) -> None:
    before = [json.loads((course.source(name) / "tirages.json").read_text()) for name in (E2, SECOND)]
    for name in (E2, SECOND):
        release(course, name)
    assert [json.loads((course.source(name) / "tirages.json").read_text()) for name in (E2, SECOND)] == before


def test_a_copied_folder_of_another_name_is_still_refused(course: Course, tmp_path: Path) -> None:
    target = course.source("e2-reprise")
    target.mkdir()
    source = next(course.source(E2).glob("*.ipynb"))
    (target / source.name).write_bytes(source.read_bytes())
    with pytest.raises(CasekitError, match="ne sont pas connues sous ce nom"):
        release(course, "e2-reprise")
    (target / source.name).unlink()
    target.rmdir()
