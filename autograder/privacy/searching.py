"""Looking for a person in every file and every table of a course: what the trainer has to look at by hand."""

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from sqlalchemy import inspect, select

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.privacy.database import opened_if_any
from autograder.privacy.masking import People
from autograder.privacy.places import reflected
from autograder.rooms import temporary_rooms

LARGEST = 50 * 2**20
"""Bytes above which a file is not read."""
UNPACKED = 200 * 2**20


def leftovers(course: Course, learner: Learner, tables: Collection[str] = (), folder: Path | None = None) -> list[str]:
    """Return the files and the tables that still name a person: their identifier, address, or whole name.

    ``tables`` and ``folder`` may, and are passed by. The kit's temporary folders on this machine are looked into too.
    """
    found = [path for path in naming(course, course.root, learner) if not (folder and path.is_relative_to(folder))]
    return [
        *(str(path.relative_to(course.root)) for path in found),
        *(str(path) for room in temporary_rooms() for path in naming(course, room, learner)),
        *(f"table « {name} »" for name in _tables(course, _one(learner)) if name not in tables),
    ]


def naming(course: Course, folder: Path, learner: Learner) -> list[Path]:
    """Return the files of a folder that name a person; the gradebook is looked into by its tables."""
    people, database = _one(learner), course.gradebook_file
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    base = course.root if folder.is_relative_to(course.root) else folder
    return [path for path in files if path != database and _names(people, path.relative_to(base), path)]


def _one(learner: Learner) -> People:
    """Return one person as they are looked for: a first name alone would find others."""
    whole = [f"{learner.first_name} {learner.last_name}", f"{learner.last_name} {learner.first_name}"]
    named = learner.first_name and learner.last_name
    return People([Learner(learner.id, email=learner.email)], whole if named else ())


def _names(people: People, shown: Path, path: Path) -> bool:
    if people.named_in(str(shown)):
        return True
    try:
        return path.stat().st_size <= LARGEST and any(people.named_in(text) for text in texts_of(path))
    except (OSError, zipfile.BadZipFile, RuntimeError):  # it cannot be read: nor can anybody read a name in it
        return False


def texts_of(path: Path) -> Iterator[str]:
    """Yield what a file says; of an archive or a workbook, each of its parts once unzipped."""
    yield path.read_bytes().decode("utf-8", "replace")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) <= UNPACKED:
                yield from (archive.read(part).decode("utf-8", "replace") for part in parts)


def _tables(course: Course, people: People) -> Iterator[str]:
    with opened_if_any(course) as connection:
        if connection is None:
            return
        for name in inspect(connection).get_table_names():
            rows = connection.execute(select(reflected(connection, name)))
            if any(people.named_in(cell) for row in rows for cell in row if isinstance(cell, str)):
                yield name
