"""Notebook 01: motivations and brakes of a segment (B1-C01), the five stages of its purchase (B1-C02)."""

from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Key, Series, wrongs
from autograder.keys.questions.e1_strategie import consommateur_avis as reviews
from autograder.keys.questions.e1_strategie import consommateur_enquete as survey
from autograder.keys.questions.e1_strategie import consommateur_parcours as path
from autograder.keys.questions.e1_strategie.consommateur_hints import HINTS
from autograder.keys.questions.e1_strategie.consommateur_tables import MOTIVATION_RULES, NOTE_RULES, PATH_RULES

SERIES = Series("e1-strategie/01-consommateur", company="kerlavandre")
WHO, HOW = "B1-C01", "B1-C02"
LETTERS = Choice(("A", "B", "C", "D"))


@SERIES.ask("s1-entree-frequence", "Entrée : une fréquence", WHO, LETTERS, HINTS["s1-entree-frequence"])
def entry_frequency(_: Case) -> Key:
    """15 reviews of 60 in the segment, 40 of 240 in all: A is 15 over 60."""
    return Key("A", wrongs({"M134": "B", "M210": "C", "M219": "D"}))


@SERIES.ask("s1-entree-preuve", "Entrée : une motivation prouvée", WHO, LETTERS, HINTS["s1-entree-preuve"])
def entry_evidence(_: Case) -> Key:
    """Return the only sentence that is a motivation and says where it comes from."""
    return Key("C", wrongs({"M215": "A", "M217": "B", "M216": "D"}))


@SERIES.ask("s1-entree-etape", "Entrée : une étape de l’achat", HOW, LETTERS, HINTS["s1-entree-etape"])
def entry_stage(_: Case) -> Key:
    """Two precise offers side by side: C is the evaluation."""
    return Key("C", wrongs({"M218": ("A", "B", "D")}))


SERIES.ask("s1-frequence", "Fréquence d’une motivation des familles", WHO, CloseTo(PROPORTION), HINTS["s1-frequence"])(
    reviews.frequency
)
SERIES.ask(
    "s1-premiere-motivation", "Première motivation des familles", WHO, Choice(reviews.LETTERS),
    HINTS["s1-premiere-motivation"],
)(reviews.first_motivation)  # fmt: skip
SERIES.ask(
    "s1-affinite", "Affinité des familles avec l’économie", WHO, CloseTo("indice, base 100"), HINTS["s1-affinite"],
    needs=("s1-frequence",),
)(reviews.affinity)  # fmt: skip
SERIES.ask(
    "s1-enquete-motivation", "L’économie dans l’enquête", WHO, CloseTo(PROPORTION), HINTS["s1-enquete-motivation"]
)(survey.economy)
SERIES.ask("s1-enquete-frein", "Le prix dans l’enquête", WHO, CloseTo(PROPORTION), HINTS["s1-enquete-frein"])(
    survey.price
)
SERIES.structure(
    "s1-motivations", "Tableau des motivations et des freins", WHO, Structure("table", MOTIVATION_RULES),
    HINTS["s1-motivations"],
)  # fmt: skip
SERIES.review("rs1-motivations", "Motivations et freins des familles", WHO)

SERIES.ask("s1-ajout-mobile", "Ajout au panier sur mobile", HOW, CloseTo(PROPORTION), HINTS["s1-ajout-mobile"])(
    path.mobile_cart_rate
)
SERIES.ask("s1-rupture", "La rupture du parcours", HOW, LETTERS, HINTS["s1-rupture"])(path.break_of_the_path)
SERIES.ask("s1-manque", "Ajouts au panier qui manquent au mobile", HOW, CloseTo("visites", 0), HINTS["s1-manque"])(
    path.missing_carts
)
SERIES.structure(
    "s1-parcours", "Parcours d’achat en cinq étapes", HOW, Structure("table", PATH_RULES), HINTS["s1-parcours"]
)
SERIES.review("rs1-parcours", "Parcours d’achat des familles et note à la direction", HOW)
SERIES.structure("s1-note", "Note à la direction", HOW, Structure("text", NOTE_RULES), HINTS["s1-note"])

SERIES.ask(
    "s1-affinite-voyageurs", "Affinité des voyageurs avec la conservation", WHO, CloseTo("indice, base 100"),
    HINTS["s1-affinite-voyageurs"],
)(reviews.travellers_affinity)  # fmt: skip
