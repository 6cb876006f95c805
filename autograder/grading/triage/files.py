"""Looking into a submission without trusting it: links are never followed, nothing but ordinary files is opened."""

import errno
import filecmp
import hashlib
import itertools
import os
import shutil
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BufferedReader
from pathlib import Path

from autograder.grading.records import Incident
from autograder.grading.triage.refusal import RefusedError
from casestudies.atomic import write_atomically
from casestudies.errors import why
from casestudies.quoting import shown

MAX_FILES, MAX_FOLDERS, MAX_DEPTH = 500, 200, 8
MAX_FILE, MAX_TOTAL = 200 * 2**20, 200 * 2**20
"""The largest file that is opened and the largest total that is read of a submission, notebooks first, in bytes."""
SET_ASIDE = ".original"
"""What ends the name of a file that a repaired one replaced; a number follows when there are several."""
_READING = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_PASSED_BY = {"__MACOSX", "__pycache__"}


@dataclass
class Listing:
    """What a folder holds, by path relative to it, in order; ``excess`` says, in French, what was too much."""

    files: dict[str, int] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    special: dict[str, str] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    excess: str = ""


def listing_of(folder: Path) -> Listing:
    """Return what ``folder`` holds, sizes in bytes, shallow things first; hidden folders are passed by.

    Links, pipes, sockets and devices are in ``special`` with their kind; folders that cannot be read in ``closed``.
    Beyond ``MAX_FILES`` files, ``MAX_FOLDERS`` folders or ``MAX_DEPTH`` levels, nothing more is looked at.
    """
    seen = Listing()
    waiting = deque([("", 0)])
    while waiting and not seen.excess:
        inner, level = waiting.popleft()
        try:
            with os.scandir(folder / inner) as entries:
                for entry in entries:
                    _sort_in(entry, inner + entry.name, seen)
                    if len(seen.files) > MAX_FILES:
                        seen.excess = f"plus de {MAX_FILES} fichiers"
                        break
        except FileNotFoundError:  # nothing was handed in
            pass
        except OSError:
            seen.closed.append(inner.rstrip("/"))
        below = [name for name in sorted(seen.folders) if name.startswith(inner) and "/" not in name[len(inner) :]]
        if len(seen.folders) > MAX_FOLDERS or (below and level >= MAX_DEPTH):
            seen.excess = seen.excess or "trop de dossiers"
        waiting.extend((f"{name}/", level + 1) for name in below)
    seen.files = dict(sorted(seen.files.items(), key=lambda item: (item[0].count("/"), item[0])))
    return seen


def _sort_in(entry: "os.DirEntry[str]", name: str, seen: Listing) -> None:
    found = entry.stat(follow_symlinks=False)
    kind = kind_of(found.st_mode)
    if kind:
        seen.special[name] = kind
    elif not stat.S_ISDIR(found.st_mode):
        seen.files[name] = found.st_size
    elif not (entry.name.startswith(".") or entry.name in _PASSED_BY or entry.name.endswith(SET_ASIDE)):
        seen.folders.append(name)


def kind_of(mode: int) -> str:
    """Return, in French, what is neither a file nor a folder; an empty text for those."""
    kinds = (
        (stat.S_ISLNK, "un lien"), (stat.S_ISFIFO, "un tube"), (stat.S_ISSOCK, "une prise réseau"),
        (stat.S_ISBLK, "un périphérique"), (stat.S_ISCHR, "un périphérique"),
    )  # fmt: skip
    return next((kind for is_such, kind in kinds if is_such(mode)), "")


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Open an ordinary file of at most ``MAX_FILE`` bytes.

    A file that has other names (hard links) is read like any other: it is never written to, only replaced.

    Raises
    ------
    RefusedError
        When it is anything else, is larger, or cannot be read.
    """
    try:
        # Non-blocking, so that a pipe put there meanwhile does not hang; a link is refused by the system itself.
        descriptor = os.open(path, _READING)
    except OSError as error:
        raise _not_opened(path, error) from error
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise special(kind_of(found.st_mode) or "un dossier")
        if found.st_size > MAX_FILE:
            raise RefusedError(f"le fichier fait {found.st_size // 2**20} Mio, {MAX_FILE // 2**20} au plus.")
        yield file


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; see ``opened`` for what is refused."""
    with opened(path) as file:
        return file.read(MAX_FILE)


def hash_file(path: Path) -> bytes:
    """Return a hash of a file, read piece by piece; see ``opened`` for what is refused."""
    with opened(path) as file:
        return hashlib.file_digest(file, "blake2b").digest()


def special(kind: str) -> RefusedError:
    """Return the refusal of something that is not a file."""
    return RefusedError(
        f"c’est {kind}, pas un fichier ordinaire ; il n’est jamais ouvert.",
        "Demandez le fichier lui-même ; demandez aussi comment ceci est arrivé dans la copie.",
        "lien-refuse",
    )


def link_at(path: Path) -> Incident:
    """Return what is said of a folder or a file that is a link, by its name."""
    refused = special("un lien").incident
    return replace(refused, what=f"« {shown(path.name)} » : {refused.what}")


def _not_opened(path: Path, error: OSError) -> RefusedError:
    try:
        kind = kind_of(path.lstat().st_mode)
    except OSError:
        kind = ""
    if kind:
        return special(kind)
    if error.errno in (errno.EACCES, errno.EPERM):
        return RefusedError(
            "vous n’avez pas le droit de lire ce fichier.", "Changez les droits du fichier, puis relancez."
        )
    return RefusedError(f"le fichier ne peut pas être lu ({why(error)}).", "Vérifiez le disque, puis relancez.")


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` at ``path``, whole or not at all; what was there under that name is kept beside it.

    Raises
    ------
    OSError
        When the disk is full or the folder cannot be written; what was there is then still there.
    """
    there = path.is_file() and not path.is_symlink() and path.stat().st_size == len(content)
    if there and path.read_bytes() == content:
        return
    write_atomically(path, content, aside=keep_aside)


def keep_aside(path: Path) -> None:
    """Give what stands at ``path``, if anything, a second name: the first free one of « .original », « .original-2 ».

    The file stays at ``path`` too, so that nothing is lost whenever this stops.
    """
    if not os.path.lexists(path):
        return
    for number in itertools.count(1):
        aside = path.with_name(path.name + SET_ASIDE + (f"-{number}" if number > 1 else ""))
        if not os.path.lexists(aside):
            break
        if _same(path, aside):
            return
    if path.is_symlink() or not path.is_file():
        path.rename(aside)
        return
    try:
        os.link(path, aside)
    except OSError:  # a disk without hard links
        shutil.copy2(path, aside)


def _same(one: Path, other: Path) -> bool:
    files = all(path.is_file() and not path.is_symlink() for path in (one, other))
    return files and filecmp.cmp(one, other, shallow=False)
