"""The check of a segmentation chosen by the learner: groups large enough, and whose value differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import misconception_finding
from autograder.keys.checks.reading import Keyed
from autograder.keys.segments import CutRule, Groups
from casestudies.answers import Value
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome

if TYPE_CHECKING:
    from autograder.keys.model import Key


@dataclass(frozen=True)
class UsefulSegments(Keyed):
    """Accept a cut that ``rule`` finds of use.

    ``groups(case, answer)`` cuts; it raises ``CasekitError`` in French for a cut that cannot be made.
    """

    groups: Callable[[Case, Mapping[str, object]], Groups]
    rule: CutRule

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one cut."""
        if not isinstance(answer, dict):
            return Finding(Outcome.UNREADABLE, 0.0, "On attend un dictionnaire : deux variables, et où couper chacune.")
        try:
            found = self.groups(case, answer)
        except CasekitError as refusal:
            return Finding(Outcome.UNREADABLE, 0.0, str(refusal))
        fault = self.rule.fault(found)
        if fault:
            return misconception_finding([fault])
        return Finding(Outcome.RIGHT, 1.0, "Chaque groupe est assez grand, et leur valeur diffère nettement.")
