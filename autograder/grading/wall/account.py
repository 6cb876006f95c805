"""The account that runs a learner's code: when the grader is root, one that owns nothing and belongs to no group."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from autograder.grading.wall import syscalls
from autograder.grading.wall.protection import Protection, given, missing, refused

NOBODY = 65534
_READ, _CROSS = 0o004, 0o001


def closed_to_others(paths: Iterable[Path], parents: bool) -> str:
    """Return the first path that an account without rights cannot read, or ``""``.

    ``parents`` asks whether it could go there too. A folder is judged by itself, not by all that it holds.
    """
    for path in paths:
        wanted = _READ | (_CROSS if path.is_dir() else 0)
        if not _open_to_others(path, wanted):
            return str(path)
        blocked = next((str(one) for one in path.parents if not _open_to_others(one, _CROSS)), "") if parents else ""
        if blocked:
            return blocked
    return ""


def _open_to_others(path: Path, wanted: int) -> bool:
    try:
        return stat.S_IMODE(path.stat().st_mode) & wanted == wanted
    except OSError:
        return False


def why_stay(closed: str) -> Protection | None:
    """Return why the account cannot change, ``None`` when it can; ``closed`` is a path that nobody could not read."""
    if os.geteuid() != 0:
        return missing("account", "seul root peut changer de compte ; les autres protections s’appliquent")
    if closed:
        return missing("account", f"un compte sans droit ne pourrait pas lire {closed}")
    return None


def leave() -> Protection:
    """Become nobody, in no group. Needs root."""
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError as error:
        return refused("account", error)
    return given("account")


def give(folder: Path, owner: int) -> None:
    """Give ``folder`` and all that it holds to the account ``owner``; links are not followed. Needs root."""
    os.chown(folder, owner, owner)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(parent, name), owner, owner, follow_symlinks=False)


def counted_apart(entered: bool) -> bool:
    """Return whether the kernel counts this account's threads apart from everybody else's, entering what it takes.

    ``entered`` says whether a user namespace was entered already. Before Linux 5.14 there is no counting apart.
    """
    if os.geteuid() == 0 or _release() < (5, 14):
        return False
    if not entered:
        try:
            syscalls.unshare(syscalls.CLONE_NEWUSER)
        except OSError:
            return False
    return True


def _release() -> tuple[int, int]:
    """Return the kernel's version, (0, 0) when it cannot be read."""
    numbers = os.uname().release.split(".")
    try:
        return int(numbers[0]), int(numbers[1].split("-")[0])
    except (IndexError, ValueError):
        return 0, 0
