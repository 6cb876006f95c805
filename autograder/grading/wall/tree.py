"""Copying a small tree of files into a working folder, believing nothing of what it holds."""

import os
import shutil
import stat
from pathlib import Path


def copy(source: Path, target: Path) -> list[str]:
    """Copy the regular files beneath ``source`` into the folder ``target``; return the names of those that failed.

    Links, devices and sockets are left out: only what is itself in the tree is copied.
    """
    failed: list[str] = []
    try:
        entries = sorted(os.scandir(source), key=lambda entry: entry.name)
    except OSError:
        return [source.name]
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                (target / entry.name).mkdir(0o755)
                failed += copy(Path(entry.path), target / entry.name)
            elif entry.is_file(follow_symlinks=False):
                _copy_file(entry.path, str(target / entry.name))
        except OSError:
            failed.append(entry.name)
    return failed


def _copy_file(source: str, target: str) -> None:
    read = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(read, "rb") as content:
        if not stat.S_ISREG(os.fstat(read).st_mode):
            return
        written = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        with os.fdopen(written, "wb") as copied:
            shutil.copyfileobj(content, copied)
