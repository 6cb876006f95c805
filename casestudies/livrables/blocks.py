"""What a page of the plan is made of, whatever its format: paragraphs, lists, described pictures, tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.tables import caption_of, column_shown, fields_of, groups_of, heading_shown, is_sheet, shown

_ITEM = re.compile(r"[-–*] ")
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_LABELLED = re.compile(r"[A-ZÀ-Ý][^.:;!?]{1,29}\s?: ")
"""« Décision : … » begins a line of its own, whatever the length of the one before."""
_SHORT = 50
"""A shorter line may have been ended on purpose: a title, an address; the lines of a paragraph are longer."""
_LETTERS = 120
"""How many letters of a table's text a page holds side by side."""
_SENTENCE = 80
"""From this length on, a cell's text is a sentence: longer ones do not make their column wider."""
_WORD = 26
"""Letters of the longest words that people write; longer ones are cut."""
_FEW, _LITTLE = 8, 1500
"""Lines and letters of a table that is kept on one page."""
_HEADINGS = 0.23
"""The part of a sheet's width that its headings take."""


@dataclass(frozen=True)
class TableBlock:
    """A table: its caption, its header (none where the first column holds the headings), its lines.

    ``numbers`` are the columns set to the right, from 0; ``shares`` what each column takes of the width, 1 in all.
    """

    caption: str
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    shares: tuple[float, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether it may be kept on one page without leaving much of another blank."""
        return len(self.lines) <= _FEW and sum(len(text) for line in self.lines for text in line) <= _LITTLE


def grids_of(deliverable: Deliverable, rows: Sequence[Row]) -> Iterator[TableBlock]:
    """Yield the tables of a deliverable: one, or one by group, whose caption is then not empty."""
    for group, inside in groups_of(deliverable, rows) if rows else ():
        fields = fields_of(deliverable, inside, group)
        caption = caption_of(deliverable, group) if group else ""
        header = tuple(map(heading_shown, fields))
        if is_sheet(inside, fields):
            pairs = zip(header, (shown(inside[0].get(one.name), one) for one in fields), strict=True)
            yield TableBlock(caption, (), tuple(pairs), shares=(_HEADINGS, 1 - _HEADINGS))
        else:
            lines = tuple(zip(*(column_shown(inside, one) for one in fields), strict=True))
            numbers = tuple(place for place, one in enumerate(fields) if one.type == "nombre")
            yield TableBlock(caption, header, lines, numbers, shares_of([header, *lines]))


def shares_of(lines: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Share a width: the longest word of each column, then more for those that hold sentences.

    Where the longest words do not all fit, those of no language (addresses, keys held down) are the ones to be cut.

    >>> [round(share, 2) for share in shares_of([("Prix", "Motif"), ("603,00", "x" * 400)])]
    [0.07, 0.93]
    """
    columns = list(zip(*lines, strict=True))
    longest = [max((len(word) for text in texts for word in text.split()), default=1) for texts in columns]
    cap = next((cap for cap in range(_WORD, 1, -1) if sum(min(word, cap) + 3 for word in longest) <= _LETTERS), 1)
    least = [min(word, cap) + 3 for word in longest]
    wanted = [max(low, min(max(map(len, texts)), _SENTENCE)) for low, texts in zip(least, columns, strict=True)]
    left, asked = max(_LETTERS - sum(least), 0), max(sum(wanted) - sum(least), 1)
    shares = [low + left * (most - low) / asked for low, most in zip(least, wanted, strict=True)]
    return tuple(share / sum(shares) for share in shares)


def paragraphs_of(text: str) -> Iterator[tuple[str, list[str]]]:
    r"""Yield the blocks of a note: ("p", lines of a paragraph) or ("ul", items of a list).

    Lines cut to fit the cell of a notebook are joined again; those that people end on purpose are kept.

    >>> list(paragraphs_of("Un titre\nLe début d’une phrase trop longue pour une seule ligne,\nsa fin.\n- un"))
    [('p', ['Un titre', 'Le début d’une phrase trop longue pour une seule ligne, sa fin.']), ('ul', ['un'])]
    """
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = _joined([line.strip() for line in block.splitlines() if line.strip()])
        for is_item, some in groupby(lines, key=lambda line: bool(_ITEM.match(line))):
            yield "ul" if is_item else "p", [line[2:] if is_item else line for line in some]


def _joined(lines: list[str]) -> list[str]:
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and not _starts(line, last):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        last = line
    return joined


def _starts(line: str, before: str) -> bool:
    """Whether a line begins something, rather than goes on with the one before."""
    return any(form.match(line) for form in (_ITEM, _NUMBERED, _LABELLED)) or (
        len(before) < _SHORT and line[:1].isupper()
    )
