"""What the deliverables of notebook 01 must look like before a person reviews them."""

from collections.abc import Collection
from functools import cache

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.evidence import EvidenceSupports
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import plain
from autograder.keys.checks.rows import DistinctRows, HasEach, OnePerQuadrant, OrderedStages
from autograder.keys.checks.structure import Allowed, AllowedFor, FilledWhen, MatchesPattern
from autograder.keys.checks.tables import Row
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength, TitleLine
from autograder.keys.questions.e1_strategie import consommateur as facts
from autograder.keys.questions.e1_strategie.consommateur import KEYS
from casestudies.codage import grille_de_codage

MOTIVATIONS, PATH = Form("motivations-freins"), Form("parcours-achat")
MOTIVATION, BRAKE = facts.MOTIVATION, facts.BRAKE
YES = "oui"
STAGES = PATH.choices("étape")
SEO, SOCIAL = "visites venues du SEO, par semaine", "visites venues des réseaux sociaux, par semaine"
VIEWS, CART = "pages produit vues pour 100 visites", "taux d’ajout au panier"
CHECKOUT, COMPLETION = "taux de passage au paiement", "taux d’aboutissement"
INDICATORS = {
    "besoin": (SEO, SOCIAL),
    "information": (SEO, SOCIAL, VIEWS),
    "évaluation": (VIEWS, CART),
    "achat": (CHECKOUT, COMPLETION, "taux de conversion"),
    "après-achat": ("taux de réachat", "part des commandes remboursées"),
}
"""Which indicators measure each stage."""

EXAMPLE = (
    "Je veux dormir tranquille : savoir ce que j’aurai en banque dans six semaines.",
    "Montrer la prévision à six semaines dès la première page.",
    "Reconnecter mes comptes va me prendre la matinée.",
    "Connecter le premier compte avec le client, pendant l’appel d’accueil.",
    "Le dirigeant voit un impayé arriver et comprend qu’il manquera d’argent.",
    "Est-ce que je pourrai payer mes fournisseurs à la fin du mois ?",
    "Il hésite à commencer l’essai sur son téléphone, entre deux chantiers.",
    "Combien de temps faut-il avant de voir mes comptes ?",
    "Réduire le formulaire du mobile à deux champs ; suivre son taux d’essai chaque semaine.",
)
"""Sentences of the worked example, which are not the learner's."""


@cache
def _codes() -> dict[str, str]:
    """Return the codes of the grid by the names of their themes, written plainly."""
    return {plain(name): str(code) for code, name in grille_de_codage(facts.COMPANY)["thème"].items()}


def _code(row: Row) -> str | None:
    """Return the code of the theme that a row names."""
    return _codes().get(plain(row["thème"]))


def segments(case: Case) -> dict[str, str]:
    """Return the segments of the reviews by their names, written plainly."""
    return {plain(name): str(name) for name in case.fact(facts.coded)["segment"].unique()}


def _segment(case: Case, row: Row) -> str | None:
    return case.fact(segments).get(plain(row["segment"]))


def theme_frequency(case: Case, row: Row) -> float | None:
    """Return the share, for 100, of the reviews of the row's segment that speak of its theme."""
    code, segment = _code(row), _segment(case, row)
    return None if code is None or segment is None else 100 * facts.spoken(case, segment, code).frequency


def speaking(case: Case, row: Row) -> Collection[str] | None:
    """Return the ids of the reviews of the row's segment that speak of its theme."""
    code, segment = _code(row), _segment(case, row)
    if code is None or segment is None:
        return None
    codes = case.fact(facts.coded)
    return [str(one) for one in codes.loc[(codes["segment"] == segment) & codes[code], "id"]]


def survey_share(case: Case, row: Row) -> float | None:
    """Return the share, for 100, of those of the row's segment who answered that chose its theme."""
    code, segment = _code(row), _segment(case, row)
    if code is None or segment is None:
        return None
    return 100 * facts.chosen(case, segment, facts.kind_of(code), code).share


def stage_rate(case: Case, row: Row) -> float | None:
    """Return the value of the indicator that a row names: for 100, or visits by week."""
    known = {plain(name): value for name, value in case.fact(facts.indicators).items()}
    return known.get(plain(row["kpi"]))


KEYS.table(
    "s1-motivations",
    MOTIVATIONS.columns,
    MOTIVATIONS.filled,
    Allowed("segment", (facts.FAMILIES,)),
    MOTIVATIONS.allowed("type"),
    OnePerQuadrant("type", MOTIVATIONS.choices("type"), least=2),
    AllowedFor(
        "type", "nature",
        {MOTIVATION: ("hédoniste", "oblative", "auto-expression"), BRAKE: ("peur", "inhibition", "risque")},
    ),
    AllowedFor("type", "thème", {kind: facts.names(kind) for kind in (MOTIVATION, BRAKE)}),
    DistinctRows("thème"),
    DistinctRows("énoncé"),
    TextLength(5, 40, "énoncé"),
    EvidenceSupports("verbatim_id", speaking, "un avis de ce segment qui parle de ce thème", least=2),
    Recomputed("fréquence_%", theme_frequency, "la fréquence du thème pour 100 avis du segment"),
    Recomputed("enquête_%", survey_share, "la part du thème pour 100 réponses du segment à l’enquête"),
    TextLength(5, 60, "conséquence"),
    NotCopiedFromExample(("énoncé", "conséquence"), EXAMPLE),
)  # fmt: skip

KEYS.table(
    "s1-parcours",
    PATH.columns,
    PATH.filled,
    OrderedStages("étape", STAGES),
    TextLength(5, 40, "comportement"),
    DistinctRows("comportement"),
    MatchesPattern("question_client", r"(?s).+\?", "une question, terminée par un point d’interrogation"),
    DistinctRows("question_client"),
    AllowedFor("étape", "kpi", INDICATORS),
    Recomputed("valeur", stage_rate, "la valeur de l’indicateur, sur les huit semaines de référence"),
    PATH.allowed("rupture"),
    HasEach("étape", "rupture", YES),
    FilledWhen("traitement", (("rupture", (YES,)),)),
    TextLength(8, 60, "traitement"),
    NotCopiedFromExample(("comportement", "question_client", "traitement"), EXAMPLE),
)

KEYS.text(
    "s1-note",
    TitleLine(),
    TextLength(120, 200),
    FiguresQuoted(4),
    Mentions("les familles", ("familles", "famille")),
    Mentions("l’étape où le parcours se rompt", ("panier", "paniers", "paiement", "paiements")),
    Mentions("l’appareil en cause", ("mobile", "mobiles", "téléphone", "téléphones", "smartphone", "smartphones")),
)
