"""What a course keeps under another spelling of an identifier, put under its one normal form.

A folder copied from another system, nbgrader's own commands and an older class list may write « é » in two characters.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.api import Student
from sqlalchemy import Connection, Table, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from autograder.course.course import Course
from autograder.privacy.database import opened_if_any
from casestudies.identity import normal_form

if TYPE_CHECKING:
    from autograder.privacy.places import PersonTable


def settle_spellings(course: Course) -> None:
    """Rename folders and rows of the gradebook that name a learner in another form; nothing is written when none does.

    What would take the place of something that is there stays as it is.

    Raises
    ------
    CasekitError
        When the course's configuration did not load, or the gradebook cannot be read or written.
    """
    for folder in _folders(course):
        _rename(folder)
    with opened_if_any(course) as connection:
        odd = [] if connection is None else _odd(connection)
    if odd:
        from autograder.review.database import Database

        database = Database(course.db_url)
        try:
            database.write(_rename_rows)
        finally:
            database.close()


def _folders(course: Course) -> Iterator[Path]:
    """Yield the folders of learners that are named in another form."""
    steps = [course.folder(step) for step in ("submitted", "autograded", "feedback")]
    for parent in (*steps, *sorted(course.records.glob("*"))):
        for folder in sorted(parent.glob("*")):
            if folder.name != normal_form(folder.name) and folder.is_dir() and not folder.is_symlink():
                yield folder


def _rename(folder: Path) -> None:
    target = folder.with_name(normal_form(folder.name) or folder.name)
    try:
        if not target.exists() or target.samefile(folder):
            folder.rename(target)
    except OSError:  # it cannot be renamed: triage then says that nobody of the class has this name
        return


def _odd(connection: Connection) -> list[str]:
    if not inspect(connection).has_table("student"):
        return []
    return [name for name in connection.execute(select(Student.id)).scalars() if name != normal_form(name)]


def _rename_rows(connection: Connection) -> None:
    from autograder.privacy import places  # every command comes by here, few have anything to rename

    for name in _odd(connection):
        _adopt(connection, name, normal_form(name))
        for table in places.about_learners(connection):
            if table.name != "student":
                _move(connection, table, places.reflected(connection, table.name), name)
        left = select(places.reflected(connection, "submitted_assignment").c.id).filter_by(student_id=name)
        if connection.execute(left).first() is None:
            connection.execute(delete(Student).where(Student.id == name))


def _adopt(connection: Connection, name: str, right: str) -> None:
    """Make the learner ``right`` from the row of ``name``, unless there is one."""
    table = Student.__table__
    if connection.execute(select(table.c.id).where(table.c.id == right)).first() is None:
        row = connection.execute(select(table).where(table.c.id == name)).mappings().one()
        connection.execute(insert(table).values({**row, "id": right}))


def _move(connection: Connection, table: "PersonTable", found: Table, name: str) -> None:
    """Give the rows of ``name`` to its normal form, but those that it has already."""
    keys = list(found.primary_key)
    for row in connection.execute(select(*keys).where(found.c[table.learner] == name)).all():
        try:
            with connection.begin_nested():
                here = (key == value for key, value in zip(keys, row, strict=True))
                connection.execute(update(found).where(*here).values({table.learner: normal_form(name)}))
        except IntegrityError:
            continue
