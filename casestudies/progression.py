"""Where a learner stands, question by question, as a table to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from casestudies.display import html_table
from casestudies.findings import QuestionCard
from casestudies.kept_progress import Standing
from casestudies.typography import french


@dataclass(frozen=True)
class ProgressRow:
    """One question, and where the learner stands on it."""

    card: QuestionCard
    standing: Standing


class Progression:
    """The questions of the notebook at hand: what is done, what is left, how many hints; then the other notebooks."""

    def __init__(self, rows: Sequence[ProgressRow], others: Sequence[ProgressRow] = ()) -> None:
        """Keep the rows to show; ``others`` are those of the company's other notebooks."""
        self._rows = rows
        self._others = others

    def __repr__(self) -> str:
        """Return one line per question of the notebook at hand, then what is done elsewhere."""
        lines = [" · ".join(cells) for cells in _cells(self._rows)]
        return "\n".join([*lines, self._elsewhere] if self._others else lines)

    @property
    def caption(self) -> str:
        """How many questions are done, out of how many."""
        return f"Votre progression : {_count(self._rows)}"

    @property
    def _elsewhere(self) -> str:
        return f"Dans les autres notebooks de cette entreprise : {_count(self._others)}"

    def html(self) -> str:
        """Return the table as HTML, the other notebooks folded below; a notebook is named when there are several."""
        shown = _table(self.caption, self._rows)
        if not self._others:
            return shown
        summary = f'<summary style="cursor:pointer">{escape(french(self._elsewhere))}</summary>'
        return f'{shown}<details lang="fr">{summary}{_table("Les autres notebooks", self._others)}</details>'

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.html()}


def _cells(rows: Sequence[ProgressRow]) -> list[list[str]]:
    return [
        [
            row.card.notebook.split("/")[-1],
            row.card.title,
            row.card.criterion,
            row.standing.best.label,
            str(row.standing.hints),
        ]
        for row in rows
    ]


def _count(rows: Sequence[ProgressRow]) -> str:
    done = sum(row.standing.done for row in rows)
    plural = "s" if done > 1 else ""
    return f"{done} question{plural} réussie{plural} sur {len(rows)}"


def _table(caption: str, rows: Sequence[ProgressRow]) -> str:
    header = ("Notebook", "Question", "Critère", "Où vous en êtes", "Indices demandés")
    first = 1 if len({row.card.notebook for row in rows}) == 1 else 0
    return html_table(caption, header[first:], [cells[first:] for cells in _cells(rows)])
