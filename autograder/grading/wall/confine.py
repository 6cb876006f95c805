"""The order in which process B gives up what it has, just before it runs a learner's code.

Each step can fail alone and says so. The order counts: what needs a right comes before the step that gives it up.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.grading.wall import account, landlock, seccomp, syscalls, view
from autograder.grading.wall.limits import Limits, bound, bound_threads, mapped_bytes
from autograder.grading.wall.prepare import Prepared, namespace
from autograder.grading.wall.protection import Protection, given, none_given, refused
from autograder.grading.wall.tree import copy

CODES = (
    *view.CODES, "descriptors", "account", "privileges", *landlock.CODES, "limits", "threads", "syscalls",
)  # fmt: skip
_LAST_DESCRIPTOR = 2**32 - 1


def confine(
    folder: Path, files: Path | None, prepared: Prepared, limits: Limits, keep: Sequence[int] = ()
) -> tuple[Protection, ...]:
    """Confine this process, for good, to ``folder`` and to what ``prepared`` allows to read.

    Called in a process with one thread, forked after ``separate``. It ends in ``folder``, with ``HOME``, ``TMPDIR`` and
    ``MPLCONFIGDIR`` there. A learner's code reads this process's memory at will: nothing secret may be in it.

    Parameters
    ----------
    folder : an empty folder of its own; what is written there is lost with the process where ``view`` is on.
    files : a tree whose regular files are copied into ``folder``; links are left out. ``None``: nothing.
    prepared : made by ``prepare`` before the process was forked.
    limits : what the process may use.
    keep : descriptors that stay open besides 0, 1 and 2. One that opens a folder would be a way out.
    """
    if sys.platform != "linux":
        return none_given(CODES)
    os.umask(0o022)
    with contextlib.suppress(PermissionError):  # it leads a group already
        os.setsid()  # no terminal, and no group that a signal to « its group » would reach
    folder = folder.resolve()
    entered = namespace("user") != prepared.user_namespace
    mapped = mapped_bytes()
    bounded, viewed = _settle(folder, files, prepared, limits)
    owner = _leave(folder, prepared.closed if viewed.on else prepared.closed_on_the_way)
    counted_apart = account.counted_apart(entered)
    given_up = _give_up()
    confined = landlock.restrict(_rules(folder, prepared, viewed.on))
    _close(keep)
    _point_to(folder)
    return (
        bounded, viewed, given("descriptors"), owner, given_up, *confined,
        bound(limits, mapped), bound_threads(limits.threads, counted_apart), seccomp.refuse(),
    )  # fmt: skip


def _settle(folder: Path, files: Path | None, prepared: Prepared, limits: Limits) -> tuple[Protection, Protection]:
    """Enter the view where it is possible, with the files in the working folder, and go there."""
    failed: list[str] = []

    def fill(place: Path) -> None:
        failed[:] = copy(files, place) if files else []

    bounded, viewed = view.enter(folder, limits, prepared.plan, fill)
    os.chdir(folder)
    return (view.incomplete(failed) if failed else bounded), viewed


def _leave(folder: Path, closed: str) -> Protection:
    """Change account, the working folder with it."""
    why = account.why_stay(closed)
    if why:
        return why
    account.give(folder, account.NOBODY)
    owner = account.leave()
    if not owner.on:
        account.give(folder, os.geteuid())
    return owner


def _give_up() -> Protection:
    """Give up every capability, the means of getting one, and the right to outlive the parent."""
    try:
        syscalls.drop_bounding_set()
        syscalls.drop_capabilities()
        syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    except OSError as error:
        return refused("privileges", error)
    return given("privileges")


def _rules(folder: Path, prepared: Prepared, viewed: bool) -> list[tuple[int, int]]:
    """Return what is allowed, the working folder included; what is opened here is closed with the rest."""
    opened = [(os.open(folder, os.O_PATH | os.O_CLOEXEC), landlock.WORK)]
    rules = prepared.rules_in_view if viewed else prepared.rules
    if viewed:  # imports list the folders of their path, and these hold only what is shown
        listed = {os.path.realpath(entry) for entry in sys.path}.intersection(prepared.plan.made)
        opened += [(os.open(entry, os.O_PATH | os.O_CLOEXEC), landlock.READ_DIR) for entry in listed]
    return [*rules, *opened]


def _close(keep: Sequence[int]) -> None:
    """Close every descriptor but 0, 1, 2 and ``keep``."""
    first = 3
    for kept in sorted({one for one in keep if one >= first}):
        syscalls.close_range(first, kept - 1)
        first = kept + 1
    syscalls.close_range(first, _LAST_DESCRIPTOR)


def _point_to(folder: Path) -> None:
    """Have libraries write their temporary files and settings in the working folder."""
    place = str(folder)
    os.environ.update(HOME=place, TMPDIR=place, MPLCONFIGDIR=str(folder / ".matplotlib"))
    if "tempfile" in sys.modules:
        sys.modules["tempfile"].tempdir = None  # type: ignore[attr-defined]
