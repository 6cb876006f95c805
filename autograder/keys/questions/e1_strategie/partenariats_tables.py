"""What the tables and the note of notebook 06 of E1 must look like before a person reviews them."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed, WithinRange
from autograder.keys.checks.evidence import CitesEvidence, EvidenceExists, ExistingIds
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Permutation
from autograder.keys.checks.rows import AtLeastDistinct, CompleteGrid, DistinctRows, HasEach, Reciprocal
from autograder.keys.checks.structure import FilledWhen, SomeFilled
from autograder.keys.checks.tables import column
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength
from autograder.keys.questions import questions_of
from autograder.keys.questions.e1_strategie import partenariats as facts
from autograder.keys.questions.e1_strategie.partenariats import KEYS
from casestudies.answers import Value

STRUCTURES, PARTNERS, IMAGE = Form("structures"), Form("partenaires"), Form("image-partenaires")
KEPT, ASIDE = PARTNERS.choices("décision")
FORMS = PARTNERS.choices("type")

EXAMPLE = (
    "Leurs enfants jouent avec nos meubles avant que les parents les achètent",
    "Des animatrices qui montrent les meubles à des familles, une fois par semaine",
    "Deux lits-bureaux prêtés par ludothèque, et leur entretien",
)
"""Sentences of the worked example: nobody hands them in."""

LIMIT_WORDS = (
    "limite", "limites", "incertitude", "incertain", "incertaine", "prudence", "réserve", "hypothèse", "hypothèses",
    "à confirmer", "à vérifier", "ne prouve pas", "ne dit pas", "ne savons pas", "ignorons",
)  # fmt: skip
PRIVACY_WORDS = (
    "données personnelles", "donnée personnelle", "RGPD", "empreinte", "empreintes", "pseudonymisation",
    "pseudonymisées", "règlement (UE) 2016/679",
)  # fmt: skip


@dataclass(frozen=True)
class NoCompetitor:
    """No structure of the column ``name`` makes what the company makes."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per competitor."""
        sectors = case.fact(facts.directory)["secteur"]
        return [
            f"Ligne {row} : « {cell} » fabrique des isolants. Le comité écarte ses concurrents : changez de ligne."
            for row, cell in enumerate(column(answer, self.name), start=1)
            if sectors.get(str(cell).strip().upper()) == facts.COMPETITORS
        ]


@dataclass(frozen=True)
class LargestFileTreated:
    """The structure that declares the largest file of the six, which the committee prefers, has a row."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when it has none."""
        largest = case.fact(facts.roles).largest_file
        if any(str(cell).strip().upper() == largest for cell in column(answer, self.name)):
            return []
        return [
            "La structure préférée par plusieurs directeurs, celle du plus gros fichier déclaré, n’a pas de ligne. "
            "Ajoutez-la : la direction attend une réponse à son sujet."
        ]


KEYS.table(
    "s5-structures",
    STRUCTURES.columns,
    STRUCTURES.filled,
    DistinctRows("structure"),
    EvidenceExists("structure", "annuaire_partenaires", "structure_id"),
    NoCompetitor("structure"),
    AtLeastDistinct("secteur", 3),
    TextLength(6, 50, "intérêt_commercial"),
    CitesEvidence("source", questions_of),
    Permutation("priorité"),
    NotCopiedFromExample(("intérêt_commercial",), EXAMPLE),
)

KEYS.table(
    "s5-partenaires",
    PARTNERS.columns,
    PARTNERS.filled,
    DistinctRows("partenaire"),
    EvidenceExists("partenaire", "clients_haches", "structure_id"),
    LargestFileTreated("partenaire"),
    Recomputed("recouvrement_%", facts.percentage, "la part de nos clients que ce partenaire connaît, en %", 0.01),
    Recomputed("points", facts.points, "les points de la grille, de 0 à 3"),
    PARTNERS.allowed("décision"),
    HasEach("partenaire", "décision", KEPT),
    HasEach("partenaire", "décision", ASIDE),
    TextLength(5, 50, "motif"),
    *(FilledWhen(name, (("décision", (KEPT,)),)) for name in ("type", "apport", "contrepartie")),
    PARTNERS.allowed("type"),
    Reciprocal("apport", "contrepartie"),
    NotCopiedFromExample(("apport", "contrepartie"), EXAMPLE),
)

KEYS.table(
    "s5-image-partenaires",
    IMAGE.columns,
    IMAGE.filled,
    SomeFilled("risque_image", "ce que l’on pourrait penser de nous", least=2),
    IMAGE.allowed("valeur"),
    ExistingIds("partenaire", "s5-partenaires", "partenaire"),
    LargestFileTreated("partenaire"),
    CompleteGrid("valeur", "partenaire", least_first=4, least_second=2),
    WithinRange("cohérence", -2, 2),
    CitesEvidence("preuve", questions_of),
    TextLength(4, 60, "preuve"),
    TextLength(2, 40, "risque_image"),
)

KEYS.text(
    "s5-note",
    TextLength(120, 200),
    FiguresQuoted(3),
    Mentions(
        "la forme de l’alliance (co-développement, co-marquage ou co-communication)",
        (*FORMS, *(form.replace("-", "") for form in FORMS)),
    ),
    Mentions("les données personnelles (« données personnelles », « empreintes », « RGPD »…)", PRIVACY_WORDS),
    Mentions("de limite (« limite », « incertitude », « à vérifier »…)", LIMIT_WORDS),
)
