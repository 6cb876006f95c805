"""A free comment on the qualities that an assessment lists and nobody can observe for certain: never in a total."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from autograder.review.database import KeptInGradebook, now
from autograder.review.model import Marker
from autograder.review.rows import aware, clean
from autograder.review.tables import QUALITIES
from casestudies.errors import CasekitError


@dataclass(frozen=True)
class QualityComment:
    """What a marker wrote on a learner's qualities; ``version`` grows with every change."""

    text: str
    marker: str
    at: datetime
    version: int


class Qualities(KeptInGradebook):
    """The comments on qualities, of every assignment; use it as a context."""

    def comments(self, assignment: str) -> dict[str, QualityComment]:
        """Return the comments of an assignment by learner; one that was emptied is not there."""
        latest = dict(self.database.read(lambda connection: _lines(connection, assignment)))
        return {learner: line for learner, line in latest.items() if line.text}

    def comment(self, assignment: str, learner: str) -> QualityComment | None:
        """Return the comment of a learner, an empty one when it was emptied, None when there never was one."""
        lines = self.database.read(lambda connection: _lines(connection, assignment, learner))
        return lines[-1][1] if lines else None

    def history(self, assignment: str, learner: str) -> list[QualityComment]:
        """Return everything that was written on a learner, oldest first."""
        lines = self.database.read(lambda connection: _lines(connection, assignment, learner))
        return [line for _, line in lines]

    def write(self, assignment: str, learner: str, text: str, marker: Marker, version: int) -> QualityComment:
        """Write a comment over the one that was seen, of which ``version`` is that; 0 when there was none.

        Raises
        ------
        CasekitError
            When somebody wrote in between: their words are in the sentence, nothing is written.
        """
        words = clean(text).strip()

        def write(connection: Connection) -> QualityComment:
            lines = _lines(connection, assignment, learner)
            last = lines[-1][1] if lines else None
            if (last.version if last else 0) != version:
                assert last is not None
                raise CasekitError(
                    f"{last.marker} a écrit entre-temps sur ces qualités : « {last.text} ». Rien n’a été écrasé : "
                    "reprenez votre texte, puis enregistrez de nouveau."
                )
            if last and last.text == words:
                return last
            when = now()
            row = {"assignment": assignment, "learner": learner, "marker": marker.name, "at": when, "text": words}
            made = connection.execute(insert(QUALITIES).values(**row)).inserted_primary_key
            assert made is not None
            return QualityComment(words, marker.name, aware(when), made[0])

        return self.database.write(write)


def _lines(connection: Connection, assignment: str, learner: str = "") -> list[tuple[str, QualityComment]]:
    """Return the lines of an assignment, or of one of its learners, oldest first."""
    query = select(QUALITIES).where(QUALITIES.c.assignment == assignment).order_by(QUALITIES.c.id)
    if learner:
        query = query.where(QUALITIES.c.learner == learner)
    return [
        (row.learner, QualityComment(row.text, row.marker, aware(row.at), row.id)) for row in connection.execute(query)
    ]
