"""Where each marker stands, kept in the database: a page that reloads or a kernel that dies loses nothing."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from autograder.review.database import KeptInGradebook
from autograder.review.desk.queue import Mode
from autograder.review.model import Marker, Part
from autograder.review.tables import POSITIONS


@dataclass(frozen=True)
class Position:
    """How a marker reads, and the part that they were shown last."""

    mode: Mode
    learner: str
    part: str


class Positions(KeptInGradebook):
    """The positions in the desk of every marker; use it as a context."""

    def last(self, assignment: str, marker: Marker) -> Position | None:
        """Return where a marker stands in an assignment, None when they have not begun."""
        columns = (POSITIONS.c.mode, POSITIONS.c.learner, POSITIONS.c.part)
        query = select(*columns).where(_here(assignment, marker))
        row = self.database.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else Position(Mode(row.mode), row.learner, row.part)

    def keep(self, marker: Marker, mode: Mode, part: Part) -> None:
        """Write where a marker stands."""
        values = {**asdict(Position(mode, part.learner, part.id)), "mode": mode.value}
        key = {"assignment": part.assignment, "marker": marker.name}

        def keep(connection: Connection) -> None:
            here = update(POSITIONS).where(_here(part.assignment, marker)).values(**values)
            if not connection.execute(here).rowcount:
                connection.execute(insert(POSITIONS).values(**key, **values))

        self.database.write(keep)


def _here(assignment: str, marker: Marker) -> Any:
    return (POSITIONS.c.assignment == assignment) & (POSITIONS.c.marker == marker.name)
