"""French typography: apostrophes, and the spaces before and inside double signs, in every text that people read.

A notebook is read as it stands. Any other text goes through ``casestudies.typography.french`` where it is shown, so it
is judged as shown; its apostrophes are judged as written.
"""

import re

import pytest
from french_texts import Text, all_texts

from casestudies.typography import french

SPACES = "\u00a0\u202f"
RULES = {
    "une apostrophe droite entre deux lettres": r"[^\W\d_]'[^\W\d_]",
    "une espace ordinaire devant un signe double": r" [;:?!»%€](?=[\s)»]|$)",
    "un signe double collé au mot": r"[^\W\d_][;:?!](?=\s|$)",
    "un guillemet ouvrant sans espace insécable": rf"«(?![{SPACES}])",
    "un guillemet fermant sans espace insécable": rf"(?<![{SPACES}])»",
    "des guillemets droits": r'(?<=[\s(])"[^\W\d_][^"\n]*"',
    "trois points au lieu de …": r"(?<=[^\W\d_])\.\.\.",
}


def faults(text: str) -> list[str]:
    """Return each broken rule with the few signs around it."""
    return [
        f"{rule} : {text[max(0, found.start() - 20) : found.end() + 20]!r}"
        for rule, pattern in RULES.items()
        for found in re.finditer(pattern, text, re.MULTILINE)
    ]


def shown(where: str, text: str) -> str:
    """Return the text as people see it."""
    if ".ipynb" in where:
        return text
    return french(re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "\x00", text)).replace("\x00", "'")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("L\u2019offre\u00a0: «\u00a0Cheveux\u00a0»\u00a0?", 0),
        ("L'offre", 1),
        ("Combien ?", 1),
        ("Combien?", 1),
        ("« Cheveux\u00a0»", 1),
        ("«\u00a0Cheveux»", 1),
        ("à 12:30", 0),
    ],
)
def test_the_rules_see_what_they_should(text: str, number: int) -> None:
    assert len(faults(text)) == number


def test_every_text_follows_french_typography() -> None:
    texts: list[Text] = all_texts()
    found = [f"{where} → {fault}" for where, text in texts for fault in faults(shown(where, text))]
    assert not found, "\n" + "\n".join(found)
