"""Landlock: which files a process may open from now on, and that it reaches nobody through TCP, signals or sockets.

Each right is asked for only from the version (« ABI ») of the kernel's interface that knows it.
"""

import ctypes
import sys

from autograder.grading.wall import syscalls
from autograder.grading.wall.protection import NOT_LINUX, Protection, given, missing, refused

CODES = ("files", "tcp", "signals")

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _MAKE_SYM = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = READ_FILE | READ_DIR
"""No right to execute: a shared library is only read, and no program is ever started."""
DEVICE = READ_FILE | WRITE_FILE
WORK = READ | WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER | _TRUNCATE

_FIRST_RIGHTS = (1 << 13) - 1
_LATER_RIGHTS = ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEV))
_TCP_ABI, _BIND_AND_CONNECT = 4, 0b11
_SCOPE_ABI, _ABSTRACT_SOCKETS_AND_SIGNALS = 6, 0b11
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("handled_access_fs", "handled_access_net", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def abi() -> int:
    """Return the version of the kernel's Landlock.

    Raises
    ------
    OSError
        When the kernel has none, or does not use it.
    """
    return syscalls.call(_CREATE_RULESET, 0, 0, _VERSION)


def answers() -> bool:
    """Return whether the kernel has Landlock, and uses it."""
    try:
        return sys.platform == "linux" and abi() > 0
    except OSError:
        return False


def restrict(rules: list[tuple[int, int]]) -> tuple[Protection, ...]:
    """Confine this process for good to ``rules``: pairs of an open descriptor and the rights beneath it.

    Needs ``no_new_privs``.
    """
    if sys.platform != "linux":
        return tuple(missing(code, NOT_LINUX) for code in CODES)
    try:
        version = abi()
        _restrict(rules, version)
    except OSError as error:
        return tuple(refused(code, error) for code in CODES)
    return (given("files"), _from("tcp", version, _TCP_ABI, "6.7"), _from("signals", version, _SCOPE_ABI, "6.12"))


def _from(code: str, version: int, wanted: int, kernel: str) -> Protection:
    return given(code) if version >= wanted else missing(code, f"il faut un noyau Linux {kernel} ou plus récent")


def _restrict(rules: list[tuple[int, int]], version: int) -> None:
    handled = _FIRST_RIGHTS
    for since, right in _LATER_RIGHTS:
        handled |= right if version >= since else 0
    asked = _Ruleset(
        handled_access_fs=handled,
        handled_access_net=_BIND_AND_CONNECT if version >= _TCP_ABI else 0,
        scoped=_ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPE_ABI else 0,
    )
    ruleset = syscalls.call(_CREATE_RULESET, ctypes.addressof(asked), ctypes.sizeof(asked))
    rule = _PathBeneath()
    address = ctypes.addressof(rule)
    for descriptor, rights in rules:
        rule.allowed_access, rule.parent_fd = rights & handled, descriptor
        syscalls.call(_ADD_RULE, ruleset, _PATH_BENEATH, address)
    syscalls.call(_RESTRICT_SELF, ruleset)
    syscalls.close_range(ruleset, ruleset)
