"""Errors shown to learners in a notebook: a short French card, with Python's own message folded below.

The cell still counts as failed: IPython records the error, and the notebook gets an ordinary error output.
"""

import linecache
import traceback
import types
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.mistakes import explain, explain_syntax
from casestudies.scenes import MAX_LABELS, Explanation, Scene
from casestudies.typography import french

CAUGHT = (Exception, KeyboardInterrupt)
STOPPED = french(
    "La cellule s’est arrêtée : l’explication est juste au-dessus.\n"
    "Si vous lanciez plusieurs cellules, les suivantes n’ont pas été exécutées."
)
"""What the error output of the notebook says."""
OWN = "À revoir"
"""The heading of the kit's own errors, whose sentence says all."""
MAX_TRACE = 4000
"""Characters of Python's own message that are kept: its end says what happened."""
_MARK = "_casekit_friendly"


@dataclass(frozen=True)
class Failure(Card):
    """The card of an error; ``trace`` is Python's own message, in English."""

    trace: str = ""

    def text(self) -> str:
        """Return the card on one line, without Python's own message."""
        return super().text().replace("\n", " ")

    def html(self) -> str:
        """Return the card, with Python's own message folded below."""
        if not self.trace:
            return super().html()
        style = 'style="margin:.3em 0;overflow:auto;white-space:pre;font-size:.9em"'
        return (
            f'{super().html()}<details lang="fr"><summary style="cursor:pointer">Le message de Python, en anglais'
            f'</summary><pre lang="en" tabindex="0" {style}>{escape(self.trace)}</pre></details>'
        )


def install(shell: Any) -> None:
    """Show errors in French from now on in ``shell``."""
    shell.set_custom_exc(CAUGHT, show)
    if not hasattr(shell, _MARK):
        setattr(shell, _MARK, True)
        _wrap_syntax(shell)


def show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: object = None,  # noqa: ARG001
) -> None:
    """Show an error (IPython calls this: see ``set_custom_exc``)."""
    tell(card_of(error, trace, shell.user_ns))
    shell._showtraceback(kind, error, [STOPPED])  # where IPython itself hands over what it shows


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


def tell(card: Card) -> None:
    """Show a card under the cell that runs."""
    from IPython.display import display

    display(card)  # type: ignore[no-untyped-call, unused-ignore]


def remark(number: int, line: str, said: Explanation) -> None:
    """Show what is to be said of a line of a cell that ran without an error."""
    ran = "La cellule s’est exécutée, mais son résultat n’est sans doute pas celui que vous attendez."
    shown = tuple(text for text in (_where(number, line), ran) if text)
    tell(Card(said.heading, "mixed", "!", shown, said.tries))


def warn(usual: Any, message: Warning | str, category: type[Warning], filename: str, lineno: int, *rest: Any) -> None:
    """Say a warning about a calculation of the learner's own in French; leave the others to ``usual``."""
    line = linecache.getline(filename, lineno)
    if issubclass(category, RuntimeWarning) and line and not Path(filename).exists():  # a cell, which is no file
        remark(lineno, line, explain(category(str(message)), Scene({}, line)))
    else:
        usual(message, category, filename, lineno, *rest)


def own_words(error: BaseException, trace: TracebackType | None, names: dict[str, Any]) -> str:
    """Return Python's own message, from the learner's code on; nothing for the kit's errors, which are in French."""
    if isinstance(error, CasekitError):
        return ""
    while trace is not None and trace.tb_frame.f_globals is not names:
        trace = trace.tb_next
    shown = None if isinstance(error, SyntaxError) else trace
    text = "".join(traceback.format_exception(type(error), error, shown, chain=False)).strip()
    return text if len(text) <= MAX_TRACE else f"…{text[-MAX_TRACE:]}"


def card_of(error: BaseException, trace: TracebackType | None, names: dict[str, Any]) -> Failure:
    """Return the card that explains ``error`` to a learner whose notebook holds ``names``, whatever they hold."""
    try:
        said, where = _explained(error, trace, names)
        own = own_words(error, trace, names)
    except Exception:  # objects of the learner's own may refuse to be looked at
        said, where, own = explain(BaseException(), Scene({})), [], type(error).__name__
    return Failure(said.heading, "mixed", "!", tuple(text for text in where if text), said.tries, trace=own)


def _explained(
    error: BaseException, trace: TracebackType | None, names: dict[str, Any]
) -> tuple[Explanation, list[str]]:
    """Return what to say of an error, and where it happened."""
    if isinstance(error, SyntaxError):
        precise, line = _reread(error)
        return explain_syntax(precise.msg or "", line), [_where(precise.lineno, line)]
    places = list(_places(trace, names))
    where = [_where(number, line) for _, number, line in places[:1]]
    if len(places) > 1:
        function, number, line = places[-1]
        where.append(_where(number, line, f" de votre fonction « {function} »"))
    if isinstance(error, CasekitError):
        return Explanation(OWN, (str(error),)), where
    lines = " ".join(line for _, _, line in places)
    return explain(error, Scene(names, lines, *_looked_into(trace))), where


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


def _looked_into(trace: TracebackType | None) -> tuple[tuple[pd.DataFrame, ...], tuple[str, ...]]:
    """Return the table, or the labels of the column, that pandas was looking into: the first found on the way."""
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__", "")).split(".")[0] == "pandas":
            owner = trace.tb_frame.f_locals.get("self")
            for found in (owner, getattr(owner, "obj", None), trace.tb_frame.f_locals.get("obj")):
                if isinstance(found, pd.DataFrame):
                    return (found,), ()
                if isinstance(found, pd.Series):
                    return (), tuple(str(label) for label in found.index[:MAX_LABELS])
        trace = trace.tb_next
    return (), ()


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
