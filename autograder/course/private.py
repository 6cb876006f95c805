"""Who may read a course: its owner alone, whatever the umask.

What is handed out is the exception: the learners' version and the feedback stand in a folder that nobody else can
enter, but are readable once they are copied elsewhere, by hand or by nbgrader's exchange. A course that nbgrader shares
with a group (``CourseDirectory.groupshared``) is its group's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the help of the commands does not wait for nbgrader
    from autograder.course.course import Course

OTHERS, GROUP_AND_OTHERS = 0o007, 0o077
HANDED_OUT = ("release", "feedback")
CONFIDENTIAL = "CONFIDENTIEL — ne pas diffuser aux candidats"
"""What each page of a trainer's paper that holds right answers says; no released file may hold it."""


@contextmanager
def private_files() -> Iterator[None]:
    """Make every file and folder readable by its owner alone, in this process and those that it starts."""
    before = os.umask(GROUP_AND_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def private_folder(path: Path) -> Path:
    """Make a folder that its owner alone can enter, even where one stood already, and return it.

    Raises
    ------
    OSError
        When it cannot be made, or is somebody else's.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        path.chmod(0o700)
    return path


def close_to_others(course: "Course") -> bool:
    """Take from everybody else the rights that they have on a course; return whether there were any.

    The folder itself comes last, so that what was stopped is done again. Nothing is changed on somebody else's course.
    """
    hidden = _hidden(course)
    if hidden == OTHERS:
        os.umask(OTHERS)
    found = course.root.stat()
    if os.name != "posix" or found.st_uid != os.getuid() or not found.st_mode & hidden:
        return False
    handed_out = [course.folder(step) for step in HANDED_OUT]
    try:
        for path in (*course.root.glob("*"), *(course.root / "build").rglob("*"), course.root):
            if not path.is_symlink() and not any(path.is_relative_to(folder) for folder in handed_out):
                path.chmod(path.stat().st_mode & 0o7777 & ~hidden)
    except OSError:  # a disk that is read only, or that knows no rights: work goes on
        return False
    return True


def open_to_hand_out(folder: Path) -> None:
    """Let everybody read what is in a folder, for when it is copied where they can go."""
    if os.name == "posix":
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o7777 | (0o055 if path.is_dir() else 0o044))


def _hidden(course: "Course") -> int:
    return OTHERS if course.config.CourseDirectory.get("groupshared") else GROUP_AND_OTHERS
