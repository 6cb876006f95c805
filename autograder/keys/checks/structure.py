"""The check of a structured answer (table, note, chart): is it ready to be reviewed? It never judges the substance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.columns import Columns
from autograder.keys.checks.spoken import unreadable_or_missing
from autograder.keys.checks.tables import columns_looked_for
from autograder.keys.model import Question
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
    """Apply ``rules`` to an answer of a ``kind`` (« table », « text », « chart »); each kept rule earns its share.

    A column that is missing is said once, by the rule ``Columns``: the rules that read it say and earn nothing.
    """

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
        remarks = list(self.remarks_by_rule(answer, case))  # type: ignore[arg-type]
        kept = sum(found == [] for found in remarks)
        if kept == len(self.rules):
            return Finding(Outcome.READY, 1.0, "La forme est complète. Le fond sera relu par votre formateur.")
        listed = tuple(remark for found in remarks for remark in found or ())
        message = "La forme est à compléter avant la relecture par votre formateur."
        return Finding(Outcome.TO_COMPLETE, kept / len(self.rules), message, "", (), listed)

    def remarks_by_rule(self, answer: Value, case: Case) -> Iterator[list[str] | None]:
        """Yield the remarks of each rule, None when a column that it reads is missing: it has nothing to judge."""
        absent: set[str] = set()
        if isinstance(answer, pd.DataFrame):
            columns = [rule for rule in self.rules if isinstance(rule, Columns)]
            absent = {plain(name) for rule in columns for name in rule.missing(answer)}
        for rule in self.rules:
            with columns_looked_for() as looked_for:
                found = rule(answer, case)
            yield None if looked_for & absent else found
