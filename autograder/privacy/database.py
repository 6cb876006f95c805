"""The gradebook's database, opened to copy it or to take somebody out of it; its troubles said in French."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine

from autograder.course.course import Course
from autograder.faults import told_in_french


def exists(course: Course) -> bool:
    """Whether the course has a gradebook, as far as its files tell: opening SQLite would make one."""
    file = course.gradebook_file
    return file is None or file.is_file()


@contextmanager
def opened(url: str, **options: str) -> Iterator[Connection]:
    """Open a database in one transaction; ``options`` are those of its engine.

    Raises
    ------
    CasekitError
        When it cannot be reached or written.
    """
    with told_in_french():
        engine = create_engine(url, **options)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


@contextmanager
def opened_if_any(course: Course) -> Iterator[Connection | None]:
    """Open the gradebook of a course; nothing when there is none yet."""
    if not exists(course):
        yield None
        return
    with opened(course.db_url) as connection:
        yield connection


def write_anew(course: Course) -> None:
    """Let SQLite write its file anew: rows that were taken out are still in its free pages until then."""
    if course.gradebook_file is not None and exists(course):
        with opened(course.db_url, isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
