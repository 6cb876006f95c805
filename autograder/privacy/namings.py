"""The ways in which a person can be named: in any order, by halves of compound names, by initials, run together."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from autograder.course.class_list import Learner

SHORTEST = 3
"""Letters below which a word alone is not looked for in a text: « le », « an » are words."""
LONG = 4
"""Letters from which a word of a name stands for the whole: « Appouh » for « d’Appouh »."""
JOINED = 6
"""Letters from which names run together, such as a login, are looked for."""
MOST_WORDS = 6
WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
_ALSO_WORDS = frozenset("ayo")
"""Initials that are words by themselves, without their accent."""


@dataclass(frozen=True)
class Naming:
    """Words to find one after the other, who they stand for, and whether one must begin with a capital."""

    words: tuple[str, ...]
    person: str
    capital: bool = False


def folded(text: str) -> str:
    """Return a text without accents nor capitals."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded."""
    return tuple(folded(found.group()) for found in WORD.finditer(text))


def namings(learner: Learner, ordinary: Collection[str] | None = None) -> set[Naming]:
    """Return the ways in which a learner can be named.

    ``ordinary`` are the words, folded, that mean something else than a name without a capital; when None, a first or a
    last name alone always takes a capital.
    """
    first, last = words_of(learner.first_name), words_of(learner.last_name)
    found = {words_of(learner.id), words_of(learner.email), *_orders(first, last)}
    whole = {Naming(words, learner.id) for words in found if words and (len(words) > 1 or len(words[0]) >= SHORTEST)}
    for name in (first, last):
        for words in (name, *_parts(name)):
            if len(words) > 1 or (words and len(words[0]) >= SHORTEST):
                common = ordinary is None or len(words) > 1 or len(words[0]) < LONG or words[0] in ordinary
                whole.add(Naming(words, learner.id, capital=common))
    return whole


def _orders(first: tuple[str, ...], last: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield first and last name together, either first; halves of each; initials; run together as in a login."""
    if not first or not last:
        return
    for one in {first, *_parts(first)}:
        for other in {last, *_parts(last)}:
            yield one + other
            yield other + one
    initials = "".join(word[0] for word in first)
    whole, family = "".join(first), "".join(last)
    if first[0][0] not in _ALSO_WORDS and len(family) >= LONG:
        yield (first[0][0], *last)
        yield (*last, first[0][0])
    runs = {whole + family, family + whole, first[0][0] + family, initials + family, family + first[0][0]}
    if len(first) > 1:
        runs.add(whole)
    yield from ((run,) for run in runs if len(run) >= JOINED)


def _parts(name: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the pieces of a compound name that hold a long word."""
    name = name[:MOST_WORDS]
    ends = range(1, len(name) + 1)
    pieces = {name[start:end] for end in ends for start in range(end)}
    return {words for words in pieces if any(len(word) >= LONG for word in words)}
