"""Double marking: whom it is asked of, and what two markers gave, the widest differences first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert

from autograder.review.database import now
from autograder.review.ledger import Ledger
from autograder.review.model import Marker, Part, Reading, Seen, Stage
from autograder.review.retained import Readings, both_done, retained
from autograder.review.rows import at, place_of
from autograder.review.tables import SECONDS
from autograder.review.views import seen_by_whoever_reconciles
from casestudies.errors import CasekitError


@dataclass(frozen=True)
class Pair:
    """A part that two markers have marked; ``waiting`` while they differ and nobody has settled."""

    first: Reading
    second: Reading
    waiting: bool
    seen: Seen

    @property
    def part(self) -> Part:
        """The part."""
        return self.first.part

    @property
    def gap(self) -> float:
        """The second level minus the first."""
        assert self.first.level is not None
        assert self.second.level is not None
        return self.second.level - self.first.level


def pairs(readings: Mapping[Part, Readings]) -> list[Pair]:
    """Return the parts marked twice: those that wait first, then by the size of the difference."""
    found = [
        Pair(one[Stage.FIRST], one[Stage.SECOND], retained(one).unreconciled, seen_by_whoever_reconciles(part, one))
        for part, one in readings.items()
        if both_done(one)
    ]
    return sorted(found, key=lambda pair: (not pair.waiting, -abs(pair.gap), pair.part))


def ask(connection: Connection, marker: Marker, ledgers: Iterable[Ledger]) -> int:
    """Write down that ``marker`` is asked to mark parts, locked, a second time; return how many are new.

    Raises
    ------
    CasekitError
        When one of them is already theirs, or already begun by another second marker; nothing is then written.
    """
    new = 0
    for ledger in ledgers:
        part = ledger.part
        if ledger.second == marker.name:
            continue
        first, second = ledger.readings.get(Stage.FIRST), ledger.readings.get(Stage.SECOND)
        if first and first.marker == marker.name:
            raise CasekitError(
                f"« {marker.name} » a déjà relu « {part.id} » de « {part.learner} » : la seconde relecture revient à "
                "une autre personne. Rien n’a été changé."
            )
        if second and (second.level is not None or second.comment or second.note):
            raise CasekitError(
                f"« {second.marker} » a commencé la seconde relecture de « {part.id} » de « {part.learner} » : elle ne "
                "peut pas être confiée à quelqu’un d’autre. Rien n’a été changé."
            )
        connection.execute(delete(SECONDS).where(at(SECONDS, part)))
        connection.execute(insert(SECONDS).values(**place_of(part), marker=marker.name, at=now()))
        new += 1
    return new
