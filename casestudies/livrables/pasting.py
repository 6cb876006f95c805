"""Cells copied in a spreadsheet, as text: lines cut at their tabs, and placed in the columns of a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casestudies.french import simplified
from casestudies.livrables.model import Field

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


@dataclass(frozen=True)
class Pasted:
    """What was pasted: for each row, its texts by column; ``outside`` counts the filled cells that had no column."""

    rows: list[dict[str, str]]
    outside: int = 0

    @property
    def cells(self) -> int:
        """How many cells have a place."""
        return sum(map(len, self.rows))


def cells_in(text: str) -> list[list[str]]:
    r"""Return the cells of a text copied in a spreadsheet, line by line.

    A cell that holds a tab or a line break comes between quotes, its own quotes doubled; others come as they are.

    >>> cells_in("force\t0,5\r\nmenace\t1,5\r\n")
    [['force', '0,5'], ['menace', '1,5']]
    >>> cells_in('"deux\nlignes"\t"Bio" local')
    [['deux\nlignes', '"Bio" local']]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    lines: list[list[str]] = [[]]
    place = 0
    while True:
        quoted = _QUOTED.match(text, place)
        if quoted and re.search(r'[\t\n]|""', quoted[1]):
            lines[-1].append(quoted[1].replace('""', '"'))
            place = quoted.end()
        else:
            plain = _PLAIN.match(text, place)
            assert plain  # it matches an empty text too
            lines[-1].append(plain[0])
            place = plain.end()
        if place >= len(text):
            return lines
        if text[place] == "\n":
            lines.append([])
        place += 1


def place_in(columns: Sequence[Field], first: str, text: str) -> Pasted:
    r"""Return where the cells of a copied text go: in the columns that its first line names, else from ``first`` on.

    >>> columns = [Field("facteur", "texte", ""), Field("poids", "nombre", "")]
    >>> place_in(columns, "poids", "0,5").rows
    [{'poids': '0,5'}]
    >>> place_in(columns, "facteur", "Poids\tFacteur\n0,5\tAtelier").rows
    [{'poids': '0,5', 'facteur': 'Atelier'}]
    """
    lines = cells_in(text)
    titles = {simplified(word): one.name for one in columns for word in (one.label, one.name)}
    named = [titles.get(simplified(cell), "") for cell in lines[0]]
    if len(lines) > 1 and any(named) and all(name or not cell for name, cell in zip(named, lines[0], strict=True)):
        there, lines = named, lines[1:]
    else:
        names = [one.name for one in columns]
        there = names[names.index(first) :]
    rows = [{name: cell for name, cell in zip(there, cells, strict=False) if name} for cells in lines]
    placed = sum(bool(cell.strip()) for row in rows for cell in row.values())
    return Pasted(rows, sum(bool(cell.strip()) for cells in lines for cell in cells) - placed)
