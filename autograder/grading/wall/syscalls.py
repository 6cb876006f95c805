"""The kernel's calls that Python does not offer, through the C library; each raises ``OSError`` when it is refused."""

import ctypes
import os
from functools import cache
from typing import Any

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000
CLONE_NEWCGROUP, CLONE_NEWTIME = 0x0200_0000, 0x0000_0080

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x1, 0x2, 0x4, 0x8
MS_BIND, _MS_MOVE, MS_REC, MS_PRIVATE = 0x1000, 0x2000, 0x4000, 0x4_0000
_MNT_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_GET_SECCOMP, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 21, 22, 24
PR_SET_MM, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_SET_PTRACER = 35, 38, 47, 0x5961_6D61
PR_CAP_AMBIENT_CLEAR_ALL = 4

_CLOSE_RANGE, _MOUNT_SETATTR = 436, 442  # one number for every machine: they are recent
_CAPABILITY_VERSION = 0x2008_0522
_M_ARENA_MAX = -8


@cache
def library() -> Any:
    """Return the C library, loaded once: before forking is best."""
    loaded = ctypes.CDLL(None, use_errno=True)
    loaded.syscall.argtypes = [ctypes.c_long] * 7
    loaded.syscall.restype = ctypes.c_long
    loaded.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    loaded.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]
    return loaded


def _checked(result: int, path: str = "") -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), path or None)
    return result


def call(number: int, *arguments: int) -> int:
    """Make the system call ``number`` with integers (addresses included) as arguments."""
    return _checked(library().syscall(number, *arguments, *[0] * (6 - len(arguments))))


def unshare(flags: int) -> None:
    """Enter the new namespaces that ``flags`` name (for PID: the next process that is forked)."""
    _checked(library().unshare(flags))


def prctl(option: int, *arguments: int) -> int:
    """Ask one thing about this process."""
    return _checked(library().prctl(option, *arguments, *[0] * (4 - len(arguments))))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount ``source`` on ``target``."""
    texts = [os.fsencode(text) if text else None for text in (source, target, kind, options)]
    _checked(library().mount(texts[0], texts[1], texts[2], flags, texts[3]), target)


def detach(target: str) -> None:
    """Take away what is mounted on ``target``, with all that is mounted beneath."""
    _checked(library().umount2(os.fsencode(target), _MNT_DETACH), target)


def take_as_root(target: str) -> None:
    """Make ``target``, a mount point, the root of the disk, over the old one.

    The old root is under it, where no path leads. Detaching it would say no more, and wait for every processor.
    """
    os.chdir(target)
    mount(target, "/", flags=_MS_MOVE)
    os.chroot(".")
    os.chdir("/")


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("attr_set", "attr_clr", "propagation", "userns_fd")]


def set_mounts(path: str, flags: int) -> None:
    """Set ``MS_RDONLY``, ``MS_NOSUID``, ``MS_NODEV`` on ``path`` and everything mounted beneath (Linux 5.12)."""
    attributes = _MountAttributes(attr_set=flags)  # the three have the same values in the two interfaces
    encoded = ctypes.create_string_buffer(os.fsencode(path))
    call(
        _MOUNT_SETATTR, _AT_FDCWD, ctypes.addressof(encoded), _AT_RECURSIVE,
        ctypes.addressof(attributes), ctypes.sizeof(attributes),
    )  # fmt: skip


def close_range(first: int, last: int) -> None:
    """Close every descriptor from ``first`` to ``last``, both included."""
    if first > last:
        return
    try:
        call(_CLOSE_RANGE, first, last, 0)
    except OSError:  # before Linux 5.9
        os.closerange(first, min(last, os.sysconf("SC_OPEN_MAX")) + 1)


def drop_bounding_set() -> None:
    """Make every capability impossible to get again."""
    capability = 0
    try:
        while True:
            prctl(PR_CAPBSET_DROP, capability)
            capability += 1
    except OSError:
        return  # past the last one the kernel knows, or not allowed: then there is nothing to give up


def drop_capabilities() -> None:
    """Give up every capability."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _checked(library().capset(header, nothing))
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)


def few_arenas() -> None:
    """Keep each thread to come from reserving 64 MiB of address space for its small allocations, a habit of glibc's."""
    if hasattr(library(), "mallopt"):
        library().mallopt(_M_ARENA_MAX, 2)
