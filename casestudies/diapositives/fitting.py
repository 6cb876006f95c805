"""What fits on a slide: texts measured, made smaller down to what a room can read, then cut with « … ».

Widths are those of DejaVu Sans, the font that comes with matplotlib, less most of what Arial saves: its small letters
and digits take 0.87 of them (0.95 in bold), its capitals as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from typing import Any

LINE = 1.2
"""Height of a line, in sizes of its text."""
CELL_X_PT, CELL_Y_PT = 14.4, 7.2
"""What a cell keeps around its text, left and right, above and below: PowerPoint's own margins."""
BOLD = 0.9
"""What bold letters leave of a width: Arial's are a ninth wider than its others."""
Lines = tuple[tuple[str, ...], ...]
_UNIT = 100
_NARROWER = 0.92
"""What is counted of the width of all letters but capitals."""
_SHORTER = (160, 120, 90, 70, 50, 36)
"""Letters to which the cells of a table that is too long are cut, in turn."""
_MOST_OF_WIDTH, _SENTENCE = 0.4, 0.6
"""Parts of a table's width: the most for an endless word, and from where on a text is a sentence."""
_MOST_LETTERS = 4000
"""Letters of a text that are measured: no slide holds more."""


@dataclass(frozen=True)
class Fitted:
    """A text as a slide holds it: its size in points, and whether it was cut."""

    text: str
    size_pt: float
    cut: bool


@dataclass(frozen=True)
class FittedTable:
    """Lines of a table as a slide holds them, ``shares`` of its width by column, 1 in all; rows may be left out.

    ``size_pt`` is the size of its texts in points, ``cut`` whether some were cut.
    """

    lines: Lines
    shares: tuple[float, ...]
    size_pt: float
    cut: bool


def width_pt(text: str, size_pt: float) -> float:
    """Return how wide a text is on one line.

    >>> 20 < width_pt("Nom", 12) < 30
    True
    """
    return sum(map(_advance, text)) * size_pt


def lines_in(text: str, width: float, size_pt: float) -> int:
    """Return how many lines a text takes in ``width`` points; a word that is longer goes on below.

    >>> lines_in("un mot", 500, 20), lines_in("un mot", 50, 20), lines_in("m" * 40, 100, 20)
    (1, 2, 8)
    """
    count, space = 0, width_pt(" ", size_pt)
    for line in text[:_MOST_LETTERS].split("\n"):
        count += 1
        used = 0.0
        for word in line.split(" "):
            long = width_pt(word, size_pt)
            if used and used + space + long > width:
                count, used = count + 1, 0.0
            below = max(ceil(long / width - 1e-6) - 1, 0)
            count += below
            used += long - below * width + (space if used else 0)
    return count


def fit(text: str, width: float, height: float, sizes: Sequence[float], scale: float = 1.0) -> Fitted:
    """Return a text at the largest of ``sizes`` at which it fits, else cut at the last one.

    ``scale`` says how much larger its largest letters are.
    """

    def fits(some: str, size: float) -> bool:
        return lines_in(some, width, size * scale) * LINE * size * scale <= height

    for size in sizes:
        if len(text) <= _MOST_LETTERS and fits(text, size):
            return Fitted(text, size, False)
    size = sizes[-1]
    least, most = 0, min(len(text), _MOST_LETTERS)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if fits(cut(text, middle), size) else (least, middle)
    return Fitted(cut(text, least), size, True)


def cut(text: str, letters: int) -> str:
    """Return the beginning of a text, ended by « … » after a word where one ends near.

    >>> cut("Une phrase assez longue", 16), cut("court", 16), cut("a" * 30, 5)
    ('Une phrase…', 'court', 'aaaa…')
    """
    if len(text) <= letters:
        return text
    kept = text[: max(letters - 1, 0)]
    whole = kept.rpartition(" ")[0]
    return (whole if len(whole) > len(kept) / 2 else kept).rstrip(" ,;:.–-") + "…"


def fit_table(
    header: Sequence[str], lines: Sequence[Sequence[str]], width: float, height: float, sizes: Sequence[float]
) -> FittedTable:
    """Return the lines of a table at the largest of ``sizes`` at which all fit, else cut texts, else leave rows out."""

    def fits(rows: Sequence[Sequence[str]], size: float) -> bool:
        widths = _widths([header, *rows], width, size)
        return sum(_row_height(row, widths, size) for row in [header, *rows]) <= height

    whole = tuple(map(tuple, lines))
    for size in sizes:
        if fits(whole, size) and _room_for_words([header, *whole], width, size):
            return _fitted(header, whole, width, size, whole)
    size, shorter = sizes[-1], whole
    for letters in _SHORTER:
        shorter = tuple(tuple(cut(text, letters) for text in row) for row in lines)
        if fits(shorter, size):
            return _fitted(header, shorter, width, size, whole)
    while shorter and not fits(shorter, size):
        shorter = shorter[:-1]
    return _fitted(header, shorter, width, size, whole)


def _fitted(header: Sequence[str], rows: Lines, width: float, size: float, whole: Lines) -> FittedTable:
    shares = tuple(wide / width for wide in _widths([header, *rows], width, size))
    return FittedTable(rows, shares, size, rows != whole[: len(rows)])


def _room_for_words(rows: Sequence[Sequence[str]], width: float, size: float) -> bool:
    return sum(_longest_words(rows, size)) <= width


def _longest_words(rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Return what each column needs so that none of its words is cut; headings are in bold."""
    columns = zip(*rows, strict=True)
    return [
        max(width_pt(word, size * (1 / BOLD if place == 0 else 1))
            for place, text in enumerate(texts) for word in text.split() or [""]) + CELL_X_PT
        for texts in columns
    ]  # fmt: skip


def _widths(rows: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """Share a width: the longest word of each column, then more for those that hold sentences."""
    least = [min(low, _MOST_OF_WIDTH * width) for low in _longest_words(rows, size)]
    least = [low * min(1.0, width / sum(least)) for low in least]
    texts = zip(*rows, strict=True)
    wanted = [
        max(low, min(max(width_pt(text[:_MOST_LETTERS], size) for text in some) + CELL_X_PT, _SENTENCE * width))
        for low, some in zip(least, texts, strict=True)
    ]
    left, asked = width - sum(least), sum(wanted) - sum(least)
    more = left / asked if asked else 0
    return [low + more * (most - low) if asked else low + left / len(least)
            for low, most in zip(least, wanted, strict=True)]  # fmt: skip


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    most = max(lines_in(text, wide - CELL_X_PT, size) for text, wide in zip(row, widths, strict=True))
    return most * LINE * size + CELL_Y_PT


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    """Return how wide a letter is, in sizes of its text; one that the font has not is as wide as high."""
    font = _font()
    if not font.get_char_index(ord(letter)):
        return 1.0
    advance: float = font.load_char(ord(letter), flags=_unhinted()).linearHoriAdvance / 65536
    return advance / _UNIT * (1 if letter.isupper() else _NARROWER)


@cache
def _font() -> Any:
    from matplotlib.font_manager import findfont  # heavy: only when slides are made
    from matplotlib.ft2font import FT2Font

    font = FT2Font(findfont("DejaVu Sans"))
    font.set_size(_UNIT, 72)
    return font


def _unhinted() -> Any:
    from matplotlib.ft2font import LoadFlags

    return LoadFlags.NO_HINTING
