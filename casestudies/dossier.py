"""The learner's open case: its message, tables, documents, and the way an answer is handed in."""

from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from casestudies import frames, friendly
from casestudies.answers import MIME, encode
from casestudies.company import Company, Period, company_class, company_folder, company_of
from casestudies.display import Card, Document, TextTable
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.findings import FeedbackService, Finding, Outcome, QuestionCard
from casestudies.identity import STATE_FOLDER, Identity, being_graded, identify, read_json, write_json
from casestudies.livrables import deliverable_of_question
from casestudies.livrables.handed import remember
from casestudies.names import named
from casestudies.progression import Progression, ProgressRow
from casestudies.seeds import DATA_VERSION
from casestudies.variants import draw_of

if TYPE_CHECKING:
    from casestudies.livrables.desk import Desk

_TYPES = {"string": "texte", "integer": "nombre entier", "number": "nombre", "boolean": "oui ou non"}


class Dossier:
    """A learner's open case. Get one with ``ouvrir_dossier``."""

    def __init__(self, company: Company, identity: Identity, folder: Path, service: FeedbackService | None) -> None:
        """Keep the company's variant, the learner, where progress is kept and who gives feedback."""
        self._company = company
        self._identity = identity
        self._service = service
        self._folder = folder
        self._state_path = folder / STATE_FOLDER / f"progression-{company.slug}.json"
        self._answers: dict[str, dict[str, Any]] = {}

    @property
    def entreprise(self) -> str:
        """The company's name."""
        return self._company.name

    def message(self) -> Document:
        """Return the brief: the e-mail from the company's management."""
        return Document(_read(company_folder(self._company.slug) / "brief.md").format_map(_Fields(self._company)))

    def tables(self) -> Document:
        """Return the list of the tables attached to the case."""
        lines = [f"- `{spec.name}` — {spec.title} ({spec.grain})" for spec in self._company.specs().values()]
        return Document("**Tables du dossier**\n\n" + "\n".join(lines))

    def table(self, nom: str) -> pd.DataFrame:
        """Return the table ``nom`` of your variant as a DataFrame that you may change freely."""
        return self._company.table(nom)

    def dictionnaire(self, nom: str) -> TextTable:
        """Return what each column of the table ``nom`` means, with its type and unit."""
        specs = self._company.specs()
        if nom not in specs:
            raise UnknownNameError.of("table", nom, tuple(specs))
        rows = [
            (column.name, _TYPES.get(column.type, column.type), column.unit or "–", column.meaning)
            for column in specs[nom].columns
        ]
        words = TextTable(rows, columns=["colonne", "type", "unité", "signification"]).set_index("colonne")
        words.attrs["caption"] = specs[nom].title
        return words

    def document(self, nom: str) -> Document:
        """Return the company document ``nom`` (for instance « charte »)."""
        folder = company_folder(self._company.slug) / "documents"
        known = tuple(sorted(path.stem for path in folder.glob("*.md")))
        if nom not in known:
            raise UnknownNameError.of("pièce", nom, known)
        return Document(_read(folder / f"{nom}.md").format_map(_Fields(self._company)))

    def periode(self, nom: str) -> Period:
        """Return the named window ``nom`` of the case (« pendant », « avant », « n_1 »…)."""
        periods = self._company.periods
        if nom not in periods:
            raise UnknownNameError.of("période", nom, tuple(periods))
        return periods[nom]

    def periodes(self) -> TextTable:
        """Return all the named windows of the case, with their days."""
        rows = [(p.nom, p.libelle, p.debut, p.fin, p.jours) for p in self._company.periods.values()]
        words = TextTable(rows, columns=["période", "libellé", "début", "fin", "jours"]).set_index("période")
        words.attrs["caption"] = "Périodes du dossier"
        return words

    def verifier(self, question: str, reponse: object) -> Card:
        """Hand in ``reponse`` to ``question`` and show what can be said of it at once."""
        answer = encode(reponse)
        earlier = dict(self._answers)
        self._answers[question] = answer
        payload = {MIME: self._payload(question, answer)}
        if being_graded():
            return _Pending(
                "Réponse remise : elle n’a pas encore été évaluée, aucun point n’est attribué.", extra=payload
            )
        finding = self._respond(question, answer, earlier)
        self._remember(question, outcome=finding.outcome.label)
        deliverable = deliverable_of_question(question)
        if deliverable:
            remember(self._folder, self._identity.learner, deliverable, answer)
        return finding_card(finding, payload)

    def indice(self, question: str) -> Card:
        """Show the next hint for ``question``; hints are counted, never punished."""
        if self._service is None:
            return Card("Les indices ne sont pas disponibles ici.")
        card = self._card(question)
        entry = self._entry(question)
        number = min(int(entry.get("hints", 0)) + 1, card.hints)
        self._remember(question, hints=number)
        text = self._service.hint(question, number)
        return Card(f"Indice {number} sur {card.hints}", symbol="→", paragraphs=(text,))

    def livrable(self, slug: str) -> pd.DataFrame | None:
        """Return the deliverable ``slug`` as you filled it (editor, workbook or CSV file), None when nothing is."""
        return self._desk().table(slug)

    def modele(self, slug: str, forme: str = "xlsx", lignes: object = None) -> Card | None:
        """Write the template of the deliverable ``slug`` in ``livrables/``, to fill in a spreadsheet.

        ``forme`` is « xlsx » or « csv ». A file that is already filled is never overwritten. ``lignes`` (a table or a
        list of rows) is written in a blank template: what the notebook has already worked out.
        """
        return None if being_graded() else self._desk().template(slug, forme, lignes)

    def editeur(self, slug: str, lignes: object = None) -> Any:
        """Open the editor of the deliverable ``slug``; what you write is kept in ``livrables/`` at once.

        When nothing is filled yet, it shows ``lignes`` (a table or a list of rows), kept at your first change.
        """
        return None if being_graded() else self._desk().editor(slug, lignes)

    def plan(self, evaluation: str = "") -> Card | None:
        """Assemble your deliverables and notes into ``livrables/plan.html`` and ``livrables/plan.docx``.

        ``evaluation`` (« E1 ») is needed only when the company serves in several.
        """
        if being_graded():
            return None
        from casestudies.livrables.plan import assessment_of, write_plan

        return write_plan(self._folder, self._identity.learner, evaluation or assessment_of(self._company.slug))

    def progression(self) -> Progression:
        """Show where you stand, question by question: in the notebook you are working on, else in all of them."""
        cards = self._service.cards(self._company.slug) if self._service else ()
        here = {card.notebook for card in cards if card.id in self._answers}
        rows = []
        for card in (card for card in cards if card.notebook in here or not here):
            entry = self._entry(card.id)
            label = str(entry.get("outcome", Outcome.NOT_ATTEMPTED.label))
            rows.append(ProgressRow(card, label, int(entry.get("hints", 0))))
        return Progression(rows)

    def __repr__(self) -> str:
        """Say whose case this is."""
        return self._welcome().text()

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        return self._welcome()._repr_mimebundle_(**options)

    def _welcome(self) -> Card:
        heading = f"Dossier {self._company.name}"
        if self._identity.is_reference:
            notice = (
                "Édition de référence : vous n’avez pas donné d’identifiant. Pour travailler sur vos propres chiffres, "
                "écrivez l’identifiant donné par votre formateur dans la cellule « identifiant », puis relancez-la."
            )
            return Card(heading, "mixed", "!", (notice,))
        return Card(heading, "good", "✓", (f"Vos chiffres, préparés pour « {self._identity.learner} ».",))

    def _desk(self) -> "Desk":
        from casestudies.livrables.desk import Desk  # it reads and writes workbooks: loaded when first needed

        return Desk(self._folder, self._company.slug)

    def _payload(self, question: str, answer: dict[str, Any]) -> dict[str, Any]:
        return {
            "question": question, "company": self._company.slug, "learner": self._company.learner,
            "draw": self._company.draw, "data": DATA_VERSION, "hints": int(self._entry(question).get("hints", 0)),
            "answer": answer,
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


class _Fields(dict[str, str]):
    """Fills the ``{name}`` fields of a Markdown text from the company's ``fields``; an unknown one stays as it is."""

    def __init__(self, company: Company) -> None:
        super().__init__(company.fields())

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def finding_card(finding: Finding, extra: dict[str, Any] | None = None) -> Card:
    """Return the card that shows a finding."""
    outcome = finding.outcome
    return Card(
        outcome.label, outcome.tone, outcome.symbol, (finding.message, finding.question), finding.remarks, extra or {}
    )


def _read(path: Path) -> str:
    return named(path.read_text(encoding="utf-8"))


def feedback_service() -> FeedbackService | None:
    """Return the installed feedback service, or nothing on a machine that holds the learner's side alone."""
    for entry in entry_points(group="casekit.feedback"):
        try:
            service: FeedbackService = entry.load()()
        except (ImportError, OSError):  # the trainer's side is not here, or is out of reach
            return None
        return service
    return None


def ouvrir_dossier(entreprise: str, identifiant: str = "") -> Dossier:
    """Open the case of ``entreprise`` on your own variant of its figures.

    Parameters
    ----------
    entreprise
        The company's short name, for instance ``"kerlavandre"``.
    identifiant
        Your identifier, given by your trainer; it is kept beside the notebook, so once is enough.

    Raises
    ------
    CasekitError
        When the company or the identifier cannot be used; the message is in French.
    """
    if not being_graded():
        friendly.install()
        frames.install()
    folder = Path.cwd()
    company_class(entreprise)
    identity = identify(identifiant, folder)
    service = None if being_graded() else feedback_service()
    draw = identity.draw
    if draw is None:
        draw = draw_of(entreprise, identity.learner, folder, service.draw if service else lambda *_: 0)
    return Dossier(company_of(entreprise, identity.learner, draw), identity, folder, service)


__all__ = [
    "CasekitError",
    "Dossier",
    "Progression",
    "being_graded",
    "feedback_service",
    "finding_card",
    "ouvrir_dossier",
]
