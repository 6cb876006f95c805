"""What triage sees of a class, shown to a trainer before anything is graded; nothing is changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from autograder.console import print_table, say
from autograder.course.course import Course
from autograder.grading.records import Incident
from autograder.grading.triage.matching import Cells
from autograder.grading.triage.plan import TriagePlan, examine
from autograder.grading.triage.refusal import LOST
from autograder.grading.triage.released import cells_of
from autograder.grading.triage.survey import survey
from casestudies.quoting import shown

READY = "prêt."
WHOLE = "–"
"""What stands for the whole copy in the column of notebooks."""


@dataclass(frozen=True)
class TriageRow:
    """What triage sees of one notebook of one learner (of the whole copy when it is ``WHOLE``), in French."""

    learner: str
    notebook: str
    state: str
    to_do: str = ""
    lost: bool = False


def rows_of(course: Course, assignment: str, learners: Collection[str] | None = None) -> list[TriageRow]:
    """Return what triage sees of an assignment's submissions (of all of them, or of those of ``learners``).

    Raises
    ------
    CasekitError
        When the course's configuration did not load, or the assignment is unknown or was not released.
    """
    expected, others = cells_of(course, assignment)
    members = course.learners()
    seen = survey(course.folder("submitted"), assignment, members, course.assignments())
    rows = [_row(name, WHOLE, incident) for name, incident in seen.apart]
    for learner in sorted({*members, *seen.folders} - {row.learner for row in rows}):
        folder = seen.folders.get(learner)
        if folder is None:
            rows.append(TriageRow(learner, WHOLE, "rien n’a été remis.", "Relancez la personne."))
            continue
        if learner in seen.misnamed:
            state = f"« {shown(folder.name)} » sera renommé « {assignment} » à la correction."
            rows.append(TriageRow(learner, WHOLE, state))
        rows.extend(_rows(learner, examine(folder, learner, expected, lambda: others), expected))
    chosen = [row for row in rows if learners is None or row.learner in learners]
    return sorted(chosen, key=lambda row: row.learner)


def _rows(learner: str, plan: TriagePlan, expected: Cells) -> Iterator[TriageRow]:
    for name in expected:
        mine = [incident for incident in plan.incidents if incident.notebook == name]
        if not mine:
            yield TriageRow(learner, name, READY)
        yield from (_row(learner, name, incident) for incident in mine)
    yield from (_row(learner, WHOLE, incident) for incident in plan.incidents if not incident.notebook)


def _row(learner: str, notebook: str, incident: Incident) -> TriageRow:
    return TriageRow(shown(learner), notebook, incident.what, incident.advice, incident.code in LOST)


def print_rows(rows: list[TriageRow], title: str) -> int:
    """Print what triage sees, a line for each problem; return how many will stay without a score.

    The notebooks of a learner of which nothing is to be said share a line.
    """
    calm: dict[str, list[str]] = {}
    for row in rows:
        if row.state == READY:
            calm.setdefault(row.learner, []).append(row.notebook)
    cells = [
        (row.learner, row.notebook, f"{'✗ ' if row.lost else ''}{row.state}", row.to_do)
        if row.state != READY
        else (row.learner, ", ".join(calm[row.learner]), READY, "")
        for row in rows
        if row.state != READY or row.notebook == calm[row.learner][0]
    ]
    print_table(title, ("Apprenant", "Notebook", "État", "Que faire"), cells)
    lost = sum(row.lost for row in rows)
    say(f"{len({row.learner for row in rows})} personne(s), {lost} problème(s) à régler avant de corriger.")
    return lost
