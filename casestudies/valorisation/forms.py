"""The two tables that a candidate fills for the dossier de valorisation: their words, and their practice.

They are filled as deliverables are (editor, workbook, CSV file), but belong to no company and are never graded.
"""

from collections.abc import Iterable

from casestudies.livrables.model import Deliverable, Field, Row
from casestudies.valorisation.competencies import NamedCompetency, competencies

COMPETENCY, FRAME, WHERE = "compétence", "cadre", "expérience"
REAL, TRAINING = FRAMES = ("expérience réelle", "cas de formation")
PARTS = {
    "situation": ("Situation", "Où étiez-vous, pour qui, quand, et quel était l’enjeu ?"),
    "action": ("Action", "Qu’avez-vous fait, vous, étape par étape, et avec quels outils ?"),
    "résultat": ("Résultat", "Qu’est-ce que cela a changé ? Un chiffre, et d’où il vient."),
    "preuve": ("Preuve", "Quel document le montre ? Son nom, et où il est joint."),
    "appris": ("Ce que j’ai appris", "Que referiez-vous de la même façon, ou autrement, et pourquoi ?"),
}
"""What is told of each competency, by column: how it is called, and the question that helps to write it."""

VALORISATION = Deliverable(
    "valorisation", "Mes récits de valorisation", "", "", "", 0,
    fields=(
        Field(COMPETENCY, "texte", "Le code et l’intitulé, déjà écrits. Pour une autre expérience sur la même "
              "compétence, ajoutez une ligne et écrivez-y le code, par exemple 1.2.2."),
        Field(FRAME, "choix", "Une expérience vécue en entreprise, ou un cas de la formation. Un cas de formation ne "
              "compte jamais comme expérience dans un dossier de VAE.", FRAMES),
        Field(WHERE, "texte", "L’entreprise, votre fonction et les dates."),
        *(Field(name, "texte", prompt, title=label) for name, (label, prompt) in PARTS.items()),
    ),
    rows=len(competencies()),
)  # fmt: skip
"""What the candidate tells: a row for each competency, or several."""

COMPANY, ROLE, START, END, PAPER = "entreprise", "fonction", "début", "fin", "justificatif"
PRACTICE = Deliverable(
    "pratique", "Ma pratique en entreprise", "", "", "", 0,
    fields=(
        Field(COMPANY, "texte", "L’entreprise où vous avez pratiqué."),
        Field(ROLE, "texte", "Votre fonction, ou votre mission."),
        Field(START, "date", "Le premier jour."),
        Field(END, "date", "Le dernier jour ; vide tant que la pratique continue.", optional=True),
        Field(PAPER, "texte", "Le document qui le prouve (convention, contrat, attestation de l’employeur) et le nom "
              "de son fichier."),
    ),
    rows=4,
)  # fmt: skip
"""The periods in companies, with what proves them."""

FORMS = {one.slug: one for one in (VALORISATION, PRACTICE)}
"""The two tables, by name."""


def first_rows(some: Iterable[NamedCompetency]) -> list[Row]:
    """Return the rows to begin with: each competency named, nothing told in the candidate's place."""
    blank: Row = dict.fromkeys(VALORISATION.names)
    return [{**blank, COMPETENCY: one.heading} for one in some]


def competencies_of(folder: str) -> list[NamedCompetency]:
    """Return the competencies that an assignment's folder is about (« e2-performance » : E2); else every one.

    >>> [one.code for one in competencies_of("e2-performance")], len(competencies_of("ailleurs"))
    (['1.5.1', '1.5.2'], 18)
    """
    known = list(competencies().values())
    return [one for one in known if folder.partition("-")[0].upper() in one.assessments] or known
