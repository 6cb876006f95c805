"""The comment bank: what markers write often, by criterion, with fields filled for each learner when it is inserted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from autograder.review.database import KeptInGradebook, now
from autograder.review.fields import require_known
from autograder.review.model import Marker
from autograder.review.rows import aware, clean
from autograder.review.tables import BANK
from casestudies.errors import CasekitError

GONE = "Ce commentaire a été changé ou retiré par quelqu’un d’autre : rien n’a été écrasé. Rouvrez la banque."


@dataclass(frozen=True)
class BankComment:
    """One comment of the bank; its identifier changes with its text."""

    id: int
    criterion: str
    text: str
    marker: str
    at: datetime


class CommentBank(KeptInGradebook):
    """The comments of every criterion; use it as a context."""

    def comments(self, criterion: str) -> list[BankComment]:
        """Return the comments of a criterion, in the order they were added; one that was edited keeps its place."""
        columns = (BANK.c.id, BANK.c.criterion, BANK.c.text, BANK.c.marker, BANK.c.at)
        query = select(*columns).where(BANK.c.criterion == criterion, BANK.c.removed == 0).order_by(BANK.c.place)
        rows = self.database.read(lambda connection: connection.execute(query).all())
        return [BankComment(row.id, row.criterion, row.text, row.marker, aware(row.at)) for row in rows]

    def add(self, criterion: str, text: str, marker: Marker) -> BankComment:
        """Add a comment.

        Raises
        ------
        CasekitError
            When it is empty, or names a field that does not exist.
        """
        words = _words(text)
        return self.database.write(lambda connection: _insert(connection, criterion, words, marker, None))

    def edit(self, old: BankComment, text: str, marker: Marker) -> BankComment:
        """Put another text in the place of a comment; the old one is kept, out of sight.

        Raises
        ------
        CasekitError
            When it is empty, names a field that does not exist, or was changed by somebody else meanwhile.
        """
        words = _words(text)

        def edit(connection: Connection) -> BankComment:
            place = _take_out(connection, old)
            return _insert(connection, old.criterion, words, marker, place)

        return self.database.write(edit)

    def delete(self, old: BankComment) -> None:
        """Take a comment out of the bank; reviews that used it keep it.

        Raises
        ------
        CasekitError
            When it was changed by somebody else meanwhile.
        """
        self.database.write(lambda connection: _take_out(connection, old))


def _words(text: str) -> str:
    words = clean(text).strip()
    if not words:
        raise CasekitError("Un commentaire vide ne se garde pas dans la banque.")
    return require_known(words)


def _insert(connection: Connection, criterion: str, text: str, marker: Marker, place: int | None) -> BankComment:
    when = now()
    row = {"criterion": criterion, "text": text, "marker": marker.name, "at": when, "removed": 0}
    made = connection.execute(insert(BANK).values(**row, place=place or 0)).inserted_primary_key
    assert made is not None
    if place is None:
        connection.execute(update(BANK).where(BANK.c.id == made[0]).values(place=made[0]))
    return BankComment(made[0], criterion, text, marker.name, aware(when))


def _take_out(connection: Connection, old: BankComment) -> int:
    """Hide a comment and return its place: whoever comes second finds it hidden already."""
    here = (BANK.c.id == old.id) & (BANK.c.removed == 0)
    if not connection.execute(update(BANK).where(here).values(removed=1)).rowcount:
        raise CasekitError(GONE)
    return int(connection.execute(select(BANK.c.place).where(BANK.c.id == old.id)).scalar_one())
