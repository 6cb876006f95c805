"""The check of a structured answer (table, note, chart): is it ready to be reviewed? It never judges the substance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from autograder.cases import Case
from autograder.checks.spoken import unreadable_or_missing
from autograder.questions.model import Question
from casestudies.answers import Unreadable, Value
from casestudies.charts import Chart
from casestudies.findings import Finding, Outcome


class Rule(Protocol):
    """Looks at one aspect of a structured answer; returns what is missing, in French, and nothing when all is there."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return the remarks."""


KINDS: dict[str, tuple[type, str]] = {
    "table": (pd.DataFrame, "un tableau : une liste de lignes, ou un DataFrame"),
    "text": (str, "un texte entre guillemets"),
    "chart": (Chart, "votre graphique (l’objet « ax » de matplotlib)"),
}


@dataclass(frozen=True)
class Structure:
    """Apply ``rules`` to an answer of a ``kind`` (« table », « text », « chart »); each kept rule earns its share."""

    kind: str
    rules: Sequence[Rule]

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return « prêt à relire » or « à compléter », with what is missing."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        expected, words = KINDS[self.kind]
        if not isinstance(answer, expected):
            return Finding(Outcome.UNREADABLE, 0.0, f"On attend {words}.")
        remarks = [rule(answer, case) for rule in self.rules]  # type: ignore[arg-type]
        kept = sum(not found for found in remarks)
        if kept == len(self.rules):
            return Finding(Outcome.READY, 1.0, "La forme est complète. Le fond sera relu par votre formateur.")
        listed = tuple(remark for found in remarks for remark in found)
        message = "La forme est à compléter avant la relecture par votre formateur."
        return Finding(Outcome.TO_COMPLETE, kept / len(self.rules), message, "", (), listed)
