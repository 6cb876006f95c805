"""The tools of the breakers: copies of a good answer with one thing changed."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.reading import is_blank, plain
from autograder.keys.checks.structure import Rule
from casestudies.answers import Value

UNKNOWN = "ZZ99"
"""An id that no table has."""


@dataclass(frozen=True)
class Broken:
    """A good answer with one defect, and words that the remark about it must hold."""

    answer: Value
    words: str = ""


@dataclass(frozen=True)
class Way:
    """One way to break the rules of a class.

    ``broken`` gives, for a rule, a good answer and its case, several broken answers: the first that breaks this rule
    alone is kept. Where none does, the rules ``also`` may speak too; ``why`` says why that cannot be helped.
    """

    broken: Callable[[Any, Any, Case], Iterable[Broken]]
    also: frozenset[str]
    why: str


WAYS: dict[type, list[Way]] = {}


Breaker = TypeVar("Breaker", bound=Callable[[Any, Any, Case], Iterable[Broken]])


def breaks(kind: type, also: str = "", why: str = "") -> Callable[[Breaker], Breaker]:
    """Register a way to break the rules of a class; a class may have several, each tried for each of its rules."""
    assert bool(also) == bool(why), "say why another rule cannot but speak too"

    def register(breaker: Breaker) -> Breaker:
        WAYS.setdefault(kind, []).append(Way(breaker, frozenset(also.split()), why))
        return breaker

    return register


def ways(rule: Rule) -> list[Way]:
    """Return the ways known for a rule."""
    return WAYS.get(type(rule), [])


def find(table: pd.DataFrame, name: str) -> int | None:
    """Return the position of a column, None when the table has none."""
    names = [plain(known) for known in table.columns]
    return names.index(plain(name)) if plain(name) in names else None


def cells(table: pd.DataFrame, name: str) -> list[tuple[int, Any]]:
    """Return the filled cells of a column, with their row, from 0."""
    place = find(table, name)
    if place is None:
        return []
    return [(row, cell) for row, cell in enumerate(table.iloc[:, place]) if not is_blank(cell)]


def cell(table: pd.DataFrame, row: int, name: str) -> Any:
    """Return one cell; None when there is no such column."""
    place = find(table, name)
    return None if place is None else table.iat[row, place]


def put(table: pd.DataFrame, row: int, **changes: Any) -> pd.DataFrame:
    """Return the table with other cells in one row."""
    return put_all(table, row, changes)


def put_all(table: pd.DataFrame, row: int, changes: dict[str, Any]) -> pd.DataFrame:
    """Return the table with the cells of ``changes``, by column, in one row."""
    changed = table.copy()
    for name, content in changes.items():
        place = find(changed, name)
        assert place is not None, name
        changed.iat[row, place] = content
    return changed


def each(table: pd.DataFrame, name: str, change: Callable[[Any], Any]) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield the table with one filled cell of a column changed, for each row in turn, last rows first."""
    for row, content in reversed(cells(table, name)):
        yield row, put_all(table, row, {name: change(content)})


def swapped(table: pd.DataFrame, one: int, other: int, name: str) -> pd.DataFrame:
    """Return the table where two rows have exchanged their cells of a column."""
    first, second = cell(table, one, name), cell(table, other, name)
    return put_all(put_all(table, one, {name: second}), other, {name: first})


def without(table: pd.DataFrame, rows: Iterable[int]) -> pd.DataFrame:
    """Return the table without some rows."""
    gone = set(rows)
    return table.iloc[[row for row in range(len(table)) if row not in gone]].reset_index(drop=True)


def again(table: pd.DataFrame, row: int, **changes: Any) -> pd.DataFrame:
    """Return the table with one of its rows once more at the end, some of its cells changed."""
    longer = pd.concat([table, table.iloc[[row]]], ignore_index=True).astype(object)
    return put_all(longer, len(longer) - 1, changes)


def share_value(table: pd.DataFrame) -> Iterator[set[int]]:
    """Yield each set of rows that share their value of a column, smallest sets first."""
    found: set[frozenset[int]] = set()
    for name in table.columns:
        groups: dict[str, set[int]] = {}
        for row, content in cells(table, name):
            groups.setdefault(plain(content), set()).add(row)
        found |= {frozenset(rows) for rows in groups.values() if len(rows) < len(table)}
    yield from (set(rows) for rows in sorted(found, key=lambda rows: (len(rows), sorted(rows))))


def without_words(text: str, words: Iterable[str]) -> str:
    """Return the text without the words, whatever case and accents, « cela » in their place."""
    plainly, origin = "", []
    for place, character in enumerate(text):
        letters = [one for one in unicodedata.normalize("NFKD", character).casefold() if not unicodedata.combining(one)]
        plainly += "".join(letters)
        origin += [place] * len(letters)
    spans = []
    for word in words:
        pattern = r"(?<!\w)" + r"\s+".join(re.escape(part) for part in plain(word).split()) + r"(?!\w)"
        spans += [(origin[hit.start()], origin[hit.end() - 1] + 1) for hit in re.finditer(pattern, plainly)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + "cela" + text[end:]
    return text
