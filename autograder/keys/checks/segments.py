"""The check of a segmentation chosen by the learner: groups large enough, and whose value differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import misconception_finding
from autograder.keys.checks.reading import Keyed
from autograder.keys.segments import Groups
from casestudies.answers import Value
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome

if TYPE_CHECKING:
    from autograder.keys.model import Key


@dataclass(frozen=True)
class UsefulSegments(Keyed):
    """Accept a cut in ``count`` groups, each with ``least`` of the whole, the best worth ``ratio`` times the least.

    ``groups(case, answer)`` cuts; it raises ``CasekitError`` in French for a cut that cannot be made. ``small`` and
    ``alike`` name the misconceptions of groups too small and of groups that are worth the same.
    """

    groups: Callable[[Case, Mapping[str, object]], Groups]
    small: str
    alike: str
    count: int = 4
    least: float = 0.10
    ratio: float = 2.0

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one cut."""
        if not isinstance(answer, dict):
            return Finding(Outcome.UNREADABLE, 0.0, 'On attend un dictionnaire : {"effectif": 3, "secteur": "…"}.')
        try:
            found = self.groups(case, answer)
        except CasekitError as refusal:
            return Finding(Outcome.UNREADABLE, 0.0, str(refusal))
        fault = self.fault(found)
        if fault:
            return misconception_finding([fault])
        return Finding(Outcome.RIGHT, 1.0, "Chaque groupe est assez grand, et leur valeur diffère nettement.")

    def fault(self, found: Groups) -> str:
        """Return the misconception that a cut shows; nothing for a useful one."""
        if len(found.share) < self.count or min(found.share.values()) < self.least:
            return self.small
        low, high = min(found.value.values()), max(found.value.values())
        return self.alike if high < self.ratio * low or high == 0 else ""
