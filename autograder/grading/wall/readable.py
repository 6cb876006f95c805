"""What a learner's code may read: the interpreter, its libraries, what they need of the system, and ``casestudies``."""

import importlib.util
import os
import site
import sys
import sysconfig
from pathlib import Path

from autograder.grading.wall.account import closed_to_others

_OF_A_PREFIX = ("bin", "lib", "lib32", "lib64", "share", "etc/fonts", "pyvenv.cfg")
"""What is read of a Python installation; never the whole of it: a virtual environment may be a course's own folder."""
_OF_THE_SYSTEM = (
    "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/local/share/fonts", "/usr/share",
    "/lib", "/lib32", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/etc/timezone",
)  # fmt: skip
_FOLDERS_OF_LIBRARIES = ("site-packages", "dist-packages")
_BESIDE_A_CHECKOUT = ("notebooks", "tests")


def default_readable() -> tuple[list[Path], list[Path]]:
    """Return the paths that may be read, and those that are hidden although they are beneath one of them.

    Of a source checkout, only the learner's package and the reference tables are granted. The grader's package is
    hidden wherever it stands on Python's path: an editable install leaves its notebooks, solutions included, with the
    libraries.
    """
    readable = [*_interpreter(), *map(Path, _OF_THE_SYSTEM), *_matplotlib()]
    for learners in _package("casestudies"):
        readable += [learners, learners.parent / "datasets" / "references"]
    hidden = [entry / "autograder" for entry in (*map(Path, sys.path), *_libraries())]
    for trainers in _package("autograder"):
        hidden += [trainers, *(trainers.parent / name for name in _BESIDE_A_CHECKOUT)]
    return _existing(readable), _existing(hidden)


def _existing(paths: list[Path]) -> list[Path]:
    return [path for path in dict.fromkeys(paths) if path.exists()]


def _interpreter() -> list[Path]:
    prefixes = dict.fromkeys((sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix))
    found = [Path(prefix, name) for prefix in prefixes for name in _OF_A_PREFIX if prefix != "/usr" or name != "bin"]
    return [*found, *_libraries()]


def _libraries() -> list[Path]:
    """Return the folders of libraries: those of this installation, and those that a ``.pth`` file or the path adds."""
    found = [path for name, path in sysconfig.get_paths().items() if name.endswith(("lib", "stdlib"))]
    found += site.getsitepackages()
    if site.ENABLE_USER_SITE:
        found.append(site.getusersitepackages())
    added = [entry for entry in sys.path if Path(entry).name in _FOLDERS_OF_LIBRARIES]
    return list(map(Path, dict.fromkeys([*found, *added])))


def _matplotlib() -> list[Path]:
    """Return the folders of matplotlib's list of fonts and settings, which take seconds to make again.

    Root leaves out those that the account without rights could not read: they are a convenience.
    """
    home = Path("~").expanduser()
    bases = (("XDG_CONFIG_HOME", home / ".config"), ("XDG_CACHE_HOME", home / ".cache"))
    found = [Path(os.environ.get(name) or usual, "matplotlib") for name, usual in bases]
    found += [Path(os.environ[name]) for name in ("MPLCONFIGDIR",) if os.environ.get(name)]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [path for path in found if not (is_root and closed_to_others([path.resolve()], parents=True))]


def _package(name: str) -> list[Path]:
    """Return where a package is installed, without importing it; nothing when it is not."""
    found = importlib.util.find_spec(name)
    return [Path(found.origin).resolve().parent] if found and found.origin else []
