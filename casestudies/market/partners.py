"""Partner bases: customers known to several companies, compared by fingerprints and never by name.

Ranges assumed: ``own`` 2,000–10,000 customers of the company; ``sizes`` 2,000–9,000 customers of each partner;
``overlap`` 0.03–0.4 share of the company’s customers that the partner knows; ``outside`` 20,000–80,000 households that
are customers of no one yet; ``spread`` 1.2–2.2 points of a 0–10 mark, standard deviation between people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casestudies.market.sampling import Floats, Ints

_BITS = np.uint64(48)
_MASK = np.uint64((1 << 48) - 1)
_ODD = (np.uint64(0x9E3779B97F4B), np.uint64(0xC2B2AE3D27D5))


@dataclass(frozen=True)
class Bases:
    """The customers of a company and those of its would-be partners.

    Attributes
    ----------
    own : customers of the company, numbered from 0.
    sizes : distinct customers of each partner (2 000–9 000).
    overlap : chance that a customer of the company is in each partner's base (0.03–0.40).
    outside : households outside the company's base, numbered after it, among which partners find the others.

    """

    own: int
    sizes: tuple[int, ...]
    overlap: tuple[float, ...]
    outside: int

    def members(self, rng: np.random.Generator) -> list[Ints]:
        """Return the numbers of the customers of each partner, in any order, each once."""
        known = rng.random((len(self.sizes), self.own)) < np.array(self.overlap)[:, None]
        found = []
        for size, row in zip(self.sizes, known, strict=True):
            shared = np.flatnonzero(row).astype(np.int64)
            others = self.own + rng.permutation(self.outside)[: max(size - len(shared), 0)]
            found.append(rng.permutation(np.concatenate([shared, others])))
        return found


def fingerprints(people: Ints, key: int) -> NDArray[np.object_]:
    """Return 12 hexadecimal digits for each person: two people never share them, the same person always has the same.

    ``key`` is the secret that the partners agreed on (any 48-bit number). It stands for a keyed hash of an address.
    """
    mixed = people.astype(np.uint64)
    for odd in _ODD:
        mixed = ((mixed + np.uint64(key)) * odd) & _MASK
        mixed ^= mixed >> (_BITS // np.uint64(2))
    tail = mixed.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    text = np.frombuffer(tail.tobytes().hex().encode("ascii"), dtype="S12")
    return text.astype("U12").astype(object)


def repeated(people: Ints, share: float, rng: np.random.Generator) -> Ints:
    """Return ``people`` shuffled, a ``share`` of them (0.02–0.05) being there twice."""
    twice = rng.choice(people, round(share * len(people)), replace=False)
    return rng.permutation(np.concatenate([people, twice]))


def survey(mark: Floats, people: Ints, spread: float, rng: np.random.Generator) -> Floats:
    """Return the mean mark (0–10, two decimals) given by ``people`` respondents around the true ``mark``."""
    mean: Floats = np.clip(mark + spread * rng.standard_normal(mark.shape) / np.sqrt(people), 0, 10)
    return np.round(mean, 2)
