"""Rule: each piece of evidence names a table of the case or a question of the course."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value

_QUESTION = re.compile(r"\b[a-z]\d-[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class CitesEvidence:
    """Each filled cell of ``name`` cites a table (« ventes_jour ») or a question (« q2-net ») that exists."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that cites nothing, or a question that does not exist."""
        from autograder.keys.questions import questions_of  # the questions import the checks

        known = {question.id for question in questions_of(company=case.company.slug)}
        remarks = []
        for row, cell in enumerate(column(answer, self.name), start=1):
            if is_blank(cell):
                continue
            words = self._judge(str(cell).lower(), known, list(case.company.specs()))
            if words:
                remarks.append(f"Ligne {row}, colonne «\u00a0{self.name}\u00a0»\u00a0: {words}")
        return remarks

    def _judge(self, text: str, questions: set[str], tables: list[str]) -> str:
        cited = _QUESTION.findall(text)
        unknown = [name for name in cited if name not in questions]
        if unknown:
            return f"la question «\u00a0{unknown[0]}\u00a0» n’existe pas."
        if cited or set(tables) & set(_NAME.findall(text)):
            return ""
        return f"citez une table (par exemple «\u00a0{tables[0]}\u00a0») ou une question du notebook."
