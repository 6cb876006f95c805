"""Attacks on processes, memory, signals, sockets, the interpreter itself."""

from attacks import SECOND_ONLY, Attack

DEPEND_ON = ("syscalls",)
ATTACKS = {
    "fork-bomb": Attack("""
import multiprocessing, subprocess
def bomb():
    while True: os.fork()
attempt("fork", bomb)
attempt("spawn", lambda: os.posix_spawn("/bin/sh", ["sh", "-c", ":(){ :|:& };:"], {}))
attempt("exec", lambda: os.execv(sys.executable, ["python", "-c", "while 1: pass"]))
attempt("subprocess", lambda: subprocess.Popen(["sleep", "600"], start_new_session=True))
attempt("left behind", lambda: subprocess.Popen("nohup sleep 600 &", shell=True))
attempt("pool", lambda: multiprocessing.get_context("fork").Pool(4))
attempt("clone", lambda: libc("syscall", 56 if os.uname().machine == "x86_64" else 220, 17, 0, 0, 0, 0))
attempt("vfork", lambda: libc("vfork"))
attempt("joblib", lambda: __import__("concurrent.futures").futures.ProcessPoolExecutor().submit(print).result(2))
"""),
    "magics": Attack("""
shell = get_ipython()
for line in ("!touch done", "%sx touch done", "%pip install x", "%conda install x", "%system touch done"):
    try: shell.run_cell(line)
    except BaseException as error: print(type(error).__name__)
for magic in ("bash", "sh", "script bash", "perl", "python3"):
    try: shell.run_cell(f"%%{magic}\\ntouch done")
    except BaseException as error: print(type(error).__name__)
os.system("touch done"); shell.system("touch done"); shell.getoutput("touch done")
attempt("done", lambda: open("done").read())
shell.run_cell("%run /etc/passwd"); shell.run_cell("%load /etc/passwd"); shell.run_cell("%run -m autograder.cli")
shell.run_cell("%edit"); shell.run_cell("%reset -f -s")
""", sure=False),
    "kill-others": Attack("""
import signal
for pid in (os.getppid(), 0, -1, 2, 3, -2, 99999):
    attempt(f"kill {pid}", lambda: os.kill(pid, signal.SIGKILL))
attempt("group", lambda: os.killpg(0, signal.SIGKILL))
attempt("parent's group", lambda: os.killpg(os.getpgid(os.getppid()), signal.SIGKILL))
attempt("queue", lambda: libc("sigqueue", os.getppid(), 9, 0))
attempt("pidfd", lambda: os.pidfd_open(2))
attempt("niceness", lambda: os.setpriority(os.PRIO_PGRP, 0, -20))
"""),
    "kill-itself": Attack("import signal; os.kill(os.getpid(), signal.SIGKILL); ctypes.string_at(0)"),
    "kill-itself-in-its-answer": Attack("os._exit(0)", "un", SECOND_ONLY),
    "abort": Attack("os.abort()"),
    "segfault": Attack("import faulthandler; faulthandler.enable(); ctypes.string_at(1)"),
    "exit": Attack("import signal\nprint('x'); exit(); quit(); get_ipython().ask_exit(); sys.exit(3)"),
    "exit-everywhere": Attack("raise SystemExit(0)", "un", SECOND_ONLY),
    "thread-exits": Attack("for ends in (sys.exit, exit): threading.Thread(target=ends, daemon=True).start()"),
    "deep-recursion": Attack("""
sys.setrecursionlimit(10**9)
def f(x): return [f(x)]
f(1)
""", sure=False),
    "deep-recursion-in-its-answer": Attack("f = lambda: f()\nf()", "un", SECOND_ONLY),
    "interrupts-ignored": Attack("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"),
    "interrupts-caught": Attack("""
while True:
    try:
        while True: time.sleep(1)
    except BaseException: pass
"""),
    "all-signals-blocked": Attack("""
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
for number in signal.valid_signals() - {9, 19}:
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
time.sleep(60)
"""),
    "interrupts-refused-in-its-answer": Attack("""
def stubborn():
    try: time.sleep(60)
    finally: stubborn()
stubborn()
""", "un", SECOND_ONLY),
    "sleep-in-its-answer": Attack("time.sleep(60)", "un", SECOND_ONLY),
    "alarms": Attack("""
import signal
signal.signal(signal.SIGALRM, lambda *_: None); signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
signal.signal(signal.SIGTERM, lambda *_: print("never")); signal.signal(signal.SIGHUP, signal.SIG_IGN)
"""),
    "at-exit": Attack("""
import atexit, weakref
atexit.register(lambda: time.sleep(60)); threading._register_atexit(lambda: time.sleep(60))
class Last:
    def __del__(self): time.sleep(60)
sys.last = Last()
"""),
    "threads-left": Attack("""
def noise():
    while True: print("noise"); time.sleep(0.01)
for daemon in (True, False, True, False): threading.Thread(target=noise, daemon=daemon).start()
"""),
    "thread-bomb": Attack("""
def bomb():
    for _ in range(1000): threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
attempt("threads", bomb)
""", depends_on=("threads",)),
    "memory-list": Attack("""
def grow():
    kept = []
    while True: kept.append(bytearray(2**22))
attempt("list", grow)
""", depends_on=("limits",)),
    "memory-at-once": Attack("""
import mmap, numpy
attempt("zeros", lambda: numpy.zeros(10**12))
attempt("ones", lambda: numpy.ones(10**9))
attempt("text", lambda: "x" * 10**12)
attempt("number", lambda: 1 << 10**11)
attempt("range", lambda: list(range(10**10)))
attempt("mapped", lambda: mmap.mmap(-1, 2**33))
attempt("shared zero", lambda: mmap.mmap(os.open("/dev/zero", os.O_RDWR), 2**33))
attempt("reserved", lambda: mmap.mmap(-1, 2**40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_NORESERVE))
attempt("locked", lambda: libc("mlockall", 3))
""", depends_on=("limits",)),
    "limits-raised": Attack("""
import resource
for kind in ("AS", "CPU", "FSIZE", "NOFILE", "MEMLOCK", "CORE", "MSGQUEUE"):
    attempt(kind, lambda: resource.setrlimit(getattr(resource, "RLIMIT_" + kind), (resource.RLIM_INFINITY,) * 2))
attempt("another", lambda: resource.prlimit(2, resource.RLIMIT_CPU, (1, 1)))
"""),
    "trace-others": Attack("""
PTRACE_ATTACH, target = 16, os.getppid()
for pid in (target, 1, 2):
    attempt("ptrace", lambda: libc("ptrace", PTRACE_ATTACH, pid, 0, 0))
    attempt("read memory", lambda: libc("process_vm_readv", pid, 0, 0, 0, 0, 0))
attempt("trace me", lambda: libc("ptrace", 0, 0, 0, 0))
attempt("compare", lambda: libc("syscall", 312 if os.uname().machine == "x86_64" else 272, 1, 1, 0, 0, 0))
"""),
    "walls-undone": Attack("""
for name, call in {
    "outlive": (1, 0), "be dumped": (4, 1), "be traced": (0x59616D61, -1), "get privileges": (38, 0),
    "memory map": (35, 1, 0), "capabilities": (24, 0), "ambient": (47, 2, 21),
}.items():
    attempt(name, lambda: libc("prctl", *map(ctypes.c_ulong, (*call, 0, 0, 0, 0)[:5])))
attempt("namespace", lambda: libc("unshare", 0x10000000))
attempt("mount", lambda: libc("mount", b"none", os.getcwd().encode(), b"tmpfs", 0, None))
attempt("remount", lambda: libc("mount", b"none", b"/", b"", 0x20 | 0x1000, None))
attempt("unmount", lambda: libc("umount2", b"/", 2))
attempt("become root", lambda: os.setresuid(0, 0, 0))
attempt("groups", lambda: os.setgroups([0]))
attempt("hour", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
attempt("host", lambda: __import__("socket").sethostname("x"))
attempt("key", lambda: libc("syscall", 250 if os.uname().machine == "x86_64" else 219, 0, -3, 0, 0, 0))
""", sure=False),
    "network": Attack("""
import socket, urllib.request
attempt("TCP", lambda: socket.create_connection(("127.0.0.1", PORT), 2))
attempt("TCP 6", lambda: socket.socket(socket.AF_INET6))
attempt("outside", lambda: socket.create_connection(("1.1.1.1", 53), 2))
attempt("name", lambda: socket.getaddrinfo("example.org", 80)[0])
attempt("web", lambda: urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=2))
attempt("UDP", lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", UDP_PORT)))
attempt("listen", lambda: socket.create_server(("127.0.0.1", 0)))
for family in (socket.AF_NETLINK, socket.AF_PACKET, 31, 38, 40):
    attempt("family", lambda: socket.socket(family, socket.SOCK_RAW))
for address in (ABSTRACT, SOCKET):
    attempt("UNIX", lambda: socket.socket(socket.AF_UNIX).connect(address))
    attempt("UNIX datagram", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", address))
    attempt("pair", lambda: socket.socketpair()[0].connect(address))
"""),
    "another-child": Attack("""
import glob, socket, stat
SESSION = get_ipython().kernel.session
attempt("nursery", lambda: glob.glob(ROOM + "/casekit-*/nursery")[0])
attempt("any", lambda: glob.glob("/tmp/casekit-*/nursery")[0])
def ask():
    for path in (NURSERY, *glob.glob(ROOM + "/*/nursery")):
        control = socket.socket(socket.AF_UNIX); control.connect(path)
        asked = b'{"environment": {}, "files": "/", "folder": "/", "limits": {}}'
        socket.send_fds(control, [asked], [SESSION.sock.fileno()])
attempt("ask", ask)
attempt("through its own", lambda: SESSION.sock.connect(ROOM + "/nursery"))
def descriptors():
    for number in range(3, 256):
        try: mode = os.fstat(number).st_mode
        except OSError: continue
        if stat.S_ISDIR(mode) or stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISBLK(mode): return number
    raise OSError
attempt("other descriptors", descriptors)
"""),
    "grader-environment": Attack("""
def environment():
    place = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "program_invocation_name").value
    read = []
    while sum(map(len, read)) < 2000:
        read.append(ctypes.string_at(place)); place += len(read[-1]) + 1
        if b"CASEKIT_SECRET" in read[-1]: return read[-1]
        if b"nursery" in read[-1] and len(read) > 40: break
    raise LookupError
attempt("secret", lambda: os.environ["CASEKIT_SECRET"])
attempt("python", lambda: __import__("posix").environ[b"CASEKIT_SECRET"])
attempt("memory", environment)
""", sure=False),
    "tracers-left": Attack("""
sys.settrace(lambda *_: None); sys.setprofile(lambda *_: None); threading.settrace(lambda *_: None)
sys.setswitchinterval(100); __import__("gc").disable(); __import__("gc").set_threshold(1)
sys.addaudithook(lambda *_: None); sys.excepthook = None; sys.unraisablehook = None; sys.displayhook = None
sys.flags; sys.path.clear(); sys.path_hooks.clear(); sys.meta_path.clear()
"""),
    "clock-patched": Attack("""
time.time = time.monotonic = time.perf_counter = lambda: 0.0
import datetime
class Never(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls(1970, 1, 1)
datetime.datetime = Never
"""),
}  # fmt: skip
