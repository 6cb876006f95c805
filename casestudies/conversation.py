"""A conversation that branches: what is said, what can be answered, what each answer does to trust, tension and facts.

What is a fault comes from the kind of an answer alone. The files of conversations are read by ``conversation_files``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

END = "fin"
"""Where the last exchange leads."""
LEAST, MOST = 0, 10
"""Bounds of trust and of tension, in points."""
SHORTEST, LONGEST = 8, 12
"""How many exchanges any path has."""
SUPPORTS = (
    "écoute", "question ouverte", "reformulation", "fait", "ressenti", "demande", "accord", "cadre",
)  # fmt: skip
FAULTS = ("jugement", "minimisation", "solution plaquée", "promesse", "esquive")
GRAVE_FAULTS = ("diagnostic", "surveillance", "menace", "révélation")
KINDS = (*SUPPORTS, *FAULTS, *GRAVE_FAULTS)
"""What an answer is; the last four break a right of the person, whatever they were meant for."""


@dataclass(frozen=True)
class TalkChoice:
    """One answer: its words, its kind, what is said back (by whom), the next line, its effects, and why."""

    words: str
    kind: str
    reply: str
    speaker: str
    leads_to: str
    trust: int
    tension: int
    facts: tuple[str, ...]
    why: str

    @property
    def is_fault(self) -> bool:
        """Whether it makes the conversation worse."""
        return self.kind not in SUPPORTS

    @property
    def is_grave(self) -> bool:
        """Whether it breaks a right of the person."""
        return self.kind in GRAVE_FAULTS


@dataclass(frozen=True)
class TalkLine:
    """One line of the other side, by its code, and the answers that it can have."""

    code: str
    speaker: str
    words: str
    choices: tuple[TalkChoice, ...]


@dataclass(frozen=True)
class TalkStanding:
    """Where a conversation stands: trust and tension (0 to 10), facts known, faults made, grave ones among them."""

    trust: int
    tension: int
    facts: frozenset[str] = frozenset()
    faults: int = 0
    grave: int = 0

    def after(self, choice: TalkChoice) -> "TalkStanding":
        """Return where it stands once an answer is given; trust and tension stay within their bounds."""
        return TalkStanding(
            min(max(self.trust + choice.trust, LEAST), MOST),
            min(max(self.tension + choice.tension, LEAST), MOST),
            self.facts.union(choice.facts),
            self.faults + choice.is_fault,
            self.grave + choice.is_grave,
        )


@dataclass(frozen=True)
class Ending:
    """How it may end: what it asks of trust, tension, facts and faults, and one thing to try next."""

    title: str
    words: str
    advice: str
    good: bool
    least_trust: int
    most_tension: int
    least_facts: int
    most_faults: int

    def suits(self, standing: TalkStanding) -> bool:
        """Whether a conversation that stands so ends like this; a grave fault never ends well."""
        return (
            standing.trust >= self.least_trust
            and standing.tension <= self.most_tension
            and len(standing.facts) >= self.least_facts
            and standing.faults <= self.most_faults
            and not (self.good and standing.grave)
        )


@dataclass(frozen=True)
class Intention:
    """What is asked before the first word: a question, and what is said of each answer at the end."""

    question: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Conversation:
    """A whole conversation; its lines by code, the first one first; its endings, the best one first."""

    title: str
    scene: str
    intention: Intention
    start: TalkStanding
    facts: Mapping[str, str]
    lines: Mapping[str, TalkLine]
    endings: tuple[Ending, ...]

    @property
    def first(self) -> str:
        """The code of the first line."""
        return next(iter(self.lines))

    def ending(self, standing: TalkStanding) -> Ending:
        """Return how a conversation that stands so ends; the last ending suits all."""
        return next(one for one in self.endings if one.suits(standing))

    def played(self, taken: Sequence[int]) -> list[tuple[TalkLine, int, TalkStanding]]:
        """Return the exchanges of the answers ``taken``: each line, the rank of its answer, where it then stands."""
        done, code, standing = [], self.first, self.start
        for rank in taken:
            line = self.lines[code]
            standing = standing.after(line.choices[rank])
            done.append((line, rank, standing))
            code = line.choices[rank].leads_to
        return done


def lengths(lines: Mapping[str, TalkLine], first: str) -> frozenset[int]:
    """Return how many exchanges each path from ``first`` has.

    Raises
    ------
    RecursionError
        When a path comes back to a line: it would never end.
    """
    known: dict[str, frozenset[int]] = {END: frozenset({0})}

    def from_line(code: str, above: tuple[str, ...]) -> frozenset[int]:
        if code in above:
            raise RecursionError(code)
        if code not in known:
            next_ones = {one.leads_to for one in lines[code].choices}
            known[code] = frozenset(1 + one for to in next_ones for one in from_line(to, (*above, code)))
        return known[code]

    return from_line(first, ())


def reached(lines: Mapping[str, TalkLine], first: str) -> set[str]:
    """Return the codes of the lines that some path says."""
    seen: set[str] = set()
    left = [first]
    while left:
        code = left.pop()
        if code not in seen and code != END:
            seen.add(code)
            left += [one.leads_to for one in lines[code].choices]
    return seen


def paths(conversation: Conversation) -> Iterator[tuple[int, ...]]:
    """Yield every path of a conversation: the ranks of its answers."""

    def on(code: str, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if code == END:
            yield taken
            return
        for rank, choice in enumerate(conversation.lines[code].choices):
            yield from on(choice.leads_to, (*taken, rank))

    return on(conversation.first, ())
