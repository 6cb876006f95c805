"""French words that beginners type for what Python says in English."""

from dataclasses import dataclass
from functools import cache

from casestudies.french import unaccented
from casestudies.strict import packaged


@dataclass(frozen=True)
class Translated:
    """What a French word is called in Python, and how it is written."""

    python: str
    form: str


@cache
def french_words() -> dict[str, Translated]:
    """Return what Python calls the usual French words, by the word without accents."""
    tables = packaged("casestudies", "words.toml").tables("words", name="python")
    found = {}
    for one in tables:
        said = one.only("python", "form", "french")
        for word in said.texts("french"):
            found[unaccented(word)] = Translated(said.text("python"), said.text("form"))
    return found
