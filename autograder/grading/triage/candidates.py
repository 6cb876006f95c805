"""The files of a submission that may be its notebooks, each read once, with what it holds or why it cannot be read."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from autograder.grading.records import Incident
from autograder.grading.triage.files import MAX_FILE, MAX_TOTAL, Listing, kind_of, read_file, special
from autograder.grading.triage.reading import FileReading, read_notebook
from autograder.grading.triage.refusal import RefusedError
from casestudies.errors import why
from casestudies.quoting import shown

MAX_CANDIDATES = 40
"""How many files are read as notebooks in one submission."""

_ASIDE = re.compile(r"\.original(-\d+)?\Z")
_NAME = re.compile(
    r"(?P<stem>[^/]+?)\.ipynb(?:\.txt|\.json)?(?P<aside>\.original(?:-\d+)?)?\Z", re.IGNORECASE | re.DOTALL
)
"""Browsers and file managers add « .txt » or « .json » to what they do not know."""


@dataclass(frozen=True)
class CandidateFile:
    """A file that may be a notebook: where it is, what it holds or what is wrong with it, its size and hash.

    ``aside`` tells a file that a repaired one replaced; ``stem`` is the name it was handed in under, without its end.
    """

    path: Path
    name: str
    stem: str
    aside: bool
    size: int = 0
    digest: bytes = b""
    reading: FileReading | None = None
    problem: Incident | None = None

    @property
    def shown(self) -> str:
        """The name to show, as it was handed in."""
        return shown(_ASIDE.sub("", self.name))

    def was_at(self, notebook: str) -> bool:
        """Whether the file was handed in where the notebook belongs, even if a repaired one replaced it since."""
        return _ASIDE.sub("", self.name) == f"{notebook}.ipynb"

    def gives(self, other: "CandidateFile") -> bool:
        """Whether ``other`` is what this file becomes once it is mended, or simply its copy."""
        return self.reading is not None and digest_of(self.reading.content) == other.digest


def digest_of(data: bytes) -> bytes:
    """Return a hash of ``data``."""
    return blake2b(data, digest_size=16).digest()


def candidates_of(folder: Path, listing: Listing, expected: Iterable[str]) -> list[CandidateFile]:
    """Return the files that may be notebooks, the expected names first; at most ``MAX_CANDIDATES`` are read."""
    names = [f"{name}.ipynb" for name in expected if os.path.lexists(folder / f"{name}.ipynb")]
    names += [name for name in listing.files if is_notebook_name(name) and name not in names]
    found: list[CandidateFile] = []
    left = MAX_TOTAL
    for name in names[:MAX_CANDIDATES]:
        found.append(_read(folder, name, left))
        left -= found[-1].size
    return found


def is_notebook_name(name: str) -> bool:
    """Whether a path is named like a notebook, and is not hidden."""
    base = name.rpartition("/")[2]
    return _NAME.match(base) is not None and not base.startswith(".")


def _read(folder: Path, name: str, left: int) -> CandidateFile:
    path = folder / name
    match = _NAME.match(path.name)
    assert match is not None  # names were chosen by this pattern
    candidate = CandidateFile(path, name, match["stem"], match["aside"] is not None)
    try:
        found = path.lstat()
        if kind_of(found.st_mode):
            raise special(kind_of(found.st_mode))
        if path.is_dir():
            raise RefusedError("c’est un dossier, pas un fichier.")
        if left < found.st_size <= MAX_FILE:
            raise RefusedError("la copie contient trop de notebooks, ou de trop lourds : celui-ci n’a pas été ouvert.")
        data = read_file(path)
        candidate = replace(candidate, size=len(data), digest=digest_of(data))
        return replace(candidate, reading=read_notebook(data))
    except RefusedError as error:
        return replace(candidate, problem=error.incident)
    except OSError as error:
        refusal = RefusedError(f"le fichier ne peut pas être lu ({why(error)}).")
        return replace(candidate, problem=refusal.incident)
