"""``casekit regrade``: an assignment's answers evaluated again, and what changes written where marks are kept."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

from autograder.console import followed
from autograder.course.configuration import VALUES
from autograder.course.course import Course
from autograder.grading.lock import alone
from autograder.grading.regrade import Regraded, ScoreChange, regrade_learner
from autograder.grading.rewrite import Applied, rewrite
from autograder.parallel import spread
from casestudies.errors import CasekitError

MANY, SAMPLE, WORTH = 100, 8, 5.0
"""Other processes are started for more than ``MANY`` records, when the first ``SAMPLE`` learners say that one process
would need more than ``WORTH`` seconds: where the values are kept, one is quicker than the start of others."""

BATCH = 40
"""Learners whose changes are committed to the gradebook together."""


def regrade(course: Course, assignment: str, learners: Sequence[str] = (), jobs: int | None = None) -> Regraded:
    """Evaluate again the answers kept of an assignment (everybody's, or those of ``learners``) and return what changes.

    Parameters
    ----------
    jobs
        Number of processes; one for each core when None, this one alone when 1 or when there is little to do.

    Raises
    ------
    CasekitError
        When the assignment is unknown, nothing was graded, or a learner has no graded copy.
    """
    course.require(assignment)
    course.require_original()
    folders = _folders(course.records / assignment, assignment, learners)
    paths = [sorted(folder.glob("*.json")) for folder in folders]
    whole = Regraded()
    for one in _evaluated(partial(regrade_learner, course.root / VALUES, assignment), paths, jobs):
        whole.add(one)
    return whole


def _evaluated(work: Callable[[list[Path]], Regraded], paths: list[list[Path]], jobs: int | None) -> list[Regraded]:
    """Evaluate a few learners here; the others by several processes when the first ones say that it is worth it."""
    found = [work(some) for some in paths[:1]]  # the first also reads the code and the catalogues
    started = time.perf_counter()
    found += [work(some) for some in paths[1 : 1 + SAMPLE]]
    rest = paths[1 + SAMPLE :]
    left = (time.perf_counter() - started) / SAMPLE * len(rest)
    if jobs == 1 or left < WORTH or sum(map(len, paths)) <= MANY:
        return [*found, *followed(map(work, rest), "Réévaluation", len(rest))]
    try:
        return [*found, *spread(work, rest, "Réévaluation", jobs)]
    except BrokenProcessPool as error:
        raise CasekitError(
            "Un processus d’évaluation s’est arrêté (mémoire insuffisante ?). Rien n’a été écrit : libérez de la "
            "mémoire, puis relancez."
        ) from error


def apply(course: Course, assignment: str, changes: Sequence[ScoreChange]) -> Applied:
    """Write changes in the history, the gradebook, the graded notebooks and the records.

    A run that is stopped at any instant is finished by evaluating and applying again: the record, which says what is
    left to do, is written last.

    Raises
    ------
    CasekitError
        When the gradebook or the history cannot be written, or another grading of this course is running.
    """
    applied = Applied()
    with alone(course):
        batches = list(_batches(changes))
        for batch in followed(batches, "Enregistrement", len(batches)):
            rewrite(course, assignment, batch, applied)
    return applied


def _batches(changes: Sequence[ScoreChange]) -> Iterator[list[ScoreChange]]:
    names = list(dict.fromkeys(change.learner for change in changes))
    for start in range(0, len(names), BATCH):
        chosen = set(names[start : start + BATCH])
        yield [change for change in changes if change.learner in chosen]


def _folders(records: Path, assignment: str, learners: Sequence[str]) -> list[Path]:
    folders = [folder for folder in sorted(records.glob("*")) if folder.is_dir() and any(folder.glob("*.json"))]
    if not folders:
        raise CasekitError(
            f"Aucune réponse enregistrée pour « {assignment} » : lancez d’abord « casekit grade {assignment} »."
        )
    known = [folder.name for folder in folders]
    unknown = [name for name in learners if name not in known]
    if unknown:
        listed = ", ".join(f"« {name} »" for name in unknown)
        raise CasekitError(f"Pas de copie corrigée pour {listed}. Copies corrigées : {', '.join(known)}.")
    return [folder for folder in folders if not learners or folder.name in learners]
