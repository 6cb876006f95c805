"""One copy never stops a class: whatever goes wrong with it becomes its incident, and the others are graded."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import psutil
import pytest
import small
from nbgrader.api import Gradebook
from sqlalchemy import Engine, event

from autograder.course.course import Course
from autograder.grading import job, pool
from autograder.grading.handed_in import Submitted, read_handed_in
from autograder.grading.job import Graded
from autograder.grading.kernel import keeper
from autograder.grading.kernel.alive import is_stopped
from autograder.grading.kernel.client import Child
from autograder.grading.mishaps import failed
from autograder.grading.pool import PoolPlan, Result
from autograder.grading.run import Engine as GradingEngine
from autograder.grading.run import engine_of, grade_class
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("engine")
LEARNERS = ("alice", "bruno", "chloe")
VICTIM = "bruno"
FULL = {small.FIRST.id: 2.0, small.SECOND.id: 3.0}
EVERYBODY_RIGHT = {learner: [2.0, 3.0] for learner in LEARNERS}
SECRET = "Une phrase de bruno."
MAX_MAIN_MIB = 400


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Course:
    made = small.make_course(tmp_path_factory.mktemp("modele") / "cours", LEARNERS)
    for learner in LEARNERS:
        small.submit(made, learner)
    return made


@pytest.fixture
def course(model: Course, tmp_path: Path) -> Course:
    """A course of its own, where three right copies wait."""
    return small.copied(model, tmp_path / "cours")


def here(plan: PoolPlan, copies: Iterable[Submitted]) -> Iterator[list[Result]]:
    """Grade in this process, where steps can be made to fail, as workers do."""
    for copy in copies:
        try:
            handed = read_handed_in(copy.folder, copy.learner, plan.source.expected)
            yield [(copy, job.grade_submission(plan.source, plan.config, handed))]
        except Exception as error:
            yield [(copy, failed(copy.learner, error, "corrigée"))]


def together(plan: PoolPlan, copies: Iterable[Submitted]) -> Iterator[list[Result]]:
    """Grade in this process, and have everything written in one batch."""
    yield [result for batch in here(plan, copies) for result in batch]


def concerns_the_victim(value: object) -> bool:
    if isinstance(value, list):
        return any(map(concerns_the_victim, value))
    named = (str(getattr(value, "learner", "")), value)
    return VICTIM in named or (isinstance(value, Path) and VICTIM in value.parts)


def breaking(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    """Make a function raise whenever one of its arguments is the victim's."""
    place, _, attribute = name.rpartition(".")
    holder = import_module(f"autograder.grading.{place}") if not place.endswith("Writer") else None
    holder = holder or import_module("autograder.grading.writer").Writer
    original: Callable[..., object] = getattr(holder, attribute)

    def broken(*given: object, **named: object) -> object:
        if any(concerns_the_victim(one) for one in (*given, *named.values())):
            raise error
        return original(*given, **named)

    monkeypatch.setattr(holder, attribute, broken)


def scores(course: Course) -> dict[str, list[float | None]]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {
            one.student_id: [grade.auto_score for notebook in one.notebooks for grade in notebook.grades]
            for one in gradebook.assignment_submissions(small.ASSIGNMENT)
        }


STEPS = (
    "triage.survey._sort_in", "run.look_at", "run._complete", "run._print", "run.hand_in_time", "job.unpack",
    "job.take_in", "job._values", "job._grade_notebook", "writer.Writer.write", "writer.Writer._grades",
    "writer.Writer._files", "writer.Writer._beside", "writer.Writer._note", "writer.record_bytes", "writer.put_copy",
)  # fmt: skip
ERRORS = (ValueError(SECRET), RecursionError(SECRET), OSError(5, SECRET), MemoryError())


@pytest.mark.parametrize("engine", [here, together])
@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_any_step_is_the_incident_of_its_copy(
    course: Course, monkeypatch: pytest.MonkeyPatch, step: str, engine: GradingEngine
) -> None:
    folder = course.folder("submitted") / VICTIM / small.ASSIGNMENT
    (folder / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC", encoding="utf-8")
    breaking(monkeypatch, step, ERRORS[STEPS.index(step) % len(ERRORS)])
    session = grade_class(course, small.ASSIGNMENT, engine=engine)
    found = {one.learner: one for one in session.everyone}
    assert sorted(found) == list(LEARNERS)
    for learner in ("alice", "chloe"):
        assert found[learner].incidents == []
        assert small.points(found[learner].records[0]) == FULL
        assert sorted(scores(course)[learner]) == [2.0, 3.0]
    incidents = found[VICTIM].incidents
    assert [one.code for one in incidents] == ["echec"]
    assert SECRET not in incidents[0].what
    assert "(" in incidents[0].what
    monkeypatch.undo()
    again = grade_class(course, small.ASSIGNMENT, engine=here)
    assert [one.learner for one in again.graded] == [VICTIM], "a copy that failed is taken up again, and it alone"
    assert sorted(scores(course)[VICTIM]) == [2.0, 3.0]


def journal(course: Course) -> list[str]:
    with sqlite3.connect(course.root / "gradebook.db") as database:
        return sorted(learner for (learner,) in database.execute("SELECT learner FROM casekit_journal"))


def test_copies_of_a_batch_are_told_once_all_of_them_are_committed_together(course: Course) -> None:
    told: list[tuple[str, list[str]]] = []
    commits: list[object] = []

    def committed(connection: object) -> None:
        commits.append(connection)

    def tell(graded: Graded, *_: int) -> None:
        told.append((graded.learner, journal(course)))

    event.listen(Engine, "commit", committed)
    try:
        grade_class(course, small.ASSIGNMENT, engine=together)
        one_batch = len(commits)
        grade_class(course, small.ASSIGNMENT, force=True, engine=here)
    finally:
        event.remove(Engine, "commit", committed)
    assert len(commits) - one_batch == one_batch + len(LEARNERS) - 1, "one commit for a batch"
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("DELETE FROM casekit_journal")
    grade_class(course, small.ASSIGNMENT, engine=together, tell=tell)
    assert told == [(learner, list(LEARNERS)) for learner in LEARNERS]


@pytest.mark.parametrize("step", ["_beside", "_note", "_settle"])
def test_a_batch_that_is_cut_before_its_end_is_graded_again_whole(
    course: Course, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Copies and records are in place, grades are not: nothing was told, nothing is believed."""
    told: list[str] = []

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"autograder.grading.writer.Writer.{step}", cut)
    with pytest.raises(KeyboardInterrupt):
        grade_class(course, small.ASSIGNMENT, engine=together, tell=lambda graded, *_: told.append(graded.learner))
    assert (told, scores(course), journal(course)) == ([], {}, [])
    assert len(list(course.records.rglob("*.json"))) == len(LEARNERS), "they were put in place"
    monkeypatch.undo()
    again = grade_class(course, small.ASSIGNMENT, engine=together)
    assert sorted(one.learner for one in again.graded) == list(LEARNERS)
    assert {learner: sorted(given) for learner, given in scores(course).items()} == EVERYBODY_RIGHT


def test_an_earlier_grade_never_stays_in_silence(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    grade_class(course, small.ASSIGNMENT, engine=here)
    small.submit(course, VICTIM, un="12345.678")
    breaking(monkeypatch, "writer.put_copy", ValueError(SECRET))
    lost = grade_class(course, small.ASSIGNMENT, engine=here).graded
    assert ["ont été retirées" in one.incidents[0].what for one in lost] == [True]
    assert scores(course)[VICTIM] == [None, None]
    monkeypatch.undo()
    grade_class(course, small.ASSIGNMENT, engine=here)
    small.submit(course, VICTIM)
    breaking(monkeypatch, "writer.Writer.write", ValueError(SECRET))
    lost = grade_class(course, small.ASSIGNMENT, engine=here).graded
    assert ["sont celles d’une copie plus ancienne" in one.incidents[0].what for one in lost] == [True]
    assert sorted(scores(course)[VICTIM]) == [0.0, 3.0]


@pytest.mark.parametrize(("number", "words"), [(28, "le disque est plein"), (30, "en lecture seule"), (122, "quota")])
def test_a_disk_that_refuses_everybody_stops_the_grading_with_a_sentence(
    course: Course, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    breaking(monkeypatch, "writer.Writer._files", OSError(number, "No"))
    with pytest.raises(CasekitError, match=words):
        grade_class(course, small.ASSIGNMENT, engine=here)
    monkeypatch.undo()
    assert grade_class(course, small.ASSIGNMENT, engine=here).graded
    assert all(sorted(given) == [2.0, 3.0] for given in scores(course).values())


def test_a_locked_gradebook_is_said_in_french(course: Course) -> None:
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CasekitError, match=r"La base de notes .* ne répond pas"):
            grade_class(course, small.ASSIGNMENT, engine=here)


def test_hostile_copies_leave_the_class_alone(course: Course) -> None:
    """Real processes: half a character, a forged time, and a folder whose name is not text."""
    path = small.submit(course, VICTIM)
    path.write_text(path.read_text(encoding="utf-8").replace("# Petit notebook", "# Petit \\udc80"), encoding="utf-8")
    assert "\\udc80" in path.read_text(encoding="utf-8")
    (path.parent / "timestamp.txt").write_text("-2400…9١h1:", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(course.folder("submitted")) + b"/\xff\xfe"), small.ASSIGNMENT).mkdir(parents=True)
    run = subprocess.run(command(course), capture_output=True, text=True, check=False, timeout=300)
    assert "Traceback" not in run.stderr + run.stdout
    assert "La date de remise" in run.stdout
    assert {name: sorted(given) for name, given in scores(course).items()} == EVERYBODY_RIGHT


def command(course: Course) -> list[str]:
    return [
        sys.executable, "-c", "from autograder.cli import main; main()", "grade", small.ASSIGNMENT,
        "--cours", str(course.root), "--processus", "2",
    ]  # fmt: skip


def test_a_time_that_cannot_be_true_is_said_and_not_kept(course: Course) -> None:
    stamp = course.folder("submitted") / VICTIM / small.ASSIGNMENT / "timestamp.txt"
    stamp.write_text("2099-01-01 00:00:00 UTC", encoding="utf-8")
    os.utime(stamp, (1_700_000_000, 1_700_000_000))
    session = grade_class(course, small.ASSIGNMENT, engine=here)
    told = next(one.incidents for one in session.everyone if one.learner == VICTIM)
    assert ["dans le futur" in one.what and one.code == "date-de-remise" for one in told] == [True]
    with Gradebook(course.db_url, course.course_id) as gradebook:
        found = gradebook.find_submission(small.ASSIGNMENT, VICTIM).timestamp
    assert found == datetime(2023, 11, 14, 22, 13, 20)


@pytest.mark.skipif(sys.platform != "linux", reason="sparse files and /proc")
def test_the_main_process_stays_small_whatever_is_handed_in(course: Course) -> None:
    for learner in LEARNERS:
        folder = course.folder("submitted") / learner / small.ASSIGNMENT
        for number in range(12):
            with (folder / f"brouillon {number}.ipynb").open("wb") as file:
                file.write(b"{")
                file.truncate(190 * 2**20)
        with (folder / "donnees.csv").open("wb") as file:
            file.truncate(150 * 2**20)
    peak_kib = 0
    with subprocess.Popen(command(course), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        while run.poll() is None:
            lines = Path(f"/proc/{run.pid}/status").read_text().splitlines()
            peak_kib = max([peak_kib, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
            time.sleep(0.02)
    assert 0 < peak_kib < MAX_MAIN_MIB * 2**10
    assert {name: sorted(given) for name, given in scores(course).items()} == EVERYBODY_RIGHT


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_stopped_worker_is_noticed_replaced_and_said(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at_the_end: bool
) -> None:
    """With something left to do, it is replaced; with everything done, nobody waits for it."""
    if at_the_end:
        monkeypatch.setattr(pool, "LINGER_S", 60.0)
    else:  # two copies in hand, and the third still waiting when the first result is told
        monkeypatch.setattr(pool, "WINDOW", 1)
        monkeypatch.setattr(pool, "BATCH", 1)
    began, suspended = 0.0, list[psutil.Process]()
    others = {one.pid for one in multiprocessing.active_children()}

    def tell(*_: object) -> None:
        nonlocal began
        if began:
            return
        began = time.monotonic()
        for worker in multiprocessing.active_children():
            if worker.pid not in others:
                suspended.append(psutil.Process(worker.pid))
                suspended[-1].suspend()
        while not all(is_stopped(child.pid) for child in suspended):  # a busy machine stops them later
            time.sleep(0.01)

    session = grade_class(course, small.ASSIGNMENT, engine=engine_of(2), tell=tell)
    assert suspended
    assert time.monotonic() - began < 60
    assert all(sorted(given) == [2.0, 3.0] for given in scores(course).values())
    assert [one.incidents for one in session.everyone] == [[], [], []]
    assert ("était arrêté" in capsys.readouterr().err) is not at_the_end


@pytest.fixture
def nursery() -> Iterator[keeper.Nursery]:
    """A nursery of this process that nobody has asked for a child yet."""
    keeper.own_nursery().close()
    yield keeper.own_nursery()
    keeper.own_nursery().close()


needs_linux = pytest.mark.skipif(not keeper.available(), reason="copies are forked on Linux alone")


@needs_linux
def test_a_stopped_nursery_is_noticed_replaced_and_said_once(
    course: Course, nursery: keeper.Nursery, capsys: pytest.CaptureFixture[str]
) -> None:
    nursery._process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    session = grade_class(course, small.ASSIGNMENT, engine=engine_of(2))
    assert time.monotonic() - began < 60
    assert [one.incidents for one in session.everyone] == [[], [], []]
    assert all(sorted(given) == [2.0, 3.0] for given in scores(course).values())
    assert capsys.readouterr().err.count("il a été remplacé") == 1


@needs_linux
def test_a_nursery_that_is_lost_is_replaced_for_whoever_asks_next(nursery: keeper.Nursery) -> None:
    for _ in range(2):
        with Child(nursery.path, {}) as child:
            assert child.execute("1 + 1", 30, lambda _: None)["status"] == "ok"
        nursery._process.kill()
        nursery._process.wait()


@needs_linux
def test_a_nursery_that_cannot_start_stops_the_grading_with_its_own_words(
    course: Course, nursery: keeper.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    nursery.close()
    monkeypatch.setattr(keeper, "ALWAYS", ("module_absent",))
    began = time.monotonic()
    with pytest.raises(CasekitError, match=r"dès son démarrage \(« .*No module named 'module_absent' »\)"):
        grade_class(course, small.ASSIGNMENT, engine=engine_of(2))
    assert time.monotonic() - began < 60
    monkeypatch.undo()
    assert len(grade_class(course, small.ASSIGNMENT, engine=engine_of(2)).graded) == len(LEARNERS)
