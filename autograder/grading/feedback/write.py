"""Writing a class's feedback, one copy after the other; one that fails never stops the others."""

from dataclasses import dataclass
from pathlib import Path

from autograder.console import followed
from autograder.course.course import Course
from autograder.grading.feedback.copies import copy_of
from autograder.grading.feedback.exporter import other_pages
from autograder.grading.feedback.pages import INDEX
from casestudies.errors import CasekitError


@dataclass(frozen=True)
class WrittenFeedback:
    """What became of one learner's feedback: the page to open first, or why there is none."""

    learner: str
    index: Path
    problem: str = ""


def write_feedback(course: Course, assignment: str, learners: list[str] | None = None) -> list[WrittenFeedback]:
    """Write the feedback of an assignment (everybody's, or that of ``learners``) and say what became of each.

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
    return [_write_one(course, assignment, name) for name in followed(chosen, "Retours", len(chosen))]


def _write_one(course: Course, assignment: str, learner: str) -> WrittenFeedback:
    graded = course.folder("autograded") / learner / assignment
    target = course.folder("feedback") / learner / assignment
    if any(graded.glob("*.ipynb")):
        result = course.api.generate_feedback(assignment, learner, force=True)
        if not result["success"]:
            lines = [line for line in str(result.get("log") or result.get("error") or "").splitlines() if line.strip()]
            return WrittenFeedback(learner, target / INDEX, lines[-1][:200] if lines else "raison inconnue")
    try:
        target.mkdir(parents=True, exist_ok=True)
        pages = other_pages(copy_of(course.records, course.db_url, assignment, learner), graded)
        for name, text in pages.items():
            (target / name).write_text(text, encoding="utf-8")
    except OSError as error:
        return WrittenFeedback(learner, target / INDEX, f"{target} ne peut pas être écrit ({error.strerror})")
    _keep_pages_only(target, {path.stem for path in graded.glob("*.ipynb")} | {Path(name).stem for name in pages})
    return WrittenFeedback(learner, target / INDEX)


def _keep_pages_only(target: Path, stems: set[str]) -> None:
    """Remove what nbgrader copied from the submission: a learner's files are no feedback, and may be anything."""
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.parent != target or path.suffix != ".html" or path.stem not in stems:
            path.unlink()
