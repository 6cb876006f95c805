"""Taking back one's last change, then the one before."""

from collections.abc import Callable

from sqlalchemy import Connection, and_, func, select

from autograder.review.ledger import Ledger
from autograder.review.model import Change, ConflictError, Kind, Marker, Stage
from autograder.review.retained import covered
from autograder.review.rows import at, changes, index
from autograder.review.tables import CHANGES
from casestudies.errors import CasekitError

TAKEN_BACK = select(CHANGES.c.undoes).where(CHANGES.c.undoes.isnot(None))
STANDING = and_(CHANGES.c.kind != Kind.UNDO.value, CHANGES.c.id.notin_(TAKEN_BACK))
"""Changes that nobody took back."""


def undo(
    connection: Connection, marker: Marker, assignment: str, open_part: Callable[[Connection, str, str], Ledger]
) -> Change | ConflictError | None:
    """Take back the last standing change of ``marker``; return the line that says so, or the conflict."""
    mine = (CHANGES.c.assignment == assignment) & (CHANGES.c.marker == marker.name)
    query = select(CHANGES.c.learner, CHANGES.c.part).where(mine, STANDING).order_by(CHANGES.c.id.desc()).limit(1)
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    ledger = open_part(connection, *found)
    part = ledger.part
    last = changes(connection, assignment, index([part]), mine & at(CHANGES, part) & STANDING)[-1]
    return _take_back(connection, ledger, last, marker)


def _take_back(connection: Connection, ledger: Ledger, last: Change, marker: Marker) -> Change | ConflictError:
    settled = ledger.readings.get(Stage.RECONCILED)
    if last.stage is not Stage.RECONCILED and settled and settled.level is not None:
        raise CasekitError("Cette partie a été conciliée depuis : son niveau se change par la conciliation.")
    here = at(CHANGES, ledger.part) & (CHANGES.c.stage == last.stage.value) & STANDING
    since = connection.execute(select(func.max(CHANGES.c.id)).where(here)).scalar()
    outside = ledger.readings.get(Stage.FORMGRADER)
    if since != last.id or (outside and last.stage is not Stage.SECOND and outside.version > last.id):
        theirs = max(covered(ledger.readings, last.stage), key=lambda review: review.version)
        return ConflictError(theirs, last.before)
    earlier = here & (CHANGES.c.id < last.id) & (CHANGES.c.decides == 1)
    decided = connection.execute(select(func.max(CHANGES.c.id)).where(earlier)).scalar() or 0
    return ledger.take_back(last, marker.name, decided)
