"""One notebook run afresh: what grading would say of each question, and what is right here and would not be there."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casestudies.display import Card
from casestudies.findings import FeedbackService, Finding, Outcome, QuestionCard
from casestudies.french import french_list
from casestudies.freshness import cells_behind
from casestudies.friendly import OWN
from casestudies.kept_progress import KeptProgress
from casestudies.remise.fresh_run import CellResult, failures, run_afresh
from casestudies.remise.parcel import unpack
from casestudies.remise.saved import SavedNotebook
from casestudies.stale_answers import first_line, handed_in_name
from casestudies.variants import draw_of

NAMED = 6
"""How many questions or cells are named at most in one list."""
OTHERWISE = "exécuté du début, le notebook donne une autre réponse que celle que vous voyez."
UNJUDGED = Finding(Outcome.RECORDED, 0.0, "Elle sera évaluée après le dépôt.")
BLANK = Finding(Outcome.NOT_ATTEMPTED, 0.0, "")


@dataclass(frozen=True)
class QuestionReading:
    """One question: what the notebook shows of it (``seen``, None when it was not checked), what grading would say.

    ``why`` says in French what makes the difference when the notebook shows a right answer and grading would not.
    """

    card: QuestionCard
    seen: Outcome | None
    finding: Finding
    why: str = ""
    hints: int = 0

    @property
    def is_right(self) -> bool:
        """Whether it counts as right at grading."""
        return self.finding.outcome.is_right

    @property
    def is_lost(self) -> bool:
        """Whether it is right here and would not be at grading."""
        judged = self.finding.outcome is not Outcome.RECORDED or self.finding.message != UNJUDGED.message
        return self.seen is not None and self.seen.is_right and not self.is_right and judged

    @property
    def is_blank(self) -> bool:
        """Whether nothing is handed in."""
        return self.finding.outcome is Outcome.NOT_ATTEMPTED


@dataclass(frozen=True)
class NotebookReading:
    """What became of a notebook: its questions, the cells that stopped, or why it could not be read."""

    name: str
    title: str = ""
    company: str = ""
    questions: tuple[QuestionReading, ...] = ()
    failures: tuple[CellResult, ...] = ()
    problem: str = ""

    @property
    def right(self) -> int:
        """How many questions are right."""
        return sum(one.is_right for one in self.questions)

    @property
    def lost(self) -> tuple[QuestionReading, ...]:
        """The questions that are right here and would not be at grading."""
        return tuple(one for one in self.questions if one.is_lost)

    @property
    def wrong(self) -> tuple[QuestionReading, ...]:
        """The questions whose answer is to be looked at again, those that are already said to be lost left out."""
        judged = (one for one in self.questions if one.finding.outcome is not Outcome.RECORDED)
        return tuple(one for one in judged if not (one.is_right or one.is_blank or one.is_lost))

    @property
    def blank(self) -> tuple[QuestionReading, ...]:
        """The questions without an answer, those that are already said to be lost left out."""
        return tuple(one for one in self.questions if one.is_blank and not one.is_lost)


def read_afresh(
    saved: SavedNotebook, files: Mapping[str, bytes], learner: str, folder: Path, service: FeedbackService | None
) -> NotebookReading:
    """Run a saved notebook afresh among the ``files`` that are handed in with it, and say what grading would.

    Parameters
    ----------
    folder
        Where the notebook is worked on: its draws and the progress kept are read there, nothing is written.
    """
    company = saved.company
    cards = {card.id: card for card in service.cards(company)} if service and company else {}
    draw = draw_of(company, learner, folder, service.draw if service else lambda *_: 0) if company else 0
    with tempfile.TemporaryDirectory(prefix="casekit-") as room:
        unpack(files, Path(room))
        results = run_afresh(saved.cells, Path(room), learner, draw)
    answers = {one.cell.question: one.answer for one in results if one.cell.question}
    asked = [cards.get(name) or QuestionCard(name, name, "", saved.name, 0) for name in saved.questions]
    notebook = Counter(card.notebook for card in asked).most_common(1)[0][0] if asked else ""
    findings = service.verdicts(company, learner, draw, notebook, answers) if service and company else {}
    kept = KeptProgress(folder, company, learner)
    questions = []
    for card in asked:
        finding = findings.get(card.id) or (UNJUDGED if answers.get(card.id) else BLANK)
        seen = saved.verdicts.get(card.id)
        why = "" if finding.outcome.is_right or not (seen and seen.is_right) else _why(card.id, saved, results, finding)
        questions.append(QuestionReading(card, seen, finding, why, kept.standing(card.id).hints))
    return NotebookReading(saved.name, saved.title, company, tuple(questions), tuple(failures(results)))


def _why(question: str, saved: SavedNotebook, results: Sequence[CellResult], finding: Finding) -> str:
    """Return why a right answer is another one at grading: a cell that stops, a choice alone, a changed notebook."""
    if finding.outcome is Outcome.RECORDED:
        return finding.message
    cells = saved.written
    rank = next(rank for rank, cell in enumerate(saved.cells) if cell.question == question)
    behind = cells_behind(handed_in_name(saved.cells[rank].source, question), cells[:rank])
    before = max((place for place in range(rank) if saved.cells[place].question), default=-1)
    near = {cell.id for cell in saved.cells[before + 1 : rank]}  # one that no longer compiles makes nothing
    failed = [one for one in results if one.failure is not None]
    stopped = [one for one in failed if one.cell.id in behind] or [one for one in failed if one.cell.id in near]
    return stopped_at(stopped[0]) if stopped else OTHERWISE


def stopped_at(result: CellResult) -> str:
    """Return where a cell stopped and why, in French."""
    failure = result.failure
    assert failure is not None  # only cells that stopped are named
    line = first_line(result.cell.source)
    cell = f"la cellule qui commence par `{line}`" if line else "une cellule"
    words = failure.heading if failure.heading != OWN else next(iter(failure.items), "une erreur")
    said = words if words.startswith("Python") else words[:1].lower() + words[1:]
    return f"{cell} s’arrête : {said.rstrip('.')}."


def titles(questions: Sequence[QuestionReading]) -> str:
    """Return the titles of questions in one list, some of them when they are many."""
    named = [f"« {one.card.title} »" for one in questions[:NAMED]]
    more = len(questions) - NAMED
    return french_list([*named, f"{more} autre{'s' if more > 1 else ''}"] if more > 0 else named)


def counted(number: int, singular: str, plural: str) -> str:
    """Return a number with its words.

    >>> counted(1, "réponse juste", "réponses justes"), counted(0, "question", "questions")
    ('1 réponse juste', '0 question')
    """
    return f"{number} {plural if number > 1 else singular}"


def sentences(reading: NotebookReading) -> tuple[str, ...]:
    """Return what is to be said of a notebook: what would be lost, what stops, what is blank."""
    if reading.problem:
        return (reading.problem,)
    said = [
        f"« {one.card.title} » : juste ici, elle ne le serait pas à la correction : {one.why}" for one in reading.lost
    ]
    told = " ".join(said)
    stops = [text for one in reading.failures if (text := stopped_at(one)) not in told]
    said += [text[:1].upper() + text[1:] for text in stops[:NAMED]]
    if len(stops) > NAMED:
        said.append(f"{len(stops) - NAMED} autre(s) cellule(s) s’arrêtent sur une erreur.")
    if reading.wrong:
        said.append(f"À revoir : {titles(reading.wrong)}.")
    if reading.blank:
        said.append(f"Sans réponse : {titles(reading.blank)}.")
    return tuple(said)


def summary(readings: Sequence[NotebookReading]) -> str:
    """Return how many answers are right, to look at again and missing, in one sentence."""
    questions = [one for reading in readings for one in reading.questions]
    right, blank = sum(one.is_right for one in questions), sum(one.is_blank for one in questions)
    parts = [f"{counted(right, 'réponse juste', 'réponses justes')} sur {len(questions)}"]
    if len(questions) - right - blank:
        parts.append(f"{len(questions) - right - blank} à revoir")
    if blank:
        parts.append(f"{blank} sans réponse")
    return f"{', '.join(parts)}."


def card_of_reading(reading: NotebookReading, unsaved: bool = False) -> Card:
    """Return what is shown of one notebook; ``unsaved`` says that the page holds changes that the file does not."""
    said, lost = sentences(reading), len(reading.lost)
    notice = "Des changements ne sont pas encore enregistrés (Ctrl + S) : c’est le fichier enregistré qui a été relu."
    if reading.problem:
        return Card(f"« {reading.name} » n’a pas pu être relu", "mixed", "!", (reading.problem,))
    counts = summary([reading])
    paragraphs = (counts, notice) if unsaved else (counts,)
    if lost:
        many = f"{lost} réponses justes ici ne le seraient" if lost > 1 else "une réponse juste ici ne le serait"
        return Card(f"Relecture de « {reading.name} » : {many} pas à la correction", "mixed", "!", paragraphs, said)
    tone, symbol = ("mixed", "!") if said or unsaved else ("good", "✓")
    heading = f"Relecture de « {reading.name} » : ce qui est juste ici l’est aussi à la correction"
    return Card(heading, tone, symbol, paragraphs, said)
