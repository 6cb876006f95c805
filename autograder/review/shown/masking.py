"""Names and identifiers taken out of what a marker sees: learners sign their notes, and marking is anonymous.

A name alone is masked where it starts with a capital, or alone on its line: « Rose » and « Petit » are names, « rose »
and « petit » are words. A first and a last name together, and the identifier, are masked however they are written.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from autograder.course.class_list import Learner

SHORTEST_WORD, SHORTEST_NUMBER = 2, 5
"""An identifier of one sign, or of few digits, would mask figures of the work."""

_PARTICLES = {"al", "ben", "da", "de", "del", "des", "di", "du", "el", "la", "las", "le", "les", "los", "van", "von"}
_ATTRIBUTES = ("alt", "title", "aria-label", "href")
_PICTURE = re.compile(r"base64,[\w+/=]+")
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_BETWEEN = r"[\s._\-]*"


class _Folding(dict[int, str]):
    """Each character without its accent, in lower case: one for one, so that positions stay."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = folded
        return folded


_FOLDING = _Folding({ord("’"): "'", ord("‑"): "-"})


def _fold(text: str) -> str:
    return text.translate(_FOLDING)


class Mask:
    """Puts ``alias`` where a text names the learner."""

    def __init__(self, known: Iterable[Learner], alias: str) -> None:
        """Mask a learner under every name by which they are ``known``."""
        people = list(known)
        self.alias = alias
        self._whole = _pattern([one for learner in people for one in _sure(learner)])
        self._names = _pattern([one for learner in people for one in _alone(learner)])

    def text(self, text: str) -> str:
        r"""Return a plain text without the learner's names.

        >>> mask = Mask([Learner("a01", "Rose", "Le Goff")], "Copie K7QD-M2A")
        >>> mask.text("Note de LE GOFF rose (a01) : un rose tendre.")
        'Note de Copie K7QD-M2A (Copie K7QD-M2A) : un rose tendre.'
        >>> mask.text("À l’équipe,\nrosé")
        'À l’équipe,\nCopie K7QD-M2A'
        """
        plain = unicodedata.normalize("NFC", text)
        plain = self._replaced(self._whole, plain, sure=True)
        return self._replaced(self._names, plain, sure=False)

    def html(self, html: str) -> str:
        """Return harmless HTML without the learner's names, in its text and in what is read aloud."""
        if not self._speaks_in(html):
            return html
        soup = BeautifulSoup(html, "html.parser")
        for words in list(soup.find_all(string=True)):
            if type(words) is NavigableString and (masked := self.text(words)) != words:
                words.replace_with(masked)
        for element in soup.find_all(True):
            _mask_attributes(element, self)
        return str(soup)

    def _speaks_in(self, html: str) -> bool:
        folded = _fold(unicodedata.normalize("NFC", unescape(_PICTURE.sub("", html))))
        return any(pattern is not None and pattern.search(folded) for pattern in (self._whole, self._names))

    def _replaced(self, pattern: re.Pattern[str] | None, text: str, sure: bool) -> str:
        if pattern is None:
            return text
        kept, last = [], 0
        for found in pattern.finditer(_fold(text)):
            if sure or text[found.start()].isupper() or _is_alone(text, found):
                kept += [text[last : found.start()], self.alias]
                last = found.end()
        return "".join([*kept, text[last:]])


def _mask_attributes(element: Tag, mask: Mask) -> None:
    for name in _ATTRIBUTES:
        value = element.get(name)
        if isinstance(value, str) and not value.startswith("data:"):
            element[name] = mask.text(value)


def _is_alone(text: str, found: re.Match[str]) -> bool:
    """Whether nothing else is written on the line, as under a letter."""
    start = text.rfind("\n", 0, found.start()) + 1
    line, _, _ = text[start:].partition("\n")
    return not re.search(r"\w", line[: found.start() - start] + line[found.end() - start :])


def _sure(learner: Learner) -> list[str]:
    """Return the patterns that name the learner without a doubt: the identifier, both names together."""
    found = [_words(learner.id)] if _is_sure(learner.id) else []
    first, last = _words(learner.first_name), _words(learner.last_name)
    if first and last:
        found += [first + _BETWEEN + last, last + _BETWEEN + first]
    return found


def _alone(learner: Learner) -> list[str]:
    """Return the patterns of each name, whole, then of the words of a compound one."""
    names = [name for name in (learner.first_name, learner.last_name) if len(name.strip()) > 1]
    pieces = [piece for name in names for piece in re.split(r"[\s\-'’]+", name)]
    words = [piece for piece in pieces if len(piece) > 2 and _fold(piece) not in _PARTICLES]
    return [_words(one) for one in (*names, *words)]


def _is_sure(identifier: str) -> bool:
    least = SHORTEST_NUMBER if identifier.isdigit() else SHORTEST_WORD
    return len(identifier) >= least


def _words(name: str) -> str:
    pieces = re.split(r"[\s\-]+", _fold(unicodedata.normalize("NFC", name.strip())))
    return r"[\s\-]+".join(re.escape(piece) for piece in pieces)


def _pattern(alternatives: list[str]) -> re.Pattern[str] | None:
    known = sorted({one for one in alternatives if one}, key=len, reverse=True)
    return re.compile(f"{_BEFORE}(?:{'|'.join(known)}){_AFTER}") if known else None
