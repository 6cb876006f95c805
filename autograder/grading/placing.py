"""Folders and files put in place together: made apart, all of them down to the disk, then renamed, then their names.

Waiting for the disk is what takes time, and many waits at once take hardly more than one: the disk writes its own
journal once for all of them. So a batch of copies is settled together, and none of them counts before all of them are.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from casestudies.atomic import settle

AT_ONCE = 8
"""How many files are waited for at once. The threads end with the wait: a process of several could not be forked."""


def settle_all(paths: Iterable[Path]) -> None:
    """Wait until files, or the names that folders hold, are on the disk; see ``settle``.

    Raises
    ------
    OSError
        When the disk is full or one of them cannot be read.
    """
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(settle, paths):
            pass


class Placing:
    """What is to stand in several places, made in a folder of its own on the same disk; use it as a context."""

    def __init__(self, room: Path) -> None:
        """Make the folder in ``room``."""
        self._room = Path(tempfile.mkdtemp(dir=room))
        self._moves: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the folder: what stood in the places before, and what was not put there."""
        shutil.rmtree(self._room, ignore_errors=True)

    def made_for(self, target: Path) -> Path:
        """Return where to make the file or the folder that will stand at ``target``; nothing made leaves nothing."""
        new = self._room / str(len(self._moves))
        self._moves.append((new, target))
        return new

    def place(self) -> None:
        """Put everything in its place, in place of what is there, down to the disk.

        Raises
        ------
        OSError
            When the disk is full or a folder cannot be written; what was there is then there, or what replaces it.
        """
        settle_all(self._room.rglob("*"))
        settle_all({folder for new, target in self._moves for folder in _moved(new, target)})


def _moved(new: Path, target: Path) -> Iterator[Path]:
    """Put ``new`` at ``target`` in two renames at most, and yield the folders whose names changed."""
    made = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    yield from (target.parent, *(folder.parent for folder in made))
    earlier = new.with_suffix(".avant")
    if target.is_dir() or (target.exists() and not new.exists()):
        target.rename(earlier)
    try:
        if new.exists():
            new.replace(target)
    except OSError:
        if earlier.exists():
            earlier.rename(target)
        raise
