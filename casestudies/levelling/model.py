"""What one levels one's own work with: the four descriptions of a rubric, cut in sentences, and three sample copies."""

import re
from dataclasses import dataclass

Mark = tuple[int, int]
"""One sentence of the descriptions: the level it belongs to, and its rank there, from 0."""
_MARK = re.compile(r"\b([1-4])([a-t])\b")
_LONGEST = 200
"""Characters of a list of marks that are read."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class SampleTable:
    """One table of a sample copy: its title, its columns, its rows of texts and numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True)
class SampleCopy:
    """One sample copy.

    ``title`` says what marks it and ``reason`` why it is of this ``level``: both wait until it has been marked.
    """

    title: str
    level: int
    reason: str
    text: str
    tables: tuple[SampleTable, ...]


@dataclass(frozen=True)
class Description:
    """What a work of one level looks like, sentence by sentence; ``name`` is that of the level: « acquis »."""

    level: int
    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class LevelGuide:
    """All that levelling one's own work on a criterion needs.

    ``rubric`` is the digest of the rubric; ``work`` holds the ids of the questions whose answers are levelled together,
    ``titles`` what these are called. The sample copies come the weakest first; ``context`` says what was asked of them.
    """

    criterion: str
    title: str
    rubric: str
    work: tuple[str, ...]
    titles: tuple[str, ...]
    descriptions: tuple[Description, ...]
    context: str
    copies: tuple[SampleCopy, ...]

    def description(self, level: int) -> Description:
        """Return the description of a level that the rubric has."""
        return next(one for one in self.descriptions if one.level == level)

    def has(self, mark: Mark) -> bool:
        """Whether a sentence is one of the descriptions'."""
        return any(one.level == mark[0] and 0 <= mark[1] < len(one.sentences) for one in self.descriptions)


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a description.

    >>> sentences_of("Chaque fait est prouvé. Les actions sont classées ; la note dit laquelle.")
    ('Chaque fait est prouvé.', 'Les actions sont classées ; la note dit laquelle.')
    """
    return tuple(_SENTENCE_END.split(text.strip()))


def mark_code(mark: Mark) -> str:
    """Return how a sentence is called: the level and a letter.

    >>> mark_code((3, 0)), mark_code((1, 2))
    ('3a', '1c')
    """
    return f"{mark[0]}{chr(ord('a') + mark[1])}"


def marks_in(text: str) -> tuple[Mark, ...]:
    """Return the sentences that a text names, each once.

    >>> marks_in("3a, 3a 1c 9z")
    ((3, 0), (1, 2))
    """
    found = _MARK.findall(text[:_LONGEST].lower())
    return tuple(dict.fromkeys((int(level), ord(letter) - ord("a")) for level, letter in found))
