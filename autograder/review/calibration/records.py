"""What markers gave to the sample copies, kept in the gradebook's database: lines are added, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, insert, select

from autograder.review.calibration.verdict import CalibrationVerdict, Gap
from autograder.review.database import KeptInGradebook, now
from autograder.review.model import Marker
from autograder.review.rows import aware
from autograder.review.tables import CALIBRATIONS


@dataclass(frozen=True)
class Attempt:
    """One exercise that a marker finished; ``at`` is None while it is not kept yet, ``rubric`` a digest."""

    marker: str
    criterion: str
    rubric: str
    verdict: CalibrationVerdict
    at: datetime | None = None


class CalibrationRecords(KeptInGradebook):
    """The exercises of every marker; use it as a context."""

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt."""
        when = now()
        rows = [
            {
                "at": when, "marker": attempt.marker, "criterion": attempt.criterion, "rubric": attempt.rubric,
                "copy": gap.copy, "title": gap.title, "given": gap.given, "agreed": gap.agreed, "reason": gap.reason,
            }
            for gap in attempt.verdict.gaps
        ]  # fmt: skip
        self.database.write(lambda connection: connection.execute(insert(CALIBRATIONS), rows))

    def attempts(self, marker: Marker | None = None) -> list[Attempt]:
        """Return the attempts of a marker, or of everybody, the oldest first."""
        order = (CALIBRATIONS.c.at, CALIBRATIONS.c.marker, CALIBRATIONS.c.criterion, CALIBRATIONS.c.id)
        query = select(CALIBRATIONS).order_by(*order)
        if marker is not None:
            query = query.where(CALIBRATIONS.c.marker == marker.name)

        def read(connection: Connection) -> Sequence[Attempt]:
            rows = connection.execute(query).all()
            grouped = groupby(rows, key=lambda row: (row.at, row.marker, row.criterion, row.rubric))
            return [
                Attempt(who, code, rubric, CalibrationVerdict(tuple(map(_gap, gaps))), aware(at))
                for (at, who, code, rubric), gaps in grouped
            ]

        return list(self.database.read(read))


def _gap(row: object) -> Gap:
    return Gap(*(getattr(row, name) for name in ("copy", "title", "given", "agreed", "reason")))
