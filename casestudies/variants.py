"""Which draw each learner of a course has, as written beside the notebooks when they were released.

A variant is accepted by the trainer's side, which knows the questions; what it accepted is kept in a small file so
that the learner's machine need not know them, and so that a later version of the kit changes nobody's figures.
"""

import hashlib
from pathlib import Path

from casestudies.identity import read_json

DRAWS_FILE = "tirages.json"


def draw_key(company: str, learner: str) -> str:
    """Return the name under which a draw is kept: a hash, since the file is given to every learner."""
    return hashlib.blake2b(f"{company}|{learner}".encode(), digest_size=8).hexdigest()


def known_draw(company: str, learner: str, folder: Path) -> int | None:
    """Return the draw kept in ``folder`` for this learner, or nothing."""
    draw = read_json(folder / DRAWS_FILE).get(draw_key(company, learner))
    return draw if isinstance(draw, int) and 0 <= draw < 1000 else None
