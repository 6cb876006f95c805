"""What is worked out once, before any process is forked: which paths may be read, opened and ready to be allowed."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.wall import landlock, seccomp, syscalls, view
from autograder.grading.wall.account import closed_to_others

_SPARE_DESCRIPTORS = 256


@dataclass(frozen=True)
class Prepared:
    """What each forked process needs to confine itself.

    Attributes
    ----------
    rules : open descriptors and the rights that they give; forked processes inherit them, and close them.
    rules_in_view : the same where the view covers what is hidden: fewer, since folders need not be gone through.
    plan : what the view of the disk is made of.
    closed, closed_on_the_way : the path that an account without rights could not read, in the view and outside; ``""``
        when there is none.
    user_namespace : the namespace before ``separate``.
    """

    rules: tuple[tuple[int, int], ...]
    rules_in_view: tuple[tuple[int, int], ...]
    plan: view.WallPlan
    closed: str
    closed_on_the_way: str
    user_namespace: str

    def close(self) -> None:
        """Close the descriptors: nothing can be confined with this any more."""
        for descriptor in {descriptor for descriptor, _ in (*self.rules, *self.rules_in_view)}:
            os.close(descriptor)


def prepare(readable: Sequence[Path], hidden: Sequence[Path]) -> Prepared:
    """Open once what ``readable`` names, without ``hidden``; a path that does not exist is left out.

    Raises
    ------
    OSError
        When the process may not open enough files.
    """
    if sys.platform == "linux":
        syscalls.few_arenas()
        seccomp.get_ready()
    covered = [path.resolve() for path in hidden if path.exists()]
    there = [path.absolute() for path in dict.fromkeys(readable) if path.exists()]
    there = [path for path in there if not any(path.resolve().is_relative_to(one) for one in covered)]
    roots = view.top([path.resolve() for path in there])
    devices = [(Path(device), landlock.DEVICE) for device in view.DEVICES]
    each = [*devices, *(one for root in roots for one in allowed(root, covered))]
    whole = [*devices, *(one for root in roots for one in allowed(root, ()))]
    opened = _opened([path for path, _ in (*each, *whole)])
    return Prepared(
        rules=tuple((opened[path], rights) for path, rights in each if path in opened),
        rules_in_view=tuple((opened[path], rights) for path, rights in whole if path in opened),
        plan=view.plan(there, covered),
        closed=closed_to_others(roots, parents=False),
        closed_on_the_way=closed_to_others(roots, parents=True),
        user_namespace=namespace("user"),
    )


def namespace(kind: str) -> str:
    """Return the name of this process's namespace, ``""`` where there is none."""
    try:
        return str(Path("/proc/self/ns", kind).readlink())
    except OSError:
        return ""


def allowed(path: Path, hidden: Sequence[Path]) -> Iterator[tuple[Path, int]]:
    """Yield what to allow, and how, so that ``path`` can be read but what ``hidden`` names.

    A right given to a folder holds for all that it contains. So a folder that holds something hidden is only listed,
    and each of its other entries is given its own right.
    """
    if path in hidden:
        return
    if not path.is_dir():
        yield path, landlock.READ_FILE
    elif not any(one.is_relative_to(path) for one in hidden):
        yield path, landlock.READ
    else:
        yield path, landlock.READ_DIR
        for entry in sorted(path.iterdir()):
            if not entry.is_symlink():  # its target has its own right, or none
                yield from allowed(entry, hidden)


def _opened(paths: Sequence[Path]) -> dict[Path, int]:
    """Open each path for nothing but naming it; one that went away, or is closed to this account, is left out."""
    found: dict[Path, int] = {}
    if not hasattr(os, "O_PATH"):
        return found
    _make_room(len(paths) + _SPARE_DESCRIPTORS)
    for path in dict.fromkeys(paths):
        with contextlib.suppress(FileNotFoundError, PermissionError):
            found[path] = os.open(path, os.O_PATH | os.O_CLOEXEC)
    return found


def _make_room(descriptors: int) -> None:
    """Allow this process that many descriptors, as far as it may."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = descriptors if hard == resource.RLIM_INFINITY else min(descriptors, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
