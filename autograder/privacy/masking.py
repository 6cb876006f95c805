"""Finding and hiding people in texts, by words: accents, hyphens, dots and the order of names make no difference.

What stands for a person is an identifier or an address (found in any case), a first and a last name together, whole or
by halves, run together or by initials (likewise), or one of the two alone, or a long word of it. Alone, a name that is
also an ordinary word must begin with a capital: « Claire » is hidden, « une note claire » is not.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from autograder.course.class_list import Learner
from autograder.privacy.escapes import Span, unescaped
from autograder.privacy.namings import SHORTEST, WORD, Naming, folded, namings, words_of
from casestudies.identity import normal_form

SHARED = "[nom]"
"""What replaces a name that several people have."""
ACCOUNT = "[compte]"
"""What replaces the name of a home folder that is nobody’s of the course."""

_GAP = re.compile(r"[\W_]{1,3}")
_OWNER = re.compile(r"identifiant|ouvrir_dossier")
_QUOTED = re.compile(r"""(["'])([^"'\n]{1,100})\1""")
_HOME = re.compile(
    r"(?P<before>(?<![\w.])(?:/home/|/Users/|[A-Za-z]:(?:[\\/]+|%5C)Users(?:[\\/]+|%5C)))"
    r"(?P<name>(?:\\+[ux][0-9A-Fa-f]{2,4}|[^\\/\"'<>|\s,;:)]| (?=[^\\/\"'<>|\n]{1,40}[\\/]))+)"
)
"""The folder of somebody’s account, under Linux, macOS and Windows."""
_NOBODYS = frozenset({"jovyan", "root", "runner", "user", "public", "shared", "coder", "vscode", "default"})


class People:
    """The people of a course, as they can be named in a text."""

    def __init__(
        self, learners: Iterable[Learner], markers: Iterable[str] = (), ordinary: Collection[str] | None = None
    ) -> None:
        """Take in learners, markers by the name they write under, and the words that are names with a capital only.

        When ``ordinary`` is None, no first or last name alone is found without a capital.
        """
        self._phrases: dict[str, list[Naming]] = defaultdict(list)
        self._identifiers: set[str] = set()
        for learner in learners:
            self._identifiers.add(learner.id)
            self._add(namings(learner, ordinary))
        for marker in markers:
            self._identifiers.add(marker)
            words = words_of(marker)
            if words and (len(words) > 1 or len(words[0]) >= SHORTEST):
                self._add({Naming(words, marker)})

    def _add(self, ways: Iterable[Naming]) -> None:
        for one in ways:
            self._phrases[one.words[0]].append(one)

    def named_in(self, text: str) -> set[str]:
        """Return who is named in a text."""
        return {person for _, people in self._found(text) for person in people}

    def mask(self, text: str, replacements: Mapping[str, str], own: str = "") -> str:
        """Return ``text`` with everybody replaced; ``own`` is whom the text is about, when a name is shared."""
        text = _line_by_line(text, self._identifiers, replacements)
        text = _HOME.sub(lambda found: self._home(found, replacements), text)
        parts, end = [], 0
        for (start, stop), people in self._found(text):
            known = people & replacements.keys()
            if not known:
                continue
            one = own if own in known else min(known)
            parts += [text[end:start], replacements[one] if len(known) == 1 or own in known else SHARED]
            end = stop
        return "".join([*parts, text[end:]])

    def _home(self, found: re.Match[str], replacements: Mapping[str, str]) -> str:
        """Replace the name of a home folder, whoever it is: a login is often made of a name."""
        if found["name"].casefold() in _NOBODYS or found["name"] in replacements.values():
            return found[0]
        people = {person for _, who in self._found(found["name"], capitals=False) for person in who}
        known = people & replacements.keys()
        return found["before"] + (replacements[min(known)] if len(known) == 1 else ACCOUNT)

    def _found(self, text: str, capitals: bool = True) -> Iterable[tuple[Span, set[str]]]:
        """Yield where somebody is named, as it is written or once escapes are read, and who it may be."""
        plain = list(self._read(text, capitals))
        other = unescaped(text)
        if other is None:
            return plain
        read, places = other
        plain += (((places[start][0], places[stop - 1][1]), who) for (start, stop), who in self._read(read, capitals))
        kept: list[tuple[Span, set[str]]] = []
        for span, who in sorted(plain, key=lambda one: (one[0][0], -one[0][1])):
            if not kept or span[0] >= kept[-1][0][1]:
                kept.append((span, who))
        return kept

    def _read(self, text: str, capitals: bool) -> Iterator[tuple[Span, set[str]]]:
        """Yield where somebody is named, longest first at each place, and who it may be."""
        plain = folded(text)
        if not any(word in plain for word in self._phrases):
            return
        words = list(WORD.finditer(text))
        read = [folded(word.group()) for word in words]
        joined = [bool(_GAP.fullmatch(text[one.end() : other.start()])) for one, other in pairwise(words)]
        index = 0
        while index < len(words):
            ways = self._phrases.get(read[index], ())
            here = [one for one in ways if _is_at(one, index, words, read, joined, capitals)]
            if not here:
                index += 1
                continue
            length = max(len(one.words) for one in here)
            people = {one.person for one in here if len(one.words) == length}
            yield (words[index].start(), words[index + length - 1].end()), people
            index += length


def _is_at(
    phrase: Naming, index: int, words: list[re.Match[str]], read: list[str], joined: list[bool], capitals: bool
) -> bool:
    stop = index + len(phrase.words)
    if tuple(read[index:stop]) != phrase.words or not all(joined[index : stop - 1]):
        return False
    return not (capitals and phrase.capital) or any(word.group()[0].isupper() for word in words[index:stop])


def _line_by_line(text: str, identifiers: set[str], replacements: Mapping[str, str]) -> str:
    """Replace identifiers of any length where a notebook says whose it is: « identifiant = "x" »."""
    if not _OWNER.search(text):
        return text

    def quoted(found: re.Match[str]) -> str:
        sign, name = found[1], found[2]
        known = normal_form(name)
        return f"{sign}{replacements[known]}{sign}" if known in identifiers & replacements.keys() else found[0]

    return "\n".join(_QUOTED.sub(quoted, line) if _OWNER.search(line) else line for line in text.split("\n"))
