"""Where every number of a variant comes from: one seed, one named random stream per table.

The seed is a hash of what identifies the variant, so a variant is the same to the byte on every machine; each
table draws from its own stream, so that adding a table changes no other.
"""

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

DATA_VERSION = "2"
"""Version of the generated data. Raise it whenever any table of any company changes; a new table changes no other."""

REFERENCE = "reference"
"""Stands for the learner in the edition shown to people who gave no name."""


def seed_of(company: str, learner: str, draw: int) -> bytes:
    """Return the 16-byte seed of one variant.

    >>> seed_of("kerlavandre", "lea", 0) == seed_of("kerlavandre", "lea", 0)
    True
    >>> seed_of("kerlavandre", "lea", 0) == seed_of("kerlavandre", "lea", 1)
    False
    """
    text = f"{DATA_VERSION}|{company}|{learner}|{draw}"
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


def stream(seed: bytes, name: str) -> "np.random.Generator":
    """Return the random generator of the stream called ``name`` under ``seed``."""
    import numpy as np  # an identifier is read without it, a command’s help too

    branch = hashlib.blake2b(name.encode("utf-8"), digest_size=8, key=seed).digest()
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(int.from_bytes(branch, "big"))))
