"""What becomes of the answers that a learner tries: the verdict, the hints, the progression, and the panel of each."""

import keyword
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casestudies.answers import MIME, encode
from casestudies.choices import LETTERS, shown_options
from casestudies.company import Company
from casestudies.display import Card
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.findings import FeedbackService, Finding, Outcome, QuestionCard
from casestudies.identity import STATE_FOLDER, being_graded, read_json, write_json
from casestudies.livrables import deliverable_of_question
from casestudies.livrables.handed import remember
from casestudies.progression import Progression, ProgressRow
from casestudies.revision.mistakes import remember_mistakes
from casestudies.seeds import DATA_VERSION
from casestudies.studio.panel import Panel
from casestudies.typography import french

if TYPE_CHECKING:
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
        self._state_path = folder / STATE_FOLDER / f"progression-{company.slug}.json"
        self._answers: dict[str, dict[str, Any]] = {}
        self._findings: dict[str, Finding] = {}
        self._live: Panels | None = None

    def verify(self, question: str, value: object) -> Card:
        """Hand in ``value`` and return the panel of ``question``; at grading, a card that is worth zero."""
        answer = encode(value)
        earlier = dict(self._answers)
        self._answers[question] = answer
        if being_graded():
            return _Pending(_LOCKED, extra={MIME: self._payload(question)})
        finding = self._respond(question, answer, earlier)
        self._findings[question] = finding
        self._remember(question, outcome=finding.outcome.label)
        remember_mistakes(self._folder, self._learner, finding.misconceptions)
        deliverable = deliverable_of_question(question)
        if deliverable:
            remember(self._folder, self._learner, deliverable, answer)
        if self._live is None and hasattr(_shell(), "kernel"):
            from casestudies.studio.panel_live import Panels  # widgets take a moment to load

            self._live = Panels(self.act)
        return self._panel(question)

    def hint(self, question: str) -> Card:
        """Count the next hint for ``question`` and return it; the last one again when there are no more."""
        if self._service is None:
            return Card("Les indices ne sont pas disponibles ici.")
        card = self._card(question)
        number = min(self._hints(question) + 1, card.hints)
        self._remember(question, hints=number)
        if question in self._findings:
            self._panel(question)  # its buttons count with what is typed
        text = self._service.hint(question, number)
        return Card(f"Indice {number} sur {card.hints}", symbol="→", paragraphs=(text,))

    def progression(self) -> Progression:
        """Return where the learner stands: in the notebook at hand, else in all of them."""
        cards = self._service.cards(self._company.slug) if self._service else ()
        here = {card.notebook for card in cards if card.id in self._answers}
        rows = []
        for card in (card for card in cards if card.notebook in here or not here):
            label = str(self._entry(card.id).get("outcome", Outcome.NOT_ATTEMPTED.label))
            rows.append(ProgressRow(card, label, self._hints(card.id)))
        return Progression(rows)

    def act(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a panel of the page asks; return what the page may show then: faces, words, a table.

        Raises
        ------
        CasekitError
            When the page asks for something unknown.
        """
        question = str(message.get("question"))
        if question not in self._findings:
            raise UnknownNameError.of("question vérifiée", question, tuple(self._findings))
        match message.get("do"):
            case "hint":
                said = self.hint(question).text()
            case "progress":
                said = self.progression().caption
            case "choose":
                self._choose(question, str(message.get("letter")), str(message.get("name")))
                said = finding_card(self._findings[question]).text()
            case _:
                raise CasekitError("Ce bouton n’est pas reconnu : relancez la cellule.")
        faces = self._panel(question)._repr_mimebundle_()
        return {"faces": faces, "said": french(said), "table": self.progression().html()}

    def _choose(self, question: str, letter: str, name: str) -> None:
        """Give the variable ``name`` of the notebook the chosen letter, then verify it as its cell would."""
        options = self._options(question)
        if letter not in tuple(LETTERS[: len(options)]) or not name.isidentifier() or keyword.iskeyword(name):
            raise CasekitError("Ce choix n’est pas reconnu : relancez la cellule.")
        if _shell() is not None:
            _shell().user_ns[name] = letter
        self.verify(question, letter)

    def _panel(self, question: str) -> Panel:
        """Return the panel of a question that was answered, and tell the page what its buttons are."""
        finding, options = self._findings[question], self._options(question)
        total = self._card(question).hints if self._service else 0
        seen = min(self._hints(question), total)
        shown = Panel(
            **vars(finding_card(finding, {MIME: self._payload(question)})),
            question=question, total=total, options=options, done=finding.done,
            hints=tuple(self._service.hint(question, number + 1) for number in range(seen)) if self._service else (),
        )  # fmt: skip
        if self._live is None:
            return shown
        value = self._answers[question].get("value")
        chosen = value if isinstance(value, str) and value in tuple(LETTERS[: len(options)]) else ""
        self._live.tell(question, seen, total, options, chosen)
        return replace(shown, key=self._live.key)

    def _options(self, question: str) -> tuple[str, ...]:
        company = self._company
        return shown_options(question, company.slug, company.learner, company.draw)

    def _payload(self, question: str) -> dict[str, Any]:
        return {
            "question": question, "company": self._company.slug, "learner": self._company.learner,
            "draw": self._company.draw, "data": DATA_VERSION, "hints": self._hints(question),
            "answer": self._answers[question],
        }  # fmt: skip

    def _respond(self, question: str, answer: dict[str, Any], earlier: dict[str, dict[str, Any]]) -> Finding:
        if self._service is None:
            return Finding(Outcome.RECORDED, 0.0, "Elle sera évaluée après le dépôt.")
        self._card(question)
        company = self._company
        return self._service.respond(company.slug, company.learner, company.draw, question, answer, earlier)

    def _card(self, question: str) -> QuestionCard:
        cards = {card.id: card for card in self._service.cards(self._company.slug)} if self._service else {}
        if question not in cards:
            raise UnknownNameError.of("question", question, tuple(cards))
        return cards[question]

    def _hints(self, question: str) -> int:
        found = self._entry(question).get("hints", 0)
        return found if isinstance(found, int) else 0

    def _entry(self, question: str) -> dict[str, Any]:
        entry = read_json(self._state_path).get(question, {})
        return entry if isinstance(entry, dict) else {}

    def _remember(self, question: str, **facts: object) -> None:
        state = read_json(self._state_path)
        state[question] = {**self._entry(question), **facts}
        write_json(self._state_path, state)


class _Pending(Card):
    """What a locked cell shows at grading before it is evaluated: its text is a zero, so it never earns a point."""

    def text(self) -> str:
        return "0"


def _shell() -> Any:
    """Return the notebook that runs this, None outside one."""
    loaded = sys.modules.get("IPython")
    return loaded.get_ipython() if loaded else None


def finding_card(finding: Finding, extra: dict[str, Any] | None = None) -> Card:
    """Return the card that shows a finding."""
    outcome = finding.outcome
    return Card(
        outcome.label, outcome.tone, outcome.symbol, (finding.message, finding.question), finding.remarks, extra or {}
    )
