"""The reviews' own way into the gradebook's database: whole transactions, in turn, on tables up to date."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from autograder.faults import told_in_french
from autograder.review.tables import VERSION_TABLE
from casestudies.errors import CasekitError

if TYPE_CHECKING:
    from autograder.course.course import Course

T = TypeVar("T")
HEAD = "r0007"
"""The last migration: a test keeps it that of the folder."""
MIGRATIONS = Path(__file__).parent / "migrations"
TRIES = 15
LONGEST_PAUSE_S = 1.0
LOCK_TIMEOUT = "400ms"
"""How long a review waits for a row on PostgreSQL before it lets go and tries again.

It is less than the second after which PostgreSQL stops one of two works that wait for each other: a grading under way,
which holds many rows, is never the one that is stopped.
"""
UPGRADING = 20_260_301
"""The lock that PostgreSQL gives to one process at a time to change the tables."""


def now() -> datetime:
    """Return the time, UTC, as it is written: without its zone."""
    return datetime.now(UTC).replace(tzinfo=None)


class NoGradebookError(CasekitError):
    """The course has no gradebook yet."""


class Database:
    """The gradebook's database, opened for reviews."""

    def __init__(self, url: str) -> None:
        """Open the database and bring the reviews' tables up to date.

        Raises
        ------
        NoGradebookError
            When it is not nbgrader's yet.
        CasekitError
            When it cannot be reached, or was written by a later version of the kit.
        """
        with told_in_french():
            self.engine = _engine(url)
            if not inspect(self.engine).has_table("assignment"):
                self.engine.dispose()
                raise NoGradebookError("Ce cours n’a pas encore de base de notes : lancez d’abord « casekit release ».")
            if self._version() != HEAD:
                self.write(upgrade)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` reads, all of one moment."""
        with told_in_french(), self.engine.connect() as connection, connection.begin():
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` whole or not at all; it starts again when it met another one in the way."""
        writing = self.engine.execution_options(casekit_write=True)
        with told_in_french():
            for attempt in range(TRIES):
                try:
                    with writing.begin() as connection:
                        if connection.dialect.name == "postgresql":
                            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
                        return work(connection)
                except DBAPIError as error:
                    if attempt == TRIES - 1 or not _passing(error):
                        raise
                    time.sleep(min(LONGEST_PAUSE_S, 0.05 * 2**attempt))
        raise AssertionError

    def _version(self) -> str | None:
        with self.engine.connect() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return None
            found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
            return None if found is None else str(found)


class KeptInGradebook:
    """Something kept in a gradebook's database; use it as a context."""

    def __init__(self, url: str) -> None:
        """Open it in the gradebook at ``url``.

        Raises
        ------
        CasekitError
            When the gradebook does not exist yet or cannot be reached.
        """
        self.database = Database(url)

    @classmethod
    def of(cls, course: "Course") -> Self:
        """Open that of a course."""
        return cls(course.db_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()


def upgrade(connection: Connection) -> None:
    """Bring the reviews' tables up to date, in the transaction at hand: one process does it, the others find it done.

    Raises
    ------
    CasekitError
        When the tables were made by a later version of the kit.
    """
    from alembic import command  # slow to import, and needed the first time only
    from alembic.config import Config
    from alembic.util import CommandError

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADING})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CasekitError(
            "Les relectures de ce cours ont été écrites par une version plus récente de casekit : mettez casekit à "
            "jour. Rien n’a été changé."
        ) from error


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url)

    def leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the module would begin too late, and end before a table is made

    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("casekit_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "connect", leave_transactions_to_us)
    event.listen(engine, "begin", begin)
    return engine


def _passing(error: DBAPIError) -> bool:
    """Whether trying again may do: a lock not given, a deadlock, a row made by two at once.

    SQLite has waited for its turn by itself when it says that it is busy.
    """
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01", "55P03", "23505")
