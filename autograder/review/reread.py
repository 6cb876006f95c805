"""After a grading: which reviewed parts have changed since somebody read them."""

from autograder.course.course import Course
from autograder.keys.questions import Review, reviews_of
from autograder.review.store import ReviewStore
from casestudies.french import short_number


def changed_since_review(
    course: Course, assignment: str, declared: list[Review] | None = None
) -> list[tuple[str, str]]:
    """Return who has a part to read again, and what to say of it; its former mark counts no more in the gradebook.

    Raises
    ------
    CasekitError
        When the gradebook cannot be reached or written.
    """
    parts = reviews_of(assignment=assignment) if declared is None else declared
    if not parts:
        return []
    titles = {one.id: one.title for one in parts}
    with ReviewStore.of(course, assignment, parts) as store:
        store.sync()
        found = sorted(store.retained().items())
        return [(part.learner, _said(titles[part.id], counts.former)) for part, counts in found if counts.stale]


def _said(title: str, level: float | None) -> str:
    then = "" if level is None else f" (niveau d’alors : {short_number(level)}, il ne compte plus)"
    return f"« {title} » est à relire : le travail a changé depuis la relecture{then}."
