"""Writing a class's feedback, several copies at a time; one that fails never stops the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from autograder.course.course import Course
from autograder.course.private import open_to_hand_out
from autograder.faults import in_log
from autograder.grading.feedback.copies import copy_of
from autograder.grading.feedback.exporter import one_reading, other_pages, titles_in
from autograder.grading.feedback.pages import INDEX
from autograder.parallel import spread
from casestudies.errors import CasekitError, why

Decided = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class WrittenFeedback:
    """What became of one learner's feedback: the page to open first, or why there is none."""

    learner: str
    index: Path
    problem: str = ""


def write_feedback(
    course: Course, assignment: str, learners: list[str] | None = None, decided: Decided | None = None
) -> list[WrittenFeedback]:
    """Write the feedback of an assignment (everybody's, or that of ``learners``) and say what became of each.

    ``decided`` is what the sheets conclude: by learner, then by criterion, words to repeat.

    Raises
    ------
    CasekitError
        When the course or the assignment is unknown, nothing was graded, or a learner has no graded copy.
    """
    course.require(assignment)
    kept = {folder.name for folder in (course.records / assignment).glob("*") if folder.is_dir()}
    graded = {folder.parent.name for folder in course.folder("autograded").glob(f"*/{assignment}") if folder.is_dir()}
    known = sorted(kept | graded)
    if not known:
        raise CasekitError(
            f"Aucune copie corrigée pour « {assignment} » : lancez d’abord « casekit grade {assignment} »."
        )
    unknown = [name for name in learners or [] if name not in known]
    if unknown:
        listed = ", ".join(f"« {name} »" for name in unknown)
        raise CasekitError(f"Pas de copie corrigée pour {listed}. Copies corrigées : {', '.join(known)}.")
    chosen = [name for name in known if not learners or name in learners]
    return spread(partial(_write_one, course.root, assignment, decided or {}), chosen, "Retours")


@cache
def _course(root: Path) -> Course:
    """Return the course of this process: its settings do not go from one process to another."""
    return Course(root)


def _write_one(root: Path, assignment: str, decided: Decided, learner: str) -> WrittenFeedback:
    course = _course(root)
    graded = course.folder("autograded") / learner / assignment
    target = course.folder("feedback") / learner / assignment
    with one_reading() as reading:
        if any(graded.glob("*.ipynb")):
            result = course.api.generate_feedback(assignment, learner, force=True)
            if not result["success"]:
                told = str(result.get("error") or "") + "\n" + str(result.get("log") or "")
                if str(result.get("error") or "").rstrip().endswith("KeyboardInterrupt"):
                    raise KeyboardInterrupt  # nbgrader only notes it, and would go on with the next copy
                lines = [line for line in told.splitlines() if line.strip()]
                reason = in_log(told) or (lines[-1][:200] if lines else "raison inconnue")
                return WrittenFeedback(learner, target / INDEX, reason)
    try:
        target.mkdir(parents=True, exist_ok=True)
        copy = reading.copy or copy_of(course.records, course.db_url, assignment, learner)
        copy.decided = decided.get(learner, {})
        titles = reading.titles or titles_in(graded)
        pages = other_pages(copy, titles)
        for name, text in pages.items():
            (target / name).write_text(text, encoding="utf-8")
    except OSError as error:
        return WrittenFeedback(learner, target / INDEX, f"{target} ne peut pas être écrit ({why(error)})")
    _keep_pages_only(target, {*titles, *(Path(name).stem for name in pages)})
    open_to_hand_out(target)
    return WrittenFeedback(learner, target / INDEX)


def _keep_pages_only(target: Path, stems: set[str]) -> None:
    """Remove what nbgrader copied from the submission: a learner's files are no feedback, and may be anything."""
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.parent != target or path.suffix != ".html" or path.stem not in stems:
            path.unlink()
