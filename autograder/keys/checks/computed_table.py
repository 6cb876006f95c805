"""The check of a table that the machine recomputes: the form, and the values too."""

from dataclasses import dataclass, replace

from autograder.keys.cases import Case
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Question
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome

_MESSAGES = {
    Outcome.READY: "Le tableau est complet, et ses valeurs sont bien celles que donnent vos tables.",
    Outcome.TO_COMPLETE: "Le tableau est à compléter ou à corriger.",
}


@dataclass(frozen=True)
class ComputedTable(Structure):
    """A structure check whose rules also cover the values, so that it announces no review by people."""

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding of the structure check, in the words of a table that is computed."""
        finding = super().__call__(question, case, answer)
        return replace(finding, message=_MESSAGES.get(finding.outcome, finding.message))
