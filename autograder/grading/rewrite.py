"""Writing changed results where marks are kept: history, then gradebook, then graded notebooks, then records.

The record comes last: as long as it is not written, evaluating again finds the same change, and writing it again ends
the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import nbformat

from autograder.course.course import Course
from autograder.faults import told_in_french
from autograder.grading.evaluate import locked_cells, write_points
from autograder.grading.history import append_history, history_path
from autograder.grading.records import DamagedRecordError, Record, Result, load_record, record_path, save_record
from autograder.grading.regrade import Problem, ScoreChange
from autograder.grading.scores import Scores
from casestudies import __version__
from casestudies.atomic import write_atomically
from casestudies.errors import why
from casestudies.quoting import argument

Place = tuple[str, str]
"""A learner and a notebook."""


@dataclass
class Applied:
    """What became of changes: those written, those of answers that a person marked, what could not be written."""

    written: list[ScoreChange] = field(default_factory=list)
    by_hand: list[ScoreChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def rewrite(course: Course, assignment: str, changes: list[ScoreChange], applied: Applied) -> None:
    """Write a batch of changes, in one session of the gradebook, and record in ``applied`` what became of them.

    Raises
    ------
    CasekitError
        When the history or the gradebook cannot be written: what remains to be done is found by evaluating again.
    """
    with told_in_french(), Scores(course, assignment, changes) as scores:
        records = _current(course, assignment, changes, scores, applied)
        changes = [change for change in changes if (change.learner, change.notebook) in records]
        append_history(history_path(course.records, assignment), changes)
        applied.by_hand += [change for change in changes if scores.put(change)]
        scores.commit()
    for place, record in records.items():
        mine = [change for change in changes if (change.learner, change.notebook) == place]
        try:
            _rewrite_notebook(course, record, {change.question: change.after for change in mine}, applied)
            record.results |= {change.question: change.after for change in mine}
            record.kit_version = __version__
            save_record(course.records, record)
        except OSError as error:
            what = f"Le résultat de « {record.notebook} » n’a pas pu être écrit ({why(error)})."
            applied.problems.append(Problem(record.learner, f"{what} Relancez la même commande."))
        else:
            applied.written += mine


def _current(
    course: Course, assignment: str, changes: list[ScoreChange], scores: Scores, applied: Applied
) -> dict[Place, Record]:
    """Return the records that still say what they said when they were evaluated, and whose grades exist."""
    found: dict[Place, Record] = {}
    for learner, notebook in dict.fromkeys((change.learner, change.notebook) for change in changes):
        mine = [change for change in changes if (change.learner, change.notebook) == (learner, notebook)]
        path = record_path(course.records, assignment, learner, notebook)
        try:
            record = load_record(path)
        except DamagedRecordError as error:
            applied.problems.append(Problem(learner, str(error)))
            continue
        again = f"« casekit grade {assignment} --apprenant {argument(learner)} --tout »"
        if any(record.results.get(change.question) != change.before for change in mine):
            what = f"« {notebook} » a été corrigé entre-temps : laissé de côté. Relancez la même commande."
        elif not all(change in scores for change in mine):
            what = f"Le carnet de notes n’a pas les notes de « {notebook} » : laissé de côté. Relancez {again}."
        else:
            found[learner, notebook] = record
            continue
        applied.problems.append(Problem(learner, what))
    return found


def _rewrite_notebook(course: Course, record: Record, results: Mapping[str, Result], applied: Applied) -> None:
    """Show the new results in the graded notebook, which the formgrader opens.

    Raises
    ------
    OSError
        When the notebook cannot be written; the earlier one is still there.
    """
    path = course.folder("autograded") / record.learner / record.assignment / f"{record.notebook}.ipynb"
    try:
        nb = nbformat.read(path, as_version=4)
        for cell in locked_cells(nb):
            if cell.metadata.nbgrader.grade_id in results:
                write_points(cell, results[cell.metadata.nbgrader.grade_id])
        text = nbformat.writes(nb) + "\n"
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        what = (
            f"La note est à jour, mais la copie corrigée {path} manque ou est abîmée. "
            f"Relancez « casekit grade {record.assignment} --apprenant {argument(record.learner)} --tout »."
        )
        applied.problems.append(Problem(record.learner, what))
        return
    write_atomically(path, text.encode("utf-8"), path.stat().st_mode)
