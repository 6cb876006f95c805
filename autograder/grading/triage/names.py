"""Names as people write them: accents, capitals, spaces and « (1) » do not hide what was meant."""

import difflib
import re
from collections.abc import Iterable

from casestudies.french import unaccented

CLOSE = 0.82
"""How alike two names must be to be suggested, from 0 to 1."""


def words(name: str) -> tuple[str, ...]:
    """Return the words and numbers of a name, without accents or capitals.

    >>> words("Élodie  DUPONT_01 (1)")
    ('elodie', 'dupont', '01', '1')
    """
    return tuple(re.findall(r"[^\W_]+", unaccented(name)))


def simplified(name: str) -> str:
    """Return a name in the form in which two spellings of it are the same.

    >>> simplified("E2 Performance") == simplified("e2-performance")
    True
    """
    return "-".join(words(name))


def position_of(some: tuple[str, ...], among: tuple[str, ...]) -> int:
    """Return where ``some`` words follow one another ``among`` others; -1 when they do not, or when there are none.

    >>> position_of(("b", "c"), ("a", "b", "c"))
    1
    """
    if not some:
        return -1
    starts = range(len(among) - len(some) + 1)
    return next((start for start in starts if among[start : start + len(some)] == some), -1)


def resembles(stem: str, name: str) -> bool:
    """Whether a file called ``stem`` may be meant as ``name``: it holds its words, or is a near spelling.

    >>> resembles("Copie de 01-Indicateurs promotion (2)", "01-indicateurs-promotion")
    True
    >>> resembles("brouillon", "01-indicateurs-promotion")
    False
    """
    if position_of(words(name), words(stem)) >= 0:
        return True
    return difflib.SequenceMatcher(None, simplified(stem), simplified(name)).ratio() >= CLOSE


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that ``name`` may be a misspelling of, the nearest first, three at most."""
    spelled: dict[str, str] = {}
    for one in known:
        spelled.setdefault(simplified(one), one)
    found = difflib.get_close_matches(simplified(name), list(spelled), n=3, cutoff=0.6)
    return [spelled[one] for one in found]
