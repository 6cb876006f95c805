"""Rules of the deliverables of notebook 05: planning (B1-C08), what breaks the charter and header (B1-C07)."""

from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.dates import BeforeDeadline, DateOrder, SortedBy, WorkingDays
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Acyclic, AfterPredecessors, WithinCapacity
from autograder.keys.checks.rows import DistinctRows, OneRowEach
from autograder.keys.checks.structure import MatchesPattern
from autograder.keys.checks.texts import FiguresQuoted, Mentions, TextLength
from autograder.keys.questions.e1_strategie import planning as facts
from autograder.keys.questions.e1_strategie import planning_rules as own
from autograder.keys.questions.e1_strategie.planning import KEYS
from autograder.keys.questions.e1_strategie.planning_rules import (
    BreachesListed,
    CriticalInAlert,
    DoneByAble,
    FileNameAgrees,
    FollowsCharter,
    LinksKept,
)

PLANNING, LAYOUT, HEADER = Form("planning"), Form("reprise-planning"), Form("entete-planning")
ISO = r"\d{4}-\d{2}-\d{2}"
ISO_WORDS = "la date au format AAAA-MM-JJ de la charte, par exemple « 2027-01-06 »"

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

KEYS.computed_table(
    "s4-reprise",
    LAYOUT.columns,
    LAYOUT.filled,
    LAYOUT.allowed("norme"),
    DistinctRows("repère"),
    BreachesListed("repère"),
    FollowsCharter("repère", "correction"),
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
    "s4-objection",
    TextLength(60, 120),
    FiguresQuoted(2),
    Mentions("l’échéance du projet", ("échéance",)),
    Mentions("le chemin critique ou les tâches critiques", ("chemin critique", "tâches critiques", "tâche critique")),
)
