"""Names that are also words: without a capital, they are left as they are."""

from collections.abc import Collection, Iterable
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.privacy.namings import LONG, WORD, folded, words_of

WORDS_FILE = Path(__file__).with_name("ordinary.txt")
"""French words that are first or last names too."""


def ordinary_words(course: Course) -> frozenset[str]:
    """Return the words, folded, that need a capital to be a name: the listed ones, and those of the course's notebooks.

    What learners write speaks of the same things in the same words.
    """
    found = set(words_of(WORDS_FILE.read_text(encoding="utf-8")))
    for name in course.assignments():
        for path in course.source(name).glob("*.ipynb"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= {folded(word) for word in WORD.findall(text) if word.islower()}
    return frozenset(found)


def common_names(learners: Iterable[Learner], ordinary: Collection[str]) -> set[str]:
    """Return the names of learners that are ordinary words: without a capital, nothing tells one from the other."""
    names = {word for one in learners for word in words_of(f"{one.first_name} {one.last_name}")}
    return {word for word in names if len(word) >= LONG and word in ordinary}
