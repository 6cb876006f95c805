"""Temporary folders that are swept when what made them was killed: they hold copies of learners' work.

A process names its folders after a lock that it holds as long as it lives, and the processes forked from it with it. At
the next start, the folders of a lock that nobody holds any more are removed.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from multiprocessing.util import Finalize
from pathlib import Path

from autograder.file_lock import hold

PREFIX, LOCK_SUFFIX = "casekit-", ".verrou"
_HELD: dict[Path, int] = {}
"""The locks of this process, by the temporary folder that they are in, and their descriptors."""


def new_room() -> str:
    """Return a new temporary folder that only this account can enter; whoever asked removes it."""
    return tempfile.mkdtemp(prefix=room_prefix())


def room_prefix() -> str:
    """Return how the names of this process's temporary folders begin."""
    return f"{_own_lock().stem}-"


def temporary_rooms() -> list[Path]:
    """Return the temporary folders that the kit made on this machine, whether or not something still uses them."""
    return [path for path in sorted(_base().glob(f"{PREFIX}*")) if path.is_dir() and not path.is_symlink()]


def sweep_rooms() -> list[Path]:
    """Remove the folders that a killed process of this account left, and return them."""
    swept = []
    for lock in sorted(_base().glob(f"{PREFIX}*{LOCK_SUFFIX}")):
        if lock not in _HELD and _is_our_file(lock) and _is_free(lock):
            for room in _rooms_of(lock):
                shutil.rmtree(room, ignore_errors=True)
                swept.append(room)
            lock.unlink(missing_ok=True)
    return swept


def _rooms_of(lock: Path) -> Iterator[Path]:
    return (room for room in sorted(lock.parent.glob(f"{lock.stem}-*")) if room.is_dir() and not room.is_symlink())


def _base() -> Path:
    return Path(tempfile.gettempdir())


def _own_lock() -> Path:
    """Return the lock of this process, made and held the first time."""
    for lock in _HELD:
        if lock.parent == _base():
            return lock
    descriptor, name = tempfile.mkstemp(prefix=PREFIX, suffix=LOCK_SUFFIX)
    hold(descriptor)
    lock = Path(name)
    _HELD[lock] = descriptor
    Finalize(None, _leave, args=(lock, os.getpid()), exitpriority=0)
    return lock


def _leave(lock: Path, owner: int) -> None:
    if os.getpid() == owner:  # a forked process ends before the one whose lock it shares
        lock.unlink(missing_ok=True)


def _is_our_file(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _is_free(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return hold(descriptor)
    finally:
        os.close(descriptor)
