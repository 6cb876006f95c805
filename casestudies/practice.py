"""What becomes of the answers that a learner tries: the verdict, the hints, the progression, and the panel of each."""

import keyword
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casestudies.answers import MIME, encode
from casestudies.choices import LETTERS, shown_options
from casestudies.company import Company
from casestudies.display import Card
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.finding_cards import PendingCard, finding_card
from casestudies.findings import FeedbackService, Finding, Outcome, QuestionCard
from casestudies.freshness import Cell, made_of
from casestudies.identity import being_graded
from casestudies.kept_progress import KeptProgress, Standing
from casestudies.levelling.own_levels import OwnLevels
from casestudies.levelling.practising import LevelPractice
from casestudies.livrables import deliverable_of_question
from casestudies.livrables.handed import remember
from casestudies.livrables.store import files_state
from casestudies.livrables.wording import in_words
from casestudies.progression import Progression, ProgressRow
from casestudies.revision.mistakes import remember_mistakes
from casestudies.seeds import DATA_VERSION
from casestudies.session import notebook_at_hand, running_shell, session_of
from casestudies.stale_answers import (
    EARLIER,
    failed_answer,
    gives_only,
    handed_in_name,
    outlived,
    pairs_of,
    stale_among,
)
from casestudies.studio.panel import Panel
from casestudies.typography import french
from casestudies.worked import WorkJournal

if TYPE_CHECKING:
    from casestudies.remise.at_hand import NotebookAtHand
    from casestudies.studio.panel_live import Panels

_LOCKED = "Réponse remise : elle n’a pas encore été évaluée, aucun point n’est attribué."


class Practice:
    """The answers of one learner to the questions about one company, in one notebook."""

    def __init__(self, company: Company, learner: str, folder: Path, service: FeedbackService | None) -> None:
        """Keep the variant, the learner's identifier, where progress is kept and who gives feedback."""
        self._company = company
        self._learner = learner
        self._service = service
        self._folder = folder
        self._kept = KeptProgress(folder, company.slug, learner)
        self._journal = WorkJournal(folder, company.slug, learner)
        self._answers: dict[str, dict[str, Any]] = {}
        self._verdicts: dict[str, Finding] = {}
        self._stale: dict[str, Finding] = {}
        self._before: dict[str, Standing] = {}
        self._made: dict[str, str] = {}
        self._written: list[Cell] = []
        self._live: Panels | None = None
        levels = OwnLevels(folder, learner, service)
        self.levels = LevelPractice(levels, self._answers, self._is_ready, self._panel)
        session = session_of(running_shell())
        if session is not None:
            session.outside = partial(files_state, folder)

    def verify(self, question: str, value: object, name: str = "") -> Card:
        """Hand in ``value`` and return the panel of ``question``; at grading, a card that is worth zero.

        ``name`` is what the notebook calls the value; when it is empty, the cell that runs says it.
        """
        answer = encode(value)
        earlier = dict(self._answers)
        self._answers[question] = answer
        if being_graded():
            return PendingCard(_LOCKED, extra={MIME: self._payload(question)})
        self._before[question] = self._kept.standing(question)
        self._verdicts[question] = self._respond(question, answer, earlier)
        session = session_of(running_shell())
        if session is not None:
            session.judges[question] = self
            self._made[question] = made_of(name or handed_in_name(session.running, question), session.tokens)
        self._judge(question, failed_answer(question, session.tokens) if session else None)
        mistakes = self._finding(question).misconceptions
        remember_mistakes(self._folder, self._learner, mistakes)
        self._journal.checked(question, mistakes)
        deliverable = deliverable_of_question(question)
        if deliverable:
            remember(self._folder, self._learner, deliverable, answer)
        if self._live is None and hasattr(running_shell(), "kernel"):
            from casestudies.studio.panel_live import Panels  # widgets take a moment to load

            self._live = Panels(self.act)
        self._follow(question)
        return self._panel(question)

    def _follow(self, question: str) -> None:
        """Judge anew the answers that were right given others, now that one of these may have changed."""
        changed = {}
        for other, finding in tuple(self._verdicts.items()):
            if other == question or finding.outcome is not Outcome.CONSEQUENCE:
                continue
            earlier = {name: answer for name, answer in self._answers.items() if name != other}
            again = self._respond(other, self._answers[other], earlier)
            if again != finding:
                self._verdicts[other] = again
                self._judge(other, self._stale.get(other))
                changed[other] = self._panel(other)._repr_mimebundle_()
        if changed and self._live is not None:
            self._live.send({"changed": changed})

    def hint(self, question: str, typed: bool = False) -> Card:
        """Count the next hint and return it, or the last one; one ``typed`` after a right answer is not counted."""
        if self._service is None:
            return Card("Les indices ne sont pas disponibles ici.")
        card = self._card(question)
        if typed and question in self._verdicts and self._finding(question).done:
            return Card("Cette question est réussie", "good", "✓", ("Aucun indice de plus n’est compté.",))
        number = min(self._kept.standing(question).hints + 1, card.hints)
        self._kept.remember(question, hints=number)
        self._journal.checked(question)
        if question in self._verdicts:
            self._panel(question)  # its buttons count with what is typed
        text = self._service.hint(question, number)
        return Card(f"Indice {number} sur {card.hints}", symbol="→", paragraphs=(text,))

    def right_answers(self) -> dict[str, dict[str, Any]]:
        """Return the encoded answers found right since the notebook was opened, by question."""
        return {name: self._answers[name] for name in self._verdicts if self._finding(name).outcome.is_right}

    def progression(self) -> Progression:
        """Return where the learner stands: the notebook at hand first; all of them when none is known."""
        cards = self._cards()
        here = {card.notebook for card in cards if card.id in self._answers} or {
            card.notebook for card in cards if card.notebook.split("/")[-1] == notebook_at_hand()
        }
        rows: dict[bool, list[ProgressRow]] = {True: [], False: []}
        for card in cards:
            standing = self._kept.standing(card.id)
            rows[not here or card.notebook in here].append(ProgressRow(card, standing))
        return Progression(rows[True], rows[False])

    def reread(self, notebook: str = "") -> Card:
        """Run a saved notebook of the folder afresh (the one at hand unless it is named) and say what grading would.

        Raises
        ------
        CasekitError
            When it cannot be guessed, found or read.
        """
        return self._at_hand().reread(notebook, self._learner, self._service)

    def hand_in(self, by_button: bool = False) -> Card:
        """Read every notebook of the folder afresh and write what is handed in.

        Raises
        ------
        CasekitError
            When the folder has no notebook that asks questions, or cannot be written.
        """
        return self._at_hand(by_button).hand_in(self._learner, self._service)

    def _at_hand(self, by_button: bool = False) -> "NotebookAtHand":
        from casestudies.remise.at_hand import NotebookAtHand  # it is needed at the end of a session only

        here = {card.notebook.split("/")[-1] for card in self._cards() if card.id in self._answers}
        name = notebook_at_hand() or (here.pop() if len(here) == 1 else "")
        save = partial(self._live.send, {"save": True}) if self._live is not None else None
        session = None if by_button else session_of(running_shell())
        return NotebookAtHand(self._folder, name, self._written, save, session.running if session else "")

    def act(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a panel of the page asks; return what the page may show then: faces, words, a table.

        Raises
        ------
        CasekitError
            When the page asks for something unknown.
        """
        if message.get("do") == "compare":
            self._written = pairs_of(message.get("cells"))
            return {"changed": self._compare(self._written), "outlived": self._outlived(pairs_of(message.get("shown")))}
        question = str(message.get("question"))
        if question not in self._verdicts:
            raise UnknownNameError.of("question vérifiée", question, tuple(self._verdicts))
        match message.get("do"):
            case "hint":
                said = self.hint(question).text()
            case "progress":
                said = self.progression().caption
            case "level":
                said = self.levels.hear(question, message)
            case "hand-in":
                self._written = pairs_of(message.get("cells"))
                handed = self.hand_in(by_button=True)
                return {"said": handed.text(), "card": handed.html()}
            case "choose":
                self._choose(question, *(str(message.get(part, "")) for part in ("letter", "name", "cell", "source")))
                said = finding_card(self._finding(question)).text()
            case _:
                raise CasekitError("Ce bouton n’est pas reconnu : relancez la cellule.")
        faces = self._panel(question)._repr_mimebundle_()
        return {"faces": faces, "said": french(said), "table": self.progression().html()}

    def _compare(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """Return the new faces of the panels whose verdict no longer stands, or stands again.

        ``cells`` are the code cells of the notebook as they are written now.
        """
        session = session_of(running_shell())
        if session is None:
            return {}
        changed = {}
        mine = tuple(question for question in self._verdicts if session.judges.get(question) is self)
        for question, stale in stale_among(mine, cells, session.tokens, session.outside).items():
            if stale != self._stale.get(question):
                self._judge(question, stale)
                changed[question] = self._panel(question)._repr_mimebundle_()
        return changed

    def _outlived(self, shown: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Return the new faces of the panels of an earlier session whose answer the notebook no longer makes."""
        session = session_of(running_shell())
        if session is None:
            return {}
        stale = finding_card(Finding(Outcome.STALE, 0.0, EARLIER))
        earlier = [pair for pair in shown if pair[0] not in session.judges]
        found = outlived(earlier, self._written, session.outside)
        return {question: Panel(**vars(stale), question=question)._repr_mimebundle_() for question in found}

    def _judge(self, question: str, stale: Finding | None) -> None:
        """Keep what is said of an answer: its verdict, or why it has none; progress follows."""
        self._stale.pop(question, None)
        if stale is not None:
            self._stale[question] = stale
        self._kept.put(question, replace(self._before[question], hints=self._kept.standing(question).hints))
        self._kept.remember(question, outcome=self._finding(question).outcome)

    def _finding(self, question: str) -> Finding:
        return self._stale.get(question) or self._verdicts[question]

    def _choose(self, question: str, letter: str, name: str, cell: str, source: str) -> None:
        """Give the variable ``name`` of the notebook the chosen letter, then verify it as its cell would.

        ``source`` is what the page has written in the cell; when it only gives letters, it counts as run.
        """
        options = self._options(question)
        if letter not in tuple(LETTERS[: len(options)]) or not name.isidentifier() or keyword.iskeyword(name):
            raise CasekitError("Ce choix n’est pas reconnu : relancez la cellule.")
        if running_shell() is not None:
            running_shell().user_ns[name] = letter
        session = session_of(running_shell())
        if session is not None and gives_only(source, name, letter):
            session.tokens.ran(cell, source, True, session.outside)
        self.verify(question, letter, name)

    def _panel(self, question: str) -> Panel:
        """Return the panel of a question that was answered, and tell the page what its buttons are."""
        finding, options = self._finding(question), self._options(question)
        total = self._card(question).hints if self._service else 0
        seen = min(self._kept.standing(question).hints, total)
        card = finding_card(in_words(question, finding), {MIME: self._payload(question)})
        following = self._following(question) if finding.done else ""
        shown = Panel(
            **vars(replace(card, items=tuple(filter(None, (*card.items, following))))),
            question=question, total=total, options=options, done=finding.done,
            hints=tuple(self._service.hint(question, number + 1) for number in range(seen)) if self._service else (),
            levelling=self.levels.standing(question),
        )  # fmt: skip
        if self._live is None:
            return shown
        value = self._answers[question].get("value")
        chosen = value if isinstance(value, str) and value in tuple(LETTERS[: len(options)]) else ""
        self._live.tell(question, seen, total, options, chosen, self._is_last(question), shown.levelling, finding.done)
        return replace(shown, key=self._live.key)

    def _is_ready(self, question: str) -> bool:
        return question in self._verdicts and self._finding(question).outcome is Outcome.READY

    def _is_last(self, question: str) -> bool:
        """Whether it is the last question of its notebook: work is handed in from there."""
        cards = list(self._cards())
        here = next((card.notebook for card in cards if card.id == question), "")
        return [card.id for card in cards if card.notebook == here][-1:] == [question]

    def _following(self, question: str) -> str:
        """Return the words that name the next question of the notebook that is not done yet."""
        cards = list(self._cards())
        here = next((card.notebook for card in cards if card.id == question), "")
        left = [card for card in cards if card.notebook == here and not self._kept.standing(card.id).done]
        after = [card.id for card in cards].index(question) if here else 0
        following = next((card for card in left if cards.index(card) > after), left[0] if left else None)
        if following is None:
            return "Toutes les questions de ce notebook sont réussies." if here else ""
        return f"Question suivante : « {following.title} »."

    def _options(self, question: str) -> tuple[str, ...]:
        company = self._company
        return shown_options(question, company.slug, company.learner, company.draw)

    def _payload(self, question: str) -> dict[str, Any]:
        return {
            "question": question, "company": self._company.slug, "learner": self._company.learner,
            "draw": self._company.draw, "data": DATA_VERSION, "hints": self._kept.standing(question).hints,
            "answer": self._answers[question], "levels": self.levels.plain(question),
            **({"made": made} if (made := self._made.get(question)) else {}),
        }  # fmt: skip

    def _respond(self, question: str, answer: dict[str, Any], earlier: dict[str, dict[str, Any]]) -> Finding:
        if self._service is None:
            return Finding(Outcome.RECORDED, 0.0, "Elle sera évaluée après le dépôt.")
        self._card(question)
        company = self._company
        return self._service.respond(company.slug, company.learner, company.draw, question, answer, earlier)

    def _cards(self) -> Sequence[QuestionCard]:
        return self._service.cards(self._company.slug) if self._service else ()

    def _card(self, question: str) -> QuestionCard:
        cards = {card.id: card for card in self._cards()}
        if question not in cards:
            raise UnknownNameError.of("question", question, tuple(cards))
        return cards[question]
