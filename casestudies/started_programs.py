"""Cells that start another program (« !commande », « %%bash », `subprocess`): fine at the seat, stopped at grading."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casestudies.display import Card

RUN_ANYWAY = frozenset(("capture", "prun", "time", "timeit"))
"""Commands of IPython whose line, or cell, is Python's own."""
STARTERS = frozenset(
    ("!", "bash", "cat", "cmd", "conda", "cp", "ldir", "less", "lf", "lk", "ll", "ls", "lx", "mamba", "man",
     "micromamba", "mkdir", "more", "mv", "perl", "pip", "pypy", "python", "python2", "python3", "rm", "rmdir", "ruby",
     "sc", "script", "sh", "sx", "system", "uv")
)  # fmt: skip
"""Commands of IPython that start a program, those of its usual aliases included."""
_SHELL = frozenset(("getoutput", "system", "system_piped", "system_raw"))
_PYTHON = frozenset(("Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput", "run"))


class ProgramLine(NamedTuple):
    """A line, from 1, that starts a program."""

    number: int
    text: str


@lru_cache(1024)
def program_line(source: str) -> ProgramLine | None:
    r"""Return the first line of a cell that starts a program, None when none does; nothing of it is run.

    >>> program_line("un = 3\n!ls"), program_line("texte = '''\n!ls'''")
    (ProgramLine(number=2, text='!ls'), None)
    """
    if not any(sign in source for sign in ("!", "%", "subprocess", "get_ipython")):
        return None
    numbers = sorted(_starting(source))
    if not numbers:
        return None
    lines = source.strip("\n").splitlines()  # IPython leaves out the blank lines above
    return ProgramLine(numbers[0], lines[min(numbers[0], len(lines)) - 1].strip())


def program_card(found: ProgramLine) -> Card:
    """Return what is said at once of a cell that starts a program."""
    shown = found.text.replace("`", "'")[:120]
    told = (
        f"Ligne {found.number} : `{shown}`",
        "Elle fonctionne ici. À la correction, la cellule s’arrêterait à cette ligne : son calcul serait perdu.",
    )
    return Card("Cette ligne lance un autre programme", "mixed", "!", told, ("Enlevez-la, puis relancez la cellule.",))


def _starting(source: str) -> Iterator[int]:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        text = TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call, unused-ignore]
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _starts(node, node.func):
            yield node.lineno


def _starts(call: ast.Call, called: ast.Attribute) -> bool:
    owner = ast.unparse(called.value)
    if owner == "subprocess":
        return called.attr in _PYTHON
    if owner != "get_ipython()":
        return False
    if called.attr in _SHELL:
        return True
    if called.attr not in ("run_line_magic", "run_cell_magic"):
        return False
    name, *rest = [part.value if isinstance(part, ast.Constant) else "" for part in call.args]
    inner = str(rest[-1]) if rest else ""
    return name in STARTERS or (name in RUN_ANYWAY and program_line(inner) is not None)
