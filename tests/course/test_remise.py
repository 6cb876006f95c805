"""What the panel shows as right is right at grading; what is handed in is graded as it was read at the seat."""

import itertools
import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import small
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from nbgrader.api import Gradebook
from seat_history import Seat, Step

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.grading.handed_in import read_handed_in
from autograder.grading.job import grade_submission
from autograder.grading.records import Record, read_records
from autograder.grading.release import release
from autograder.grading.run import grade, source_of
from autograder.keys.evaluation import ALONE
from autograder.keys.formative import LocalFeedback
from casestudies.findings import Outcome
from casestudies.remise.fresh_run import CELL_S
from casestudies.remise.handing_in import hand_in
from casestudies.remise.parcel import pack
from casestudies.remise.reading import NotebookReading, read_afresh, sentences
from casestudies.remise.receipt import NAME as RECEIPT
from casestudies.remise.receipt import read_receipt
from casestudies.remise.saved import read_saved

pytestmark = pytest.mark.xdist_group("remise")

LEARNER, CHOICE = "lea", "q1-entree-conversion"
TEXT = f"""{small.TEXT}
```{{code-cell}}
:nbgrader: {{grade_id: a-choix, solution: true}}
choix = None
### DÉBUT SOLUTION
choix = "A"
### FIN SOLUTION
```

```{{code-cell}}
:nbgrader: {{grade_id: {CHOICE}, grade: true, locked: true, points: 1}}
dossier.verifier("{CHOICE}", choix)
```
"""
ONE, TWO = small.right(small.FIRST, LEARNER), small.right(small.SECOND, LEARNER)
TEXTS = {
    "base": (
        "base = 2", "base = 4", "base = base", "base = (", "base += 1", "pass", "%time base = 2", "!true\nbase = 2",
    ),
    "a-un": (
        f"un = {ONE}", f"un = base * {ONE / 2}", "un = 3", "un = inconnu", "un = (", "un = un", "un = None",
        f"if base > 2:\n    un = {ONE}\nelse:\n    un = 5", f"def f():\n    return base * {ONE / 2}\nun = f()",
        f"print(base)\nexit\nun = {ONE}", f"un = {ONE}\nraise SystemExit", f"un = float(input('?') or {ONE})",
        f"!true\nun = {ONE}", f"dit = !echo {ONE}\nun = float(dit[0])", f"%sx true\nun = {ONE}",
        f"import subprocess\nun = float(subprocess.check_output(['echo', '{ONE}']))",
    ),
    "entre": (
        "pass", "un = 5", f"un = {ONE}", "base = 4", "del un", "base += 1", "%%bash\nun=5",
        f"%%bash --out un\necho {ONE}",
    ),
    "a-deux": (f"deux = {TWO}", f"deux = un * {TWO / ONE}", "deux = deux", "deux = un", "deux = None"),
    "a-choix": ('choix = "A"', 'choix = "B"', 'choix = "C"', 'choix = "D"', "choix = choix"),
}  # fmt: skip
CHECKS = (small.FIRST.id, small.SECOND.id, CHOICE)
_NUMBER = itertools.count()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course whose small notebook asks two numbers and a choice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small, "TEXT", TEXT)
        made = small.make_course(tmp_path_factory.mktemp("remise") / "cours", (LEARNER,))
    made.config.Execute.timeout = 10
    return made


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand where no hub, no server and no grader says anything."""
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)


def seat_in(course: Course, folder: Path) -> Seat:
    """Return the seat of a learner who has just opened the notebook."""
    shutil.copytree(course.folder("release") / small.ASSIGNMENT, folder)
    path = folder / f"{small.NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    first = next(rank for rank, cell in enumerate(notebook["cells"]) if "identifiant" in "".join(cell["source"]))
    notebook["cells"][first] |= {"id": "identite", "source": f'identifiant = "{LEARNER}"'}
    for name, before in (("base", "a-un"), ("entre", "a-deux")):
        place = next(rank for rank, cell in enumerate(notebook["cells"]) if cell["id"] == before)
        notebook["cells"].insert(place, small.code(TEXTS[name][0], name))
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return Seat(path, TEXTS)


def graded(course: Course, folder: Path) -> Record:
    """Grade a folder as « casekit grade » does, without its pool of processes."""
    handed = read_handed_in(folder, LEARNER)
    (record,) = grade_submission(source_of(course, small.ASSIGNMENT), course.config, handed).records
    return record


def read_here(folder: Path, name: str = small.NOTEBOOK) -> NotebookReading:
    saved = read_saved(folder / f"{name}.ipynb")
    return read_afresh(saved, pack(folder, [saved]).files, LEARNER, folder, LocalFeedback())


def said(record: Record) -> dict[str, Outcome]:
    return {name: result.finding.outcome for name, result in record.results.items()}


STEPS = some.one_of(
    some.builds(lambda cell, rank: ("write", cell, rank), some.sampled_from(sorted(TEXTS)), some.integers(0, 15)),
    some.builds(lambda cell: ("run", cell), some.sampled_from([*sorted(TEXTS), *CHECKS, *CHECKS])),
    some.just(("all",)),
    some.just(("restart",)),
)
WORKED: list[Step] = [("write", "a-un", 1), ("write", "a-deux", 0), ("all",)]


@settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(some.lists(STEPS, min_size=3, max_size=14))
@example([*WORKED, ("write", "base", 1), ("restart",)])
@example([*WORKED, ("write", "a-un", 2)])
@example([*WORKED, ("restart",), ("all",), ("write", "a-un", 4), ("run", "a-un")])
@example([*WORKED, ("write", "entre", 1)])
@example([*WORKED, ("write", "a-un", 12), ("all",)])
@example([*WORKED, ("write", "a-un", 13), ("all",)])
@example([*WORKED, ("write", "base", 7), ("all",), ("restart",)])
@example([*WORKED, ("write", "entre", 6), ("all",)])
@example([("write", "a-un", 2), ("write", "a-deux", 1), ("all",), ("write", "a-un", 0), ("all",)])
def test_what_the_panel_shows_as_right_is_right_at_grading(
    course: Course, alone: None, tmp_path: Path, steps: list[Step]
) -> None:
    folder = tmp_path / f"place-{next(_NUMBER)}"
    seat = seat_in(course, folder)
    seat.live(steps)
    record = graded(course, folder)
    for question, outcome in seat.shown().items():
        finding = record.results[question].finding
        alone_choice = question == CHOICE and finding.message == ALONE
        assert not outcome.is_right or finding.outcome.is_right or alone_choice, (question, outcome, finding)
    reading = read_here(folder)
    assert {one.card.id: one.finding.outcome for one in reading.questions} == said(record)
    assert [one.card.id for one in reading.lost if one.card.id != CHOICE] == []


@pytest.mark.parametrize(
    "text",
    [
        f"!true\nun = {ONE}", f"dit = !echo {ONE}\nun = float(dit[0])", f"%sx true\nun = {ONE}", f"%ls\nun = {ONE}",
        f"%time !true\nun = {ONE}", f"%%bash --out un\necho {ONE}",
        f"import subprocess\nun = float(subprocess.check_output(['echo', '{ONE}']))",
    ],
)  # fmt: skip
def test_a_cell_that_starts_a_program_is_never_shown_as_right_and_everything_says_why(
    course: Course, alone: None, tmp_path: Path, text: str
) -> None:
    seat = seat_in(course, tmp_path / "place")
    seat.texts = {**TEXTS, "a-un": (text,)}
    seat.live([("write", "a-un", 0), ("all",)])
    assert not seat.shown()[small.FIRST.id].is_right
    assert not said(graded(course, tmp_path / "place"))[small.FIRST.id].is_right
    reading = read_here(tmp_path / "place")
    assert "autre programme" in " ".join(sentences(reading))
    seat.texts = {"a-un": (f"un = {ONE}",)}
    seat.live([("write", "a-un", 0), ("all",)])
    assert seat.shown()[small.FIRST.id].is_right


def test_a_cell_has_the_same_time_at_the_seat_as_at_grading(tmp_path: Path) -> None:
    assert init_course(tmp_path / "cours").config.Execute.timeout == CELL_S


REAL, NOTEBOOK = "e2-performance", "03-budget"
WRONG, BLANK, BROKEN = "q3-part-levier", "q3-mois-seuil", "q3-depenses-levier"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course with one of the kit's notebooks, released."""
    made = init_course(tmp_path_factory.mktemp("reel") / "cours")
    for path in made.source(REAL).glob("*.ipynb"):
        if path.stem != NOTEBOOK:
            path.unlink()
    (made.root / LEARNERS_FILE).write_text(f"identifiant;prenom;nom\n{LEARNER};;\n", encoding="utf-8")
    release(made, REAL)
    return made


@pytest.fixture(scope="module")
def worked(real: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a learner who answered everything but for one wrong, one blank and one broken cell."""
    folder = tmp_path_factory.mktemp("seat") / REAL
    shutil.copytree(real.folder("release") / REAL, folder)
    path = folder / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    model = json.loads((real.source(REAL) / path.name).read_text(encoding="utf-8"))
    solved = {cell["id"]: cell["source"] for cell in model["cells"]}
    for cell in notebook["cells"]:
        cell["source"] = solved[cell["id"]]
    by_id = {cell["id"]: cell for cell in notebook["cells"]}
    by_id[f"a{WRONG}"]["source"] = "part_sea = 0.987"
    by_id[f"a{BLANK}"]["source"] = "mois_seuil = None"
    by_id[f"a{BROKEN}"]["source"] = 'depenses_levier = budget.groupby("lever")["reel_ht"].sum()'
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "livrables").mkdir()
    (folder / "livrables" / "note.docx").write_bytes(b"une note")
    (folder / "secret.txt").write_text("pas à remettre", encoding="utf-8")
    return folder


def take_in(course: Course, archive: Path) -> Path:
    target = course.folder("submitted") / LEARNER / REAL
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    return target


def test_what_is_handed_in_is_graded_as_it_was_read(real: Course, worked: Path, alone: None) -> None:
    moment = datetime(2026, 11, 27, 8, 30)
    card = hand_in(worked, LEARNER, LocalFeedback(), moment)
    text = card.text().replace("\xa0", " ")
    assert "« Mois du seuil, cas haut »" in text
    assert "`depenses_levier = budget.groupby" in text
    archive = worked / "remise" / f"{LEARNER}_{REAL}.zip"
    first = archive.read_bytes()
    hand_in(worked, LEARNER, LocalFeedback(), moment)
    assert archive.read_bytes() == first, "the same work at the same time is the same file"
    target = take_in(real, archive)
    assert sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()) == [
        f"{NOTEBOOK}.ipynb", "livrables/note.docx", RECEIPT,
    ]  # fmt: skip
    assert read_receipt((target / RECEIPT).read_bytes()).learner == LEARNER
    reading = read_here(worked, NOTEBOOK)
    (one,) = grade(real, REAL)
    (record,) = read_records(real.records, REAL)
    assert said(record) == {question.card.id: question.finding.outcome for question in reading.questions}
    assert reading.right > 9
    assert said(record)[BLANK] is said(record)[BROKEN] is Outcome.NOT_ATTEMPTED
    assert not said(record)[WRONG].is_right
    assert [incident.code for incident in one.incidents if incident.code.startswith("recu")] == []
    with Gradebook(real.db_url, real.course_id) as gradebook:
        assert gradebook.find_submission(REAL, LEARNER).timestamp == moment


def test_a_copy_that_differs_from_its_receipt_is_said_and_graded(real: Course, worked: Path, alone: None) -> None:
    hand_in(worked, LEARNER, LocalFeedback())
    target = take_in(real, worked / "remise" / f"{LEARNER}_{REAL}.zip")
    path = target / f"{NOTEBOOK}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("0.987", "0.986"), encoding="utf-8")
    (target / "livrables/note.docx").unlink()
    (one,) = grade(real, REAL)
    told = " ".join(incident.what for incident in one.incidents if incident.code == "recu-different")
    assert f"« {NOTEBOOK}.ipynb » a changé depuis la remise" in told
    assert "« livrables/note.docx » n’est pas dans la copie" in told
    (target / RECEIPT).write_text("{}", encoding="utf-8")
    (one,) = grade(real, REAL)
    assert "recu-illisible" in [incident.code for incident in one.incidents]


@pytest.mark.parametrize("steps", [WORKED, [*WORKED, ("restart",), ("write", "base", 1), ("run", "base")]])
def test_a_class_is_graded_as_the_panel_says(course: Course, alone: None, tmp_path: Path, steps: list[Step]) -> None:
    seat = seat_in(course, tmp_path / "place")
    seat.live(steps)
    target = course.folder("submitted") / LEARNER / small.ASSIGNMENT
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(tmp_path / "place", target, ignore=shutil.ignore_patterns(".casekit"))
    record = small.graded(course)[LEARNER]
    right = {name for name, outcome in seat.shown().items() if outcome.is_right}
    assert right == {name for name, outcome in said(record).items() if outcome.is_right}
    assert small.SECOND.id in right
