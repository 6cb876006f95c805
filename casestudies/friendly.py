"""Errors shown to learners in a notebook: a short French card, then the technical error on one line.

The cell still counts as failed: IPython records the error, and the notebook gets an ordinary error output.
"""

import linecache
import types
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pandas as pd

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.mistakes import Explanation, Scene, explain
from casestudies.syntax import explain_syntax

CAUGHT = (Exception, KeyboardInterrupt)
_MARK = "_casekit_friendly"


def install() -> bool:
    """Show errors in French from now on, when this runs in IPython; return whether it does."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()  # type: ignore[no-untyped-call, unused-ignore]
    if shell is None:
        return False
    shell.set_custom_exc(CAUGHT, show)
    if not hasattr(shell, _MARK):
        setattr(shell, _MARK, True)
        _wrap_syntax(shell)
    return True


def show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: object = None,  # noqa: ARG001
) -> None:
    """Show an error (IPython calls this: see ``set_custom_exc``)."""
    from IPython.display import display

    display(card_of(error, trace, shell.user_ns))  # type: ignore[no-untyped-call, unused-ignore]
    shell._showtraceback(kind, error, [technical(error)])  # where IPython itself hands over what it shows


def _wrap_syntax(shell: Any) -> None:
    """Cover the syntax errors found before a cell is compiled, which ``set_custom_exc`` does not see."""
    usual = shell.showsyntaxerror

    def showsyntaxerror(self: Any, *arguments: Any, **options: Any) -> None:
        kind, error, trace = self._get_exc_info()
        if self.custom_exceptions == CAUGHT and isinstance(error, SyntaxError):
            show(self, kind, error, trace)
        else:
            usual(*arguments, **options)

    shell.showsyntaxerror = types.MethodType(showsyntaxerror, shell)


def technical(error: BaseException) -> str:
    """Return the class and the message of an error, on one short line."""
    text = " ".join((error.msg if isinstance(error, SyntaxError) else str(error)).split())
    if isinstance(error, CasekitError) or not text:
        return type(error).__name__
    return f"{type(error).__name__}: {text[:200]}{'…' if len(text) > 200 else ''}"


def card_of(error: BaseException, trace: TracebackType | None, names: dict[str, Any]) -> Card:
    """Return the card that explains ``error`` to a learner whose notebook holds ``names``."""
    if isinstance(error, SyntaxError):
        precise, line = _reread(error)
        said = explain_syntax(precise.msg or "", line)
        return _card(said, [_where(precise.lineno, line)])
    places = list(_places(trace, names))
    where = [_where(number, line) for _, number, line in places[:1]]
    if len(places) > 1:
        function, number, line = places[-1]
        where.append(_where(number, line, f" de votre fonction « {function} »"))
    if isinstance(error, CasekitError):
        return _card(Explanation("À revoir", (str(error),)), where)
    lines = " ".join(line for _, _, line in places)
    return _card(explain(error, Scene(names, lines, tuple(_tables(trace)))), where)


def _card(said: Explanation, where: list[str]) -> Card:
    return Card(said.heading, "mixed", "!", tuple(text for text in where if text), said.tries)


def _where(number: int | None, line: str, place: str = "") -> str:
    shown = line.strip().replace("`", "'")
    if not number or "get_ipython().run_" in shown:  # a magic command, already rewritten by IPython
        return ""
    return f"Ligne {number}{place} : `{shown[:120]}{'…' if len(shown) > 120 else ''}`" if shown else f"Ligne {number}."


def _places(trace: TracebackType | None, names: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Yield the function, number and text of each line of the learner's own that led to the error."""
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals is names:
            line = linecache.getline(frame.f_code.co_filename, trace.tb_lineno)
            yield frame.f_code.co_name, trace.tb_lineno, line
        trace = trace.tb_next


def _tables(trace: TracebackType | None) -> Iterator[pd.DataFrame]:
    """Yield the table that pandas was looking into: the first one found on the way of the error."""
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__", "")).split(".")[0] == "pandas":
            owner = trace.tb_frame.f_locals.get("self")
            for found in (owner, getattr(owner, "obj", None), trace.tb_frame.f_locals.get("obj")):
                if isinstance(found, pd.DataFrame):
                    yield found
                    return
        trace = trace.tb_next


def _reread(error: SyntaxError) -> tuple[SyntaxError, str]:
    """Return the error as plain Python tells it, which says more than IPython's « incomplete input », and the line."""
    source = "".join(linecache.getlines(error.filename or ""))
    precise = error
    if source:
        try:
            compile(source, error.filename or "", "exec", dont_inherit=True)
        except SyntaxError as found:
            precise = found
    line = linecache.getline(error.filename or "", precise.lineno or 0)
    return precise, line or error.text or ""
