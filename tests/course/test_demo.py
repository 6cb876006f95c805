"""The whole way, as a user of the wheel goes it: installed alone, in an empty folder, ``casekit demo``."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from autograder.certification.model import Ruling
from autograder.certification.record import folder_name
from autograder.certification.register import Register
from autograder.certification.trace import check_trace
from autograder.course.course import Course
from autograder.demo.jury import SESSION
from autograder.demo.marking import FIRST, LEFT, SECOND
from autograder.demo.people import ASSIGNMENT, ASSIGNMENTS, BLOC_1, PEOPLE, PLAN, STRATEGY, TEAM, taking
from autograder.grading.records import Record, read_records
from autograder.keys.questions import questions_of
from autograder.review.store import ReviewStore

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """Return the ``casekit`` command of an environment that holds the wheel and, from elsewhere, its dependencies."""
    folder = tmp_path_factory.mktemp("roue")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    venv.create(folder / "env", with_pip=True, symlinks=True)
    python = folder / "env" / "bin" / "python"
    wheel = next(folder.glob("*.whl"))
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = Path(subprocess.check_output([python, "-c", ask], text=True).strip())
    (own / "dependances.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "env" / "bin" / "jupyter").symlink_to(Path(sys.executable).parent / "jupyter")
    return folder / "env" / "bin" / "casekit"


@pytest.fixture(scope="module")
def demo(installed: Path, tmp_path_factory) -> tuple[Path, str]:
    """Return the folder where the demonstration ran, and what it printed."""
    folder = tmp_path_factory.mktemp("vide")
    environment = {**os.environ, "COLUMNS": "250", "PYTHONUTF8": "1"}
    environment.pop("PYTHONPATH", None)
    run = subprocess.run([installed, "demo"], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "build" / "demo", run.stdout


def recorded(root: Path, assignment: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in read_records(root / "build" / "answers", assignment):
        found.setdefault(record.learner, []).append(record)
    return found


@pytest.fixture(scope="module")
def records(demo) -> dict[str, list[Record]]:
    return recorded(demo[0], ASSIGNMENT)


@pytest.fixture(scope="module")
def strategies(demo) -> dict[str, list[Record]]:
    return recorded(demo[0], STRATEGY)


@pytest.fixture(scope="module")
def plans(demo) -> dict[str, list[Record]]:
    return recorded(demo[0], PLAN)


def lost(records: list[Record]) -> dict[str, float]:
    """Return the questions that did not earn all their points."""
    results = {name: result for record in records for name, result in record.results.items()}
    return {name: result.points for name, result in results.items() if result.points < result.max_points}


def test_the_kit_comes_from_the_wheel(installed: Path) -> None:
    code = "import autograder, casestudies; print(autograder.__file__, casestudies.__file__)"
    shown = subprocess.check_output([installed.parent / "python", "-c", code], text=True, cwd="/")
    assert all(str(installed.parent.parent) in path for path in shown.split())


@pytest.mark.parametrize("name", ["a01", "a02", "a11", "a12", "b02", "b03", "b05", "b06"])
def test_right_work_earns_everything_however_it_is_handed_in(records, name: str) -> None:
    assert lost(records[name]) == {}


def test_a_right_strategy_earns_everything_on_the_figures_of_five_companies(strategies) -> None:
    assert lost(strategies["a01"]) == {}
    assert len({record.company for record in strategies["a01"]}) == 5
    notebooks = {question.notebook.split("/")[1] for question in questions_of(assignment="e1-strategie")}
    assert {record.notebook for record in strategies["a01"]} == notebooks
    assert [record.incidents for record in strategies["a01"]] == [[]] * len(notebooks)


def test_mistakes_of_strategy_are_named(strategies) -> None:
    met = {one for record in strategies["a15"] for r in record.results.values() for one in r.finding.misconceptions}
    assert {"M107", "M110", "M116"} <= met


def test_a_part_of_the_class_works_the_strategy(strategies) -> None:
    assert sorted(strategies) == [one.id for one in taking(STRATEGY) if one.act]
    assert len(strategies) < len(PEOPLE)


def test_a_part_of_the_class_works_the_plan(demo, plans) -> None:
    assert sorted(plans) == [one.id for one in taking(PLAN)]
    notebooks = {question.notebook.split("/")[1] for question in questions_of(assignment=PLAN)}
    assert {record.notebook for record in plans["a01"]} == notebooks
    assert lost(plans["a01"]) == {}
    met = {one for record in plans["a15"] for r in record.results.values() for one in r.finding.misconceptions}
    assert {"M110", "M700", "M743", "M774"} <= met
    sheets = json.loads((demo[0] / "build" / "fiches" / PLAN / "fiches.json").read_text(encoding="utf-8"))
    verdicts = {sheet["learner"]: [row["verdict"] for row in sheet["criteria"].values()] for sheet in sheets}
    assert verdicts["a01"].count("acquis") == len({question.criterion for question in questions_of(assignment=PLAN)})
    assert set(verdicts["a02"]) == {"absent"}


def test_a_part_of_the_class_leads_a_team(demo) -> None:
    team = recorded(demo[0], TEAM)
    assert sorted(team) == [one.id for one in taking(TEAM)]
    assert [lost([record]) for record in team["a01"]] == [{}] * 3
    met = {one for record in team["a15"] for r in record.results.values() for one in r.finding.misconceptions}
    assert {"M860", "M890", "M900"} <= met


@pytest.mark.parametrize(
    ("name", "misconceptions"),
    [("a03", {"M03", "M08"}), ("a04", {"M16"}), ("a05", {"M21", "M22"}), ("a06", {"M65", "M72"}), ("a07", {"M05"})],
)
def test_a_mistake_is_named(records, name: str, misconceptions: set[str]) -> None:
    results = [result for record in records[name] for result in record.results.values()]
    assert misconceptions <= {one for result in results for one in result.finding.misconceptions}
    assert 0 < len(lost(records[name])) < len(results)


def test_blank_and_half_done_copies_say_so(records) -> None:
    blank = [result.finding.outcome for record in records["a08"] for result in record.results.values()]
    assert set(blank) == {"not-attempted"}
    half = [result.finding.outcome for record in records["a09"] for result in record.results.values()]
    assert {"right", "not-attempted"} <= set(half)


def test_an_early_mistake_is_punished_once(records) -> None:
    outcomes = [result.finding.outcome for record in records["a10"] for result in record.results.values()]
    assert outcomes.count("consequence") >= 3
    assert 0 < len(lost(records["a10"])) <= outcomes.count("misconception") + outcomes.count("unit")


def test_short_notes_are_to_complete(records) -> None:
    outcomes = [result.finding.outcome for record in records["a13"] for result in record.results.values()]
    assert outcomes.count("to-complete") >= 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("b04", "illisible"),
        ("b02", "renomme"),
        ("b03", "cellules-remises"),
        ("b03", "cellules-en-double"),
        ("b01", "temps-depasse"),
        ("b06", "autre-variante"),
    ],
)
def test_each_accident_is_said_in_the_terminal_and_kept(demo, records, name: str, code: str) -> None:
    incidents = {incident.code: incident for record in records[name] for incident in record.incidents}
    assert code in incidents
    assert f"• {name}" in demo[1]
    beginning = incidents[code].what.split(" :")[0].split("\u00a0:")[0][:30]
    assert beginning in demo[1].replace("\u00a0", " ").replace("\u202f", " ") or beginning in demo[1]


@pytest.mark.parametrize("learner", [one for one in PEOPLE if one.accident], ids=lambda one: one.id)
def test_every_accident_has_its_line(demo, learner) -> None:
    lines = [line for line in demo[1].splitlines() if line.strip().startswith(f"• {learner.id}")]
    assert lines
    assert all("→" in line for line in lines)


def test_every_criterion_of_every_sheet_has_a_verdict_and_its_reason(demo) -> None:
    sheets = json.loads((demo[0] / "build" / "fiches" / ASSIGNMENT / "fiches.json").read_text(encoding="utf-8"))
    assert [sheet["learner"] for sheet in sheets] == [learner.id for learner in PEOPLE]
    for sheet in sheets:
        assert set(sheet["criteria"]) == {f"B1-C{number}" for number in range(12, 17)}
        for code, row in sheet["criteria"].items():
            if row["verdict"] != "acquis":
                assert row["reasons"], (sheet["learner"], code)
    by_learner = {sheet["learner"]: sheet["criteria"] for sheet in sheets}
    assert {row["verdict"] for row in by_learner["a01"].values()} == {"acquis"}
    assert {row["verdict"] for row in by_learner["b07"].values()} == {"absent"}
    assert by_learner["b04"]["B1-C12"]["verdict"] == "à relire"
    assert by_learner["b04"]["B1-C15"]["verdict"] == "acquis"


def test_the_first_bloc_is_whole(demo) -> None:
    verdicts: dict[str, dict[str, str]] = {}
    for assignment in BLOC_1:
        path = demo[0] / "build" / "fiches" / assignment / "fiches.json"
        for sheet in json.loads(path.read_text(encoding="utf-8")):
            rows = {code: row["verdict"] for code, row in sheet["criteria"].items()}
            verdicts.setdefault(sheet["learner"], {}).update(rows)
    codes = {f"B1-C{number:02d}" for number in range(1, 17)}
    assert all(set(rows) == codes for rows in verdicts.values())
    assert set(verdicts["a01"].values()) == {"acquis"}
    assert "acquis" not in verdicts["a08"].values()


@pytest.mark.parametrize("assignment", BLOC_1)
def test_everybody_who_handed_in_gets_feedback_and_everybody_a_sheet(demo, assignment: str) -> None:
    for learner in PEOPLE:
        assert (demo[0] / "build" / "fiches" / assignment / f"fiche-{learner.id}.pdf").is_file()
        index = demo[0] / "build" / "feedback" / learner.id / assignment / "index.html"
        assert index.is_file() == (learner.act is not None and learner in taking(assignment))


def test_two_markers_partly_disagree_then_settle(demo) -> None:
    for assignment in BLOC_1:
        with ReviewStore.of(Course(demo[0]), assignment) as store:
            pairs = store.pairs()
        apart = [pair for pair in pairs if pair.gap]
        assert 0 < len(apart) < len(pairs)
        assert {pair.first.marker for pair in pairs} | {pair.second.marker for pair in pairs} == {
            FIRST.name, SECOND.name,
        }  # fmt: skip
        assert [pair.waiting for pair in apart].count(True) == LEFT
    assert demo[1].count("alpha de Krippendorff") == len(ASSIGNMENTS)


def test_it_ends_with_the_record_of_a_jury(demo) -> None:
    folder = demo[0] / "build" / "jury"
    session = folder / folder_name(SESSION)
    record = json.loads((session / "proces-verbal.json").read_text(encoding="utf-8"))
    assert len(record["candidates"]) == len(PEOPLE)
    assert (session / "proces-verbal.pdf").read_bytes().startswith(b"%PDF")
    assert (session / "proces-verbal.docx").is_file()
    assert check_trace(session / "trace.jsonl").problems == ()
    with Register.of(Course(demo[0])) as register:
        rulings = {(entry.learner, entry.bloc): entry.ruling for entry in register.entries()}
    assert rulings["a01", "B1"] is Ruling.VALIDATED
    assert {bloc for (learner, bloc), ruling in rulings.items() if (learner, ruling) == ("a01", Ruling.VALIDATED)} == {
        "B1", "B2", "B3",
    }  # fmt: skip
    assert rulings["a15", "B3"] is Ruling.NOT_VALIDATED
    assert rulings["a08", "B1"] is Ruling.NOT_VALIDATED
    assert not {("b07", "B1"), ("a02", "B1")} & set(rulings), "nothing is decided of what was not handed in"
    attested = {path.stem.removeprefix("attestation-") for path in (folder / "attestations").glob("*.pdf")}
    assert attested == {learner for (learner, _), ruling in rulings.items() if ruling is Ruling.VALIDATED}


def test_it_says_where_to_look_next(demo) -> None:
    assert "jupyter lab" in demo[1]
    assert "Traceback" not in demo[1]
