"""Text that no spreadsheet takes for a formula, and rows as CSV for a French spreadsheet."""

import csv
import io
from collections.abc import Iterable

from casestudies.quoting import printable

CELL_LIMIT = 32_000
"""A spreadsheet's cell holds 32,767 characters."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV for a French spreadsheet, in which no cell is a formula."""
    return spreadsheet([safe_for_csv(cell) for cell in row] for row in rows)


def spreadsheet(rows: Iterable[Iterable[str]], separator: str = ";") -> bytes:
    """Return rows as CSV, each cell as it is given: UTF-8 with its mark, so that a spreadsheet reads the accents."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def showable(text: str) -> str:
    r"""Return text without the characters that no document can hold or that act on it, and not too long for a cell.

    >>> showable("a\x00b\nc")
    'ab\nc'
    """
    cleaned = printable(text)
    return cleaned if len(cleaned) <= CELL_LIMIT else cleaned[: CELL_LIMIT - 1] + "…"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take this text for a formula.

    >>> is_formula("=1+1"), is_formula("Léa")
    (True, False)
    """
    return text.startswith(_FORMULA)


def safe_for_csv(text: str) -> str:
    """Return text that a spreadsheet opening a CSV shows as it is: an apostrophe goes before a formula's first sign.

    >>> safe_for_csv("@SOMME(A1)")
    "'@SOMME(A1)"
    """
    cleaned = showable(text)
    return f"'{cleaned}" if is_formula(cleaned) else cleaned


def readable_text(content: bytes) -> str | None:
    r"""Return the text of a file, whatever a spreadsheet made of it (UTF-8, UTF-16, Windows-1252); None when none is.

    >>> readable_text("é".encode("cp1252")), readable_text("é".encode("utf-8-sig")), readable_text(b"\x00\x01")
    ('é', 'é', None)
    """
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None
