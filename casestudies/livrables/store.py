"""Where a learner's deliverables are: files beside the notebook, read, compared, written whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError, why
from casestudies.livrables.cells import FileError
from casestudies.livrables.csv_file import read_csv, write_csv
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.places import FOLDER, FORMS, TEMPLATES
from casestudies.livrables.template import write_xlsx
from casestudies.livrables.xlsx_file import read_xlsx, replace_rows

MAX_BYTES = 8 * 2**20
ASIDE = ".ancien"
"""What ends the name of a file that another one replaced."""


@dataclass(frozen=True)
class FilledFile:
    """A file that holds rows: its path, its rows, and the hash of its content when it was read."""

    path: Path
    rows: list[Row]
    digest: str


def digest_of(path: Path) -> str:
    """Return a hash of a file's content; an empty text when there is no file."""
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest() if path.is_file() else ""


def _places(folder: Path, slug: str) -> list[Path]:
    return [place / f"{slug}.{form}" for place in (folder / FOLDER, folder / TEMPLATES, folder) for form in FORMS]


def files_state(folder: Path, slug: str) -> str:
    """Return a text that changes when a file of a deliverable is written: its size and the time of its last change."""
    found = [path.stat() for path in _places(folder, slug) if path.is_file()]
    return " ".join(f"{one.st_size}@{one.st_mtime_ns}" for one in found)


@dataclass(frozen=True)
class Shelf:
    """The deliverables beside the notebooks of ``folder``."""

    folder: Path

    def path(self, deliverable: Deliverable, form: str) -> Path:
        """Return where a deliverable is kept in a form (« csv » or « xlsx »)."""
        return self.folder / FOLDER / f"{deliverable.slug}.{form}"

    def filled(self, deliverable: Deliverable) -> FilledFile | None:
        """Return the file that holds the deliverable's rows, None when nothing is filled."""
        return next(iter(self.every_filled(deliverable)), None)

    def every_filled(self, deliverable: Deliverable) -> list[FilledFile]:
        """Return the files that hold the deliverable's rows: none, one, or several that say the same.

        A file filled where it was handed out, or put beside the notebook, counts too.

        Raises
        ------
        FileError
            When a file cannot be read, or when two files differ.
        """
        found = [
            one for path in _places(self.folder, deliverable.slug) if (one := self.read(deliverable, path)) and one.rows
        ]
        differing = [one for one in found if one.rows != found[0].rows]
        if differing:
            names = f"{self.name(found[0].path)} et {self.name(differing[0].path)}"
            advice = "Gardez celui qui compte, et supprimez ou renommez l’autre."
            raise FileError(f"{names} ne disent pas la même chose. {advice}")
        return found

    def read(self, deliverable: Deliverable, path: Path) -> FilledFile | None:
        """Return what one file holds, None when there is no file.

        Raises
        ------
        FileError
            When it cannot be read.
        """
        if not path.is_file():
            return None
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES)
        except OSError as cause:
            what = f"le fichier ne peut pas être lu ({why(cause)})."
            raise FileError.of(self.name(path), what, "Fermez-le dans votre tableur, puis réessayez.") from cause
        reader = read_csv if path.suffix == ".csv" else read_xlsx
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        return FilledFile(path, reader(deliverable, content, self.name(path)), digest)

    def place(self, deliverable: Deliverable) -> Path:
        """Return the file to write to when nothing is filled: the workbook if it is there, else the CSV file."""
        return self.path(deliverable, "xlsx" if self.path(deliverable, "xlsx").is_file() else "csv")

    def save(self, deliverable: Deliverable, rows: Sequence[Row], path: Path) -> str:
        """Write ``rows`` to a file, the rest of a workbook kept as it is; return the hash of the new content.

        Raises
        ------
        FileError
            When the file is open in a spreadsheet, or cannot be written or read.
        """
        if path.suffix == ".csv":
            return self._write(path, write_csv(deliverable, rows))
        if path.is_file():
            return self._write(path, replace_rows(deliverable, path.read_bytes(), rows, self.name(path)))
        return self._write(path, write_xlsx(deliverable, rows))

    def template(self, deliverable: Deliverable, form: str, start: Sequence[Row] = ()) -> tuple[Path, bool]:
        """Write the template of a deliverable; return its path, and whether it was written.

        A filled file of that form is kept. Rows filled in the other form are carried over, and that file set aside;
        when nothing is filled, the rows of ``start`` are written.

        Raises
        ------
        FileError
            When a file there cannot be read, or the template cannot be written.
        """
        path = self.path(deliverable, form)
        filled = self.filled(deliverable)
        if filled and path.is_file():
            there = self.read(deliverable, path)
            if there and there.rows:
                return path, False
        rows = filled.rows if filled else list(start)
        missing = max(deliverable.rows - len(rows), 0)
        self._write(path, write_csv(deliverable, rows, missing) if form == "csv" else write_xlsx(deliverable, rows))
        if filled and filled.path != path:
            self.set_aside(filled.path)
        return path, True

    def set_aside(self, path: Path) -> Path:
        """Give a file a name under which it is kept but no longer read; return it."""
        aside = self.free_aside(path)
        path.rename(aside)
        return aside

    def free_aside(self, path: Path) -> Path:
        """Return a free name under which something can be kept beside ``path``."""
        aside = path.with_name(path.name + ASIDE)
        number = 1
        while aside.exists():
            number += 1
            aside = path.with_name(f"{path.name}{ASIDE}-{number}")
        return aside

    def name(self, path: Path) -> str:
        """Return a file's name as a learner sees it, from the notebook's folder."""
        return path.relative_to(self.folder).as_posix()

    def _write(self, path: Path, content: bytes) -> str:
        self._refuse_open(path)
        write_file(path, content, self.name(path))
        return hashlib.blake2b(content, digest_size=16).hexdigest()

    def _refuse_open(self, path: Path) -> None:
        """Refuse to write to a workbook that LibreOffice or Excel has open: both would then lose work."""
        locks = (path.with_name(f".~lock.{path.name}#"), path.with_name(f"~${path.name}"))
        if path.suffix == ".xlsx" and any(lock.exists() for lock in locks):
            raise FileError.of(self.name(path), "le fichier est ouvert dans un tableur.", "Fermez-le, puis réessayez.")


def write_file(path: Path, content: bytes, name: str) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    CasekitError
        When it cannot be written.
    """
    try:
        write_atomically(path, content)
    except OSError as cause:
        advice = "Fermez-le s’il est ouvert ailleurs, et vérifiez la place qui reste sur le disque."
        raise CasekitError(f"{name} : le fichier ne peut pas être écrit ({why(cause)}). {advice}") from cause
