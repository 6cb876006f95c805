"""In which order copies are read, and under which name: shuffled, anonymous, the same every time."""

from base64 import b32encode
from collections.abc import Iterable
from hashlib import blake2b

LETTERS = 7
_READABLE = str.maketrans("IO", "89")
"""No letter that is read as a digit: base 32 has neither 8 nor 9."""


def shuffled(learners: Iterable[str], assignment: str, part: str = "") -> list[str]:
    """Return learners in the order of a part: another one for each part, the same whoever asks and whenever.

    Whoever joins the class later takes a place among the others, who keep their order. Without ``part``, it is the
    order in which whole copies are read.
    """
    return sorted(learners, key=lambda learner: (_digest(learner, assignment, part), learner))


def alias(learner: str, assignment: str, part: str = "") -> str:
    """Return the name under which a learner's copy is shown: another one for each part.

    >>> alias("a01", "e2-performance", "r2-note") == alias("a01", "e2-performance", "r2-note")
    True
    >>> alias("a01", "e2-performance", "r2-note") == alias("a01", "e2-performance", "r2-constats")
    False
    """
    letters = b32encode(_digest(learner, assignment, part)).decode()[:LETTERS].translate(_READABLE)
    return f"Copie {letters[:4]}-{letters[4:]}"


def _digest(learner: str, assignment: str, part: str) -> bytes:
    return blake2b("\x00".join((assignment, part, learner)).encode(), digest_size=16).digest()
