"""Whether a deliverable is ready to be reviewed, in the words of its check; what has no check counts as ready."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from casestudies.findings import FeedbackService
from casestudies.livrables.handed import recall
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable
from casestudies.variants import draw_of

Readiness = Callable[[Deliverable, Mapping[str, Any]], bool]
"""Says whether the encoded answer of a deliverable is ready."""


def always_ready(_deliverable: Deliverable, _answer: Mapping[str, Any]) -> bool:
    """Return True, where nobody can tell."""
    return True


def readiness(folder: Path, learner: str, service: FeedbackService | None) -> Readiness:
    """Return who says that a learner's deliverables are ready: their checks, given what was handed in beside them."""
    if service is None:
        return always_ready
    handed = {one.question: recall(folder, learner, one.question) for one in deliverables().values()}
    beside = {question: answer for question, answer in handed.items() if answer is not None}

    def is_ready(deliverable: Deliverable, answer: Mapping[str, Any]) -> bool:
        company = deliverable.company
        draw = draw_of(company, learner, folder, service.draw)
        earlier = {question: one for question, one in beside.items() if question != deliverable.question}
        return service.respond(company, learner, draw, deliverable.question, answer, earlier).outcome.is_right

    return is_ready
