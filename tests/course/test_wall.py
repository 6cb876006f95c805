"""The wall, tried for real: hostile code runs in a confined process, and so does what every notebook needs.

The layers overlap on purpose. Each is also taken away in turn, so that what is behind it is tried and not only trusted.
"""

import errno
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import wall
from autograder.grading.wall import calls, doctor, landlock, protection, seccomp, view
from autograder.grading.wall.prepare import allowed as allowed_beneath

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="le mur n’existe que sous Linux"),
    pytest.mark.xdist_group("wall"),
]
ROOT = Path(wall.__file__).parents[3]
PROGRAM = Path(__file__).with_name("wall_attempts.py")
LIBRARIES = ["numpy", "pandas", "matplotlib.pyplot", "casestudies"]
LIMITS = {
    "memory_bytes": 700 * 2**20, "cpu_s": 1, "file_bytes": 4 * 2**20, "folder_bytes": 8 * 2**20, "folder_files": 64,
    "open_files": 64, "threads": 16,
}  # fmt: skip
LAYERS = {
    "": set(),
    "view": {"folder", "view"},
    "namespaces": {"network", "ipc", "processes", "hostname", "folder", "view", "threads"},
    "landlock": {"files", "tcp", "signals"},
    "syscalls": {"syscalls"},
    "namespaces syscalls": {"network", "ipc", "processes", "hostname", "folder", "view", "threads", "syscalls"},
}
"""What is taken away, and the protections that go with it."""
TO_READ = ("", "view", "landlock")
"""With both walls around the files, and with either alone."""

C = (
    "import ctypes, os; c = ctypes.CDLL(None, use_errno=True)\n"
    "def tried(r):\n    if r < 0: raise OSError(ctypes.get_errno(), 'no')\n"
)
FILES, CALLS = ("files", "view"), ("syscalls",)
REFUSED: dict[str, tuple[str, tuple[str, ...]]] = {
    "read the grader's sources": ("open(AUTOGRADER + '/cli/__init__.py').read()", FILES),
    "read the grader's files wherever they are installed": (
        "read = 0\nfor path in GRADERS:\n    try: open(path).read(); read += 1\n    except OSError: pass\n"
        "if not read and GRADERS: raise PermissionError", FILES),
    "import the grader": ("import autograder.cli", FILES),
    "import the grader's evaluation": ("import autograder.grading.evaluate", FILES),
    "read a file outside": ("open(OUTSIDE + '/secret.txt').read()", FILES),
    "read the accounts": ("open('/etc/passwd').read()", FILES),
    "list a folder outside": ("import os; os.listdir(OUTSIDE)", FILES),
    "read the environment of the first process": ("open('/proc/1/environ').read()", FILES),
    "read the environment of the parent": ("open(f'/proc/{PARENT}/environ').read()", FILES),
    "read its own memory map": ("open('/proc/self/maps').read()", FILES),
    "follow a link out": ("import os; os.symlink(OUTSIDE + '/secret.txt', 'l'); open('l').read()", FILES),
    "follow a link to a folder out": ("import os; os.symlink(OUTSIDE, 'l'); os.listdir('l')", FILES),
    "link a file outside": ("import os; os.link(OUTSIDE + '/secret.txt', 'l'); open('l').read()", FILES),
    "climb out": ("open('../' * 30 + OUTSIDE + '/secret.txt').read()", FILES),
    "write outside": ("open(OUTSIDE + '/new.txt', 'w').write('x')", FILES),
    "write over a file outside": ("open(OUTSIDE + '/secret.txt', 'w').write('x')", FILES),
    "empty a file outside": ("import os; os.truncate(OUTSIDE + '/secret.txt', 0)", ("syscalls", "view")),
    "move a file out": ("import os; open('m', 'w'); os.rename('m', OUTSIDE + '/m')", FILES),
    "remove a file outside": ("import os; os.remove(OUTSIDE + '/secret.txt')", FILES),
    "make a folder in the temporary one": ("import os; os.mkdir('/tmp/casekit-intrus')", FILES),
    "write where libraries are": ("import json; open(json.__path__[0] + '/x.py', 'w')", FILES),
    "use shared memory's folder": ("open('/dev/shm/x', 'w')", FILES),
    "use the terminal": ("open('/dev/tty')", FILES),
    "ask whether a file exists": ("import os; os.stat(OUTSIDE + '/secret.txt')", ("view",)),
    "go to a folder outside": ("import os; os.chdir(OUTSIDE)", ("view",)),
    "go through an inherited folder": ("import os; os.listdir(DIRECTORY)", ("descriptors",)),
    "load a library of its own": (
        "import ctypes, numpy as n, shutil; shutil.copy(n._core._multiarray_umath.__file__, 'x.so')\n"
        "ctypes.CDLL('./x.so')", ("folder",)),
    "signal the parent": ("import os; os.kill(PARENT, 0)", ("syscalls", "processes", "signals")),
    "signal everybody": ("import os; os.kill(-1, 0)", ("syscalls", "processes")),
    "signal its own group": ("import os; os.kill(0, 0)", CALLS),
    "open a TCP socket": ("import socket; socket.socket()", CALLS),
    "listen on TCP": ("import socket; socket.create_server(('127.0.0.1', 0))", ("syscalls", "tcp")),
    "reach this machine by TCP": (
        "import socket; socket.create_connection(('127.0.0.1', PORT), 2)", ("syscalls", "tcp", "network")),
    "send a UDP packet": (
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        ("syscalls", "network")),
    "reach a UNIX socket": (
        "import socket; socket.socket(socket.AF_UNIX).connect(SOCKET)", ("syscalls", "signals", "network")),
    "reach shared memory": (C + "tried(c.shmget(SHARED, 4096, 0))", ("syscalls", "ipc")),
    "open a UNIX socket": ("import socket; socket.socket(socket.AF_UNIX)", CALLS),
    "open a datagram pair": ("import socket; socket.socketpair(type=socket.SOCK_DGRAM)", CALLS),
    "trace the parent": (C + "tried(c.ptrace(16, PARENT, 0, 0))", ("syscalls", "processes")),
    "fork": ("import os; os.fork() or os._exit(0)", CALLS),
    "start a program": ("import subprocess; subprocess.run(['/usr/bin/true'])", ("syscalls", "files")),
    "spawn a program": ("import os; os.posix_spawn('/usr/bin/true', ['true'], {})", ("syscalls", "files")),
    "become a program": ("import os; os.execv('/usr/bin/true', ['true'])", ("syscalls", "files", "view")),
    "start a process": ("import multiprocessing as m; m.get_context('fork').Process(target=int).start()", CALLS),
    "clone": (C + "tried(c.syscall({'x86_64': 56, 'aarch64': 220}[os.uname().machine], 17, 0, 0, 0, 0))", CALLS),
    "mount": (C + "tried(c.mount(b'x', b'.', b'tmpfs', 0, None))", ("syscalls", "privileges")),
    "unmount the root": (C + "tried(c.umount2(b'/', 2))", ("syscalls", "privileges")),
    "change root": ("import os; os.chroot('.')", ("syscalls", "privileges")),
    "enter a user namespace": (C + "tried(c.unshare(0x10000000))", CALLS),
    "become root": ("import os; os.setresuid(0, 0, 0); open('/etc/shadow')", ("syscalls", "files", "view")),
    "name the machine": ("import socket; socket.sethostname('x')", ("syscalls", "privileges")),
    "outlive the parent": (C + "tried(c.prctl(1, 0, 0, 0, 0))", CALLS),
    "be dumped": (C + "tried(c.prctl(4, 1, 0, 0, 0))", CALLS),
    "type into a terminal": ("import fcntl; fcntl.ioctl(0, 0x5412, b'x')", CALLS),
    "limit the parent": (
        "import resource as r; r.prlimit(PARENT, r.RLIMIT_CPU, (99, 99))", ("syscalls", "processes")),
    "raise its own limits": ("import resource as r; r.setrlimit(r.RLIMIT_AS, (-1, -1))", ("limits",)),
    "fill the folder": ("for i in range(4): open(str(i), 'wb').write(bytes(3 * 2**20))", ("folder",)),
    "make many files": ("for i in range(100): open(str(i), 'w').close()", ("folder",)),
    "write one large file": ("open('x', 'wb').write(bytes(5 * 2**20))", ("limits",)),
    "take much memory": ("x = bytearray(800 * 2**20)", ("limits",)),
    "take much memory in pieces": ("x = [bytearray(2**20) for _ in range(800)]", ("limits",)),
    "open many files": ("x = [open('a.csv') for _ in range(100)]", ("limits",)),
    "start many threads": (
        "from threading import Thread; import time\n"
        "for _ in range(40): Thread(target=time.sleep, args=(9,), daemon=True).start()", ("threads",)),
}  # fmt: skip
"""What is tried, and the protections each of which is enough to refuse it."""

ALLOWED = {
    "the copied files": (
        "import os; result = [open('a.csv').read(), os.listdir('sous-dossier'), os.path.lexists('lien.txt')]",
        ["a\n1\n", ["b.txt"], False]),
    "the folder": ("import os; result = os.getcwd() == FOLDER == os.environ['HOME'] == os.environ['TMPDIR']", True),
    "files of its own": (
        "import os; os.mkdir('d'); open('d/x', 'w').write('y'); os.rename('d/x', 'z'); result = open('z').read()", "y"),
    "a copy": ("import shutil; shutil.copy2('a.csv', 'b.csv'); result = open('b.csv').read()", "a\n1\n"),
    "temporary files": (
        "import tempfile; f = tempfile.NamedTemporaryFile(); result = f.name.startswith(FOLDER)", True),
    "numpy": ("import numpy as np; result = round(float(np.linalg.det(np.eye(300) * 1.01)), 2)", 19.79),
    "pandas": ("import pandas as pd; d = pd.read_csv('a.csv'); d.to_csv('t.csv'); result = int(d.a.sum())", 1),
    "a figure": (
        "import matplotlib.pyplot as plt, os; plt.plot([1, 2]); plt.title('é'); names = ['f.png', 'f.svg', 'f.pdf']\n"
        "for name in names: plt.savefig(name)\nresult = min(map(os.path.getsize, names)) > 2000", True),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor as T\n"
        "with T(8) as pool: result = sum(pool.map(abs, range(100)))", 4950),
    "an event loop": ("import asyncio; result = asyncio.run(asyncio.to_thread(abs, -3))", 3),
    "a pair of sockets": (
        "import socket; a, b = socket.socketpair(); a.sendall(b'x'); result = b.recv(1).decode()", "x"),
    "time zones": (
        "import zoneinfo, datetime as d; summer = d.datetime(2026, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Paris'))\n"
        "result = str(summer.utcoffset())", "2:00:00"),
    "a locale": ("import locale; result = locale.setlocale(locale.LC_ALL, 'C.UTF-8')", "C.UTF-8"),
    "a new module of Python's": ("import sys; new = 'wave' not in sys.modules; import wave; result = new", True),
    "a new library": (
        "import sys; new = 'openpyxl' not in sys.modules; import openpyxl; openpyxl.Workbook().save('x.xlsx')\n"
        "result = new", True),
    "the learner's package": ("import casestudies; result = bool(casestudies.__version__)", True),
    "a new module of the learner's package": (
        "import sys; new = 'casestudies.references' not in sys.modules\n"
        "from casestudies.references import Goal, load; result = [new, len(load(Goal))]", [True, 17]),
    "a C callback": (
        "import ctypes as c; P = c.POINTER(c.c_int); a = (c.c_int * 3)(3, 1, 2)\n"
        "c.CDLL(None).qsort(a, 3, 4, c.CFUNCTYPE(c.c_int, P, P)(lambda x, y: x[0] - y[0])); result = list(a)",
        [1, 2, 3]),
    "its own signals": (
        "import os, signal as s; seen = []; s.signal(s.SIGUSR1, lambda *_: seen.append(1))\n"
        "os.kill(os.getpid(), s.SIGUSR1); result = seen", [1]),
    "chance": (
        "import os, secrets; read = open('/dev/urandom', 'rb').read(8)\n"
        "result = len(os.urandom(8) + secrets.token_bytes(8) + read)", 24),
    "nothing": ("print('x', file=open('/dev/null', 'w')); result = open('/dev/null').read()", ""),
}  # fmt: skip


def ask(attempts: dict[str, str], without: str = "", **options: Any) -> dict[str, Any]:
    """Run ``attempts`` behind the wall, with this interpreter or another."""
    request = {
        "preload": LIBRARIES,
        "without": without,
        "readable": [],
        "hidden": [],
        "limits": LIMITS,
        "attempts": attempts,
    }
    command = options.pop("command", [sys.executable, str(PROGRAM)])
    process = options.pop("process", {})
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg", **options.pop("env", {})}
    asked = json.dumps(request | options)
    done = subprocess.run(
        command, input=asked, capture_output=True, text=True, env=env, timeout=300, check=False, **process
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def tried(without: str) -> dict[str, Any]:
    """Return what became of everything that is tried when the layer ``without`` is missing (``""``: none is)."""
    codes = {name: REFUSED[name][0] for name, layer in attempts() if layer == without}
    allowed = ALLOWED if without in TO_READ else {"nothing": ALLOWED["nothing"]}
    return ask(codes | {name: code for name, (code, _) in allowed.items()}, without)


def attempts() -> list[tuple[str, str]]:
    """Return what is tried in each case: what lost one of its protections, and has another left."""
    return [
        (name, without)
        for without, gone in LAYERS.items()
        for name, (_, by) in REFUSED.items()
        if not gone or (set(by) & gone and set(by) - gone)
    ]


def in_force(answer: dict[str, Any]) -> set[str]:
    return {code for code, (on, _) in answer["protections"].items() if on}


@pytest.mark.parametrize(("name", "without"), attempts())
def test_what_is_forbidden_is_refused(name: str, without: str) -> None:
    answer = tried(without)["answers"][name]
    if not in_force(answer) & set(REFUSED[name][1]):
        pytest.skip(f"cette machine n’a pas : {', '.join(REFUSED[name][1])}")
    assert answer["outcome"] not in ("done", "silence", "SyntaxError", "NameError", "TypeError", "AttributeError"), (
        answer
    )
    assert "killed" not in answer, answer


@pytest.mark.parametrize("without", TO_READ)
@pytest.mark.parametrize("name", ALLOWED)
def test_what_notebooks_need_works(name: str, without: str) -> None:
    answer = tried(without)["answers"][name]
    assert (answer["outcome"], answer.get("result")) == ("done", ALLOWED[name][1]), answer


@pytest.mark.parametrize("without", [without for without in LAYERS if without != "namespaces syscalls"])
def test_nothing_outside_has_changed(without: str) -> None:
    codes = {
        "chmod": "import os; os.chmod(OUTSIDE + '/secret.txt', 0)",
        "chmod of a folder": "import os; os.chmod(OUTSIDE, 0)",
        "utime": "import os; os.utime(OUTSIDE + '/secret.txt')",
        "open and empty": "import os; os.open(OUTSIDE + '/secret.txt', os.O_RDONLY | os.O_TRUNC)",
        "chdir and write": "import os; os.chdir(OUTSIDE); open('x', 'w')",
    }  # fmt: skip
    expected = {"content": "secret", "mode": 0o666, "modified": 10**9, "names": ["files", "secret.txt"]}
    assert tried(without)["after"] == expected
    assert ask(codes, without, preload=[])["after"] == expected


def test_every_listed_call_is_refused() -> None:
    column = ("x86_64", "aarch64").index(platform.machine())
    numbers = {name: calls.number(name, column) for name in (*calls.REFUSED, *calls.ABSENT)}
    code = (
        C + f"numbers = {numbers!r}\nresult = {{}}\n"
        "for name, number in numbers.items():\n"
        "    if number is not None: result[name] = [c.syscall(number, 0, 0, 0, 0, 0, 0), ctypes.get_errno()]"
    )
    answer = ask({"calls": code}, preload=[])["answers"]["calls"]
    assert "syscalls" in in_force(answer)
    expected = {
        name: [-1, errno.ENOSYS if name in calls.ABSENT else errno.EPERM]
        for name, one in numbers.items()
        if one is not None
    }
    assert answer["result"] == expected


def test_the_numbers_are_those_of_the_kernels_headers() -> None:
    headers = {
        0: Path(f"/usr/include/{platform.machine()}-linux-gnu/asm/unistd_64.h"),
        1: Path("/usr/include/asm-generic/unistd.h"),
    }
    if not all(header.exists() for header in headers.values()) or platform.machine() != "x86_64":
        pytest.skip("les en-têtes du noyau ne sont pas installés (sous Debian : sudo apt install linux-libc-dev)")
    for column, header in headers.items():
        known = dict(line.split()[1:3] for line in header.read_text().splitlines() if line.startswith("#define __NR"))
        for name, pair in {**calls.REFUSED, **calls.ABSENT, **calls.IGNORED, **calls._JUDGED}.items():
            said = known.get(f"__NR_{name}") or known.get(f"__NR3264_{name}")
            if said and said.isdigit() and pair[column] is not None:
                assert (name, pair[column]) == (name, int(said))


def test_the_other_machines_filter_is_as_long() -> None:
    assert seccomp.assemble("aarch64", 1) != seccomp.assemble("x86_64", 1)
    assert len(calls.REFUSED) * 16 * 0.8 < len(seccomp.assemble("aarch64", 1)) < 4096 * 8


def test_it_is_interrupted_and_goes_on() -> None:
    code = "import time\ntry:\n    time.sleep(20)  # INTERRUPT\nexcept KeyboardInterrupt:\n    result = 'interrupted'"
    assert ask({"sleep": code}, preload=[])["answers"]["sleep"]["result"] == "interrupted"


def test_it_ends_with_its_supervisor() -> None:
    code = "import os, time\nos.write(TOLD, b'x')\ntime.sleep(60)  # KILL SUPERVISOR"
    for without in ("", "namespaces"):
        answer = ask({"sleep": code}, without, preload=[])["answers"]["sleep"]
        assert answer["outcome"] == "silence"
        assert answer["took_s"] < 30


@pytest.mark.parametrize("without", ["", "namespaces"])
def test_endless_work_is_stopped(without: str) -> None:
    answer = ask({"loop": "while True: pass"}, without, preload=[])["answers"]["loop"]
    assert answer["killed"] in (9, 24)


def test_only_what_is_kept_stays_open() -> None:
    code = (
        "import os\nfound = []\nfor fd in range(3, 3000):\n    try: os.fstat(fd); found.append(fd)\n"
        "    except OSError: pass\nresult = [len(found), TOLD in found]"
    )
    assert ask({"open": code}, preload=[])["answers"]["open"]["result"] == [2, True]


def test_the_machine_does_not_say_its_name() -> None:
    answer = ask({"name": "import socket; result = socket.gethostname()"}, preload=[])["answers"]["name"]
    if "hostname" not in in_force(answer):
        pytest.skip(answer["protections"]["hostname"][1])
    assert answer["result"] == "casekit"


def test_the_working_folder_is_left_empty_outside() -> None:
    answer = tried("")["answers"]["files of its own"]
    if "folder" not in in_force(answer):
        pytest.skip(answer["protections"]["folder"][1])
    assert answer["left"] == []


def test_the_root_shows_only_what_is_readable() -> None:
    code = "import os; result = sorted(os.listdir('/'))"
    assert ask({"list": code}, preload=[])["answers"]["list"]["outcome"] == "PermissionError"
    answer = ask({"list": code}, "landlock", preload=[])["answers"]["list"]
    if "view" not in in_force(answer):
        pytest.skip(answer["protections"]["view"][1])
    assert not {"proc", "sys", "var", "run", "boot"} & set(answer["result"])


@pytest.mark.parametrize("without", LAYERS)
def test_a_hidden_folder_inside_a_readable_one_cannot_be_read(without: str, tmp_path: Path) -> None:
    for name in ("shown", "hidden", "hidden/deep"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("value = 1")
    (tmp_path / "alone.py").write_text("value = 1")
    (tmp_path / "beside.py").write_text("value = 1")
    path = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
    answers = ask(
        {
            "shown": path + "import shown, beside; result = shown.value + beside.value",
            "hidden": path + "import hidden; hidden.value", "deep": path + "import hidden.deep; hidden.deep.value",
            "alone": path + "import alone; alone.value",
            "file": f"open({str(tmp_path / 'hidden' / 'deep' / '__init__.py')!r}).read()",
            "link": f"import os; os.symlink({str(tmp_path / 'hidden')!r}, 'l'); open('l/__init__.py').read()",
        },
        without, preload=[], readable=[str(tmp_path)], hidden=[str(tmp_path / "hidden"), str(tmp_path / "alone.py")],
    )["answers"]  # fmt: skip
    assert answers.pop("shown")["result"] == 2
    for name, answer in answers.items():
        assert in_force(answer) & {"files", "view"}
        assert answer["outcome"] in ("PermissionError", "ModuleNotFoundError", "FileNotFoundError"), (name, answer)


def capabilities() -> int:
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff")), 16)


def may_open_namespaces() -> bool:
    """Ask the system's own tool, which knows nothing of the wall."""
    options = (
        ["-n", "-i", "-u", "-p", "-m", "--fork"]
        if os.geteuid() == 0
        else ["-U", "-r", "-n", "-i", "-u", "-p", "-m", "--fork"]
    )
    tool = shutil.which("unshare")
    return bool(tool) and subprocess.run([tool, *options, "true"], capture_output=True, check=False).returncode == 0


def test_everything_that_the_machine_offers_is_on() -> None:
    on = {one.code for one in wall.protections() if one.on}
    offered = {"descriptors", "privileges", "limits"}
    try:
        version = landlock.abi()
    except OSError:
        version = 0
    offered |= {"files"} if version else set()
    offered |= {"tcp"} if version >= 4 else set()
    offered |= {"signals"} if version >= 6 else set()
    if platform.machine() in ("x86_64", "aarch64") and "Seccomp:" in Path("/proc/self/status").read_text():
        offered.add("syscalls")
    if may_open_namespaces():
        offered |= {"network", "ipc", "processes", "hostname", "folder", "view"}
        if os.geteuid() == 0 and capabilities() >> 7 & 1:
            offered |= {"account", "threads"}
    assert offered <= on


def test_a_missing_layer_is_reported_with_its_reason() -> None:
    for without, codes in LAYERS.items():
        found = tried(without)["answers"]["nothing"]["protections"]
        off = {code: why for code, (on, why) in found.items() if not on}
        assert codes <= set(off)
        assert set(off) - codes <= {"account", "threads"} | (set(found) - in_force(tried("")["answers"]["nothing"]))
        assert all(off.values())
        assert all(not why for on, why in found.values() if on)


def test_the_account_stays_when_it_could_not_read_the_interpreter() -> None:
    answer = tried("view")["answers"]["nothing"]["protections"]["account"]
    readable, _ = wall.default_readable()
    prepared = wall.prepare(readable, [])
    prepared.close()
    if os.geteuid() != 0:
        assert answer[0] is False
    else:
        assert answer[0] is (prepared.closed_on_the_way == "")
        assert prepared.closed_on_the_way in answer[1]


def another_python() -> str:
    """Return an interpreter that every account can run, recent enough: the system's."""
    for name in (*(f"/usr/bin/python3.{minor}" for minor in (14, 13, 12, 11)), "/usr/bin/python3"):
        check = "import sys; sys.exit(sys.version_info < (3, 11))"
        if Path(name).exists() and subprocess.run([name, "-c", check], check=False).returncode == 0:
            return name
    return ""


@pytest.mark.parametrize("uid", [0, 12345])
def test_it_holds_for_another_python_and_an_ordinary_account(uid: int) -> None:
    python = another_python()
    if not python or os.geteuid() != 0:
        pytest.skip("il faut root et un Python du système, au moins 3.11")
    names = {
        "read a file outside", "write outside", "signal the parent", "fork", "open a TCP socket", "fill the folder",
        "start many threads", "take much memory", "become root", "import the grader", "mount", "move a file out",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        parts = ("__init__.py", "file_lock.py", "rooms.py", "grading/__init__.py", "grading/wall")
        for part in (f"autograder/{name}" for name in parts):
            copied = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
            Path(place, part).parent.mkdir(parents=True, exist_ok=True)
            copied(ROOT / part, Path(place, part))
        program = shutil.copyfile(PROGRAM, Path(place, PROGRAM.name))
        answers = ask(
            {"threads": ALLOWED["threads"][0], "own": "result = open('a.csv').read()"}
            | {name: REFUSED[name][0] for name in names},
            preload=[], command=[python, "-W", "error", str(program)], env={"PYTHONPATH": place, "HOME": place},
            process={"user": uid, "group": uid, "extra_groups": []},
        )["answers"]  # fmt: skip
    off = set(answers["own"]["protections"]) - in_force(answers["own"])
    expected = set(tried("")["answers"]["nothing"]["protections"]) - in_force(tried("")["answers"]["nothing"])
    assert off - expected <= ({"account"} if uid else set())
    assert answers.pop("own")["result"] == "a\n1\n"
    assert answers.pop("threads")["result"] == 4950
    for name, answer in answers.items():
        assert answer["outcome"] not in ("done", "silence"), (name, answer)


def test_the_probe_says_everything_in_french_and_in_order() -> None:
    found = wall.protections()
    assert [one.code for one in found] == list(doctor.CODES) == list(protection.LABELS)
    assert all(one.on is (one.why == "") for one in found)
    lines = wall.report()
    assert len(lines) == len(found) + 1
    assert all(one.label in line for one, line in zip(found, lines, strict=False))


def test_elsewhere_than_linux_nothing_is_given_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.chdir(tmp_path)
    found = (*wall.separate(), *wall.confine(tmp_path, None, wall.prepare([], []), wall.Limits()))
    assert [one.code for one in found] == [one.code for one in wall.protections()] == list(protection.LABELS)
    assert {one.on for one in found} == {False}
    assert {one.why for one in found} == {protection.NOT_LINUX}


def test_the_package_can_be_imported_without_what_only_linux_has() -> None:
    code = (
        "import sys\nfor name in ('resource', 'fcntl', 'pwd', 'grp'): sys.modules[name] = None\n"
        "import os\nfor name in ('O_PATH', 'fork', 'geteuid', 'setresuid', 'chroot'): delattr(os, name)\n"
        "import autograder.grading.wall as wall; sys.platform = 'win32'\n"
        "assert len(wall.protections()) == 15 and wall.report()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_libraries_added_by_the_path_can_be_read_and_a_course_on_it_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other" / "site-packages").mkdir(parents=True)
    (tmp_path / "course").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "other" / "site-packages"), str(tmp_path / "course")])
    readable, _ = wall.default_readable()
    assert tmp_path / "other" / "site-packages" in readable
    assert tmp_path / "course" not in readable


def test_links_on_the_way_are_made_again(tmp_path: Path) -> None:
    (tmp_path / "real" / "lib").mkdir(parents=True)
    (tmp_path / "alias").symlink_to("real")
    (tmp_path / "second").symlink_to(tmp_path / "alias" / "lib")
    made = view.plan([tmp_path / "second", tmp_path / "real" / "lib"], [])
    assert made.shown == (str(tmp_path / "real" / "lib"),)
    assert dict(made.links) == {
        str(tmp_path / "alias"): "real",
        str(tmp_path / "second"): str(tmp_path / "alias" / "lib"),
    }
    assert str(tmp_path / "real") in made.made


def test_only_entries_that_are_not_hidden_are_allowed(tmp_path: Path) -> None:
    for name in ("a/b", "a/c", "d"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    found = {
        str(path.relative_to(tmp_path)): rights for path, rights in allowed_beneath(tmp_path, [tmp_path / "a" / "b"])
    }
    assert found == {".": landlock.READ_DIR, "a": landlock.READ_DIR, "a/c": landlock.READ, "d": landlock.READ}
