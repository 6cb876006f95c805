"""What customers write: reviews in French, composed from motivations and brakes whose true frequencies are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, pick

ABOUT = About(
    "Customers write about what they like and what holds them back, each segment in its own proportions.",
    (
        Parameter("share", "share of the reviews", 0.1, 0.5, "assumption"),
        Parameter("Voices.liked", "share of a segment’s reviews that speak of a motivation", 0.03, 0.65, "assumption"),
        Parameter("Voices.held", "share of a segment’s reviews that speak of a brake", 0.02, 0.45, "assumption"),
        Parameter("mood", "points of the mark, standard deviation", 0.4, 0.9, "assumption"),
    ),
)

BASE, GAIN, LOSS = 4.2, 0.35, 1.15
"""Mark of a review that says nothing, points won by a motivation, points lost by a brake; assumption."""


@dataclass(frozen=True)
class Theme:
    """One motivation or brake: its name, the words that give it away, and sentences that each hold one of them."""

    name: str
    words: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reviews:
    """Reviews as arrays of one length; ``liked`` and ``held`` are 0/1 by (review, theme)."""

    segment: Ints
    liked: Ints
    held: Ints
    mark: Ints
    text: Sequence[str]


@dataclass(frozen=True)
class Voices:
    """Who writes, and of what.

    Attributes
    ----------
    motivations, brakes : the themes.
    openings : first sentences, told nothing of the themes.
    links : what introduces a brake after a motivation.
    share : share of the reviews by segment.
    liked, held : probability that a review speaks of a theme, by (segment, theme).
    mood : standard deviation of the mark, in points.

    """

    motivations: tuple[Theme, ...]
    brakes: tuple[Theme, ...]
    openings: tuple[str, ...]
    links: tuple[str, ...]
    share: Floats
    liked: Floats
    held: Floats
    mood: float

    def write(self, size: int, rng: np.random.Generator) -> Reviews:
        """Return ``size`` reviews."""
        segment = pick(self.share, size, rng)
        liked = (rng.random((size, len(self.motivations))) < self.liked[segment]).astype(np.int64)
        held = (rng.random((size, len(self.brakes))) < self.held[segment]).astype(np.int64)
        good, bad = liked.sum(axis=1), held.sum(axis=1)
        mood = rng.normal(0.0, self.mood, size)
        mark = np.clip(np.round(BASE + GAIN * good - LOSS * bad + mood), 1, 5).astype(np.int64)
        openings = np.array(self.openings, dtype=object)
        text = _spread(openings, size, rng)
        for theme, said in zip(self.motivations, liked.T, strict=True):
            text = text + np.where(said > 0, " " + _some(theme.sentences, size, rng), "")
        link = _some(self.links, size, rng)
        linked = good == 0
        for theme, said in zip(self.brakes, held.T, strict=True):
            sentence = _some(theme.sentences, size, rng)
            text = text + np.where(said > 0, " " + np.where(linked, sentence, link + _lowered(sentence)), "")
            linked = linked | (said > 0)
        return Reviews(segment, liked, held, mark, tuple(str(one) for one in text))


def _spread(choices: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Return ``size`` of the ``choices``, each as often as the others, in any order."""
    rounds = -(-size // len(choices))
    order = np.concatenate([rng.permutation(len(choices)) for _ in range(rounds)])[:size]
    spread: np.ndarray = choices[order]
    return spread


def _some(sentences: Sequence[str], size: int, rng: np.random.Generator) -> np.ndarray:
    chosen: np.ndarray = np.array(sentences, dtype=object)[rng.integers(len(sentences), size=size)]
    return chosen


def _lowered(sentences: np.ndarray) -> np.ndarray:
    """Return the sentences with a small first letter, to follow a link."""
    return np.array([one[:1].lower() + one[1:] for one in sentences], dtype=object)
