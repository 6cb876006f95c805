"""What the tests of the rules share: a table from its rows, a case that holds just what a rule looks at."""

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

from autograder.keys.checks.structure import Rule
from casestudies.answers import decode, encode

T = TypeVar("T")
STRANGE = (None, "", "…", " ", 0, -1e300, 12.5, True, "beaucoup", "31/02/2027", "2027-01-06", "x" * 500, "→ ; , et")
"""Cells that a learner may leave in any column."""


class Desk:
    """A case reduced to its tables and to what was handed in elsewhere."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]] | None = None, **handed_in: object) -> None:
        self.tables = {name: pd.DataFrame(rows) for name, rows in (tables or {}).items()}
        self.answers = {name.replace("_", "-"): answer for name, answer in handed_in.items()}

    def table(self, name: str) -> pd.DataFrame:
        return self.tables[name].copy()

    def fact(self, compute: Callable[["Desk"], T]) -> T:
        return compute(self)

    def handed_in(self, question: str) -> object:
        return decode(encode(self.answers[question])) if question in self.answers else None


def rows(names: str, *cells: tuple[object, ...]) -> list[dict[str, object]]:
    """Return the rows of a table; ``names`` are apart by spaces."""
    return [dict(zip(names.split(), row, strict=True)) for row in cells]


def said(rule: Rule, answer: object, case: object = None) -> str:
    """Return what a rule says of an answer, as it comes out of a notebook."""
    value = decode(encode(answer))
    return "\n".join(rule(value, case or Desk())).replace("\u00a0", " ").replace("\u202f", " ")  # type: ignore[arg-type]


def survives(rule: Rule, answer: list[dict[str, object]], case: object = None) -> None:
    """A rule must read any cell, and stand any missing column, without an exception."""
    case = case or Desk()
    for name in answer[0]:
        for cell in STRANGE:
            said(rule, [{**row, name: cell} for row in answer], case)
            said(rule, [{**answer[0], name: cell}, *answer[1:]], case)
        said(rule, [{key: cell for key, cell in row.items() if key != name} for row in answer], case)
    said(rule, pd.DataFrame({name: [] for name in answer[0]}), case)
    said(rule, pd.DataFrame(), case)
