"""Finding and hiding people in texts, by words: accents, hyphens, dots and the order of names make no difference.

What stands for a person is an identifier or an address (found in any case), a first and a last name together
(likewise), or one of the two alone, or a long word of it, which must begin with a capital: « Claire » is hidden, « une
note claire » is not.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from autograder.course.course import Learner
from casestudies.identity import normal_form

SHARED = "[nom]"
"""What replaces a name that several people have."""
SHORTEST = 3
"""Letters below which a word alone is not looked for in a text: « le », « an » are words."""
LONG = 4
"""Letters from which a word of a name stands for the whole: « Appouh » for « d’Appouh »."""

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]{1,3}")
_OWNER = re.compile(r"identifiant|ouvrir_dossier")
_QUOTED = re.compile(r"""(["'])([^"'\n]{1,100})\1""")


@dataclass(frozen=True)
class _Phrase:
    """Words to find one after the other, who they stand for, and whether one must begin with a capital."""

    words: tuple[str, ...]
    person: str
    capital: bool


class People:
    """The people of a course, as they can be named in a text."""

    def __init__(self, learners: Iterable[Learner], markers: Iterable[str] = ()) -> None:
        """Take in learners, and markers by the name they write under."""
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        self._identifiers: set[str] = set()
        for learner in learners:
            self._identifiers.add(learner.id)
            self._add(learner.id, learner.id)
            self._add(learner.email, learner.id)
            self._add(f"{learner.first_name} {learner.last_name}", learner.id)
            self._add(f"{learner.last_name} {learner.first_name}", learner.id)
            for name in (learner.first_name, learner.last_name):
                for part in {name, *(word for word in _WORD.findall(name) if len(word) >= LONG)}:
                    self._add(part, learner.id, capital=True)
        for marker in markers:
            self._identifiers.add(marker)
            self._add(marker, marker)

    def _add(self, text: str, person: str, capital: bool = False) -> None:
        words = tuple(_folded(found.group()) for found in _WORD.finditer(text))
        if words and (len(words) > 1 or len(words[0]) >= SHORTEST):
            self._phrases[words[0]].append(_Phrase(words, person, capital))

    def named_in(self, text: str) -> set[str]:
        """Return who is named in a text."""
        plain = _folded(text)
        if not any(word in plain for word in self._phrases):
            return set()
        return {person for _, _, people in self._found(text) for person in people}

    def mask(self, text: str, replacements: Mapping[str, str], own: str = "") -> str:
        """Return ``text`` with everybody replaced; ``own`` is whom the text is about, when a name is shared."""
        text = _line_by_line(text, self._identifiers, replacements)
        parts, end = [], 0
        for start, stop, people in self._found(text):
            known = people & replacements.keys()
            if not known:
                continue
            one = own if own in known else min(known)
            parts += [text[end:start], replacements[one] if len(known) == 1 or own in known else SHARED]
            end = stop
        return "".join([*parts, text[end:]])

    def _found(self, text: str) -> Iterable[tuple[int, int, set[str]]]:
        """Yield where somebody is named, longest first at each place, and who it may be."""
        words = list(_WORD.finditer(text))
        folded = [_folded(word.group()) for word in words]
        joined = [bool(_GAP.fullmatch(text[one.end() : other.start()])) for one, other in pairwise(words)]
        index = 0
        while index < len(words):
            here = [one for one in self._phrases.get(folded[index], ()) if _is_at(one, index, words, folded, joined)]
            if not here:
                index += 1
                continue
            length = max(len(one.words) for one in here)
            people = {one.person for one in here if len(one.words) == length}
            yield words[index].start(), words[index + length - 1].end(), people
            index += length


def _is_at(phrase: _Phrase, index: int, words: list[re.Match[str]], folded: list[str], joined: list[bool]) -> bool:
    stop = index + len(phrase.words)
    if tuple(folded[index:stop]) != phrase.words or not all(joined[index : stop - 1]):
        return False
    return not phrase.capital or any(word.group()[0].isupper() for word in words[index:stop])


def _line_by_line(text: str, identifiers: set[str], replacements: Mapping[str, str]) -> str:
    """Replace identifiers of any length where a notebook says whose it is: « identifiant = "x" »."""
    if not _OWNER.search(text):
        return text

    def quoted(found: re.Match[str]) -> str:
        sign, name = found[1], found[2]
        known = normal_form(name)
        return f"{sign}{replacements[known]}{sign}" if known in identifiers & replacements.keys() else found[0]

    return "\n".join(_QUOTED.sub(quoted, line) if _OWNER.search(line) else line for line in text.split("\n"))


def _folded(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
