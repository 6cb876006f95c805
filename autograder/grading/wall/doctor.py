"""What this machine gives: a process is confined for real, and says which protections it got."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.grading.wall.confine import CODES as CONFINED
from autograder.grading.wall.confine import confine
from autograder.grading.wall.limits import Limits
from autograder.grading.wall.namespaces import CODES as SEPARATED
from autograder.grading.wall.namespaces import separate
from autograder.grading.wall.prepare import prepare
from autograder.grading.wall.protection import Protection, missing, none_given
from autograder.grading.wall.readable import default_readable
from autograder.rooms import room_prefix

CODES = (*SEPARATED, *CONFINED)
_TIMEOUT_S = 60


def protections() -> tuple[Protection, ...]:
    """Return every protection, as a process confined on this machine has it.

    The process is a new one: confining takes a process with a single thread.
    """
    if sys.platform != "linux":
        return none_given(CODES)
    try:
        done = subprocess.run(  # noqa: S603  (our own Python, our own arguments)
            [sys.executable, "-m", __package__], capture_output=True, check=True, timeout=_TIMEOUT_S
        )
        return tuple(Protection(**one) for one in json.loads(done.stdout))
    except (OSError, ValueError, TypeError, subprocess.SubprocessError):
        return tuple(missing(code, "le processus d’essai s’est arrêté avant de répondre") for code in CODES)


def report() -> list[str]:
    """Return one French line for each protection, then what to make of them."""
    found = protections()
    lines = [f"{'oui' if one.on else 'non'}  {one.label}{f' : {one.why}' if one.why else ''}" for one in found]
    return [*lines, _advice(found)]


def _advice(found: tuple[Protection, ...]) -> str:
    off = sum(not one.on for one in found)
    if not off:
        return "Toutes les protections sont actives."
    if sys.platform != "linux":
        return (
            "Pour corriger des copies que vous n’avez pas lues, servez-vous d’une machine Linux (sous Windows : WSL)."
        )
    return f"Protections absentes : {off} sur {len(found)}. Les autres restent actives."


def try_here() -> None:
    """Print, as JSON, what a process forked and confined here gets; the descriptor 1 stays open through it."""
    prepared = prepare(*default_readable())
    entered = separate()
    with tempfile.TemporaryDirectory(prefix=room_prefix()) as folder:
        child = os.fork()
        if child == 0:
            confined = confine(Path(folder), None, prepared, Limits())
            os.write(1, json.dumps([vars(one) for one in (*entered, *confined)]).encode())
            os._exit(0)
        os.waitpid(child, 0)
