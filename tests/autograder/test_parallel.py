"""Work spread over processes: in order, its errors told, an interruption said once."""

import os
import signal
import subprocess
import sys
import time

import pytest

from autograder import parallel
from autograder.parallel import spread
from casestudies.errors import CasekitError

ENDED_S = 45
"""How long interrupted processes have to end: less than the work itself would take."""
SLOW = """
import faulthandler, os, signal, sys, time
from autograder.parallel import spread

faulthandler.enable()
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell starts in the background

def work(number):
    print("au travail", flush=True)
    time.sleep(60)

spread(work, range(8), "Essai", 2)
"""


def process_of(number: int) -> tuple[int, int]:
    time.sleep(0.02)
    return number, os.getpid()


def refuse(number: int) -> int:
    if number == 3:
        raise CasekitError("Le disque est plein.")
    return number


@pytest.fixture(params=["fork", "spawn"])
def _several(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "can_fork", lambda: request.param == "fork")
    monkeypatch.setattr(parallel, "FEW_STARTED", 4)


@pytest.mark.usefixtures("_several")
def test_results_come_in_order_from_several_processes() -> None:
    found = spread(process_of, range(12), "Essai", 2)
    assert [number for number, _ in found] == list(range(12))
    processes = {process for _, process in found}
    assert os.getpid() not in processes
    assert len(processes) == 2


@pytest.mark.usefixtures("_several")
def test_an_error_of_the_work_is_raised_as_it_is() -> None:
    with pytest.raises(CasekitError, match="disque"):
        spread(refuse, range(8), "Essai", 2)


def test_little_work_stays_in_this_process() -> None:
    assert {process for _, process in spread(process_of, range(3), "Essai", 2)} == {os.getpid()}


def test_an_interruption_is_said_once_and_leaves_no_process() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(2):  # both are at work
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, said = process.communicate(timeout=ENDED_S)  # until every process of the group has closed both
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGABRT)  # each says where it stands
            _, said = process.communicate()
            pytest.fail(f"not ended {ENDED_S} s after it was interrupted:\n{said}")
    assert said.count("KeyboardInterrupt") == 1
