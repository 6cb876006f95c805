"""Values that a cell shows alone, written the French way: « 56 945 », « 0,0284 », a text without Python's quotes.

A sentence is shown as it is: it is something said, not a value.
"""

import math
from numbers import Real
from typing import Any

import numpy as np

from casestudies.french import french_number
from casestudies.typography import NBSP

DIGITS = 6
"""Significant digits of a number that is shown; its own digits are all kept in the name that holds it."""
SENTENCE_ENDS = (".", "!", "?", "…")
LARGEST = 1e15
"""Beyond it, and below one over it, a number is shown as Python writes it."""


def shown(value: object) -> str:
    r"""Return a number or a text as a cell shows it alone.

    >>> shown(np.int64(56945)), shown(0.028371234), shown(1234.5), shown(-3), shown(56945.126)
    ('56\u202f945', '0,0283712', '1\u202f234,5', '−3', '56\u202f945,13')
    >>> shown(float("nan")), shown("mobile"), shown("Choisissez d’abord."), shown(np.True_)
    ('pas un nombre (NaN)', '«\xa0mobile\xa0»', 'Choisissez d’abord.', 'True')
    """
    if isinstance(value, str):
        return value if "\n" in value or value.endswith(SENTENCE_ENDS) else f"«{NBSP}{value}{NBSP}»"
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    return _number(value) if isinstance(value, int | float | np.number) and isinstance(value, Real) else repr(value)


def _number(value: Any) -> str:
    if isinstance(value, int | np.integer):
        return french_number(int(value), 0) if abs(int(value)) < LARGEST else str(int(value))
    number = float(value)
    if math.isnan(number):
        return "pas un nombre (NaN)"
    if math.isinf(number):
        return "infini" if number > 0 else "−infini"
    size = abs(number)
    if number and not 1 / LARGEST < size < LARGEST:
        return repr(number)
    whole = math.floor(math.log10(size)) + 1 if number else 1
    text = french_number(number, max(2, DIGITS - whole))
    return text.rstrip("0").rstrip(",")


def nested(value: object) -> str:
    """Return a number inside a list or a dictionary as Python writes it: a comma there separates two numbers.

    >>> nested(np.float64(0.5)), nested(np.int64(3)), nested("a")
    ('0.5', '3', "'a'")
    """
    return repr(value.item()) if isinstance(value, np.number | np.bool_) else repr(value)


def install(shell: Any) -> None:
    """Show values so from now on in ``shell``."""
    plain = shell.display_formatter.formatters["text/plain"]
    measured = {kind for kind in np.sctypeDict.values() if issubclass(kind, np.integer | np.floating | np.bool_)}
    for kind in (int, float, str, *measured):
        plain.for_type(kind, _show)


def _show(value: object, printer: Any, _cycle: bool) -> None:
    alone = len(printer.stack) == 1
    usual = type(value) in (int, float, str) or isinstance(value, np.generic)  # an enumeration keeps its own way
    printer.text(shown(value) if alone and usual else nested(value))
