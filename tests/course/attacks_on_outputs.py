"""Attacks through what a cell shows: floods, giants, nesting, objects that answer display with a trap."""

from attacks import NOTHING, SECOND_ONLY, WRONG, Attack

DEPEND_ON: tuple[str, ...] = ()
ATTACKS = {
    "print-100-mb": Attack("print('x' * 100_000_000)"),
    "print-100-mb-in-its-answer": Attack("print('\\0\\n😀' * 2_000_000)", "un"),
    "print-for-ever": Attack("while True: print('noise')"),
    "print-for-ever-in-its-answer": Attack("while True: print('noise' * 1000, flush=True)", "un", SECOND_ONLY),
    "both-streams": Attack("for number in range(200_000): print(number); print(number, file=sys.stderr)"),
    "display-for-ever": Attack("while True: display(1)"),
    "display-giants": Attack("""
from IPython.display import display, HTML
display(HTML("<b>" * 30_000_000)); display({"text/html": "x" * 50_000_000}, raw=True)
for _ in range(300): display({"text/plain": "\\n" * 500_000}, raw=True)
"""),
    "display-multiplied": Attack("""
from IPython.display import display, update_display
for _ in range(1900): display({"text/plain": "a"}, raw=True, display_id="x")
update_display({"text/plain": "x" * 3_000_000}, raw=True, display_id="x")
display({"text/plain": "y" * 3_000_000}, raw=True, display_id="x")
"""),
    "display-updated-for-ever": Attack("""
handle = display(1, display_id=True)
while True: handle.update({"text/plain": "x" * 100_000}, raw=True)
"""),
    "display-nested": Attack("""
deep, wide = [], {"a": 1}
for _ in range(900): deep = [deep]
for _ in range(40): wide = {"a": wide, "b": wide}
for data in (deep, [[]] * 3_000_000, [{"a": 1}] * 500_000, [float("nan"), float("inf")]):
    display({"application/json": data, "text/plain": "x"}, raw=True)
"""),
    "wide-as-a-bomb": Attack("""
wide = {"a": 1}
for _ in range(40): wide = {"a": wide, "b": wide}
display({"application/json": wide, "text/plain": "x"}, raw=True)
"""),
    "huge-figure": Attack("""
import matplotlib.pyplot as plt
figure = plt.figure(figsize=(20_000, 20_000)); plt.plot([1, 2]); plt.show()
for _ in range(60): plt.figure(); plt.plot(range(10))
plt.show()
"""),
    "widgets-by-thousands": Attack("""
import ipywidgets
for number in range(4000): ipywidgets.IntSlider(value=number)
ipywidgets.HTML("x" * 20_000_000)
"""),
    "clears-for-ever": Attack("""
from IPython.display import clear_output
while True: print("x" * 1000); clear_output(wait=True)
"""),
    "hostile-display": Attack("""
class Trap:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.act("__repr__")
    def __str__(self): return self.act("__str__")
    def _repr_html_(self): return self.act("html")
    def _repr_mimebundle_(self, **_): return {"text/plain": self.act("bundle"), 5: object(), "application/json": {1: 2}}
    def act(self, where):
        if self.name == "raises": raise BaseException("no")
        if self.name == "giant": return "x" * 40_000_000
        if self.name == "memory": return "x" * 10**11
        if self.name == "wrong": return 5
        return "\\ud800\\x1b[31m\\u202e</script>"
for name in ("raises", "giant", "memory", "wrong", "half"):
    try: display(Trap(name))
    except BaseException as error: print(type(error))
""", sure=False),
    "display-loops": Attack("""
class Endless:
    def __repr__(self):
        while True: pass
    def _repr_html_(self): return self.__repr__()
Endless()
"""),
    "error-giant": Attack("raise type('x' * 20_000_000, (Exception,), {})('y' * 50_000_000)"),
    "error-hostile": Attack("""
class Nasty(Exception):
    def __str__(self): raise SystemError
    __repr__ = __str__
    @property
    def __traceback__(self): raise KeyError
raise Nasty
"""),
    "error-named-as-html": Attack(
        "raise type('<img src=x onerror=alert(1)>', (Exception,), {})('</script><script>alert(1)</script>')",
        "un", SECOND_ONLY),
    "half-characters": Attack("""
print("\\ud800 \\udfff \\0 \\x1b]0;title\\x07 \\u202e \\u200b"); display({"text/plain": "\\udc80"}, raw=True)
raise ValueError("\\ud83d")
"""),
    "stdout-replaced": Attack("""
class Full:
    def write(self, text): raise OSError("full")
    def flush(self): raise OSError("full")
sys.stdout = sys.stderr = Full()
""", earned=NOTHING),
    "stdout-closed": Attack("sys.stdout.close(); sys.stderr.close(); sys.stdin.close()"),
    "stdout-absent": Attack("sys.stdout = sys.stderr = sys.__stdout__ = None", earned=NOTHING),
    "print-replaced": Attack("import builtins; builtins.print = builtins.repr = builtins.len = lambda *_: 1 / 0"),
    "low-descriptors-filled": Attack("""
for number in (0, 1, 2):
    try:
        for _ in range(100): os.write(number, b"x" * 2**16)
    except OSError: pass
sys.__stdout__.write("x" * 10**6); sys.__stdout__.flush()
"""),
    "low-descriptors-used": Attack("os.write(1, b'x' * 100); sys.stdin.read(1); print('honest')"),
    "points-shown": Attack("""
from IPython.display import publish_display_data
class Points:
    def _repr_mimebundle_(self, **_): return {"text/plain": "2.0", "text/html": "<b>2.0</b>"}
type(dossier).verifier = lambda *_: Points()
get_ipython().events.register("post_run_cell", lambda *_: publish_display_data({"text/plain": "3.0"}))
sys.displayhook = get_ipython().displayhook.__class__.__call__ = lambda *_: print("3.0")
""", earned=NOTHING, answers=WRONG),
}  # fmt: skip
