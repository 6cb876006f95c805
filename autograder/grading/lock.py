"""One grading at a time in a course: a second grading is refused instead of mixing its writing with the first's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.course.course import Course
from autograder.file_lock import hold
from casestudies.errors import CasekitError

LOCK = "correction.verrou"
_HELD: set[int] = set()


@contextmanager
def alone(course: Course) -> Iterator[None]:
    """Hold the course's lock; it is freed by the system when this process ends, however it ends.

    Raises
    ------
    CasekitError
        When another process holds it.
    """
    folder = course.root / "build"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as file:
        if not _taken(file.fileno()):
            raise CasekitError(
                "Une autre correction est en cours dans ce cours : attendez qu’elle se termine, puis relancez. "
                "Rien n’a été modifié."
            )
        _HELD.add(file.fileno())
        try:
            yield
        finally:
            _HELD.discard(file.fileno())


def forget() -> None:
    """Let go of the locks that a forked process inherited: they must end with the run, not with its workers."""
    for descriptor in list(_HELD):
        os.close(descriptor)
    _HELD.clear()


def _taken(descriptor: int) -> bool:
    if not hold(descriptor):
        return False
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return True
