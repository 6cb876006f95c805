"""What is looked at before a submission is run: each notebook can be read, and is the one that was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from autograder.grading.records import Incident
from autograder.grading.triage.plan import carry_out, examine
from autograder.grading.triage.refusal import LOST, MENDED
from autograder.keys.questions import questions_of

__all__ = ["LOST", "MENDED", "Intake", "kit_cells", "take_in"]


@dataclass
class Intake:
    """One submission: the notebooks that can be graded and the incidents met on the way."""

    learner: str
    ready: list[str] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


def take_in(
    folder: Path,
    learner: str,
    expected: dict[str, set[str]],
    others: Mapping[str, Mapping[str, set[str]]] | None = None,
) -> Intake:
    """Look at the submission in ``folder`` and mend what can be mended safely.

    Parameters
    ----------
    expected
        The grade ids of each notebook of the assignment, by notebook name: those of every cell that nbgrader keeps, so
        that a notebook is known for what it is when some of them were deleted.
    others
        The grade ids of other assignments, by assignment then notebook, to name a notebook handed in to the wrong one;
        those of the kit when None.

    A mended notebook is written under its right name. The file that was handed in stays as it is, under its own name,
    or with « .original » after it when the mended one takes its place. The same folder always gives the same result.
    """
    plan = carry_out(folder, examine(folder, learner, expected, kit_cells if others is None else lambda: others))
    return Intake(learner, list(plan.ready), plan.incidents)


@cache
def kit_cells() -> dict[str, dict[str, set[str]]]:
    """Return the grade ids of the kit's own questions, by assignment then notebook."""
    found: dict[str, dict[str, set[str]]] = {}
    for question in questions_of():
        assignment, _, notebook = question.notebook.partition("/")
        found.setdefault(assignment, {}).setdefault(notebook, set()).add(question.id)
    return found
