"""What a rehearsal is made of: the slides and their time, the bank of questions, what levels the talk."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from casestudies.levelling.model import LevelGuide

TALK_SECONDS = QUESTIONS_SECONDS = 600
"""Ten minutes of talk, then ten of questions."""
MINUTE = 60


@dataclass(frozen=True)
class RehearsedSlide:
    """One slide of the talk: what it says, what it shows, the ``seconds`` it should take.

    ``planned`` is whether the plan says these seconds; else they are the kit's.
    """

    number: int
    message: str
    proof: str
    seconds: int
    planned: bool = True


@dataclass(frozen=True)
class RehearsedTalk:
    """The slides in order; ``notes`` say in French what their plan lacks."""

    slides: tuple[RehearsedSlide, ...]
    notes: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[int, ...]:
        """Seconds from the beginning at which each slide should end."""
        return tuple(accumulate(one.seconds for one in self.slides))

    @property
    def seconds(self) -> int:
        """Seconds of the whole talk as it is planned."""
        return sum(one.seconds for one in self.slides)


@dataclass(frozen=True)
class OralQuestion:
    """One question that a jury could ask; ``origin`` says where it comes from, in French."""

    id: str
    text: str
    origin: str


@dataclass(frozen=True)
class OralGuide:
    """What a talk is rehearsed with: its criterion's questions, those of its bloc, the rubric with two samples."""

    questions: tuple[OralQuestion, ...]
    others: tuple[OralQuestion, ...]
    level: LevelGuide


def time_words(seconds: float) -> str:
    """Return a length of time as one says it.

    >>> time_words(45), time_words(125), time_words(600)
    ('45 s', '2 min 05 s', '10 min')
    """
    minutes, left = divmod(round(seconds), MINUTE)
    if not minutes:
        return f"{left} s"
    return f"{minutes} min {left:02} s" if left else f"{minutes} min"


def gap_words(seconds: float) -> str:
    """Return how far from what was planned one is, in words: more seconds than planned are late.

    >>> gap_words(8), gap_words(-75), gap_words(0.2)
    ('8 s de retard', '1 min 15 s d’avance', 'à l’heure')
    """
    late = round(seconds)
    if not late:
        return "à l’heure"
    return f"{time_words(abs(late))} {'de retard' if late > 0 else 'd’avance'}"


def whole_seconds(times: Iterable[object], most: int) -> tuple[int, ...]:
    """Return times as whole seconds from 0 to ``most``; what is none counts as 0."""
    return tuple(
        min(max(round(one), 0), most) if isinstance(one, int | float) and abs(one) < 1e6 else 0 for one in times
    )
