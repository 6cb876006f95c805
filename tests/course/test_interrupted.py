"""Ctrl+C, once or twice, ends a command at once with one word; nobody is skipped, and no process is left."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import small
from nbgrader.utils import capture_log

from autograder.grading.feedback import write

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="processes are listed by Linux")]

END_S = 30.0
SPREAD = "import time; from autograder.parallel import spread; spread(time.sleep, [60.0] * 6, 'Essai', 2)"


def children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()


def interrupted(command: list[str], at_work: int, times: int) -> tuple[int, str, list[str]]:
    """Interrupt a command and its processes once it has ``at_work`` of them; return its end, its words, who is left."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        limit = time.monotonic() + 120
        while len(children(process.pid)) < at_work:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < limit, "it does not start"
            time.sleep(0.05)
        time.sleep(1)
        workers = children(process.pid)
        for _ in range(times):
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.1)
        said = process.communicate(timeout=END_S)[0]
        return process.returncode, said, [one for one in workers if Path(f"/proc/{one}/exe").exists()]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_grading_ends_at_once(tmp_path: Path, times: int) -> None:
    course = small.make_course(tmp_path / "cours", ("lea", "noe", "zoe"))
    for learner in ("lea", "noe", "zoe"):
        small.submit(course, learner, un="__import__('time').sleep(25)")
    asked = ["-m", "autograder", "grade", small.ASSIGNMENT, "--processus", "2", "--cours", str(course.root)]
    code, said, left = interrupted(asked, 3, times)
    assert (code, said.split()[-1]) == (1, "Interrompu.")
    assert "Traceback" not in said
    assert left == []


def test_work_that_is_spread_ends_at_once() -> None:
    code, said, left = interrupted(["-c", SPREAD], 2, 1)
    assert code != 0
    assert said.count("Traceback (most recent call last)") == 1, "that of this small program, which is no command"
    assert left == []


def test_no_feedback_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        log = logging.getLogger("casekit-essai")

        def start(self) -> None:
            raise KeyboardInterrupt

    graded = tmp_path / "autograded" / "lea" / "e"
    graded.mkdir(parents=True)
    (graded / "a.ipynb").write_text("{}", encoding="utf-8")
    api: Any = SimpleNamespace(generate_feedback=lambda *_, **__: capture_log(Stopped()))
    course = SimpleNamespace(folder=lambda name: tmp_path / name, api=api)
    monkeypatch.setattr(write, "_course", lambda root: course)
    with pytest.raises(KeyboardInterrupt):
        write._write_one(tmp_path, "e", {}, "lea")
