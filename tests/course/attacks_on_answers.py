"""Attacks through answers and the learner's package: odd values, a patched codec, keys looked for in memory."""

from attacks import NOTHING, SECOND_ONLY, WRONG, Attack


def value(expression: str, before: str = "") -> Attack:
    """Return the attack that hands in ``expression`` as the first answer."""
    return Attack(before, "un", SECOND_ONLY, {"un": expression})


DEPEND_ON = ("view", "files")
ATTACKS = {
    "huge-integer": value("10**1_000_000"),
    "not-a-number": value("float('nan')"),
    "infinite": value("float('-inf')"),
    "huge-decimal": value("__import__('decimal').Decimal('1e999999')"),
    "fraction": value("__import__('fractions').Fraction(1, 10**5000)"),
    "complex": value("1j"),
    "list-in-itself": value("loop", "loop = []; loop.append(loop)"),
    "dict-in-itself": value("loop", "loop = {}; loop['a'] = loop"),
    "endless-mapping": value("Endless()", """
import itertools
from collections.abc import Mapping
class Endless(Mapping):
    def __len__(self): return 1
    def __getitem__(self, key): return 1
    def __iter__(self): return itertools.count()
"""),
    "lying-length": value("Liar(range(10**7))", "class Liar(list):\n    def __len__(self): return 1"),
    "gigabyte-of-text": value("'x' * 10**9"),
    "object-table": value("frame", """
import pandas
class Odd:
    def __str__(self): raise SystemExit
    def __float__(self): os.abort()
frame = pandas.DataFrame({"a": [Odd()], Odd: [1]}, index=[Odd()])
"""),
    "number-that-kills": value("Kill(1)", "class Kill(float):\n    def __float__(self): os._exit(1)"),
    "equal-to-all": value("Same()", """
class Same(float):
    __eq__ = __le__ = __ge__ = lambda *_: True
    __sub__ = __rsub__ = lambda *_: 0.0
    def __reduce__(self): return (os.system, ("touch done",))
"""),
    "code-in-text": value("\"__import__('os').system('touch /tmp/casekit-intrus')\""),
    "pickled": value("__import__('pickle').dumps(print)"),
    "bidirectional-text": value("'\\u202e1\\u200b2\\ud800\\0'"),
    "codec-patched": Attack("""
import casestudies.answers, casestudies.practice
FAKE = {"kind": "number", "value": float("nan"), "points": 3, "fraction": 1.0}
casestudies.answers.encode = casestudies.practice.encode = lambda value: FAKE
casestudies.answers.MAX_BYTES = casestudies.answers.MAX_CELLS = 10**12
""", earned=NOTHING, answers=WRONG),
    "codec-never-ends": Attack("""
import casestudies.practice
def encode(value):
    while True: pass
casestudies.practice.encode = encode
""", earned=NOTHING),
    "codec-gives-giants": Attack("""
import casestudies.practice
casestudies.practice.encode = lambda value: {"kind": "list", "items": [{"kind": "number", "value": 1}] * 2_000_000}
""", earned=NOTHING, answers=WRONG),
    "grading-mode-off": Attack("""
os.environ["NBGRADER_EXECUTION"] = ""; os.environ["CASEKIT_LEARNER"] = "m-temoin"; os.environ["CASEKIT_DRAW"] = "7"
import casestudies.dossier, casestudies.practice
class Service:
    def respond(self, *_): return casestudies.practice.Finding(casestudies.practice.Outcome.RIGHT, 1.0, "x")
    def cards(self, *_): return ()
casestudies.dossier.feedback_service = Service
casestudies.practice.Outcome.RIGHT.__class__.points = 100
""", earned=NOTHING, answers=WRONG),
    "homoglyphs": Attack("""
alike = FIRST.translate({ord(a): b for a, b in zip("aeopcs", "\\u0430\\u0435\\u043e\\u0440\\u0441\\u0455")})
for name in (alike, FIRST + "\\u200b", "\\u202e" + FIRST[::-1], FIRST.upper(), "../" + SECOND, "", "\\0", 5, None):
    dossier.verifier(name, 1.0)
exec("verifier_\\u1d43 = \\uff44\\uff4f\\uff53\\uff53\\uff49\\uff45\\uff52; d\\u043essier = None; \\u0443n = 1")
dossier.verifier(SECOND, "x"); dossier.verifier(FIRST, None)
"""),
    "keys-in-memory": Attack("""
import gc
gc.unfreeze(); gc.collect()
def graders():
    named = lambda one: f"{getattr(one, '__module__', '')} {getattr(one, '__name__', '')}"
    found = [one for one in gc.get_objects() if "autograder.keys" in named(one)]
    if not found: raise LookupError
    return found
attempt("objects", graders)
attempt("modules", lambda: sys.modules["autograder.keys.questions"])
FRAMES = sys._current_frames().values()
attempt("frames", lambda: next(name for frame in FRAMES for name in frame.f_globals if "expected" in name))
def callers():
    frame, seen = sys._getframe(), []
    while frame:
        frame.f_locals.update(un=1, points=100); seen.append(frame.f_globals.get("__name__")); frame = frame.f_back
    if not any("autograder.keys" in str(name) for name in seen): raise LookupError(seen)
attempt("callers", callers)
attempt("main", lambda: sys.modules["__main__"].case_of)
import __main__; __main__.dossier = dossier; __main__.__file__ = KIT; __builtins__.un = 1
"""),
    "keys-computed-by-the-kit": Attack("""
for name in (
    "keys.questions", "keys.cases", "keys.evaluation", "keys.variants", "keys.checks.numbers", "grading.kernel.frames",
):
    attempt(name, lambda: __import__("autograder." + name))
from casestudies import ouvrir_dossier
attempt("another's case", lambda: ouvrir_dossier("kerlavandre", "m-temoin")._identity.learner.index("m-temoin"))
"""),
    "locked-cell-rewritten": Attack("""
for name in list(globals()):
    if name not in ("dossier", "get_ipython", "In", "Out", "attempt"): globals().pop(name, None)
get_ipython().input_transformers_cleanup.append(lambda lines: ["3.0"])
""", earned=NOTHING),
    "history-forged": Attack("In[:] = ['3.0'] * 50; Out.clear(); _ = __ = 3.0; get_ipython().execution_count = 10**6"),
}  # fmt: skip
