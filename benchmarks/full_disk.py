"""A disk that has no room left for a while: a small one of its own, else a bound on what a grading's files may hold."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

SIZE_MIB = 256
FULL_S = 8.0
"""The longest time that there is no room."""
SAID = ("le disque est plein", "serait trop grand")
"""What the grading says of it, by either means."""


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Have ``place`` stand on a small disk of its own, where this account may mount one."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MIB}m,mode=700", "casekit-fautes", str(place)]
    root = sys.platform == "linux" and os.geteuid() == 0
    mounted = root and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(command: psutil.Process, course: Path, chance: random.Random) -> None:
    """Leave no room for a while, on the disk of the course, or in the files of the command and of its processes."""
    if course.parent.is_mount():
        _fill_disk(course.parent / "rien", chance)
    else:
        _bound_files(command, chance)


def _fill_disk(filler: Path, chance: random.Random) -> None:
    until = time.monotonic() + chance.uniform(0.2, FULL_S)
    with filler.open("wb", buffering=0) as file:
        while time.monotonic() < until:
            for size in (2**20, 2**12, 1):  # what the grading removes meanwhile is taken too
                with suppress(OSError):
                    while file.write(bytes(size)):
                        pass
            time.sleep(0.01)
    filler.unlink()


def _bound_files(command: psutil.Process, chance: random.Random) -> None:
    kept: dict[psutil.Process, tuple[int, int]] = {}
    for one in (command, *command.children(recursive=True)):
        with suppress(psutil.Error):  # one that is confined, or has just ended, is left as it is
            kept[one] = one.rlimit(psutil.RLIMIT_FSIZE)
            one.rlimit(psutil.RLIMIT_FSIZE, (0, kept[one][1]))
    time.sleep(chance.uniform(0.2, FULL_S))
    for one, limits in kept.items():
        with suppress(psutil.Error):
            one.rlimit(psutil.RLIMIT_FSIZE, limits)
