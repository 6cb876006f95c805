"""The check of one row chosen in a table of the case, by its identifier."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import judged, plain
from autograder.keys.checks.spoken import unreadable_or_missing
from autograder.keys.model import Question
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome


@dataclass(frozen=True)
class ChosenId:
    """Accept one identifier of the column ``column`` of the table ``table``, whatever its case."""

    table: str
    column: str

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding for one answer."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        assert question.key is not None
        given = plain(answer)
        if given not in {plain(name) for name in case.table(self.table)[self.column]}:
            words = f"Répondez par un seul identifiant de la colonne « {self.column} » de la table « {self.table} »"
            return Finding(Outcome.UNREADABLE, 0.0, f"{words}, entre guillemets.")
        return judged(given, question.key(case))
