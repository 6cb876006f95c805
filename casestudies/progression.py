"""Where a learner stands, question by question, as a table to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casestudies.display import html_table
from casestudies.findings import Outcome, QuestionCard


@dataclass(frozen=True)
class ProgressRow:
    """One question: what it is, how its last answer was judged, how many hints were asked for."""

    card: QuestionCard
    outcome: str
    hints: int


class Progression:
    """The table of the questions: what is done, what is left, how many hints were asked for."""

    def __init__(self, rows: Sequence[ProgressRow]) -> None:
        """Keep the rows to show."""
        self._rows = rows

    def _cells(self) -> list[list[str]]:
        return [
            [row.card.notebook.split("/")[-1], row.card.title, row.card.criterion, row.outcome, str(row.hints)]
            for row in self._rows
        ]

    def __repr__(self) -> str:
        """Return one line per question."""
        return "\n".join(" · ".join(cells) for cells in self._cells())

    @property
    def caption(self) -> str:
        """How many questions are done, out of how many."""
        done = sum(
            row.outcome in (Outcome.RIGHT.label, Outcome.CONSEQUENCE.label, Outcome.READY.label) for row in self._rows
        )
        plural = "s" if done > 1 else ""
        return f"Votre progression : {done} question{plural} réussie{plural} sur {len(self._rows)}"

    def html(self) -> str:
        """Return the table as HTML; the notebook is named when there are several."""
        header = ("Notebook", "Question", "Critère", "Où vous en êtes", "Indices demandés")
        first = 1 if len({row.card.notebook for row in self._rows}) == 1 else 0
        return html_table(self.caption, header[first:], [cells[first:] for cells in self._cells()])

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.html()}
