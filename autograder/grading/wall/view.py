"""The view: a disk made of nothing but what may be read, read-only, and the working folder, private and bounded.

Landlock says what may be opened; it does not keep a process from asking whether a file exists, nor from changing the
permissions of its owner's files. What is not in the view cannot be named at all.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.wall import syscalls
from autograder.grading.wall.limits import Limits
from autograder.grading.wall.namespaces import why_no_namespace
from autograder.grading.wall.protection import Protection, given, missing, refused

CODES = ("folder", "view")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_NOTHING = "/.casekit"
"""Stands over each hidden folder: it holds a package that nobody can read, so that an import fails there."""
_PRIVATE = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
_CLOSED = syscalls.MS_RDONLY | syscalls.MS_NOSUID | syscalls.MS_NODEV


@dataclass(frozen=True)
class WallPlan:
    """What the view is made of; absolute paths, parents before what they hold.

    Attributes
    ----------
    made : folders that are made.
    links : symbolic links made again, with their targets.
    shown : what is shown as it is, folders and files, none inside another.
    hidden : what is beneath ``shown`` and covered.
    """

    made: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def plan(readable: Sequence[Path], hidden: Sequence[Path]) -> WallPlan:
    """Return how to show ``readable`` without ``hidden``, symbolic links on the way included."""
    roots = top(dict.fromkeys(path.resolve() for path in readable))
    links: dict[str, str] = {}
    for path in readable:
        _follow(path, links)
    kept = {link: target for link, target in links.items() if not _beneath(Path(link), roots)}
    parents = {str(parent) for path in [*roots, *map(Path, kept)] for parent in path.parents}
    covered = [path for path in hidden if _beneath(path, roots)]
    return WallPlan(
        made=tuple(sorted(parents - {"/"})),
        links=tuple(sorted(kept.items())),
        shown=tuple(map(str, roots)),
        hidden=tuple(map(str, top(covered))),
    )


def top(paths: Sequence[Path] | dict[Path, None]) -> list[Path]:
    """Return ``paths`` sorted, without those that are inside another.

    >>> [str(path) for path in top([Path("/a/b"), Path("/a"), Path("/ab")])]
    ['/a', '/ab']
    """
    kept: list[Path] = []
    for path in sorted(paths):
        if not _beneath(path, kept):
            kept.append(path)
    return kept


def _beneath(path: Path, roots: Sequence[Path]) -> bool:
    return any(path.is_relative_to(root) for root in roots)


def _follow(path: Path, links: dict[str, str]) -> None:
    """Note in ``links`` each symbolic link on the way to ``path``."""
    for step in (*reversed(path.parents), path):
        if step.is_symlink() and str(step.parent.resolve() / step.name) not in links:
            place = step.parent.resolve() / step.name
            links[str(place)] = str(place.readlink())
            _follow(place.parent / place.readlink(), links)


def enter(folder: Path, limits: Limits, what: WallPlan, fill: Callable[[Path], None]) -> tuple[Protection, Protection]:
    """Give this process its own view of the disk; ``fill`` puts the files into the working folder that it is told.

    Return ``folder`` and ``view``. Without a mount namespace the disk and the folder stay as they are.
    """
    try:
        syscalls.unshare(syscalls.CLONE_NEWNS)
        syscalls.mount("", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    except OSError as error:
        fill(folder)
        why = why_no_namespace(error)
        return missing("folder", why), missing("view", why)
    base = str(folder)
    try:
        _build(base, base + base, limits, what)
        fill(Path(base + base))
        syscalls.take_as_root(base)
    except OSError as error:
        _undo(base)
        return _folder_alone(folder, limits, fill), refused("view", error)
    return given("folder"), given("view")


def incomplete(failed: Sequence[str]) -> Protection:
    """Return ``folder``, off because the files ``failed`` were not copied there."""
    return missing("folder", f"des fichiers n’ont pas pu y être copiés : {', '.join(failed[:3])}")


def _folder_alone(folder: Path, limits: Limits, fill: Callable[[Path], None]) -> Protection:
    """Bound the working folder although the rest of the disk stays in sight."""
    bounded = given("folder")
    try:
        _mount_folder(str(folder), limits)
    except OSError as error:
        bounded = refused("folder", error)
    fill(folder)
    return bounded


def _undo(base: str) -> None:
    os.chdir("/")
    try:
        syscalls.detach(base)
    except OSError:
        return  # it was not mounted yet


def _mount_folder(target: str, limits: Limits) -> None:
    options = f"size={limits.folder_bytes},nr_inodes={limits.folder_files},mode=700"
    syscalls.mount("casekit", target, "tmpfs", _PRIVATE, options)


def _build(base: str, folder: str, limits: Limits, what: WallPlan) -> None:
    """Mount the new disk on ``base``, with the working folder at ``folder`` in it."""
    syscalls.mount("casekit", base, "tmpfs", _PRIVATE, "size=1m,nr_inodes=4096,mode=755")
    for path in what.made:
        Path(base + path).mkdir(0o755)
    for link, target in what.links:
        Path(base + link).symlink_to(target)
    Path(base + _NOTHING).mkdir(0o755)
    Path(base + _NOTHING, "__init__.py").touch(0)
    for path in what.shown:
        _make_point(Path(base + path), Path(path).is_dir())
    for path in DEVICES:
        _make_point(Path(base + path), is_folder=False)
    for path in what.shown:
        syscalls.mount(path, base + path, flags=syscalls.MS_BIND | syscalls.MS_REC)
    _make_point(Path(folder), is_folder=True)
    for path in what.hidden:
        cover = _NOTHING if Path(path).is_dir() else f"{_NOTHING}/__init__.py"
        syscalls.mount(base + cover, base + path, flags=syscalls.MS_BIND)
    syscalls.set_mounts(base, _CLOSED)
    for path in DEVICES:
        syscalls.mount(path, base + path, flags=syscalls.MS_BIND)
    _mount_folder(folder, limits)


def _make_point(path: Path, is_folder: bool) -> None:
    """Make something to mount on, unless it is there."""
    if is_folder:
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o444)
