"""nbgrader's own tables, both ways: what counts is written there, what was changed in the formgrader is noticed."""

from dataclasses import dataclass, replace
from typing import Any

from nbgrader.api import Assignment, BaseCell, Comment, Grade, SubmittedAssignment
from sqlalchemy import Connection, Select, select, update

from autograder.course.gradebook import attached
from autograder.review.model import Part, Retained
from autograder.review.tables import PARTS

HIGHEST = 4.0

Key = tuple[str, str]
"""A learner and the identifier of a part."""


@dataclass(frozen=True)
class GradebookEntry:
    """What nbgrader holds for a part: its rows, the machine's points, a person's, the most there is, the comment.

    ``waits`` says that nbgrader waits for a person.
    """

    grade: str
    auto: float | None
    manual: float | None
    top: float
    comment_row: str | None = None
    comment: str = ""
    waits: bool = False

    @property
    def level(self) -> float | None:
        """The points given by a person, as a level."""
        return None if self.manual is None else self.manual * HIGHEST / self.top

    def score(self, level: float | None) -> float | None:
        """Return what a level is worth in points of the cell: 4 points are level 4."""
        return None if level is None else level * self.top / HIGHEST


@dataclass(frozen=True)
class Mirror:
    """What nbgrader's tables held when they were last written or looked at."""

    grade: str | None = None
    score: float | None = None
    comment: str = ""


def entries(
    connection: Connection, assignment: str, parts: list[Part], lock: bool = False
) -> dict[Key, GradebookEntry]:
    """Return what nbgrader holds for parts, by learner and part; ``lock`` keeps others from writing it meanwhile."""
    wanted = {(part.learner, part.notebook, part.id) for part in parts if part.notebook}
    if not wanted:
        return {}
    points = (Grade.id, Grade.auto_score, Grade.manual_score, Grade.max_score, Grade.needs_manual_grade)
    grades = _of_parts(attached(Grade, assignment, *points), parts)
    comments = _of_parts(attached(Comment, assignment, Comment.id, Comment.manual_comment), parts)
    if lock:
        grades, comments = grades.with_for_update(of=Grade), comments.with_for_update(of=Comment)
    found = {
        (learner, cell): GradebookEntry(row, auto, manual, float(most or HIGHEST), waits=bool(waits))
        for learner, notebook, cell, row, auto, manual, most, waits in connection.execute(grades)
        if (learner, notebook, cell) in wanted
    }
    for learner, notebook, cell, row, text in connection.execute(comments):
        if (learner, notebook, cell) in wanted and (learner, cell) in found:
            one = found[learner, cell]
            found[learner, cell] = replace(one, comment_row=row, comment=text or "")
    return found


def _of_parts(query: Select[Any], parts: list[Part]) -> Select[Any]:
    learners = {part.learner for part in parts}
    query = query.where(BaseCell.name.in_(sorted({part.id for part in parts})))
    return query.where(SubmittedAssignment.student_id == learners.pop()) if len(learners) == 1 else query


def learners(connection: Connection, assignment: str) -> list[str]:
    """Return who handed something in or was marked."""
    handed_in = select(SubmittedAssignment.student_id).join(Assignment).where(Assignment.name == assignment)
    marked = select(PARTS.c.learner).where(PARTS.c.assignment == assignment)
    return sorted({str(name) for query in (handed_in, marked) for name in connection.execute(query).scalars()})


def mirrors(connection: Connection, assignment: str) -> dict[Key, Mirror]:
    """Return what was last seen of nbgrader's tables, by learner and part."""
    rows = connection.execute(
        select(PARTS.c.learner, PARTS.c.part, PARTS.c.grade_row, PARTS.c.score, PARTS.c.comment).where(
            PARTS.c.assignment == assignment
        )
    )
    return {(learner, part): Mirror(grade, score, comment) for learner, part, grade, score, comment in rows}


def changed_outside(entry: GradebookEntry | None, mirror: Mirror, counts: Retained) -> bool:
    """Whether a person changed the mark or the comment elsewhere than in the reviews.

    A submission that was taken away and handed in again has new rows, still empty: nobody changed anything.
    """
    if entry is None:
        return False
    if entry.grade == mirror.grade:
        return (entry.manual, entry.comment) != (mirror.score, mirror.comment)
    given = entry.manual is not None or entry.comment != ""
    return given and (entry.manual, entry.comment) != (entry.score(counts.level), counts.comment)


def is_new(entry: GradebookEntry | None, mirror: Mirror) -> bool:
    """Whether nbgrader made new rows for a part that has been marked: they do not hold what counts yet."""
    return entry is not None and mirror.grade is not None and entry.grade != mirror.grade


def out_of_step(entry: GradebookEntry | None, mirror: Mirror, counts: Retained) -> bool:
    """Whether nbgrader's tables say something else than what counts since the work changed, or did not.

    They hold the level of a work that is no longer there, they lack that of one that is there again, or they wait for
    a person because the same work was graded once more.
    """
    if entry is None or mirror.grade is None:
        return False
    changed = (mirror.score is None) != (counts.level is None)
    return changed or (entry.waits and counts.level is not None and counts.same is True)


def put(connection: Connection, entry: GradebookEntry, counts: Retained, again: bool) -> Mirror:
    """Write what counts in nbgrader's tables; ``again`` leaves the copy to be looked at once more.

    A part on which markers differ has no points there, and waits for them.
    """
    score = entry.score(counts.level)
    waits = again or counts.unreconciled or (score is None and entry.auto is None)
    connection.execute(
        update(Grade).where(Grade.id == entry.grade).values(manual_score=score, needs_manual_grade=waits)
    )
    comment = counts.comment if entry.comment_row else ""
    if entry.comment_row:
        connection.execute(
            update(Comment).where(Comment.id == entry.comment_row).values(manual_comment=comment or None)
        )
    return Mirror(entry.grade, score, comment)
