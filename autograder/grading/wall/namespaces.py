"""Namespaces: what the supervising process A enters before it forks B, so that B sees no network and no other process.

The mount namespace is B's own (``view``): A keeps seeing the disk as it is.
"""

import os
import socket
import sys
from pathlib import Path

from autograder.grading.wall import syscalls
from autograder.grading.wall.protection import Protection, given, missing, none_given, reason, refused

CODES = ("network", "ipc", "processes", "hostname")
HOSTNAME = "casekit"
_SETTINGS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
    ("kernel/unprivileged_userns_clone", "0", "1"),
    ("user/max_user_namespaces", "0", "1000"),
)
"""Settings of Debian, Ubuntu and others that keep ordinary accounts from namespaces: name, value seen, value wanted."""


def separate() -> tuple[Protection, ...]:
    """Enter a new network, IPC, UTS and PID namespace; the *next* process forked is the first of the PID namespace.

    An ordinary account enters a user namespace for that, where it keeps its own number. Called in a process with one
    thread, which then forks once and never starts a thread. Never raises.
    """
    if sys.platform != "linux":
        return none_given(CODES)
    uid, gid = os.geteuid(), os.getegid()
    flags = (
        syscalls.CLONE_NEWNET | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWPID | syscalls.CLONE_NEWUTS
        | (0 if uid == 0 else syscalls.CLONE_NEWUSER)
    )  # fmt: skip
    try:
        syscalls.unshare(flags)
    except OSError as error:
        why = why_no_namespace(error)
        return tuple(missing(code, why) for code in CODES)
    if uid != 0:
        _keep_number(uid, gid)
    return (*(given(code) for code in CODES if code != "hostname"), _rename())


def why_no_namespace(error: OSError) -> str:
    """Say why namespaces are refused, with the setting to change when there is one."""
    if os.geteuid() != 0:
        for name, closed, wanted in _SETTINGS:
            if _setting(name) == closed:
                command = f"sudo sysctl {name.replace('/', '.')}={wanted}"
                return f"le système réserve à root les espaces de noms ; pour les ouvrir : « {command} »"
    return reason(error)


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _keep_number(uid: int, gid: int) -> None:
    """Give the account its own number in the new user namespace; without it, it is nobody there, and still works."""
    try:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            Path("/proc/self", name).write_text(text, encoding="ascii")
    except OSError:
        return


def _rename() -> Protection:
    try:
        socket.sethostname(HOSTNAME)
    except OSError as error:
        return refused("hostname", error)
    return given("hostname")
