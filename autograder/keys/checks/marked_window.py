"""Rule: a chart over time marks the days of the action."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from casestudies.answers import Value
from casestudies.charts import Chart


@dataclass(frozen=True)
class MarkedWindow:
    """At least one span or reference line (``axvspan``, ``axvline``) is drawn."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the action is not marked."""
        assert isinstance(answer, Chart)
        if answer.spans:
            return []
        return ["Les jours de la promotion ne sont pas repérés\u00a0: ajoutez une bande avec «\u00a0axvspan\u00a0»."]
