"""What is said of one answer: the outcome, and the words that go with it. Shared by both sides of the kit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from casestudies.levelling.model import LevelGuide
    from casestudies.repetition.model import OralGuide
    from casestudies.revision.cards import Flashcard


class Outcome(StrEnum):
    """What became of an answer; kept distinct because each calls for another next step."""

    NOT_ATTEMPTED = "not-attempted"
    UNREADABLE = "unreadable"
    UNIT = "unit"
    MISCONCEPTION = "misconception"
    CONSEQUENCE = "consequence"
    WRONG = "wrong"
    ALMOST = "almost"
    RIGHT = "right"
    TO_COMPLETE = "to-complete"
    READY = "ready"
    RECORDED = "recorded"
    STALE = "stale"

    @property
    def label(self) -> str:
        """The outcome in French."""
        return _SHOWN[self][0]

    @property
    def is_right(self) -> bool:
        """Whether a question is answered as it should be."""
        return self in (Outcome.RIGHT, Outcome.CONSEQUENCE, Outcome.READY)

    @property
    def symbol(self) -> str:
        """A sign that says the same as the colour."""
        return _SHOWN[self][1]

    @property
    def tone(self) -> str:
        """One of « good », « mixed », « bad », « neutral »: which colours to use."""
        return _SHOWN[self][2]


_SHOWN = {
    Outcome.NOT_ATTEMPTED: ("Pas encore de réponse", "○", "neutral"),
    Outcome.UNREADABLE: ("Réponse illisible", "?", "mixed"),
    Outcome.UNIT: ("Unité, ordre de grandeur ou signe à revoir", "±", "mixed"),
    Outcome.MISCONCEPTION: ("Erreur reconnue", "✗", "bad"),
    Outcome.CONSEQUENCE: ("Juste, compte tenu d’une réponse précédente", "✓", "good"),
    Outcome.WRONG: ("Pas encore", "✗", "bad"),
    Outcome.ALMOST: ("Presque", "≈", "mixed"),
    Outcome.RIGHT: ("Juste", "✓", "good"),
    Outcome.TO_COMPLETE: ("À compléter", "…", "mixed"),
    Outcome.READY: ("Prêt à relire", "✓", "good"),
    Outcome.RECORDED: ("Réponse enregistrée", "●", "neutral"),
    Outcome.STALE: ("À relancer", "↻", "mixed"),
}
"""Label, sign and tone of each outcome."""


@dataclass(frozen=True)
class Finding:
    """What is said of one answer.

    ``fraction`` is the share of the points earned, between 0 and 1; ``misconceptions`` holds catalogue ids;
    ``remarks`` lists what a structured answer still needs, or what was seen; ``question`` puts back on track.
    """

    outcome: Outcome
    fraction: float
    message: str
    question: str = ""
    misconceptions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=())

    @property
    def done(self) -> bool:
        """Whether nothing is left to do on this answer."""
        return self.fraction >= 1.0


@dataclass(frozen=True)
class QuestionCard:
    """What the learner's side may know of a question."""

    id: str
    title: str
    criterion: str
    notebook: str
    hints: int


class FeedbackService(Protocol):
    """What the learner's side asks of the other side, found by the entry point ``casekit.feedback``."""

    def draw(self, company: str, learner: str) -> int:
        """Return the accepted draw of this learner."""

    def respond(
        self, company: str, learner: str, draw: int, question: str, answer: Mapping[str, Any],
        earlier: Mapping[str, Mapping[str, Any]],
    ) -> Finding:  # fmt: skip
        """Return what is said of one encoded answer, given the encoded answers handed in before."""

    def verdicts(
        self, company: str, learner: str, draw: int, notebook: str, answers: Mapping[str, Mapping[str, Any] | None]
    ) -> Mapping[str, Finding]:
        """Return what grading would say of each question of a notebook, given the encoded answers of a fresh run."""

    def mistake(self, misconception: str) -> str:
        """Return the title of a known mistake, empty when it is unknown."""

    def criterion(self, code: str) -> str:
        """Return what a criterion asks for, empty when it is unknown."""

    def expectations(self, criterion: str) -> Sequence[str]:
        """Return what those who judge a work on a criterion look for; nothing when people do not judge it."""

    def hint(self, question: str, number: int) -> str:
        """Return the hint of that number, from 1."""

    def cards(self, company: str) -> Sequence[QuestionCard]:
        """Return the questions asked about a company, in order."""

    def flashcards(self, seed: str) -> Sequence["Flashcard"]:
        """Return one flash card for each known mistake, whose figures depend on ``seed`` alone."""

    def level_guide(self, question: str) -> "LevelGuide | None":
        """Return what learners level the work that a question ends with; None when it is none that people review."""

    def oral_guide(self, company: str) -> "OralGuide | None":
        """Return what learners rehearse the oral about a company with; None when it has none."""
