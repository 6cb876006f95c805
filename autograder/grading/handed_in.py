"""What a learner handed in, as plain data: read once from the course folder, given to whoever grades it."""

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import MAX_FILE, MAX_TOTAL, listing_of, read_file
from autograder.grading.triage.refusal import RefusedError


@dataclass(frozen=True)
class HandedIn:
    """One learner's submission: its files by relative path, and what is not opened (path, kind and size)."""

    learner: str
    files: dict[str, bytes] = field(default_factory=dict)
    odd: tuple[tuple[str, int, int], ...] = ()

    @property
    def fingerprint(self) -> str:
        """A hash of everything here."""
        digest = hashlib.blake2b(self.learner.encode(), digest_size=16)
        for name in sorted(self.files):
            digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
            digest.update(hashlib.blake2b(self.files[name]).digest())
        for name, kind, size in sorted(self.odd):
            digest.update(b"!" + name.encode("utf-8", "surrogateescape") + f"\0{kind} {size}".encode())
        return digest.hexdigest()


def read_handed_in(folder: Path, learner: str) -> HandedIn:
    """Return what the submission in ``folder`` holds; what is not an ordinary file is never followed nor opened.

    Of too many files, or of too large ones, only the notebooks are taken.
    """
    listing = listing_of(folder)
    names = [name for name in listing.files if not listing.excess or is_notebook_name(name)]
    if listing.excess:
        names = sorted({*names, *(path.name for path in folder.glob("*.ipynb*"))})
    files: dict[str, bytes] = {}
    odd = []
    left = MAX_TOTAL
    for name in [*names, *listing.special]:
        found = (folder / name).lstat()
        if not is_notebook_name(name) and stat.S_ISREG(found.st_mode):
            left -= found.st_size
            if left < 0:
                continue
        try:
            files[name] = read_file(folder / name)
        except RefusedError:
            odd.append((name, stat.S_IFMT(found.st_mode), found.st_size))
    return HandedIn(learner, files, tuple(odd))


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file at a relative path of ``folder``, in place of whatever stands on the way; no link is followed."""
    path = folder / name
    on_the_way = list(path.relative_to(folder).parents)[-2::-1]  # from the first below ``folder`` down
    for step in on_the_way:
        if (folder / step).is_symlink() or not (folder / step).is_dir():
            _clear(folder / step)
            (folder / step).mkdir()
    _clear(path)
    path.write_bytes(content)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def unpack(handed: HandedIn, folder: Path) -> None:
    """Write a submission in an empty ``folder``; what was not opened becomes something as useless of the same kind."""
    for name, content in handed.files.items():
        put(folder, name, content)
    for name, kind, size in handed.odd:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == stat.S_IFREG:
            path.touch(mode=0o600 if size > MAX_FILE else 0)
            os.truncate(path, size)
        elif kind == stat.S_IFDIR:
            path.mkdir()
        elif kind == stat.S_IFIFO and hasattr(os, "mkfifo"):
            os.mkfifo(path)
        else:
            path.symlink_to("/nonexistent")
