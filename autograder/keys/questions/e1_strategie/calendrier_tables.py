"""Rules of the deliverables of notebook 04: periods (B1-C06), header (B1-C07), planning (B1-C08), note."""

from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.dates import (
    BeforeDeadline,
    DateOrder,
    LeadTime,
    SortedBy,
    ValidDates,
    WithinLegalPeriod,
    WorkingDays,
)
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Acyclic, AfterPredecessors, WithinCapacity
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OneRowEach
from autograder.keys.checks.structure import MatchesPattern
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength
from autograder.keys.questions.e1_strategie import calendrier as facts
from autograder.keys.questions.e1_strategie import calendrier_rules as own
from autograder.keys.questions.e1_strategie.calendrier import KEYS
from autograder.keys.questions.e1_strategie.calendrier_rules import (
    CriticalInAlert,
    DoneByAble,
    FileNameAgrees,
    InYear,
    LinksKept,
)

PERIODS, PLANNING, HEADER = Form("periodes"), Form("planning"), Form("entete-planning")
YEAR = 2027
PREPARATION = 42
"""Days that the shops need before a period: six weeks to wash, fill and deliver the jars."""
ISO = r"\d{4}-\d{2}-\d{2}"
ISO_WORDS = "la date au format AAAA-MM-JJ de la charte, par exemple « 2027-01-06 »"

EXAMPLE = (
    "Les ventes montent déjà d’un tiers en décembre : la mise en avant prolonge une habitude au lieu de la créer, "
    "et le stock est reçu fin octobre.",
)
"""The argument shown in the worked example."""

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
    "s4-planning",
    PLANNING.columns,
    PLANNING.filled,
    OneRowEach("tache_id", facts.TASKS),
    MatchesPattern("début", ISO, ISO_WORDS),
    MatchesPattern("fin", ISO, ISO_WORDS),
    DateOrder("début", "fin"),
    SortedBy("début"),
    PLANNING.allowed("état"),
    Recomputed("durée_j", own.written_days, "la durée du planning d’origine, en jours de présence"),
    Recomputed("charge_h", own.written_hours, "la charge du planning d’origine, en heures"),
    Acyclic("tache_id", "prédécesseurs"),
    LinksKept(),
    AfterPredecessors("tache_id", "début", "fin", "prédécesseurs"),
    DoneByAble(),
    WorkingDays(("début", "fin")),
    WithinCapacity("début", "fin", "charge_h", "rôle", lambda case: case.fact(own.hours_there)),
    BeforeDeadline("fin", lambda case: facts.deadline(case).date()),
    CriticalInAlert(),
)

KEYS.table(
    "s4-entete",
    HEADER.columns,
    HEADER.filled,
    MatchesPattern(
        "fichier", rf"{ISO}_[a-z0-9]+(?:-[a-z0-9]+)*_v\d+(?:\.xlsx)?",
        "un nom « AAAA-MM-JJ_sujet_vN », sans espace, ni accent, ni majuscule",
    ),
    MatchesPattern("date", ISO, ISO_WORDS),
    MatchesPattern("version", r"v\d+", "« v » suivi d’un numéro, par exemple « v3 »"),
    HEADER.allowed("statut"),
    FileNameAgrees(),
)  # fmt: skip

KEYS.text(
    "s4-note",
    TextLength(120, 200),
    FiguresQuoted(4),
    Mentions("l’échéance du projet", ("échéance",)),
    Mentions("le chemin critique ou les tâches critiques", ("chemin critique", "tâches critiques", "tâche critique")),
    Mentions("la saison ou son indice", ("saison", "indice", "indices")),
)
