"""A whole grading by an ordinary account, as most trainers have: root is not needed, and what it lacks is said."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import small

from autograder.grading import wall
from autograder.grading.records import read_records

pytestmark = [
    pytest.mark.xdist_group("wall"),
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="Il faut root sous Linux, pour devenir un autre compte."
    ),
]
UID = 12345
LEARNERS = ("juste", "faux", "curieux")
NEEDS_ROOT = {"account", "threads"}
"""``threads``: an account's threads are counted apart from Linux 5.14 on only."""
CURIOUS = """
seen = []
for name in (COURSE, COURSE + "/eleves.csv", COURSE + "/gradebook.db"):
    try:
        seen.append(open(name).read(20))
    except OSError as error:
        seen.append(type(error).__name__)
import os, socket
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError as error:
    seen.append(type(error).__name__)
print("SEEN", seen, os.getuid())
"""


def as_ordinary(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8", "PYTHONUTF8": "1",
    }  # fmt: skip
    return subprocess.run(
        command, cwd=home, env=environment, user=UID, group=UID, extra_groups=[], umask=0o022, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def test_an_ordinary_account_grades_a_class_behind_the_wall() -> None:
    with tempfile.TemporaryDirectory(prefix="ordinaire-") as place:
        home = Path(place)
        home.chmod(0o755)
        if as_ordinary([sys.executable, "-c", "import autograder, casestudies, nbgrader"], home).returncode:
            pytest.skip("Un autre compte ne peut pas lire cet environnement Python.")
        course = small.make_course(home / "cours", LEARNERS)
        small.submit(course, "juste")
        small.submit(course, "faux", un="12345.678")
        told = f"COURSE = {str(course.root)!r}\n{CURIOUS}"
        small.submit(course, "curieux", lambda notebook: notebook["cells"].insert(2, small.code(told)))
        for path in (home, *home.rglob("*")):
            os.chown(path, UID, UID, follow_symlinks=False)
        command = [sys.executable, "-m", "autograder", "grade", small.ASSIGNMENT, "--cours", str(course.root)]
        done = as_ordinary([*command, "--json"], home)
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        incidents = {one["learner"]: [each["code"] for each in one["incidents"]] for one in report["learners"]}
        assert sorted(incidents) == sorted(LEARNERS)
        assert not any(incidents.values())
        points = {
            record.learner: tuple(small.points(record).values())
            for record in read_records(course.records, small.ASSIGNMENT)
        }
        assert points == {"juste": (2.0, 3.0), "faux": (0.0, 3.0), "curieux": (2.0, 3.0)}
        given = {one.code for one in wall.protections() if one.on}
        assert "account" in report["missing_protections"]
        if not Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").exists():
            assert set(report["missing_protections"]) & given <= NEEDS_ROOT
        graded = course.folder("autograded") / "curieux" / small.ASSIGNMENT / f"{small.NOTEBOOK}.ipynb"
        text = graded.read_text(encoding="utf-8")
        seen = next(line for line in text.splitlines() if "SEEN" in line and "print" not in line)
        assert seen.count("Error") == 4, seen
        said = as_ordinary([*command, "--tout"], home)
        assert "casekit doctor" in said.stdout
        assert "Traceback" not in said.stderr
        doctor = as_ordinary([sys.executable, "-m", "autograder", "doctor"], home)
        assert "seul root peut changer de compte" in doctor.stdout
        assert {path.stat().st_uid for path in course.root.rglob("*")} == {UID}
    assert not Path(place).exists()
