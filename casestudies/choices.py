"""The options of the questions answered by a letter, in an order of each learner's own.

``choices.json`` is compiled from the notebooks' texts (``make notebooks``): it holds the options as their author
wrote them, and nothing of which one is right.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FILE = "choices.json"
LETTERS = "ABCDEFGH"


@cache
def authored_options() -> Mapping[str, tuple[str, ...]]:
    """Return the options of every question that has some, in their author's order, by question id."""
    kept = json.loads(files("casestudies").joinpath(FILE).read_text(encoding="utf-8"))
    return {name: tuple(options) for name, options in kept.items()}


def shown_order(question: str, company: str, learner: str, draw: int) -> tuple[int, ...]:
    """Return the author's rank of each option, in the order shown to a learner; empty without options.

    Options are ordered by a hash of the variant, the question and their rank, so that neighbours do not share a letter.
    """
    seed = f"{question}|{company}|{learner}|{draw}"

    def place(rank: int) -> bytes:
        return hashlib.blake2b(f"{seed}|{rank}".encode(), digest_size=8).digest()

    return tuple(sorted(range(len(authored_options().get(question, ()))), key=place))


def shown_options(question: str, company: str, learner: str, draw: int) -> tuple[str, ...]:
    """Return the options in the order shown to a learner: the first is « A »; empty without options."""
    options = authored_options().get(question, ())
    return tuple(options[rank] for rank in shown_order(question, company, learner, draw))


def shown_letter(question: str, authored: str, company: str, learner: str, draw: int) -> str:
    """Return the letter under which a learner sees the option that its author wrote under ``authored``.

    A question without options keeps its letter.
    """
    order = shown_order(question, company, learner, draw)
    return LETTERS[order.index(LETTERS.index(authored))] if order else authored
