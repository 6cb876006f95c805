"""What this machine gives: a process is confined for real, and says which protections it got."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.grading.wall import landlock, seccomp
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
NEVER_TRIED = ("aarch64",)
"""Machines for which the filter is written from the kernel's headers, without one to try it on."""


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


def stands() -> bool:
    """Return whether anything would confine a learner's code: Landlock, the filter on calls, or namespaces.

    The first two answer at once. A process is confined to see only where neither does.
    """
    return sys.platform == "linux" and (
        landlock.answers() or seccomp.answers() or any(one.on for one in protections() if one.code in SEPARATED)
    )


def report() -> list[str]:
    """Return one French line for each protection, then what to make of them and what this cannot vouch for."""
    found = protections()
    lines = [f"{'oui' if one.on else 'non'}  {one.label}{f' : {one.why}' if one.why else ''}" for one in found]
    return [*lines, _advice(found), *_not_vouched_for({one.code for one in found if one.on})]


def _advice(found: tuple[Protection, ...]) -> str:
    off = sum(not one.on for one in found)
    if not off:
        return "Toutes les protections sont actives."
    if sys.platform != "linux":
        return (
            "Pour corriger des copies que vous n’avez pas lues, servez-vous d’une machine Linux (sous Windows : WSL)."
        )
    return f"Protections absentes : {off} sur {len(found)}. Les autres restent actives."


def _not_vouched_for(on: set[str]) -> list[str]:
    """Return what a trainer should not infer from the lines above."""
    if sys.platform != "linux":
        return []
    machine = platform.machine()
    told = {
        f"Ce que cet essai ne garantit pas : le filtre des appels système suit les en-têtes du noyau pour {machine}, "
        "mais n’a pas été éprouvé par des attaques sur une telle machine.": machine in NEVER_TRIED,
        "Sans la vue du disque ni Landlock, une copie peut lire et changer tous les fichiers que son compte atteint : "
        "n’y laissez ni corrigés ni notes d’autrui.": not on & {"view", "files"},
        "Une seule des deux protections du disque est là (la vue ou Landlock) : rien ne double celle qui reste.": (
            len(on & {"view", "files"}) == 1
        ),
        "Rien ne coupe le réseau ici : une copie peut envoyer ce qu’elle lit.": not on & {"network", "syscalls"},
    }
    return [line for line, is_so in told.items() if is_so]


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
