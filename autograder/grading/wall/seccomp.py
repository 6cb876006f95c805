"""The filter on system calls: what the kernel refuses a learner's code from now on, written in the kernel's own BPF.

A list of refusals, not of permissions: libraries call what they like, and every new version of them calls something
else. Calls newer than this list do not exist for the process. Refused calls answer « not permitted » and never kill, so
that a library that tries something first does without it. Threads are allowed, processes are not.
"""

import ctypes
import os
import platform
import struct
import sys
from functools import cache

from autograder.grading.wall import syscalls
from autograder.grading.wall.calls import ABSENT, IGNORED, LAST, REFUSED, number
from autograder.grading.wall.protection import NOT_LINUX, Protection, given, missing, refused

_MACHINES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
"""Name of the machine: its column in the table of calls, and how the kernel names it."""

_LOAD, _AND, _EQUAL, _GREATER, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
"""Where the call's number, the machine and the arguments (8 bytes each, the low half first) stand in what is judged."""
_ALLOW, _ERROR, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_EPERM, _ENOSYS = 1, 38
_FILTER_MODE = 2

_CLONE_THREAD = 0x0001_0000
_NEW_NAMESPACES = (
    syscalls.CLONE_NEWNS | syscalls.CLONE_NEWUTS | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWNET | syscalls.CLONE_NEWCGROUP
)  # fmt: skip
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE = 1, 1, 0xF
_O_ACCMODE, _O_TRUNC = 0o3, 0o1000
_PRCTL_REFUSED = (
    syscalls.PR_SET_PDEATHSIG, syscalls.PR_SET_DUMPABLE, syscalls.PR_SET_MM, syscalls.PR_SET_PTRACER,
)  # fmt: skip
_IOCTL_REFUSED = (0x5412, 0x541C, 0x8901, 0x8902, 0x4008_6602, 0x401C_5820)
"""Typing into a terminal (TIOCSTI, TIOCLINUX), signals to others (FIOSETOWN, SIOCSPGRP), a file's attributes."""
_FCNTL_REFUSED = (8, 10, 15, 1024, 1026)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY: signals to another process, and what others do with files."""

Step = tuple[int, int, int, int]
"""One instruction: its code, how many steps to leap if true, if false, and its constant."""


def refuse() -> Protection:
    """Put the filter in force for this process, for good. Needs ``no_new_privs``."""
    if sys.platform != "linux":
        return missing("syscalls", NOT_LINUX)
    machine = platform.machine()
    if not _written_for(machine):
        return missing("syscalls", f"le filtre n’est écrit que pour {' et '.join(_MACHINES)}, pas pour {machine}")
    try:
        _install(assemble(machine, os.getpid()))
    except OSError as error:
        return refused("syscalls", error)
    return given("syscalls")


def answers() -> bool:
    """Return whether the kernel filters calls and a filter is written for this machine."""
    if sys.platform != "linux" or not _written_for(platform.machine()):
        return False
    try:
        syscalls.prctl(syscalls.PR_GET_SECCOMP)
    except OSError:
        return False
    return True


def get_ready() -> None:
    """Write the filter that most processes want, the first of their PID namespace, before they are forked."""
    if _written_for(platform.machine()):
        assemble(platform.machine(), 1)


def _written_for(machine: str) -> bool:
    return machine in _MACHINES and sys.maxsize > 2**32 and sys.byteorder == "little"


@cache
def assemble(machine: str, pid: int) -> bytes:
    """Return the filter for a process of number ``pid`` (as it sees itself) on ``machine``.

    >>> len(assemble("x86_64", 1)) % 8
    0
    """
    column, name = _MACHINES[machine]
    steps: list[Step] = [
        (_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, name), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER), (_GREATER, 0, 1, LAST), (_RETURN, 0, 0, _ERROR | _ENOSYS),
    ]  # fmt: skip
    for call, judged in _judged(pid).items():
        if (value := number(call, column)) is not None:
            steps += [(_EQUAL, 0, len(judged), value), *judged]
    for calls, answer in ((REFUSED, _EPERM), (ABSENT, _ENOSYS), (IGNORED, 0)):
        for call in calls:
            if (value := number(call, column)) is not None:
                steps += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ERROR | answer)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _judged(pid: int) -> dict[str, list[Step]]:
    """Return the calls that are allowed or not according to their arguments."""
    own = {call: _only(0, (pid,)) for call in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")}
    return own | {
        "prlimit64": _only(0, (0, pid)),
        "clone": _masked(0, _CLONE_THREAD | _NEW_NAMESPACES, _CLONE_THREAD, otherwise=_ERROR | _EPERM),
        "socketpair": [
            (_LOAD, 0, 0, _ARGUMENTS), (_EQUAL, 1, 0, _AF_UNIX), (_RETURN, 0, 0, _ERROR | _EPERM),
            *_masked(1, _SOCK_TYPE, _SOCK_STREAM, otherwise=_ERROR | _EPERM),
        ],
        "prctl": _none_of(0, _PRCTL_REFUSED),
        "ioctl": _none_of(1, _IOCTL_REFUSED),
        "fcntl": _none_of(1, _FCNTL_REFUSED),
        # Emptying a file that is opened for reading: the first versions of Landlock let it happen.
        "open": _masked(1, _O_ACCMODE | _O_TRUNC, _O_TRUNC, then=_ERROR | _EPERM, otherwise=_ALLOW),
        "openat": _masked(2, _O_ACCMODE | _O_TRUNC, _O_TRUNC, then=_ERROR | _EPERM, otherwise=_ALLOW),
    }  # fmt: skip


def _only(argument: int, values: tuple[int, ...]) -> list[Step]:
    return _one_of(argument, values, _ALLOW, _ERROR | _EPERM)


def _none_of(argument: int, values: tuple[int, ...]) -> list[Step]:
    return _one_of(argument, values, _ERROR | _EPERM, _ALLOW)


def _one_of(argument: int, values: tuple[int, ...], then: int, otherwise: int) -> list[Step]:
    """Answer ``then`` when the low half of the argument is one of ``values``."""
    tests = [(_EQUAL, len(values) - index, 0, value) for index, value in enumerate(values)]
    return [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), *tests, (_RETURN, 0, 0, otherwise), (_RETURN, 0, 0, then)]


def _masked(argument: int, mask: int, value: int, *, then: int = _ALLOW, otherwise: int) -> list[Step]:
    """Answer ``then`` when the bits of ``mask`` in the argument's low half are ``value``."""
    return [
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument), (_AND, 0, 0, mask), (_EQUAL, 0, 1, value),
        (_RETURN, 0, 0, then), (_RETURN, 0, 0, otherwise),
    ]  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


def _install(program: bytes) -> None:
    steps = ctypes.create_string_buffer(program, len(program))
    pointed = _Program(len(program) // 8, ctypes.addressof(steps))
    syscalls.prctl(syscalls.PR_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(pointed))
