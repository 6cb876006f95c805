"""The cards of answers: what is said of one, and what stands in its place at grading until it is evaluated."""

from typing import Any

from casestudies.display import Card
from casestudies.findings import Finding


def finding_card(finding: Finding, extra: dict[str, Any] | None = None) -> Card:
    """Return the card that shows a finding."""
    outcome = finding.outcome
    return Card(
        outcome.label, outcome.tone, outcome.symbol, (finding.message, finding.question), finding.remarks, extra or {}
    )


class PendingCard(Card):
    """What a locked cell shows at grading before it is evaluated: its text is a zero, so it never earns a point."""

    def text(self) -> str:
        """Return the points earned so far."""
        return "0"
