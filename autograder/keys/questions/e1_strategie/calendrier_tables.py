"""Rules of the deliverables of notebook 04: periods and note (B1-C06), editorial calendar (B1-C06, B1-C08)."""

from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.dates import DateOrder, LeadTime, SortedBy, ValidDates, WithinLegalPeriod, WorkingDays
from autograder.keys.checks.form import Form
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows
from autograder.keys.checks.structure import AllowedFor
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength
from autograder.keys.questions.e1_strategie import calendrier_rules as own
from autograder.keys.questions.e1_strategie.calendrier import KEYS
from autograder.keys.questions.e1_strategie.calendrier_rules import InYear, RoleThere, ServesPeriods

PERIODS, EDITORIAL = Form("periodes"), Form("calendrier-editorial")
YEAR = 2027
PREPARATION = 42
"""Days that the shops need before a period: six weeks to wash, fill and deliver the jars."""

CHANNELS = {
    "article": ("Site", "Presse locale"),
    "recette filmée": ("Site", "Réseaux sociaux"),
    "e-mail": ("E-mail",),
    "publication avec photo": ("Réseaux sociaux",),
    "affiche": ("Magasins",),
}
"""Where each format can be shown."""

EXAMPLE = (
    "Les ventes montent déjà d’un tiers en décembre : la mise en avant prolonge une habitude au lieu de la créer, "
    "et le stock est reçu fin octobre.",
    "Composer un coffret à trois prix",
    "L’atelier prépare les coffrets",
)
"""The sentences shown in the worked example."""

KEYS.table(
    "s4-periodes",
    PERIODS.columns,
    PERIODS.filled,
    DistinctRows("opération"),
    PERIODS.allowed("motif"),
    AtLeastDistinct("motif", 3),
    ValidDates(("début", "fin", "préparation_dès")),
    InYear(("début", "fin"), YEAR),
    DateOrder("début", "fin"),
    WithinLegalPeriod("opération", "début", "fin"),
    WithinLegalPeriod("motif", "début", "fin"),
    LeadTime("préparation_dès", "début", PREPARATION),
    Recomputed("indice_saison", own.month_index, "l’indice du mois de début, à trois décimales", 0.006),
    TextLength(8, 60, "argument"),
    NotCopiedFromExample(("argument",), EXAMPLE),
)

KEYS.table(
    "s4-editorial",
    EDITORIAL.columns,
    EDITORIAL.filled,
    *map(EDITORIAL.allowed, ("format", "cible", "objectif", "responsable")),
    ValidDates(("date",)),
    InYear(("date",), YEAR),
    WorkingDays(("date",)),
    SortedBy("date"),
    DistinctRows("thème"),
    TextLength(3, 25, "thème"),
    NotCopiedFromExample(("thème",), EXAMPLE),
    AtLeastDistinct("format", 3),
    AtLeastDistinct("canal", 3),
    AtLeastDistinct("objectif", 2),
    AllowedFor("format", "canal", CHANNELS),
    RoleThere("date", "responsable"),
    Recomputed("charge_j", own.expected_days, "la durée attendue de ce format, en jours"),
    ServesPeriods("date", "s4-periodes"),
)

KEYS.text(
    "s4-note",
    TextLength(80, 150),
    FiguresQuoted(4),
    Mentions("la saison ou son indice", ("saison", "indice", "indices")),
    Mentions("la charge de travail", ("charge", "jours de travail", "jours")),
    Mentions("les limites de vos données", ("limite", "limites", "seulement", "prudence", "à vérifier")),
)
