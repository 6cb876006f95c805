"""Every French word that people read is in the dictionary, or in the project's own short list."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from french_texts import all_texts

WORDS = Path(__file__).with_name("mots.txt")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'", re.IGNORECASE)
CODE = re.compile(r"[^\W\d_]*[a-z][A-Z]")
"""The beginning of a name such as « uniqueViews »."""
TOKEN = re.compile(r"(?<!\w)[^\W\d_]+(?:['-][^\W\d_]+)*")
MISSING = (
    "hunspell et son dictionnaire français manquent : ce test a besoin d’eux "
    "(sous Debian : sudo apt install hunspell hunspell-fr)."
)


def plain(text: str) -> str:
    """Return ``text`` with the apostrophes and spaces that the dictionary knows."""
    return re.sub(r"[\u00a0\u202f]", " ", text.replace("’", "'"))


def unknown(texts: list[str]) -> set[str]:
    """Return the words that the French dictionary does not know.

    A word is tried as it stands, then without its elision, then part by part around its hyphens.
    """
    found = {word for text in texts for word in TOKEN.findall(plain(text))}
    words = {word for word in found if len(word) > 1 and not word.isupper() and not CODE.match(word)}
    left = _refused(words)
    bare = {word: ELISION.sub("", word) for word in left}
    refused = _refused(set(bare.values()))
    left = {word for word in left if bare[word] in refused and not bare[word].isupper() and len(bare[word]) > 1}
    parts = {word: bare[word].split("-") for word in left}
    refused = _refused({part for some in parts.values() for part in some})
    own = {line.lower() for line in WORDS.read_text(encoding="utf-8").split()}
    return {
        word
        for word in left
        if bare[word].lower() not in own
        and any(part in refused and part.lower() not in own and not part.isupper() for part in parts[word])
    }


def _refused(words: set[str]) -> set[str]:
    done = subprocess.run(
        ["hunspell", "-d", "fr", "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)) + "\n",
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"{MISSING} {done.stderr.strip()}")
    return set(done.stdout.split())


@pytest.fixture(scope="module", autouse=True)
def _dictionary() -> None:
    if shutil.which("hunspell") is None:
        pytest.skip(MISSING)


def test_the_dictionary_sees_a_mistake_and_only_that() -> None:
    assert unknown(["L’entreprise n’a qu’une aprolongation, aujourd’hui comme après-demain."]) == {"aprolongation"}


def test_every_word_is_known() -> None:
    texts = [(where, plain(text)) for where, text in all_texts()]
    found = {word: _place(word, texts) for word in unknown([text for _, text in texts])}
    assert not found, "mots inconnus :\n" + "\n".join(f"{word} ({found[word]})" for word in sorted(found))


def _place(word: str, texts: list[tuple[str, str]]) -> str:
    return next(where for where, text in texts if word in TOKEN.findall(text))


def test_the_words_of_the_project_are_sorted_and_needed() -> None:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines), key=lambda word: (word.lower(), word))
    assert not set(lines) - _refused(set(lines)), "mots déjà connus du dictionnaire"
