"""Opening the archives in which copies travel: within bounds, without a link, never out of their folder.

A platform's download is a ZIP whose entries are deposits; a deposit may hold the ZIP that the learner's machine made.
"""

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import MAX_FILES, MAX_TOTAL, listing_of, read_file
from autograder.grading.triage.refusal import RefusedError
from casestudies.errors import CasekitError, why
from casestudies.identity import normal_form
from casestudies.quoting import is_odd, shown
from casestudies.remise.receipt import NAME as RECEIPT

END = ".zip"
MAX_CLASS_FILES, MAX_CLASS_TOTAL = 50_000, 8 * 2**30
"""What the download of a whole class may hold: files, and bytes once unzipped."""
MAX_WITHIN = 3
"""How many archives may stand one within another."""
_BLOCK = 2**20


@dataclass
class OpenedDownloads:
    """The deposits found in what was given: folders and files, and what could not be opened, in French."""

    entries: list[Path] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def open_downloads(sources: list[Path], room: Path) -> OpenedDownloads:
    """Return the deposits of these folders and ZIPs; what is unzipped goes to ``room``, the originals are left alone.

    Raises
    ------
    CasekitError
        When a source is neither a folder nor a ZIP, or cannot be read.
    """
    found = OpenedDownloads()
    for number, source in enumerate(sources):
        own = room / str(number)
        if source.is_dir():
            entries = _entries(source)
        elif source.suffix.lower() == END and source.is_file():
            try:
                unzip(source, own / "zip" / source.stem, MAX_CLASS_FILES, MAX_CLASS_TOTAL)
            except RefusedError as error:
                raise CasekitError(f"{source.name} : {error.incident.what} {error.incident.advice}") from error
            inside = _hoisted(own / "zip" / source.stem)
            entries = [inside] if _is_deposit(inside) else _entries(inside)
        else:
            raise CasekitError(
                f"{source} n’est ni un dossier ni un ZIP : donnez ce que la plateforme a fait télécharger."
            )
        found.entries += [_opened(entry, own / str(place), found) for place, entry in enumerate(entries)]
    return found


def unzip(archive: Path, target: Path, max_files: int = MAX_FILES, max_total: int = MAX_TOTAL) -> None:
    """Unzip an archive in a new folder.

    Raises
    ------
    RefusedError
        When it is damaged, protected by a password, too large, or an entry would be written outside the folder.
    CasekitError
        When the disk refuses.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [one for one in opened.infolist() if not one.is_dir() and not _passed_by(one.filename)]
            if len(entries) > max_files or sum(one.file_size for one in entries) > max_total:
                raise RefusedError("l’archive est démesurée une fois ouverte.")
            target.mkdir(parents=True)
            left = max_total
            for entry in entries:
                left -= _extract(opened, entry, target, left)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise RefusedError("l’archive est abîmée, ou ce n’est pas un ZIP.") from error
    except RuntimeError as error:  # zipfile's way to ask for a password
        raise RefusedError("l’archive est protégée par un mot de passe.") from error
    except OSError as error:
        raise CasekitError(f"« {shown(archive.name)} » ne peut pas être ouvert ({why(error)}).") from error


def _extract(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write one entry, whatever size it announces, and return how many bytes it has."""
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode) or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
        return 0  # as in a folder: never opened
    place = _place(entry.filename)
    if place is None:
        raise RefusedError("un nom de l’archive sort de son dossier : elle n’est pas ouverte.")
    path = target / place
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with opened.open(entry) as source, path.open("xb") as file:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > left:
                raise RefusedError("l’archive est démesurée une fois ouverte.")
            file.write(block)
    return written


def _place(name: str) -> PurePosixPath | None:
    """Return where an entry goes under its folder; None when it would go elsewhere."""
    place = _path(name)
    bad = place.is_absolute() or ".." in place.parts or not place.parts or is_odd(name) or ":" in place.parts[0]
    return None if bad else place


def _path(name: str) -> PurePosixPath:
    return PurePosixPath(normal_form(name.replace("\\", "/")))


def _passed_by(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in _path(name).parts if part != "..")


def _opened(entry: Path, room: Path, found: OpenedDownloads) -> Path:
    """Return a deposit with the archives within it opened; itself when it holds none."""
    if entry.is_symlink():
        return entry
    if entry.is_file() and entry.suffix.lower() == END:
        target, inside = room / entry.stem, room / "ouvert"
        try:
            unzip(entry, inside)
        except RefusedError as error:
            found.problems.append((shown(entry.name), error.incident.what))
            return entry
        target.mkdir()
        _settle(_hoisted(inside), target)
        return _all_opened(target, found)
    if entry.is_dir() and any(_archives(entry)):
        target = room / entry.name
        for name in listing_of(entry).files:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(read_file(entry / name))
        return _all_opened(target, found)
    return entry


def _all_opened(folder: Path, found: OpenedDownloads) -> Path:
    """Open, in place, the archives of a folder that is ours."""
    for _ in range(MAX_WITHIN):
        for path in list(_archives(folder)):
            inside = path.with_name(f"{path.stem}.ouvert")
            try:
                unzip(path, inside)
            except RefusedError as error:
                found.problems.append((shown(f"{folder.name}/{path.name}"), error.incident.what))
                path.rename(path.with_name(f"{path.name}.non-ouvert"))
                continue
            path.unlink()
            _settle(_hoisted(inside), folder)
    return folder


def _settle(inside: Path, folder: Path) -> None:
    """Move what an archive held to the top of its deposit, unless a file of that name is there already."""
    for name in listing_of(inside).files:
        target = folder / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (inside / name).rename(target)


def _archives(folder: Path) -> Iterator[Path]:
    return (folder / name for name in listing_of(folder).files if name.lower().endswith(END))


def _hoisted(folder: Path) -> Path:
    """Return the first folder below that holds more than one folder alone: archives often have one around all."""
    while len(inside := _entries(folder)) == 1 and inside[0].is_dir() and not _names_somebody(inside[0]):
        folder = inside[0]
    return folder


def _names_somebody(folder: Path) -> bool:
    return "_assignsubmission_" in folder.name


def _is_deposit(folder: Path) -> bool:
    """Whether a folder is one person's: a receipt or notebooks stand at its top."""
    names = [path.name for path in _entries(folder) if path.is_file()]
    return RECEIPT in names or any(is_notebook_name(name) and "_assignsubmission_" not in name for name in names)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not _passed_by(path.name))
    except OSError as error:
        raise CasekitError(f"{folder} ne peut pas être lu ({why(error)}).") from error
