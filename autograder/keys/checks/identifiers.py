"""Reading the ids that a cell cites: « F01, F07 », « O1 et M2 », « T03 T04 »."""

import re
from collections.abc import Iterable

from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import label

_NONE = {"-", "–", "—", "/", "aucun", "aucune", "neant", "rien"}


def names_none(cell: object) -> bool:
    """Say whether a cell cites nothing: blank, a dash, « aucun »."""
    return is_blank(cell) or plain(label(cell)) in _NONE


def cited(cell: object, known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the ids of ``known`` that a cell cites, and what it cites besides.

    Ids stand apart by commas, semicolons, spaces, « + » or « et »; a known id may hold spaces.

    >>> cited("f1, F9 et F2", ["F1", "F2"])
    (['F1', 'F2'], ['F9'])
    >>> cited("", ["F1"])
    ([], [])
    """
    ids = {plain(one): one for one in known}
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
