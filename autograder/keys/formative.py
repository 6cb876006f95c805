"""The feedback service that the learner's side finds by entry point when this side is installed."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.keys.cases import case_of
from autograder.keys.evaluation import evaluate, evaluate_all
from autograder.keys.flash import flashcards
from autograder.keys.levelling import level_guide
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.oral import oral_guide
from autograder.keys.questions import question_of, questions_of
from autograder.keys.right_answers import taught
from autograder.keys.variants import accepted_draw
from autograder.referentiel.loader import load_referentiel
from autograder.referentiel.rubric import load_rubrics
from casestudies.findings import FeedbackService, Finding, QuestionCard
from casestudies.levelling.model import LevelGuide
from casestudies.repetition.model import OralGuide
from casestudies.revision.cards import Flashcard


class LocalFeedback:
    """Evaluates answers on the learner's own machine, for practice only: it never awards points."""

    def draw(self, company: str, learner: str) -> int:
        """Return the accepted draw of this learner."""
        return accepted_draw(company, learner)

    def respond(
        self, company: str, learner: str, draw: int, question: str, answer: Mapping[str, Any],
        earlier: Mapping[str, Mapping[str, Any]],
    ) -> Finding:  # fmt: skip
        """Return what is said of one encoded answer; a right one is told what it means."""
        asked, case = question_of(question), case_of(company, learner, draw)
        return taught(asked, case, evaluate(asked, case, answer, earlier))

    def verdicts(
        self, company: str, learner: str, draw: int, notebook: str, answers: Mapping[str, Mapping[str, Any] | None]
    ) -> Mapping[str, Finding]:
        """Return what grading would say of each question of a notebook, given the encoded answers of a fresh run."""
        return evaluate_all(questions_of(notebook=notebook), case_of(company, learner, draw), answers)

    def mistake(self, misconception: str) -> str:
        """Return the title of a known mistake, empty when it is unknown."""
        known = load_misconceptions().get(misconception)
        return known.title if known else ""

    def criterion(self, code: str) -> str:
        """Return what a criterion asks for, empty when it is unknown."""
        known = load_referentiel().criteria.get(code)
        return known.statement if known else ""

    def expectations(self, criterion: str) -> Sequence[str]:
        """Return what the rubric of a criterion expects; nothing when it has none."""
        rubric = load_rubrics().get(criterion)
        return rubric.expected if rubric else ()

    def hint(self, question: str, number: int) -> str:
        """Return the hint of that number, from 1; the last one when the number is larger."""
        hints = question_of(question).hints
        return hints[min(max(number, 1), len(hints)) - 1]

    def cards(self, company: str) -> Sequence[QuestionCard]:
        """Return the questions asked about a company, in order."""
        return [
            QuestionCard(question.id, question.title, question.criterion, question.notebook, len(question.hints))
            for question in questions_of(company=company)
        ]

    def flashcards(self, seed: str) -> Sequence[Flashcard]:
        """Return one flash card for each misconception of the catalogue."""
        return flashcards(seed)

    def level_guide(self, question: str) -> LevelGuide | None:
        """Return what learners level the work that a question ends with; None when it is none that people review."""
        return level_guide(question_of(question))

    def oral_guide(self, company: str) -> OralGuide | None:
        """Return what learners rehearse the oral about a company with; None when it has none."""
        return oral_guide(company)


def service() -> FeedbackService:
    """Return the service (the entry point ``casekit.feedback``)."""
    return LocalFeedback()
