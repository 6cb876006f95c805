"""The learner's open case: its message, tables, documents, and the way an answer is handed in."""

from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from casestudies import seat
from casestudies.case_texts import filled_text, parts_of
from casestudies.choices import shown_letter
from casestudies.company import Company, Period, company_class, company_folder, company_of
from casestudies.display import Card, Document, TextTable
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.finding_cards import finding_card
from casestudies.findings import FeedbackService
from casestudies.identity import Identity, being_graded, identify
from casestudies.practice import Practice
from casestudies.progression import Progression
from casestudies.session import show_now
from casestudies.variants import draw_of

if TYPE_CHECKING:
    from casestudies.livrables.desk import Desk
    from casestudies.repetition.opening import Repetition
    from casestudies.revision.opening import Revision
    from casestudies.studio.simulator_live import Simulator

_TYPES = {"string": "texte", "integer": "nombre entier", "number": "nombre", "boolean": "oui ou non"}


class Dossier:
    """A learner's open case. Get one with ``ouvrir_dossier``."""

    def __init__(self, company: Company, identity: Identity, folder: Path, service: FeedbackService | None) -> None:
        """Keep the company's variant, the learner, where progress is kept and who gives feedback."""
        self._company = company
        self._identity = identity
        self._folder = folder
        self._service = service
        self._practice = Practice(company, identity.learner, folder, service)

    @property
    def entreprise(self) -> str:
        """The company's name."""
        return self._company.name

    def message(self) -> Document:
        """Return the brief: the e-mail from the company's management."""
        return Document(filled_text(self._company, company_folder(self._company.slug) / "brief.md"))

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

    def document(self, nom: str, *parties: str) -> Document:
        """Return the company document ``nom`` (for instance « charte »), or only its ``parties``, by their titles."""
        folder = company_folder(self._company.slug) / "documents"
        known = tuple(sorted(path.stem for path in folder.glob("*.md")))
        if nom not in known:
            raise UnknownNameError.of("pièce", nom, known)
        text = filled_text(self._company, folder / f"{nom}.md")
        return Document(parts_of(text, parties) if parties else text)

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
        return self._practice.verify(question, reponse)

    def lettre(self, question: str, option: str) -> str:
        """Return the letter under which you see the option that the kit's text writes under ``option``.

        Options come in an order of your own; model solutions need this, you do not.
        """
        company = self._company
        return shown_letter(question, option, company.slug, company.learner, company.draw)

    def indice(self, question: str) -> Card | None:
        """Show the next hint for ``question``, wherever the line is in its cell; hints are counted, never punished.

        A question that was just answered right counts none: the cell may only have been run again.
        """
        shown: Card | None = show_now(self._practice.hint(question, typed=True))
        return shown

    def situer(self, question: str, niveau: int | None = None, raison: str = "", phrases: str = "") -> Card | None:
        """Show the four descriptions of a work that is ready to be read; with ``niveau``, level it and compare.

        ``niveau`` is the number of the description that is nearest, from 1 to 4; ``raison`` says why; ``phrases`` names
        the sentences recognised (« 3a 2b »). Nothing of it is a mark.
        """
        return None if being_graded() else self._practice.levels.situate(question, niveau, raison, phrases)

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

    def partager(self, slug: str) -> Card | None:
        """Write the workbook of the deliverable ``slug`` that you send to somebody who works on it with you."""
        return None if being_graded() else self._desk().share(slug)

    def fusionner(self, slug: str, classeur: str, choix: object = None) -> Card | None:
        """Merge into the deliverable ``slug`` the workbook that somebody sent back, row by row.

        What both of you changed is a conflict: nothing is written before ``choix`` says, for each number, which side
        is kept (``{1: "moi", 2: "reçu"}``, or one of these words for all). What was there before is kept.
        """
        return None if being_graded() else self._desk().merge(slug, classeur, choix)

    def annuler_fusion(self, slug: str) -> Card | None:
        """Put the deliverable ``slug`` back as it was before its last merge; the merged table is kept beside it."""
        return None if being_graded() else self._desk().undo_merge(slug)

    def exporter(self, slug: str) -> Card | None:
        """Write the dated actions of the deliverable ``slug`` for a calendar (ICS) and for a task board (CSV)."""
        return None if being_graded() else self._desk().export(slug)

    def plan(self, evaluation: str = "", entrainement: bool = False) -> Card | None:
        """Assemble your deliverables and notes into ``livrables/plan.html``, ``plan.docx`` and ``plan.pdf``.

        ``evaluation`` (« E1 ») is needed only where the company serves in several and the folder is named for none of
        them. ``entrainement`` assembles, beside it (``plan-entrainement``), what you did on the other companies.
        """
        if being_graded():
            return None
        from casestudies.livrables.plan import assessment_of
        from casestudies.livrables.plan_files import write_plan

        assessment, learner = evaluation or assessment_of(self._company.slug, self._folder.name), self._identity.learner
        return write_plan(self._folder, learner, assessment, service=self._service, training=entrainement)

    def valorisation(self, voie: str = "formation", *blocs_vae: str) -> Card | None:
        """Assemble your « dossier de valorisation » into ``livrables/``, as DOCX and PDF, and say what it lacks.

        Your words come from the tables « valorisation » and « pratique » (``editeur``, ``modele``) of each folder of
        your study. ``voie`` is « formation », « vae » or « mixte »; this last one names its blocs by VAE (« B3 »).
        """
        if being_graded():
            return None
        from casestudies.valorisation.writing import write_dossier

        return write_dossier(self._folder, self._identity.learner, voie, blocs_vae, self._service)

    def diapositives(self) -> Card | None:
        """Write the slides of your talk, from your « plan-soutenance »: ``livrables/soutenance.pptx`` and ``.pdf``."""
        if being_graded():
            return None
        from casestudies.diapositives.files import write_slides

        company, learner = self._company, self._identity.learner
        tables = {spec.name: spec.title for spec in company.specs().values()}
        return write_slides(self, company.slug, tables, learner, self._folder, self._service)

    def progression(self) -> Progression:
        """Show where you stand, question by question: in the notebook you are working on, else in all of them."""
        return self._practice.progression()

    def relecture(self, notebook: str = "") -> Card | None:
        """Run the saved notebook afresh and list what is right here and would not be at grading, what fails, blanks.

        ``notebook`` (« 03-budget ») is needed only when it cannot be guessed.
        """
        return None if being_graded() else self._practice.reread(notebook)

    def remettre(self) -> Card | None:
        """Read every notebook of the folder afresh and write one ZIP to hand in, with its receipt, in ``remise/``."""
        return None if being_graded() else self._practice.hand_in()

    def conversation(self, nom: str) -> "Simulator":
        """Open the conversation ``nom`` of the case (« alternante-isolee »…); nothing of it is kept or graded."""
        from casestudies.studio.conversation import conversation  # a widget: loaded when first needed

        return conversation(self._company.slug, nom)

    def reviser(self) -> "Revision | None":
        """Open five minutes of revision: your own mistakes first, then what is due, then new questions and words."""
        if being_graded():
            return None
        from casestudies.revision.opening import revision_of  # it loads the scheduler: loaded when first needed

        return revision_of(self._identity.learner, self._folder, self._service)

    def repetition(
        self, niveau: int | None = None, secondes: object = None, suite: str = ""
    ) -> "Repetition | Card | None":
        """Rehearse the oral: ten slides against a clock, questions, your own level; with ``secondes``, keep times."""
        if being_graded():
            return None
        from casestudies.repetition.opening import rehearse  # needed once, at the end of E4

        right, learner = self._practice.right_answers(), self._identity.learner
        return rehearse(self._company.slug, learner, self._folder, self._service, right, niveau, secondes, suite)

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
        if self._identity.before:
            return Card(heading, "mixed", "!", _other_identity(self._identity))
        return Card(heading, "good", "✓", (f"Vos chiffres, préparés pour « {self._identity.learner} ».",))

    def _desk(self) -> "Desk":
        from casestudies.livrables.desk import Desk  # it reads and writes workbooks: loaded when first needed

        return Desk(self._folder, self._company.slug, self._identity.learner)


def _other_identity(identity: Identity) -> tuple[str, ...]:
    """Return what is said when a folder that knew one identifier is opened under another."""
    new, before = identity.learner, identity.before
    if identity.is_likely_slip:
        return (
            f"Vous avez écrit « {new} » ; jusqu’ici, ce dossier était celui de « {before} ». Est-ce la même personne ?",
            f'Si oui, écrivez `identifiant = "{before}"` dans la cellule « identifiant », puis relancez-la avec '
            "celle-ci : les chiffres affichés ici sont ceux d’un autre dossier, et vos réponses ne seraient pas "
            "corrigées avec les vôtres.",
        )
    return (
        f"Les chiffres et la progression sont maintenant ceux de « {new} ». Avant, ce dossier était ouvert pour "
        f"« {before} », dont la progression est gardée.",
        f'Si vous n’avez pas voulu changer, écrivez `identifiant = "{before}"`, puis relancez ces cellules.',
    )


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
    seat.install()
    pd.set_option("display.max_colwidth", None)  # the texts of a table are read whole, at grading too
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
