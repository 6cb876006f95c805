"""Drawing questions: none comes back before all were asked, and one is about the learner's own figures."""

from collections.abc import Mapping, Sequence

from casestudies.repetition.model import OralGuide, OralQuestion
from casestudies.seeds import stream

OWN, OTHERS = 3, 1
"""Questions drawn from the bank of the oral's criterion, and from those of the others of the bloc."""


def drawn(questions: Sequence[OralQuestion], asked: Mapping[str, int], count: int, seed: bytes) -> list[OralQuestion]:
    """Return ``count`` questions, those asked least often first, else by chance; ``asked`` says how often each was."""
    chance = stream(seed, "oral").permutation(len(questions))
    order = sorted(range(len(questions)), key=lambda rank: (asked.get(questions[rank].id, 0), chance[rank]))
    return [questions[rank] for rank in order[:count]]


def questions_of(
    guide: OralGuide, own: Sequence[OralQuestion], asked: Mapping[str, int], seed: bytes
) -> tuple[OralQuestion, ...]:
    """Return the questions of one rehearsal; the one about the learner's own figures comes in the middle."""
    bank = drawn(guide.questions, asked, OWN, seed)
    others, figure = drawn(guide.others, asked, OTHERS, seed), drawn(own, asked, 1, seed)
    return (*bank[:2], *figure, *bank[2:], *others)
