"""The check of a segmentation chosen by the learner, and of the figures of the groups that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.numbers import misconception_finding
from autograder.keys.checks.reading import Keyed, plain
from autograder.keys.checks.tables import Row
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


def of_own_cut(name: str, what: str, question: str, cut_by: Callable[[Case, dict[str, Any]], pd.Series]) -> Recomputed:
    """Return the rule that the column ``name`` is what the learner's own cut gives for the « groupe » of its row.

    ``question`` is where the cut was handed in; ``cut_by(case, cut)`` gives a value by group, and raises
    ``CasekitError`` for a cut that cannot be made: the question of the cut says it.
    """

    def expected(case: Case, row: Row) -> float | None:
        cut = case.handed_in(question)
        if not isinstance(cut, dict):
            return None
        try:
            found = cut_by(case, cut)
        except CasekitError:
            return None
        return {plain(group): float(value) for group, value in found.items()}.get(plain(row["groupe"]))

    return Recomputed(name, expected, what, tolerance=0.01)
