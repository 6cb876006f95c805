"""What customers write: reviews in French, composed from motivations and brakes whose true frequencies are known.

Ranges assumed: ``share`` 0.1–0.5 share of the reviews; ``Voices.liked`` 0.03–0.65 share of a segment’s reviews that
speak of a motivation; ``Voices.held`` 0.02–0.45 share of a segment’s reviews that speak of a brake; ``mood`` 0.4–0.9
points of the mark, standard deviation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints, systematic
from casestudies.market.survey import one_choice

BASE, GAIN, LOSS = 4.2, 0.35, 1.15
"""Mark of a review that says nothing, points won by a motivation, points lost by a brake; assumption."""


@dataclass(frozen=True)
class Theme:
    """One motivation or brake: its name, the words that give it away, and by segment sentences that each hold one."""

    name: str
    words: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]


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
    openings : first sentences by segment, told nothing of the themes.
    links : what introduces a brake after a motivation.
    share : share of the reviews by segment, kept to the nearest review.
    liked, held : probability that a review speaks of a theme, by (segment, theme).
    mood : standard deviation of the mark, in points.

    """

    motivations: tuple[Theme, ...]
    brakes: tuple[Theme, ...]
    openings: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]
    share: Floats
    liked: Floats
    held: Floats
    mood: float

    def write(self, size: int, rng: np.random.Generator) -> Reviews:
        """Return ``size`` reviews."""
        segment = one_choice(size, self.share, rng)
        liked, held = _speaking(self.liked, segment, rng), _speaking(self.held, segment, rng)
        good, bad = liked.sum(axis=1), held.sum(axis=1)
        mood = rng.normal(0.0, self.mood, size)
        mark = np.clip(np.round(BASE + GAIN * good - LOSS * bad + mood), 1, 5).astype(np.int64)
        text = _spread(self.openings, segment, rng)
        for theme, said in zip(self.motivations, liked.T > 0, strict=True):
            text[said] += " " + _spread(theme.sentences, segment[said], rng)
        links = np.array(self.links, dtype=object)[rng.integers(len(self.links), size=size)]
        linked = good == 0
        for theme, said in zip(self.brakes, held.T > 0, strict=True):
            sentence = _spread(theme.sentences, segment[said], rng)
            text[said] += " " + np.where(linked[said], sentence, links[said] + _lowered(sentence))
            linked = linked | said
        return Reviews(segment, liked, held, mark, tuple(str(one) for one in text))


def _speaking(chances: Floats, segment: Ints, rng: np.random.Generator) -> Ints:
    """Return who speaks of each theme, 0/1 by (review, theme): in each segment as many as its chances say, to one."""
    spoken = np.zeros((len(segment), chances.shape[1]), dtype=np.int64)
    for rank, row in enumerate(chances):
        places = np.flatnonzero(segment == rank)
        for theme, chance in enumerate(row):
            spoken[rng.permutation(places), theme] = systematic(np.full(len(places), chance), rng)
    return spoken


def half(sentences: Sequence[str], rng: np.random.Generator) -> tuple[str, ...]:
    """Return half of the sentences (one more when they are odd): two variants drawn so rarely read the same ones."""
    kept = rng.permutation(len(sentences))[: -(-len(sentences) // 2)]
    return tuple(sentences[place] for place in np.sort(kept).tolist())


def _spread(pools: Sequence[Sequence[str]], segment: Ints, rng: np.random.Generator) -> np.ndarray:
    """Return a text for each place of ``segment``, from its own pool, each as often as the others, in any order."""
    spread = np.empty(len(segment), dtype=object)
    for rank, pool in enumerate(pools):
        places = np.flatnonzero(segment == rank)
        rounds = -(-len(places) // len(pool))
        order = np.array([rng.permutation(len(pool)) for _ in range(rounds)], dtype=np.intp).ravel()[: len(places)]
        spread[places] = np.array(pool, dtype=object)[order]
    return spread


def _lowered(sentences: np.ndarray) -> np.ndarray:
    """Return the sentences with a small first letter, to follow a link."""
    return np.array([one[:1].lower() + one[1:] for one in sentences], dtype=object)
