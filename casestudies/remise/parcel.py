"""The files that are handed in: the notebooks that ask questions, the deliverables; no other, within bounds."""

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from casestudies.errors import CasekitError
from casestudies.french import unaccented
from casestudies.livrables.cells import FileError
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable
from casestudies.livrables.places import FOLDER, FORMS, TEMPLATES
from casestudies.livrables.store import Shelf
from casestudies.quoting import is_odd
from casestudies.remise.saved import MAX_BYTES as MAX_NOTEBOOK
from casestudies.remise.saved import SavedNotebook

MAX_FILE = 8 * 2**20
MAX_TOTAL = 60 * 2**20
MAX_FILES = 200
SUFFIXES = frozenset((".csv", ".xlsx", ".docx", ".html", ".pdf", ".png", ".txt", ".md", ".ods", ".odt", ".pptx"))
"""What a deliverable may be, in its folder."""
_PLAIN = re.compile(r"[^a-z0-9._-]+")


@dataclass
class Parcel:
    """What goes: the content of each file, by its path; ``left`` says in French what does not, and why."""

    files: dict[str, bytes] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def take(self, folder: Path, name: str, limit: int, content: bytes | None = None) -> None:
        """Take one file (its ``content`` when it was read); one too large, too much or unreadable is said instead."""
        path = folder / name
        try:
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode):
                return
            total = sum(map(len, self.files.values()))
            if found.st_size > limit or total + found.st_size > MAX_TOTAL or len(self.files) >= MAX_FILES:
                self.left.append(f"« {name} » : trop volumineux ({found.st_size // 2**20 + 1} Mio)")
                return
            self.files[name] = path.read_bytes() if content is None else content
        except OSError:
            self.left.append(f"« {name} » : ne peut pas être lu")


def pack(folder: Path, notebooks: Iterable[SavedNotebook], others: Iterable[str] = ()) -> Parcel:
    """Return what is handed in from ``folder``: these notebooks, ``other`` files by name, the deliverables' files."""
    parcel = Parcel()
    for saved in notebooks:
        parcel.take(folder, saved.path.name, MAX_NOTEBOOK, saved.content)
    for name in others:
        parcel.take(folder, name, MAX_NOTEBOOK)
    for name in _deliverables(folder):
        parcel.take(folder, name, MAX_FILE)
    return parcel


def _deliverables(folder: Path) -> Iterator[str]:
    """Yield the files of deliverables, by path: all of their folder, those that the kit knows where it reads them."""
    here = folder / FOLDER
    if here.is_dir() and not here.is_symlink():
        for path in sorted(here.iterdir()):
            if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~")) and not is_odd(path.name):
                yield f"{FOLDER}/{path.name}"
    for slug, deliverable in deliverables().items():
        for name in (f"{place}{slug}.{form}" for place in ("", f"{TEMPLATES}/") for form in FORMS):
            if _is_filled(Shelf(folder), deliverable, folder / name):
                yield name


def _is_filled(shelf: Shelf, deliverable: Deliverable, path: Path) -> bool:
    """Whether a file holds rows, or cannot be read: a template that nobody touched is not handed in."""
    try:
        found = shelf.read(deliverable, path)
    except FileError:
        return True
    return found is not None and bool(found.rows)


def unpack(files: Mapping[str, bytes], room: Path) -> None:
    """Write the files of a parcel in ``room``.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    for name, content in files.items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def zipped(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """Return one ZIP of these files, the same to the byte for the same files and moment."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def file_name(learner: str, assignment: str) -> str:
    """Return the name of a learner's ZIP for an assignment, without its end.

    >>> file_name("ana.martin", "e2-performance"), file_name("Zoé O’Neil", "e1-strategie")
    ('ana.martin_e2-performance', 'zoe-o-neil_e1-strategie')
    """
    return f"{_plain(learner) or 'sans-identifiant'}_{_plain(assignment) or 'evaluation'}"


def _plain(text: str) -> str:
    return _PLAIN.sub("-", unaccented(text)).strip("-.")[:80]


def require_folder(folder: Path) -> None:
    """Refuse what is no folder.

    Raises
    ------
    CasekitError
        When there is no such folder.
    """
    if not folder.is_dir():
        raise CasekitError(f"Le dossier « {folder.name} » n’existe pas : ouvrez un de ses notebooks, puis recommencez.")
