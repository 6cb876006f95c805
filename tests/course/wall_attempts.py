"""Runs pieces of code behind the wall, each in a process of its own, and says what became of each.

Started by ``test_wall`` as a program: its standard input is a JSON request, its standard output a JSON answer. It has
one thread, as the process that forks must have. ``without`` makes layers fail as they do on machines that lack them, so
that the layers under them are tried too.
"""

import contextlib
import ctypes
import errno
import importlib
import json
import os
import platform
import select
import signal
import socket
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from autograder.grading import wall
from autograder.grading.wall import syscalls

_LANDLOCK = range(444, 447)
_KEPT: list[socket.socket] = []
_libc = ctypes.CDLL(None)


def main() -> None:
    """Answer the request."""
    request = json.load(sys.stdin)
    _graders()
    for name in request["preload"]:
        importlib.import_module(name)
    _take_away(request["without"])
    with tempfile.TemporaryDirectory(prefix="dehors-") as place:
        outside = Path(place)
        outside.chmod(0o777)
        (outside / "secret.txt").write_text("secret")
        (outside / "secret.txt").chmod(0o666)
        os.utime(outside / "secret.txt", (10**9, 10**9))
        files = _files(outside / "files")
        readable, hidden = wall.default_readable()
        reached = _listen()
        prepared = wall.prepare([*readable, *map(Path, request["readable"])], [*hidden, *map(Path, request["hidden"])])
        answers = {
            name: _attempt(code, {"OUTSIDE": place, **reached}, files, prepared, wall.Limits(**request["limits"]))
            for name, code in request["attempts"].items()
        }
        status = (outside / "secret.txt").stat()
        after = {
            "content": (outside / "secret.txt").read_text(), "mode": status.st_mode & 0o777,
            "modified": status.st_mtime, "names": sorted(path.name for path in outside.iterdir()),
        }  # fmt: skip
        _libc.shmctl(_libc.shmget(reached["SHARED"], 4096, 0), 0, None)
    sys.stdout.write(json.dumps({"answers": answers, "after": after}))


def _listen() -> dict[str, Any]:
    """Open what a learner's code could reach on this machine: a TCP port, an abstract UNIX socket, shared memory."""
    tcp = socket.create_server(("127.0.0.1", 0))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(f"\0casekit-{os.getpid()}")
    unix.listen()
    _KEPT.extend([tcp, unix])
    shared = 0x0CA5_0000 + os.getpid() % 0xFFFF
    assert _libc.shmget(shared, 4096, 0o1666) >= 0
    return {"PORT": tcp.getsockname()[1], "SOCKET": f"\0casekit-{os.getpid()}", "SHARED": shared}


def _take_away(layers: str) -> None:
    """Have the kernel refuse some layers."""
    unshare, call = syscalls.unshare, syscalls.call

    def no_namespace(flags: int) -> None:
        if "namespaces" in layers or flags == syscalls.CLONE_NEWNS:
            raise PermissionError(errno.EPERM, "refused")
        unshare(flags)

    def no_landlock(number: int, *arguments: int) -> int:
        if number in _LANDLOCK:
            raise OSError(errno.ENOSYS, "absent")
        return call(number, *arguments)

    if "namespaces" in layers or "view" in layers:
        syscalls.unshare = no_namespace
    if "landlock" in layers:
        syscalls.call = no_landlock
    if "syscalls" in layers:
        platform.machine = lambda: "riscv64"


def _files(folder: Path) -> Path:
    """Make the tree to copy: a file, one in a folder, and a link to what is outside."""
    (folder / "sous-dossier").mkdir(parents=True)
    (folder / "a.csv").write_text("a\n1\n")
    (folder / "sous-dossier" / "b.txt").write_text("b")
    (folder / "lien.txt").symlink_to(folder.parent / "secret.txt")
    return folder


def _attempt(
    code: str, reached: dict[str, Any], files: Path, prepared: wall.Prepared, limits: wall.Limits
) -> dict[str, Any]:
    """Run ``code`` in B and return the protections, what became of it, and how B ended."""
    folder = Path(tempfile.mkdtemp(prefix="dedans-"))
    read, write = os.pipe()
    telling, told = os.pipe()
    supervisor = os.fork()
    if supervisor == 0:
        os.close(read)
        _supervise(code, write, told, lambda: (folder, files, prepared, limits), reached)
    os.close(write)
    if "KILL SUPERVISOR" in code:
        select.select([telling], [], [], 20)
        os.kill(supervisor, signal.SIGKILL)
    began = time.monotonic()
    answer = b"".join(iter(lambda: os.read(read, 2**16), b""))
    os.waitpid(supervisor, 0)
    for descriptor in (read, telling, told):
        os.close(descriptor)
    left = sorted(path.name for path in folder.iterdir())
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
    parts = [json.loads(line) for line in answer.decode().splitlines()]
    merged: dict[str, Any] = {"outcome": "silence", "left": left, "took_s": time.monotonic() - began}
    for part in parts:
        merged.update(part)
    return merged


@cache
def _graders() -> list[str]:
    """Return the files of the grader's package, in every place where Python would look for it."""
    places = [Path(entry, "autograder") for entry in sys.path]
    return [str(path) for place in places for path in place.rglob("*.*") if path.is_file()]


def _supervise(code: str, write: int, told: int, arguments: Any, reached: dict[str, Any]) -> None:
    entered = wall.separate()
    number = os.getpid()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            _run(code, write, told, arguments(), reached | {"PARENT": number}, entered)
        os._exit(0)
    if "INTERRUPT" in code:
        time.sleep(0.3)
        os.kill(child, signal.SIGINT)
    _, status = os.waitpid(child, 0)
    ended = {"killed": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {}
    os.write(write, json.dumps(ended).encode() + b"\n")
    os._exit(0)


def _run(code: str, write: int, told: int, arguments: Any, reached: dict[str, Any], entered: Any) -> None:
    scope: dict[str, Any] = {
        **reached, "FOLDER": str(arguments[0]), "DIRECTORY": os.open(reached["OUTSIDE"], os.O_RDONLY),
        "AUTOGRADER": str(Path(wall.__file__).parents[2]), "TOLD": told, "GRADERS": _graders(),
    }  # fmt: skip
    confined = wall.confine(*arguments, keep=(write, told) if "TOLD" in code else (write,))
    protections = {one.code: [one.on, one.why] for one in (*entered, *confined)}
    os.write(write, json.dumps({"protections": protections}).encode() + b"\n")
    for name in [name for name in sys.modules if name.split(".")[0] == "autograder"]:
        del sys.modules[name]
    sys.path[0] = ""
    try:
        exec(code, scope)
        outcome = {"outcome": "done", "result": scope.get("result")}
    except BaseException as error:
        outcome = {"outcome": type(error).__name__, "errno": getattr(error, "errno", None), "said": str(error)[:300]}
    os.write(write, json.dumps(outcome, default=repr).encode() + b"\n")


if __name__ == "__main__":
    main()
