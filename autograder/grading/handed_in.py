"""What a learner handed in: looked at without holding it, read by whoever grades it, never more than one total.

Sizes are looked at before anything is read: a sparse file takes no room on a disk and all of it in memory.
"""

import hashlib
import heapq
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import (
    MAX_FILE,
    MAX_FILES,
    MAX_TOTAL,
    Listing,
    hash_file,
    listing_of,
    opened,
    read_file,
)
from autograder.grading.triage.refusal import RefusedError

Odd = tuple[str, int, int]
"""The relative path, the kind and the size of what cannot be opened."""
Beyond = tuple[str, int]
"""The relative path and the size of a file that the total leaves no room for."""


@dataclass(frozen=True)
class Submitted:
    """One learner's submission in its ``folder``, none of it in memory: a hash of each file, by relative path.

    ``size`` is what its files hold, in bytes: what reading them takes.
    """

    learner: str
    folder: Path
    digests: dict[str, bytes] = field(default_factory=dict)
    odd: tuple[Odd, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    size: int = 0

    def fingerprint(self, mended: dict[str, bytes] | None = None) -> str:
        """Return a hash of everything here, with the files that were ``mended`` since (a hash of each)."""
        told = hashlib.blake2b(self.learner.encode("utf-8", "surrogateescape"), digest_size=16)
        new = mended or {}
        for name, digest in sorted({**self.digests, **new}.items()):
            told.update(name.encode("utf-8", "surrogateescape") + b"\0")
            told.update(digest)
        for name, kind, size in sorted(self.odd):
            if name not in new:
                told.update(b"!" + name.encode("utf-8", "surrogateescape") + f"\0{kind} {size}".encode())
        for name, size in sorted(self.beyond):
            if name not in new:
                told.update(b"+" + name.encode("utf-8", "surrogateescape") + f"\0{size}".encode())
        return told.hexdigest()


@dataclass(frozen=True)
class HandedIn:
    """One learner's submission as plain data: its files by relative path, what is not opened, what is too much."""

    learner: str
    files: dict[str, bytes] = field(default_factory=dict)
    odd: tuple[Odd, ...] = ()
    beyond: tuple[Beyond, ...] = ()


def look_at(folder: Path, learner: str, expected: Collection[str] = ()) -> Submitted:
    """Return what the submission in ``folder`` holds; files are hashed piece by piece. See ``read_handed_in``."""
    digests, odd, beyond, size = _taken(folder, expected, hash_file)
    return Submitted(learner, folder, digests, odd, beyond, size)


def read_handed_in(folder: Path, learner: str, expected: Collection[str] = ()) -> HandedIn:
    """Return what the submission in ``folder`` holds; what is not an ordinary file is never followed nor opened.

    At most ``MAX_TOTAL`` bytes are read: the ``expected`` notebooks first, then the others, then the other files. Of
    too many files only the notebooks are read.
    """
    files, odd, beyond, _ = _taken(folder, expected, read_file)
    return HandedIn(learner, files, odd, beyond)


def _taken(
    folder: Path, expected: Collection[str], take: Callable[[Path], bytes]
) -> tuple[dict[str, bytes], tuple[Odd, ...], tuple[Beyond, ...], int]:
    """Return what ``take`` says of each file within the total, what cannot be opened, what is beyond, the total."""
    listing = listing_of(folder)
    taken: dict[str, bytes] = {}
    odd: list[Odd] = []
    beyond: list[Beyond] = []
    total = 0
    for name in _in_order(folder, listing, expected):
        found = (folder / name).lstat()
        size = found.st_size if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_FILE else 0
        unwanted = bool(listing.excess) and not is_notebook_name(name) and name in listing.files
        if unwanted or total + size > MAX_TOTAL:
            beyond.append((name, found.st_size))
            continue
        try:
            taken[name] = take(folder / name)
            total += size
        except RefusedError:
            odd.append((name, stat.S_IFMT(found.st_mode), found.st_size))
    return taken, tuple(odd), tuple(beyond), total


def _in_order(folder: Path, listing: Listing, expected: Collection[str]) -> Iterator[str]:
    """Yield the names of what a submission holds, the expected notebooks first, then the other notebooks."""
    names = list(listing.files)
    if listing.excess:  # the listing stopped early: notebooks at the top may be missing
        with os.scandir(folder) as entries:
            names += heapq.nsmallest(MAX_FILES, (one.name for one in entries if ".ipynb" in one.name))
    awaited = {f"{name}.ipynb" for name in expected}
    names += [name for name in awaited if listing.excess and os.path.lexists(folder / name)]
    ranked = sorted(dict.fromkeys(names), key=lambda name: (name not in awaited, not is_notebook_name(name)))
    yield from dict.fromkeys([*ranked, *listing.special])


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file at a relative path of ``folder``, in place of whatever stands on the way; no link is followed."""
    _make_room(folder, name).write_bytes(content)


def put_copy(folder: Path, name: str, source: Path) -> None:
    """Copy the ordinary file ``source``, piece by piece, where ``put`` would write it.

    Raises
    ------
    RefusedError
        When ``source`` is not an ordinary file any more, or cannot be read.
    """
    with opened(source) as file, _make_room(folder, name).open("wb") as target:
        shutil.copyfileobj(file, target)


def _make_room(folder: Path, name: str) -> Path:
    path = folder / name
    on_the_way = list(path.relative_to(folder).parents)[-2::-1]  # from the first below ``folder`` down
    for step in on_the_way:
        if (folder / step).is_symlink() or not (folder / step).is_dir():
            _clear(folder / step)
            (folder / step).mkdir()
    _clear(path)
    return path


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def unpack(handed: HandedIn, folder: Path) -> frozenset[int]:
    """Write a submission in an empty ``folder``; what was not opened becomes something as useless of the same kind.

    Files that are too large keep their size and hold nothing. Their inodes are returned: see ``drop``.
    """
    for name, content in handed.files.items():
        put(folder, name, content)
    hollow = [(name, size) for name, kind, size in handed.odd if kind == stat.S_IFREG and size > MAX_FILE]
    made = frozenset(_hollow(folder, name, size) for name, size in (*handed.beyond, *hollow))
    for name, kind, size in handed.odd:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == stat.S_IFREG and size <= MAX_FILE:
            path.touch(mode=0)
            os.truncate(path, size)
        elif kind == stat.S_IFDIR:
            path.mkdir()
        elif kind == stat.S_IFIFO and hasattr(os, "mkfifo"):
            os.mkfifo(path)
        elif kind != stat.S_IFREG:
            path.symlink_to("/nonexistent")
    return made


def _hollow(folder: Path, name: str, size: int) -> int:
    path = _make_room(folder, name)
    path.touch(mode=0o600)
    os.truncate(path, size)
    return path.stat().st_ino


def drop(folder: Path, inodes: Collection[int]) -> None:
    """Remove from ``folder`` the hollow files, under whatever names: nobody may copy nor read what they pretend."""
    if inodes:
        for path in folder.rglob("*"):
            if path.lstat().st_ino in inodes:
                path.unlink()
