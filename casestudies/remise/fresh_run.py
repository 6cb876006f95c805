"""A notebook's cells run once from the top, as grading runs them: names of their own, a folder of their own, a limit.

No process and no thread: what is loaded already stays so, and code that never comes back to Python cannot be stopped.
The wall of grading is not here: it is the learner's own code, on the learner's own machine.
"""

import ast
import inspect
import linecache
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from casestudies.answers import MIME, settled
from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.friendly import card_of
from casestudies.identity import DRAW_VARIABLE, GRADING_VARIABLE, LEARNER_VARIABLE
from casestudies.remise.time_limit import TooLongError, at_most
from casestudies.remise.undisturbed import undisturbed
from casestudies.started_programs import RUN_ANYWAY, STARTERS

CELL_S = 30.0
"""How long a cell may take, as at grading."""
NOTEBOOK_CELLS = 10
"""A notebook may take as long as this many cells at their limit, as at grading."""
TOO_LONG = Card(
    "Cette cellule dure trop longtemps", "mixed", "!",
    ("À la correction, elle serait arrêtée : une boucle sans fin ?",),
)  # fmt: skip
STARTED = "Une cellule ne peut pas lancer d’autre programme : à la correction, elle s’arrêterait ici."
ASKED = "Une cellule ne peut pas poser de question (`input`) : à la correction, personne n’est là pour répondre."


@dataclass(frozen=True)
class SavedCell:
    """A code cell of a saved notebook: its id, its text, the question that it checks (empty when none)."""

    id: str
    source: str
    question: str = ""


@dataclass(frozen=True)
class CellResult:
    """What became of one cell: the encoded answer that it handed in, the card of the error that stopped it."""

    cell: SavedCell
    answer: dict[str, Any] | None = None
    failure: Card | None = None


def run_afresh(
    cells: Sequence[SavedCell], folder: Path, learner: str, draw: int, limit_s: float = CELL_S
) -> list[CellResult]:
    """Run cells in order in ``folder`` and return what became of each; a cell that fails does not stop the others.

    They see what they would at grading: the learner and the draw that are given, no hint, no editor, nothing kept.

    Raises
    ------
    KeyboardInterrupt
        When somebody stops it.
    """
    variables = {GRADING_VARIABLE: "autograde", LEARNER_VARIABLE: learner, DRAW_VARIABLE: str(draw)}
    end = time.monotonic() + NOTEBOOK_CELLS * limit_s
    found = []
    with undisturbed(folder, variables) as names, _no_program():
        names |= _stand_ins(names)
        for number, cell in enumerate(cells, 1):
            left = end - time.monotonic()
            result = _run(cell, f"<cellule {number}>", names, min(limit_s, left)) if left > 0 else _late(cell)
            found.append(result)
    return found


class _ProgramRefusedError(CasekitError, PermissionError):
    """What a cell is answered that starts a program: what calls for one and copes without goes on, as at grading."""


@contextmanager
def _no_program() -> Iterator[None]:
    """Let no program be started by Python either."""

    def refuse(*_: object, **__: object) -> None:
        raise _ProgramRefusedError(STARTED)

    before = subprocess.Popen
    subprocess.Popen = refuse  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        subprocess.Popen = before  # type: ignore[misc]


def _late(cell: SavedCell) -> CellResult:
    return CellResult(cell, failure=TOO_LONG)


def _run(cell: SavedCell, name: str, names: dict[str, Any], limit_s: float) -> CellResult:
    try:
        with at_most(limit_s):
            value = _execute(cell.source, name, names)
            return CellResult(cell, _handed_in(value) if cell.question else None)
    except TooLongError:
        return _late(cell)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # « exit » too: the cells that follow are run all the same
        return CellResult(cell, failure=card_of(error, error.__traceback__, names))
    finally:
        linecache.cache.pop(name, None)


def _execute(source: str, name: str, names: dict[str, Any]) -> object:
    """Run a cell's text, commands of IPython included, and return the value of its last line."""
    from IPython.core.inputtransformer2 import TransformerManager

    text = TransformerManager().transform_cell(source)  # type: ignore[no-untyped-call, unused-ignore]
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    body = ast.parse(text, name).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    _settle(_compiled(ast.Module(body, []), name, "exec"), names)
    return _settle(_compiled(ast.Expression(last.value), name, "eval"), names) if isinstance(last, ast.Expr) else None


def _compiled(tree: ast.Module | ast.Expression, name: str, mode: str) -> CodeType:
    code: CodeType = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return code


def _settle(code: CodeType, names: dict[str, Any]) -> object:
    """Run compiled code; what awaits is carried on as long as it waits for nothing real."""
    value = eval(code, names)  # noqa: S307  (the learner's own cell, as their kernel runs it)
    if not code.co_flags & inspect.CO_COROUTINE:
        return value
    try:
        value.send(None)
    except StopIteration as end:
        return end.value
    value.close()
    raise RuntimeError("await")


def _handed_in(value: object) -> dict[str, Any] | None:
    """Return the answer that a check cell's value carries."""
    shown: object = getattr(value, "_repr_mimebundle_", dict)()
    payload = shown.get(MIME) if isinstance(shown, Mapping) else None
    return settled(payload.get("answer")) if isinstance(payload, Mapping) else None


def _stand_ins(names: dict[str, Any]) -> Mapping[str, Any]:
    """Return what stands for the parts of a kernel that cells may call."""
    shell = _Shell(names)
    return {"get_ipython": lambda: shell, "input": _refuse_input, "exit": _go_on, "quit": _go_on}


def _refuse_input(*_: object) -> str:
    raise CasekitError(ASKED)


def _go_on(*_: object) -> None:
    """Do nothing: « exit » written in a cell must not cost those that follow."""


class _Shell:
    """Stands for IPython in a fresh run: a timed or captured cell is run, other commands are passed by."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self.user_ns = names

    def run_line_magic(self, name: str, line: str, *_: object, **__: object) -> object:
        """Run the line that « %time » times; other commands change nothing that is handed in."""
        self._refuse(name)
        return _execute(line, "<ligne>", self._names) if name in RUN_ANYWAY else None

    def run_cell_magic(self, name: str, line: str, cell: str) -> object:
        """Run the cell that « %%time » or « %%capture » stands on."""
        self._refuse(name)
        return _execute(cell, "<cellule>", self._names) if name in RUN_ANYWAY else None

    def _refuse(self, name: str) -> None:
        if name in STARTERS:
            raise CasekitError(STARTED)

    def system(self, *_: object, **__: object) -> None:
        """Refuse to start a program."""
        raise CasekitError(STARTED)

    getoutput = system_raw = system_piped = system


def failures(results: Sequence[CellResult]) -> Iterator[CellResult]:
    """Yield the cells that stopped, those that only check an answer left out: the answer's own cell says why."""
    yield from (one for one in results if one.failure is not None and not one.cell.question)
