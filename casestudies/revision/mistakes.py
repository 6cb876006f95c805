"""The mistakes that somebody made in the notebooks, kept so that revision begins with them."""

from collections.abc import Iterable
from pathlib import Path

from casestudies.identity import read_json, write_json
from casestudies.revision.places import kept_file

_KIND = "erreurs"


def remember_mistakes(folder: Path, learner: str, misconceptions: Iterable[str]) -> None:
    """Count each of these misconceptions once more for ``learner``; a folder that cannot be written changes nothing."""
    made = tuple(misconceptions)
    if not made:
        return
    known = mistakes_of(folder, learner)
    for name in made:
        known[name] = known.pop(name, 0) + 1  # the latest is last
    write_json(kept_file(folder, learner, _KIND), known)


def mistakes_of(folder: Path, learner: str) -> dict[str, int]:
    """Return how often each misconception was met, by id, the latest last."""
    kept = read_json(kept_file(folder, learner, _KIND))
    return {name: times for name, times in kept.items() if type(times) is int and 0 < times < 10**9}
