"""The versions of Python that the kit accepts: the lock has files for each, and no process uses what the next drop."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import small
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.course.course import Course
from autograder.grading.records import read_records

pytestmark = pytest.mark.spread
ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
OTHERS = {"3.11": "3.11.7", "3.12": "3.12.1", "3.14": "3.14.0"}
"""Versions that need not be installed here, each with its full number, which conditions of the lock may ask for."""
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run", "--no-deps"]
STRICT = """
import sys, warnings
for kind in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
    warnings.filterwarnings("error", category=kind, module=r"(autograder|casestudies|__main__)\\b")
with open({told!r}, "a", encoding="utf-8") as told:
    told.write(" ".join(sys.orig_argv) + "\\n")
"""


def environment(python: str) -> dict[str, str]:
    """Return what conditions on packages are read against: this machine with another version of Python."""
    return {"python_version": python, "python_full_version": OTHERS[python], "extra": ""}


def locked(python: str) -> list[str]:
    """Return the lines of the lock that hold for a version; pip reads their conditions for the one that runs it."""
    kept, holds = [], True
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            _, _, condition = line.removesuffix("\\").partition(" ; ")
            holds = not condition or Marker(condition).evaluate(environment(python))
            line = line.replace(f" ; {condition.strip()}", "")
        if holds:
            kept.append(line)
    return kept


@pytest.fixture(scope="module")
def _index() -> None:
    """Leave the test out when no package index answers."""
    probe = [*PIP, "--ignore-installed", "--retries", "0", "--timeout", "20", "hatchling"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("aucun index de paquets ne répond : il faut une connexion à internet pour vérifier le verrou")


@pytest.mark.usefixtures("_index")
@pytest.mark.parametrize("python", OTHERS)
def test_the_lock_is_whole_and_has_a_file_for_every_package(python: str, tmp_path: Path) -> None:
    lines, report = tmp_path / "requirements.txt", tmp_path / "report.json"
    lines.write_text("\n".join(locked(python)), encoding="utf-8")
    options = ["--python-version", OTHERS[python], "--only-binary=:all:", "--require-hashes", "-r", lines]
    places = ["--target", tmp_path / "none", "--report", report]
    run = subprocess.run([*PIP, *options, *places], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = {
        canonicalize_name(one["metadata"]["name"]): one["metadata"]
        for one in json.loads(report.read_text(encoding="utf-8"))["install"]
    }
    assert len(found) == sum("==" in line for line in locked(python))
    lacking = [
        f"{name}: {line}"
        for name, metadata in found.items()
        for line in metadata.get("requires_dist", ())
        if (wanted := Requirement(line)).marker is None or wanted.marker.evaluate(environment(python))
        if not wanted.specifier.contains(found.get(canonicalize_name(wanted.name), {}).get("version", "0"), True)
    ]
    assert lacking == []


@pytest.fixture
def course(tmp_path: Path) -> Course:
    made = small.make_course(tmp_path / "cours", ("un", "deux"))
    for learner in ("un", "deux"):
        small.submit(made, learner)
    return made


def test_no_process_of_a_course_uses_what_python_is_to_drop(course: Course, tmp_path: Path) -> None:
    """Here a deprecation stops whoever meets it: commands, workers, the nursery, the processes of the copies."""
    told, place = tmp_path / "processes.txt", tmp_path / "place"
    place.mkdir()
    (place / "sitecustomize.py").write_text(STRICT.format(told=str(told)), encoding="utf-8")
    strict = {**os.environ, "PYTHONPATH": str(place)}
    control = [sys.executable, "-c", "import warnings; warnings.warn('x', DeprecationWarning)"]
    assert subprocess.run(control, env=strict, capture_output=True, check=False).returncode == 1
    casekit = [sys.executable, "-c", "from autograder.cli import main; main()"]
    for command in (["release"], ["grade", "--processus", "2"], ["feedback"], ["sheets"], ["regrade"]):
        words = [command[0], small.ASSIGNMENT, "--cours", str(course.root), *command[1:]]
        run = subprocess.run([*casekit, *words], env=strict, capture_output=True, text=True, check=False, timeout=240)
        assert run.returncode == 0, (command, run.stdout, run.stderr)
    records = list(read_records(course.records, small.ASSIGNMENT))
    assert sorted(record.learner for record in records) == ["deux", "un"]
    for record in records:
        assert small.points(record) == {small.FIRST.id: 2.0, small.SECOND.id: 3.0}
        assert record.incidents == []
    assert "autograder.grading.kernel.nursery" in told.read_text(encoding="utf-8")
