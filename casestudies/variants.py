"""Which draw each learner of a course has, as written beside the notebooks when they were released.

A variant is accepted by the trainer's side, which knows the questions; what it accepted is kept in a small file so
that the learner's machine need not know them, and so that a later version of the kit changes nobody's figures.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from casestudies.identity import normal_form, read_json

DRAWS_FILE = "tirages.json"


def draw_key(company: str, learner: str) -> str:
    """Return the name under which a draw is kept: a hash, since the file is given to every learner."""
    return hashlib.blake2b(f"{company}|{normal_form(learner)}".encode(), digest_size=8).hexdigest()


def known_draw(company: str, learner: str, released: Path | Mapping[str, object]) -> int | None:
    """Return the draw given to this learner, or nothing.

    ``released`` is the folder where the draws were written, or what was read there.
    """
    draws = read_json(released / DRAWS_FILE) if isinstance(released, Path) else released
    draw = draws.get(draw_key(company, learner))
    return draw if isinstance(draw, int) and 0 <= draw < 1000 else None


def draw_of(
    company: str, learner: str, released: Path | Mapping[str, object], accept: Callable[[str, str], int]
) -> int:
    """Return the draw of a learner: the one that was given out with the notebooks, for ever, else what ``accept`` says.

    Parameters
    ----------
    released
        The folder where the draws were written, or what was read there.
    accept
        Chooses the draw of a company for a learner who was given none.
    """
    known = known_draw(company, learner, released)
    return accept(company, normal_form(learner)) if known is None else known
