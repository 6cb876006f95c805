"""Rules about texts, and about texts in the cells of a table."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import faults
from casestudies.answers import Value


def count_words(text: str) -> int:
    """Return the number of words of a text; « l’offre » counts for two, a number for one.

    >>> count_words("L’offre a rapporté 1 234 €.")
    5
    """
    return len(re.findall(r"[^\W_]+", re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", text)))


@dataclass(frozen=True)
class TextLength:
    """The text (or each cell of the column ``name``) has between ``least`` and ``most`` words."""

    least: int
    most: int
    name: str = ""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per text outside the bounds."""
        if isinstance(answer, str):
            words = self._fault(answer)
            return [f"Votre texte : {words}"] if words else []
        return faults(answer, self._fault, self.name)

    def _fault(self, text: object) -> str:
        words = count_words(str(text))
        agrees = self.least <= words <= self.most
        return "" if agrees else f"{words} mot{'s' * (words > 1)} ; on attend de {self.least} à {self.most} mots."


@dataclass(frozen=True)
class TitleLine:
    """The first line has between ``least`` and ``most`` words; an empty line parts it from the text that follows."""

    least: int = 3
    most: int = 20

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the title is missing, too long or not apart."""
        title, *text = re.split(r"\n\s*\n", str(answer).strip())
        if text and "\n" not in title and self.least <= count_words(title) <= self.most:
            return []
        return [
            f"Commencez par un titre seul sur sa ligne, de {self.least} à {self.most} mots, "
            "puis laissez une ligne vide avant le texte."
        ]


@dataclass(frozen=True)
class Mentions:
    """At least one of ``words`` is in the text, whole, whatever case and accents; ``what`` names them in French."""

    what: str
    words: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when none of the words is there."""
        text = plain(answer)
        if any(re.search(rf"(?<!\w){re.escape(plain(word))}(?!\w)", text) for word in self.words):
            return []
        return [f"Votre texte ne cite pas {self.what}."]


_NUMBER = re.compile(r"\d+(?:[\s\u00a0\u202f]\d{3})*(?:[.,]\d+)?")


def count_figures(text: str) -> int:
    """Return how many numbers a text quotes.

    >>> count_figures("1 234,50 € sur 12 mois, soit −8 %")
    3
    """
    return len(_NUMBER.findall(text))


@dataclass(frozen=True)
class FiguresQuoted:
    """The text quotes at least ``least`` numbers."""

    least: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are fewer."""
        found = count_figures(str(answer))
        if found >= self.least:
            return []
        return [f"Votre texte cite {found} chiffre(s) ; on en attend au moins {self.least}."]


@dataclass(frozen=True)
class CellFigures:
    """Each filled cell of ``name`` quotes at least ``least`` numbers; ``what`` says what they are, in French."""

    name: str
    what: str
    least: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell with too few numbers."""
        words = f"on attend {self.what}."
        return faults(answer, lambda cell: words if count_figures(str(cell)) < self.least else "", self.name)


_SIZE = 3
_SHARE = 0.6
_LONG = 8
"""3-grams from which a sentence of the example is known again inside a longer text."""


@dataclass(frozen=True)
class NotCopiedFromExample:
    """No cell of the columns ``names`` (or the text itself) has 60 % of its 3-grams in one of ``texts``.

    Nor does it hold 60 % of a sentence of ten words or more. What has less than three words (« SEO ») may be the same.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per text copied."""
        if isinstance(answer, str):
            words = self._fault(answer)
            return [f"Votre texte : {words}"] if words else []
        return faults(answer, self._fault, *self.names)

    def _fault(self, text: object) -> str:
        grams = _grams(text)
        if not grams or not any(_alike(grams, _grams(known)) for known in self.texts):
            return ""
        return "c’est le texte de l’exemple. Écrivez ce que dit votre dossier, avec ses faits et ses chiffres."


def _alike(own: set[tuple[str, ...]], example: set[tuple[str, ...]]) -> bool:
    common = len(own & example)
    return common >= _SHARE * len(own) or (len(example) >= _LONG and common >= _SHARE * len(example))


def _grams(text: object) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", plain(text))
    return {tuple(words[start : start + _SIZE]) for start in range(len(words) - _SIZE + 1)}
