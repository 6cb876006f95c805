"""Attacks on what the disk holds: the gradebook, the other learners, the solutions, the kit, the temporary folder."""

from attacks import Attack

DEPEND_ON = ("view", "files")
ATTACKS = {
    "gradebook-read": Attack("""
import sqlite3
attempt("bytes", lambda: open(GRADEBOOK, "rb").read())
ASKED = "SELECT * FROM grade"
attempt("uri", lambda: sqlite3.connect(f"file:{GRADEBOOK}?immutable=1", uri=True).execute(ASKED).fetchall())
attempt("climb", lambda: open("../../../gradebook.db", "rb").read())
attempt("backup", lambda: open(GRADEBOOK + "-journal", "rb").read())
"""),
    "gradebook-write": Attack("""
import sqlite3
for path in (GRADEBOOK, "../../../gradebook.db"):
    attempt("update", lambda: sqlite3.connect(path).execute("UPDATE grade SET auto_score = 693"))
attempt("open", lambda: open(GRADEBOOK, "r+b").write(b"x"))
attempt("remove", lambda: os.remove(GRADEBOOK))
attempt("rename", lambda: os.rename(GRADEBOOK, "mine.db"))
attempt("truncate", lambda: os.truncate(GRADEBOOK, 0))
"""),
    "sql-in-an-answer": Attack("", answers={"un": "\"1'); UPDATE grade SET auto_score = 693; --\""}, earned=(0.0, 3.0)),
    "neighbours": Attack("""
import glob, pathlib
attempt("list", lambda: os.listdir(COURSE + "/build/submitted"))
attempt("read", lambda: open(f"{COURSE}/build/submitted/m-temoin/{ASSIGNMENT}/{NOTEBOOK}.ipynb").read())
attempt("write", lambda: open(f"{COURSE}/build/submitted/m-temoin/{ASSIGNMENT}/{NOTEBOOK}.ipynb", "w"))
attempt("glob", lambda: glob.glob(ROOM + "/**/*.ipynb", recursive=True)[0])
attempt("walk", lambda: next(path for path in pathlib.Path(ROOM).rglob("*") if "casekit-" not in str(path)))
"""),
    "solutions-and-records": Attack("""
for folder in ("notebooks", "build/release", "build/autograded", "build/answers", "build/valeurs"):
    attempt(folder, lambda: os.listdir(f"{COURSE}/{folder}"))
attempt("source", lambda: open(f"{COURSE}/notebooks/{ASSIGNMENT}/{NOTEBOOK}.ipynb").read())
attempt("record", lambda: open(f"{COURSE}/build/answers/{ASSIGNMENT}/neighbour.json", "w"))
attempt("kit's notebooks", lambda: os.listdir(KIT + "/notebooks"))
attempt("configuration", lambda: open(COURSE + "/nbgrader_config.py", "a").write("c = 1"))
"""),
    "kit-poisoned": Attack("""
import casestudies, casestudies.answers, numpy, site
for module in (casestudies, casestudies.answers, numpy):
    attempt("append", lambda: open(module.__file__, "a").write("#"))
    attempt("beside", lambda: open(os.path.dirname(module.__file__) + "/intrus.py", "w"))
attempt("startup", lambda: open(site.getsitepackages()[0] + "/intrus.pth", "w"))
attempt("cache", lambda: os.mkdir(os.path.dirname(casestudies.__file__) + "/__pycache__/intrus"))
attempt("grader", lambda: open(KIT + "/autograder/grading/evaluate.py", "a"))
attempt("settings", lambda: open(os.path.expanduser("~root/.ipython/intrus"), "w"))
"""),
    "grader-by-path": Attack("""
import importlib, importlib.machinery, importlib.util, pkgutil, runpy, zipimport
ROOTS = [KIT, *(entry for entry in sys.path if entry)]
sys.path[:0] = [KIT, KIT + "/autograder"]
def loaded(path):
    spec = importlib.util.spec_from_file_location("autograder", path)
    module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)
    return module
attempt("plain", lambda: importlib.import_module("autograder.keys.questions"))
attempt("grading", lambda: importlib.import_module("grading.evaluate"))
for root in ROOTS:
    attempt("spec", lambda: loaded(root + "/autograder/keys/questions/__init__.py"))
attempt("zip", lambda: zipimport.zipimporter(KIT))
attempt("code", lambda: runpy.run_path(KIT + "/autograder/cli/__init__.py"))
attempt("data", lambda: pkgutil.get_data("autograder", "cli/__init__.py"))
attempt("cached", lambda: os.listdir(KIT + "/autograder/__pycache__"))
COMPILED = f"{KIT}/autograder/__pycache__/cases.{sys.implementation.cache_tag}.pyc"
attempt("compiled", lambda: importlib.machinery.SourcelessFileLoader("q", COMPILED).load_module())
from importlib.metadata import entry_points
for entry in entry_points(group="casekit.feedback"):
    attempt("entry point", entry.load)
attempt("service", lambda: __import__("casestudies.dossier").dossier.feedback_service().cards)
"""),
    "processes-files": Attack("""
for path in ("1/environ", "self/environ", "self/mem", "self/maps", "net/unix", "mounts", "kallsyms", "version"):
    attempt(path, lambda: open("/proc/" + path, "rb").read(1))
attempt("list", lambda: os.listdir("/proc"))
attempt("descriptors", lambda: os.listdir("/proc/self/fd"))
attempt("again", lambda: os.open("/proc/self/fd/0", os.O_RDWR))
attempt("cmdline", lambda: open(f"/proc/{os.getppid()}/cmdline").read())
for path in (COURSE, ROOM, COURSE + "/build/submitted", COURSE + "/build/answers", KIT + "/tests", "/etc", "/sys"):
    attempt(path, lambda: os.listdir(path))
"""),
    "shared-memory-folder": Attack("""
from multiprocessing import shared_memory, Semaphore
attempt("file", lambda: open("/dev/shm/intrus", "w"))
attempt("list", lambda: os.listdir("/dev/shm"))
attempt("block", lambda: shared_memory.SharedMemory("intrus", create=True, size=2**20))
attempt("semaphore", Semaphore)
attempt("memfd", lambda: os.memfd_create("intrus"))
"""),
    "symlink-swap": Attack("""
os.symlink(COURSE, "course"); os.symlink(GRADEBOOK, "book.db"); os.symlink("/", "root")
attempt("link", lambda: open("book.db", "rb").read())
attempt("folder", lambda: os.listdir("course/build"))
attempt("root", lambda: open("root" + GRADEBOOK, "r+b"))
os.remove(NOTEBOOK + ".ipynb"); os.symlink(GRADEBOOK, NOTEBOOK + ".ipynb")
attempt("through the notebook", lambda: open(NOTEBOOK + ".ipynb", "a"))
open("plain", "w").write("x")
stop = []
def swap():
    while not stop:
        os.symlink(GRADEBOOK, "turn"); os.replace("turn", "target")
        os.link("plain", "turn"); os.replace("turn", "target")
threading.Thread(target=swap, daemon=True).start()
def race():
    limit = time.monotonic() + 0.5
    while time.monotonic() < limit:
        try:
            if open("target", "rb").read() != b"x": return "read"
        except OSError: pass
    raise PermissionError
attempt("race", race)
stop.append(1)
"""),
    "hard-links": Attack("""
attempt("gradebook", lambda: os.link(GRADEBOOK, "book.db"))
attempt("kit", lambda: os.link(KIT + "/pyproject.toml", "kit"))
attempt("library", lambda: os.link(os.__file__, "os.py"))
attempt("out", lambda: os.link(NOTEBOOK + ".ipynb", ROOM + "/intrus.ipynb"))
attempt("move out", lambda: os.rename(NOTEBOOK + ".ipynb", ROOM + "/intrus.ipynb"))
"""),
    "temporary-folder": Attack("""
attempt("bystander", lambda: open(ROOM + "/other-program/data.txt").read())
attempt("over it", lambda: open(ROOM + "/other-program/data.txt", "w"))
attempt("away", lambda: os.remove(ROOM + "/other-program/data.txt"))
attempt("beside", lambda: open(ROOM + "/intrus", "w"))
attempt("in /tmp", lambda: open("/tmp/casekit-intrus", "w"))
attempt("list", lambda: [name for name in os.listdir("/tmp") if not name.startswith("casekit-")][0])
os.chmod(ROOM, 0o777) if os.path.exists(ROOM) else None
"""),
    "folder-emptied": Attack("""
import shutil
os.chdir("/"); shutil.rmtree(os.environ["HOME"], ignore_errors=True); shutil.rmtree("/", ignore_errors=True)
attempt("still there", lambda: open(os.environ["HOME"] + f"/{NOTEBOOK}.ipynb").read())
"""),
    "elsewhere": Attack("""
attempt("course", lambda: os.chdir(COURSE))
attempt("room", lambda: os.chdir(ROOM + "/other-program"))
attempt("root", lambda: os.chroot("."))
os.chdir("/")
""", depends_on=("view",)),
    "folder-filled": Attack("""
def fill():
    for number in range(5000):
        with open(f"f{number}", "wb") as file: file.write(bytes(4 * 2**20))
attempt("bytes", fill)
def inodes():
    for number in range(100_000): os.mkdir(f"d{number}")
attempt("inodes", inodes)
attempt("sparse", lambda: os.posix_fallocate(os.open("sparse", os.O_CREAT | os.O_RDWR), 0, 2**40))
attempt("one file", lambda: open("large", "wb").write(bytes(80 * 2**20)))
""", depends_on=("folder",)),
    "devices": Attack("""
attempt("node", lambda: os.mknod("disk", 0o60666, os.makedev(8, 0)))
attempt("pipe", lambda: os.mkfifo("pipe"))
attempt("disk", lambda: open("/dev/sda", "rb"))
attempt("memory", lambda: open("/dev/mem", "rb"))
attempt("terminal", lambda: open("/dev/tty", "w"))
attempt("system", lambda: open("/proc/sys/kernel/hostname", "w"))
attempt("trigger", lambda: open("/proc/sysrq-trigger", "w"))
"""),
}  # fmt: skip
