"""A later session of an assessment: which notebooks it takes, and what counts when a criterion was assessed twice."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.course.course import Course
from autograder.keys.model import Question, Review
from autograder.keys.questions import questions_of, reviews_of
from autograder.keys.sessions import FIRST, LAST, later_session, origin_of, session_of
from autograder.sheets.model import CriterionRow, Sheet, Verdict
from casestudies.errors import CasekitError

MISSED = (Verdict.PARTIAL, Verdict.NOT_ACQUIRED, Verdict.ABSENT)
"""What is sat again; what waits for a reader is not decided yet."""


@dataclass(frozen=True)
class PreparedResit:
    """A session made ready: its assignment, its notebooks, and the criteria that each learner sits again."""

    assignment: str
    notebooks: tuple[str, ...]
    needed: Mapping[str, tuple[str, ...]]


def prepare_resit(course: Course, sheets: Sequence[Sheet], number: int) -> PreparedResit:
    """Write the source notebooks of a later session: those of the criteria that somebody of these sheets lacks.

    Raises
    ------
    CasekitError
        When the number is none of a later session, that session is there already, or nobody lacks anything.
    OSError
        When the disk refuses.
    """
    if not sheets:
        raise CasekitError("Personne dans la classe : complétez eleves.csv.")
    origin = origin_of(sheets[0].assignment)
    if not FIRST < number <= LAST:
        raise CasekitError(f"Une session de rattrapage porte un numéro de {FIRST + 1} à {LAST}.")
    name = later_session(origin, number)
    target = course.source(name)
    if target.exists():
        raise CasekitError(f"La session {number} existe déjà ({target}) : rien n’a été changé.")
    needed = {
        sheet.learner.id: codes
        for sheet in sheets
        if (codes := tuple(row.code for row in sheet.criteria if row.verdict in MISSED))
    }
    if not needed:
        raise CasekitError("Aucun critère à repasser : tout est acquis, ou attend encore une relecture.")
    wanted = {code for codes in needed.values() for code in codes}
    asked: list[Question | Review] = [*questions_of(assignment=origin), *reviews_of(assignment=origin)]
    found = {_file(one) for one in asked if one.criterion in wanted}
    notebooks = tuple(name for name in sorted(found) if (course.source(origin) / f"{name}.ipynb").is_file())
    target.mkdir(parents=True)
    for notebook in notebooks:
        shutil.copyfile(course.source(origin) / f"{notebook}.ipynb", target / f"{notebook}.ipynb")
    return PreparedResit(name, notebooks, needed)


def former_session(course: Course, assignment: str) -> str:
    """Return the session before this one that the course has; empty for a first one."""
    earlier = [one for one in course.assignments()
               if origin_of(one) == origin_of(assignment) and session_of(one) < session_of(assignment)]  # fmt: skip
    return max(earlier, key=session_of, default="")


def held_criteria(notebooks: Iterable[str], asked: Sequence[Question | Review]) -> set[str]:
    """Return the criteria that a session assesses whole: all their questions and parts are in its notebooks."""
    there = set(notebooks)
    lacking = {one.criterion for one in asked if _file(one) and _file(one) not in there}
    return {one.criterion for one in asked} - lacking


def best(one: CriterionRow | None, other: CriterionRow) -> CriterionRow:
    """Return the row that counts of two for the same criterion: the one that has a level, then the higher."""
    return other if one is None or (other.level or 0) > (one.level or 0) else one


def kept(former: CriterionRow | None, row: CriterionRow, held: bool, number: int) -> CriterionRow:
    """Return the row that counts after a later session, and say which session it is of.

    What waits for a reader in the later session waits, unless the criterion was acquired before.
    """
    if former is None:
        return row
    if former.verdict is Verdict.ACQUIRED or not held or row.verdict is Verdict.ABSENT:
        return replace(former, reasons=(f"Résultat d’avant la session {number}, gardé.", *former.reasons))
    if row.verdict is Verdict.TO_REVIEW:
        return row
    counts = best(former, row)
    then = "aucun" if former.level is None else str(former.level)
    now = "aucun" if row.level is None else str(row.level)
    said = f"Session {number} : niveau {now} ; avant : niveau {then} ; le meilleur compte."
    return replace(counts, reasons=(said, *counts.reasons))


def _file(one: Question | Review) -> str:
    """Return the name of its notebook; an oral has none."""
    return one.notebook.rpartition("/")[2]
