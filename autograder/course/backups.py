"""Dated copies of what a centre cannot make again: the gradebook with its reviews and register, the lists, the draws.

Copies of learners' work are not in them: they stand in ``build/submitted``, and what the machine says of them can be
graded again.
"""

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.course.course import Course
from autograder.course.private import private_folder
from autograder.faults import told_in_french
from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError
from casestudies.identity import json_bytes, read_json
from casestudies.variants import DRAWS_FILE

FOLDER = Path("build") / "sauvegardes"
CONTENTS = "contenu.json"
KEPT = 30
"""How many are kept; the oldest go."""
LISTS = ("eleves.csv", "parcours.csv", "membres.csv", "echeances.csv", "centre.toml", "accrochage.toml")
_TIME = "%Y-%m-%d_%H-%M-%S"
_NAME = re.compile(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d+)?_avant-[a-z]+")
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: of no use to another one."""


@dataclass(frozen=True)
class Backup:
    """One copy: its folder, and the fingerprint of each of its files, by its place in the course."""

    folder: Path
    files: dict[str, str]

    @property
    def name(self) -> str:
        """Its name: a date, a time, what it was made before."""
        return self.folder.name

    @property
    def bytes(self) -> int:
        """How much room it takes."""
        return sum((self.folder / name).stat().st_size for name in self.files)


@dataclass(frozen=True)
class Restored:
    """What was put back, and the copy that was made of what stood there."""

    files: tuple[str, ...]
    former: Backup | None


def back_up(course: Course, before: str) -> Backup | None:
    """Copy what cannot be made again, before a command that changes it; None when nothing is there yet.

    A gradebook kept by another database than SQLite is that database's own to save.

    Raises
    ------
    CasekitError
        When the gradebook is damaged; nothing is copied then, and nothing was changed.
    OSError
        When the disk refuses.
    """
    gradebook = course.gradebook_file
    there = [path for path in _lists(course) if path.is_file()]
    if not there and not (gradebook and gradebook.is_file()):
        return None
    base = private_folder(course.root / FOLDER)
    moment = datetime.now()
    folder = _new(base, f"{moment.strftime(_TIME)}-{moment.microsecond // 1000:03}_avant-{before}")
    making = private_folder(base / f".{folder.name}")
    try:
        for path in there:
            target = making / path.relative_to(course.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        if gradebook and gradebook.is_file():
            with told_in_french():
                _copy_database(gradebook, making / gradebook.name)
        files = {path.relative_to(making).as_posix(): _fingerprint(path) for path in _files(making)}
        (making / CONTENTS).write_bytes(json_bytes(files))
        making.replace(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    for old in backups_of(course)[:-KEPT]:
        shutil.rmtree(old.folder, ignore_errors=True)
    return Backup(folder, files)


def backups_of(course: Course) -> list[Backup]:
    """Return the copies of a course, the oldest first."""
    folders = sorted(path for path in (course.root / FOLDER).glob("*") if _NAME.fullmatch(path.name) and path.is_dir())
    return [
        Backup(path, {str(name): str(told) for name, told in read_json(path / CONTENTS).items()}) for path in folders
    ]


def restore(course: Course, name: str) -> Restored:
    """Put a copy back in its place, once what stands there is copied in turn (damaged, it is kept beside).

    Raises
    ------
    CasekitError
        When no copy has this name, or one of its files changed since it was made; nothing is changed then.
    OSError
        When the disk refuses: asked again, it does the rest.
    """
    chosen = next((one for one in backups_of(course) if one.name == name), None)
    if chosen is None:
        raise CasekitError(f"Pas de sauvegarde « {name[:60]} » : « casekit restaurer », sans nom, les montre.")
    changed = [one for one, told in chosen.files.items() if not _is_same(chosen.folder, one, told)]
    if changed or not chosen.files:
        raise CasekitError(
            f"La sauvegarde « {name} » a changé depuis qu’elle a été faite ({', '.join(changed) or 'elle est vide'}) : "
            "rien n’a été remis en place. Prenez-en une autre."
        )
    former = _set_aside(course)
    for one in chosen.files:
        target = _place(course, one)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, (chosen.folder / one).read_bytes())
        for suffix in _BESIDE:
            target.with_name(target.name + suffix).unlink(missing_ok=True)
    return Restored(tuple(chosen.files), former)


def _set_aside(course: Course) -> Backup | None:
    try:
        return back_up(course, "restauration")
    except CasekitError:
        gradebook = course.gradebook_file
        if gradebook and gradebook.is_file():
            shutil.copyfile(gradebook, _new(gradebook.parent, f"{gradebook.name}.abimee"))
        return None


def _place(course: Course, name: str) -> Path:
    gradebook = course.gradebook_file
    return gradebook if gradebook and name == gradebook.name else course.root / name


def _lists(course: Course) -> Iterator[Path]:
    yield from (course.root / name for name in LISTS)
    yield from (course.source(assignment) / DRAWS_FILE for assignment in course.assignments())


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database as of one moment, whoever writes in it meanwhile."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=20)) as opened:
        told = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
        if told != "ok":
            raise sqlite3.DatabaseError(f"database disk image is malformed: {told}")
        with closing(sqlite3.connect(target)) as made:
            opened.backup(made)


def _new(folder: Path, name: str) -> Path:
    """Return a path that nothing has yet."""
    stem, _, rest = name.partition("_avant-")
    number, path = 2, folder / name
    while path.exists():
        path = folder / (f"{stem}-{number}_avant-{rest}" if rest else f"{name}-{number}")
        number += 1
    return path


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_same(folder: Path, name: str, told: str) -> bool:
    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve())
    return inside and path.is_file() and not path.is_symlink() and _fingerprint(path) == told
