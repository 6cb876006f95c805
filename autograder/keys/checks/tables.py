"""Reading a learner’s table: columns and rows whatever case and accents, the ids that a cell cites."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.reading import is_blank, plain
from casestudies.answers import Value
from casestudies.french import short_number
from casestudies.quoting import quoted

_looked_for: ContextVar[set[str] | None] = ContextVar("looked_for", default=None)


@contextmanager
def columns_looked_for() -> Iterator[set[str]]:
    """Gather the columns that are read meanwhile, written plainly: a rule needs not say which it reads."""
    names: set[str] = set()
    token = _looked_for.set(names)
    try:
        yield names
    finally:
        _looked_for.reset(token)


def _note(name: str) -> None:
    names = _looked_for.get()
    if names is not None:
        names.add(plain(name))


_read: ContextVar[tuple[pd.DataFrame, dict[str, list[object]]] | None] = ContextVar("read", default=None)
"""The table that is judged and its cells by column, while many rules read them."""


@contextmanager
def reading(answer: Value) -> Iterator[None]:
    """Read the columns of ``answer`` once for all that is asked of it meanwhile; nobody changes it."""
    token = _read.set((answer, _cells(answer)) if isinstance(answer, pd.DataFrame) else None)
    try:
        yield
    finally:
        _read.reset(token)


def _cells(table: pd.DataFrame) -> dict[str, list[object]]:
    """Return the cells of each column by its plain name; of two columns of one name, the first."""
    found: dict[str, list[object]] = {}
    for position, name in enumerate(map(plain, table.columns)):
        if name not in found:
            found[name] = list(table.iloc[:, position])
    return found


def column(answer: Value, name: str) -> list[object]:
    """Return the cells of the column ``name``; an empty list when the table has no such column."""
    assert isinstance(answer, pd.DataFrame)
    _note(name)
    wanted, known = plain(name), _read.get()
    if known and known[0] is answer:
        return list(known[1].get(wanted, ()))
    position = next((place for place, one in enumerate(answer.columns) if plain(one) == wanted), None)
    return [] if position is None else list(answer.iloc[:, position])


def rows(answer: Value, *names: str) -> Iterator[tuple[int, list[object]]]:
    """Yield each row's number, from 1, and its cells of the columns ``names``; nothing when a column is missing."""
    columns = [column(answer, name) for name in names]
    for number, cells in enumerate(zip(*columns, strict=False), start=1):
        yield number, list(cells)


def filled_rows(answer: Value, *names: str) -> Iterator[tuple[int, list[object]]]:
    """Yield the rows whose cells of the columns ``names`` are all filled; blanks are left to other rules."""
    for number, cells in rows(answer, *names):
        if not any(is_blank(cell) for cell in cells):
            yield number, cells


class Row(dict[str, object]):
    """The cells of one row, found whatever case and accents of their names; None where there is no such column."""

    def __getitem__(self, name: str) -> object:
        """Return the cell of the column ``name``."""
        _note(name)
        return super().get(plain(name))

    def get(self, name: str, default: object = None) -> object:
        """Return the cell of the column ``name``, ``default`` when there is none."""
        found = self[name]
        return default if found is None else found


def records(answer: Value) -> list[Row]:
    """Return the rows of a table."""
    assert isinstance(answer, pd.DataFrame)
    names = [plain(name) for name in answer.columns]
    return [Row(zip(names, cells, strict=True)) for cells in answer.itertuples(index=False, name=None)]


def filled_records(answer: Value, name: str) -> Iterator[tuple[int, object, Row]]:
    """Yield the number, the cell of the column ``name`` and the whole of each row where that cell is filled."""
    for number, (cell, record) in enumerate(zip(column(answer, name), records(answer), strict=False), start=1):
        if not is_blank(cell):
            yield number, cell, record


def other_table(case: Case, question: str) -> pd.DataFrame | None:
    """Return the table handed in to another question of the notebook; None when there is none to read."""
    found = case.handed_in(question)
    return found if isinstance(found, pd.DataFrame) else None


def shown(cell: object) -> str:
    """Return what a cell says, between quotation marks, shortened when long.

    >>> shown(3.0), shown(0.25), shown("menace")
    ('« 3 »', '« 0,25 »', '« menace »')
    """
    text = short_number(cell, 4) if isinstance(cell, float) else label(cell)
    return quoted(text if len(text) <= 40 else text[:39] + "…")


def label(cell: object) -> str:
    """Return a cell as text; a whole number has no decimals, since ids may be read as numbers.

    >>> label(12.0), label(" S01 ")
    ('12', 'S01')
    """
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell).strip()  # type: ignore[call-overload]


def faults(answer: Value, fault: Callable[[object], str], *names: str) -> list[str]:
    """Return the place and the words of each fault: ``fault`` says in French what is wrong with a cell, if anything.

    It is asked about each filled cell of the columns ``names``; blanks are left to other rules.
    """
    return [
        f"{place(row, name)} : {words}"
        for name in names
        for row, (cell,) in filled_rows(answer, name)
        if (words := fault(cell))
    ]


def place(row: int, name: str) -> str:
    """Return the words that say where a cell is."""
    return f"Ligne {row}, colonne « {name} »"


_NONE = {"-", "–", "—", "/", "aucun", "aucune", "neant", "rien"}


def names_none(cell: object) -> bool:
    """Say whether a cell cites nothing: blank, a dash, « aucun »."""
    return is_blank(cell) or plain(label(cell)) in _NONE


def by_plain(known: Iterable[str]) -> dict[str, str]:
    """Return ids by their plain writing, ready to be looked up by ``cited`` for every row of a table."""
    return {plain(one): one for one in known}


def cited(cell: object, ids: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the ids that a cell cites, and what it cites besides; ``ids`` comes from ``by_plain``.

    Ids stand apart by commas, semicolons, spaces, « + » or « et »; a known id may hold spaces.

    >>> cited("f1, F9 et F2", by_plain(["F1", "F2"]))
    (['F1', 'F2'], ['F9'])
    >>> cited("", by_plain(["F1"]))
    ([], [])
    """
    found: list[str] = []
    unknown: list[str] = []
    if names_none(cell):
        return found, unknown
    for part in [label(cell)] if plain(label(cell)) in ids else re.split(r"[,;\n×+&]| et ", label(cell)):
        for word in [part] if plain(part) in ids else part.split():
            bare = word.strip(" .:()[]«»\"'")
            if plain(bare) in ids:
                found.append(ids[plain(bare)])
            elif bare:
                unknown.append(bare)
    return found, unknown


def ids_of(cells: Iterable[object]) -> list[str]:
    """Return the ids that the cells of a column hold, in order."""
    return [label(cell) for cell in cells if not is_blank(cell)]


def ids_handed_in(case: Case, question: str, name: str) -> list[str]:
    """Return the ids in the column ``name`` of the table handed in to another question; none while it is missing."""
    table = other_table(case, question)
    return [] if table is None else ids_of(column(table, name))
