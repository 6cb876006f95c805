"""A class of attackers, graded for real: none gains a point, costs another one, or changes anything outside.

Each learner of the class runs one attack (``attacks_on_*``); honest witnesses are graded among them. The class is
graded once, in a process of its own with a temporary folder of its own, watched from here.
"""

import json
import os
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import small
from attacks import FULL, OBTAINED, REFUSED, Attack, all_attacks, known_to_attackers
from attacks_on_notebooks import BESIDE, FILES
from nbgrader.api import Gradebook

import autograder
import casestudies
from autograder.course.course import LEARNERS_FILE, Course
from autograder.grading.kernel.keeper import available
from autograder.grading.records import read_records

pytestmark = [
    pytest.mark.xdist_group("attacks"),
    pytest.mark.skipif(not available(), reason="Cette machine ne permet pas le processus confiné (Linux seulement)."),
]
ATTACKS = all_attacks()
WITNESSES = ("a-temoin", "m-temoin", "z-temoin")
BEFORE = "b-before"
SECRET = "a-password-of-the-grader"
TIMEOUT_S = 3
TRUSTED_MIB, CHILD_MIB = 400, 2_000
TOOK_S = 900
KIT = Path(autograder.__file__).parents[1]


@dataclass
class Watch:
    """The largest memory of each kind of process, in MiB, seen from outside while the class is graded."""

    peaks: dict[str, float] = field(default_factory=dict)

    def look(self, driver: psutil.Process) -> None:
        for process in driver.children(recursive=True):
            try:
                self._note(process)
            except (psutil.Error, OSError):
                continue

    def _note(self, process: psutil.Process) -> None:
        depth, one = 0, process
        while "autograder.grading.kernel.nursery" in one.cmdline():
            depth, one = depth + 1, one.parent() or psutil.Process(1)
        kind = ("worker", "nursery", "supervisor", "child")[min(depth, 3)]
        status = Path(f"/proc/{process.pid}/status").read_text()
        peaks = [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
        self.peaks[kind] = max([self.peaks.get(kind, 0.0), *peaks])  # a process that has just ended has none


@dataclass
class Outcome:
    """What is known once the class is graded."""

    course: Course
    report: dict[str, Any]
    points: dict[str, tuple[float, ...]]
    watch: Watch
    changed: list[str]
    rows_before: set[Any]
    left: list[str]
    leftovers: list[str]
    reached: list[str]

    def outputs(self, learner: str) -> list[dict[str, Any]]:
        """Return the outputs of a learner's graded copy."""
        path = self.course.folder("autograded") / learner / small.ASSIGNMENT / f"{small.NOTEBOOK}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]

    def shown(self, learner: str) -> str:
        """Return the same as one text."""
        return json.dumps(self.outputs(learner))


def fingerprint(*roots: Path, without: tuple[str, ...] = ()) -> dict[str, tuple[int, int, int]]:
    """Return the size, time and mode of everything beneath ``roots`` but what is named in ``without``."""
    found = {}
    for root in roots:
        for parent, folders, files in os.walk(root):
            folders[:] = [name for name in folders if name not in ("__pycache__", *without)]
            for name in (*folders, *(file for file in files if file not in without)):
                seen = (Path(parent) / name).lstat()
                size = 0 if stat.S_ISDIR(seen.st_mode) else seen.st_size
                found[str(Path(parent) / name)] = (size, seen.st_mtime_ns, seen.st_mode)
    return found


def rows(course: Course) -> set[Any]:
    """Return every row of the gradebook."""
    with sqlite3.connect(f"file:{course.root / 'gradebook.db'}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {(table, *row) for table in tables for row in database.execute(f"SELECT * FROM {table}")}


def run(course: Course, room: Path, watch: Watch, *learners: str, limit_s: float = 2 * TOOK_S) -> dict[str, Any]:
    """Grade the course in another process, watched; return its report."""
    told = course.root.parent / "report.json"
    program = str(Path(__file__).with_name("attacks_run.py"))
    command = [sys.executable, "-W", "ignore", program, str(course.root), str(told)]
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "TMPDIR": str(room), "CASEKIT_SECRET": SECRET, "PYTHONPATH": path}
    process = subprocess.Popen([*command, *learners], env=environment)
    driver, limit = psutil.Process(process.pid), time.monotonic() + limit_s
    while process.poll() is None and time.monotonic() < limit:
        watch.look(driver)
        time.sleep(0.1)
    process.kill()
    assert process.wait() == 0
    return dict(json.loads(told.read_text(encoding="utf-8")))


@dataclass
class Listening:
    """What a learner's code could reach on this machine if it were not confined."""

    room: Path
    sockets: list[socket.socket] = field(default_factory=list)

    def start(self) -> dict[str, Any]:
        """Listen everywhere; return the addresses under the names that attacks use."""
        abstract, named = f"\0casekit-attacks-{os.getpid()}", str(self.room / "other-program" / "socket")
        tcp, udp = socket.create_server(("127.0.0.1", 0)), socket.socket(type=socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self.sockets = [tcp, udp]
        for address in (abstract, named):
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(address)
            listener.listen()
            self.sockets.append(listener)
        return {
            "PORT": tcp.getsockname()[1], "UDP_PORT": udp.getsockname()[1], "ABSTRACT": abstract, "SOCKET": named,
            "NURSERY": str(self.room / "nursery"),
        }  # fmt: skip

    def stop(self) -> list[str]:
        """Return who was reached."""
        reached = []
        for one in self.sockets:
            one.setblocking(False)
            try:
                one.recv(1) if one.type == socket.SOCK_DGRAM else one.accept()
                reached.append(repr(one))
            except BlockingIOError:
                one.close()
        return reached


def hand_in(course: Course, known: dict[str, Any]) -> None:
    """Hand in every attack and every witness."""
    for name, attack in ATTACKS.items():
        small.submit(course, name, lambda notebook, mine=attack: mine.edit(notebook, known), **attack.answers)
    for name in WITNESSES:
        small.submit(course, name)
    for name, (change, _) in FILES.items():
        change(small.submit(course, name))


def earned(course: Course) -> dict[str, tuple[float, ...]]:
    """Return the points of the two questions, by learner."""
    return {
        record.learner: tuple(small.points(record).get(question.id, 0.0) for question in (small.FIRST, small.SECOND))
        for record in read_records(course.records, small.ASSIGNMENT)
    }


def make_course(root: Path, learners: tuple[str, ...], config: str = "") -> Course:
    """Return the small course, its list of learners written after it was released: their cases come at grading."""
    course = small.make_course(root, (BEFORE,), config=config)
    (root / LEARNERS_FILE).write_text("identifiant;prenom;nom\n" + "".join(f"{name};;\n" for name in learners))
    return course


def with_a_mark_by_hand(course: Course) -> None:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grade = gradebook.find_grade(small.FIRST.id, small.NOTEBOOK, small.ASSIGNMENT, BEFORE)
        grade.manual_score, grade.extra_credit = 1.5, 0.25
        gradebook.find_comment("a-un", small.NOTEBOOK, small.ASSIGNMENT, BEFORE).manual_comment = "Bien vu."
        gradebook.db.commit()


def _mended(course: Course, learner: str) -> list[Path]:
    """Return what triage writes where it mends a notebook: the notebook, and the one that was handed in beside it."""
    path = course.folder("submitted") / learner / small.ASSIGNMENT / f"{small.NOTEBOOK}.ipynb"
    return [path.parent, path, path.with_name(f"{path.name}.original")]


def left_running(room: Path) -> list[str]:
    """Return the processes, of the grading or of its children, that still run."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(room) in " ".join(process.cmdline()) or process.environ().get("TMPDIR") == str(room):
                found.append(str(process))
        except psutil.Error:
            continue
    return found


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="attacks-"))
    path.chmod(0o755)
    (path / "other-program").mkdir()
    (path / "other-program").chmod(0o777)
    (path / "other-program" / "data.txt").write_text("of another program")
    (path / "other-program" / "data.txt").chmod(0o666)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, room: Path) -> Outcome:
    config = f"\nget_config().Execute.timeout = {TIMEOUT_S}\n"
    course = make_course(
        tmp_path_factory.mktemp("cours") / "cours", (BEFORE, *WITNESSES, *ATTACKS, *FILES), config=config
    )
    small.submit(course, BEFORE)
    watch, listening = Watch(), Listening(room)
    run(course, room, watch, BEFORE)
    with_a_mark_by_hand(course)
    hand_in(course, known_to_attackers(course.root, room, KIT, listening.start()))
    rows_before = rows(course)
    places = [Path(package.__file__).parent for package in (autograder, casestudies)] + [KIT / "notebooks", room]
    graded = ("gradebook.db", "autograded", "answers", "valeurs", ".correction", "correction.verrou")
    before = fingerprint(*places) | fingerprint(course.root, without=graded)
    report = run(course, room, watch)
    after = fingerprint(*places) | fingerprint(course.root, without=graded)
    expected = {str(course.root / "build"), *(str(path) for name in FILES for path in _mended(course, name))}
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    leftovers = sorted(path.name for path in room.iterdir())
    changed = [path for path in changed if path not in expected]
    return Outcome(
        course, report, earned(course), watch, changed, rows_before, left_running(room), leftovers, listening.stop()
    )


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_earns_what_the_answers_deserve(outcome: Outcome, name: str) -> None:
    attack: Attack = ATTACKS[name]
    assert outcome.points[name] == attack.earned
    shown = outcome.shown(name)
    assert SECRET not in shown
    if attack.depends_on and set(attack.depends_on) <= set(outcome.report["missing"]):
        pytest.skip(f"protections absentes : {', '.join(attack.depends_on)}")
    assert OBTAINED not in shown, shown[shown.index(OBTAINED) :][:300]
    assert shown.count(REFUSED) >= attack.attempts


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_earns_what_the_answers_deserve(outcome: Outcome, name: str) -> None:
    assert outcome.points[name] == FILES[name][1]


def test_a_name_of_error_is_text_on_the_page(outcome: Outcome) -> None:
    pages = [str(output.get("data", {}).get("text/html")) for output in outcome.outputs("error-named-as-html")]
    assert "&lt;img src=x" in "".join(pages)
    assert "<img" not in "".join(pages)


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) + len(FILES) >= 100


def test_nobody_else_loses_anything(outcome: Outcome) -> None:
    assert [outcome.points[name] for name in (*WITNESSES, BEFORE)] == [FULL] * 4
    assert all(outcome.report["incidents"][name] == [] for name in WITNESSES)
    assert set(outcome.report["at"]) == {*ATTACKS, *FILES, *WITNESSES}


def test_no_submission_is_given_up(outcome: Outcome) -> None:
    codes = {name: [code for code, _ in told] for name, told in outcome.report["incidents"].items()}
    assert [name for name, told in codes.items() if "echec" in told] == []


def test_the_gradebook_holds_the_records_scores_and_what_was_there(outcome: Outcome) -> None:
    course = outcome.course
    assert outcome.rows_before <= rows(course)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        found = {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(small.ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
        assert gradebook.find_grade(small.FIRST.id, small.NOTEBOOK, small.ASSIGNMENT, BEFORE).manual_score == 1.5
    for learner, (first, second) in outcome.points.items():
        recorded = (found[learner, small.FIRST.id] or 0.0, found[learner, small.SECOND.id] or 0.0)
        assert recorded == (first, second), learner


def test_nothing_outside_is_changed_and_nobody_is_reached(outcome: Outcome) -> None:
    assert outcome.changed == []
    assert outcome.leftovers == ["other-program"]
    assert outcome.reached == []
    assert not Path("/tmp/casekit-intrus").exists()


def test_no_process_is_left(outcome: Outcome) -> None:
    assert outcome.left == []


def test_memory_is_bounded(outcome: Outcome) -> None:
    peaks = outcome.watch.peaks
    assert set(peaks) == {"worker", "nursery", "supervisor", "child"}
    assert max(peaks["worker"], peaks["nursery"], peaks["supervisor"]) < TRUSTED_MIB
    assert peaks["child"] < CHILD_MIB


def test_copies_are_bounded(outcome: Outcome) -> None:
    sizes = {path: path.stat().st_size for path in outcome.course.folder("autograded").rglob("*.ipynb")}
    assert len(sizes) == len(outcome.points) - 1  # a link to another learner's copy is not graded
    assert max(sizes.values()) < 32 * 2**20


def test_time_is_bounded(outcome: Outcome) -> None:
    assert outcome.report["took_s"] < TOOK_S


def test_what_is_beside_a_notebook_never_stops_the_class(tmp_path: Path, room: Path) -> None:
    course = make_course(tmp_path / "cours", (*BESIDE, "z-temoin"))
    source = course.source(small.ASSIGNMENT)
    (source / "donnees.csv").write_text("a\n1\n")
    (source / "data").mkdir()
    (source / "data" / "x.csv").write_text("a\n1\n")
    for name, put in BESIDE.items():
        put(small.submit(course, name).parent)
    small.submit(course, "z-temoin")
    run(course, room, Watch(), limit_s=90)
    assert earned(course) == dict.fromkeys((*BESIDE, "z-temoin"), FULL)
    assert not Path("/nonexistent").exists()
