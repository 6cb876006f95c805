"""What the transfer plan, the RACI and the objectives of notebook 01 must hold before people read them."""

from autograder.keys.checks.amounts import Recomputed, StartAndTarget
from autograder.keys.checks.dates import BeforeDeadline, LeadTime, ValidDates, WorkingDays
from autograder.keys.checks.form import Form
from autograder.keys.checks.rows import DistinctRows
from autograder.keys.checks.texts import TextLength
from autograder.keys.questions.e4_equipe.organiser import KEYS
from autograder.keys.questions.e4_equipe.organiser_rules import (
    AbleTaker,
    DoerAble,
    DoerGiven,
    EndsInTime,
    HelpWithin,
    HighTaskTreated,
    InOrder,
    KnownTasks,
    LevelsSaid,
    NobodyOver,
    NotBeforeStart,
    NotTooEarly,
    OnePerson,
    OthersTold,
    ResultMeasured,
    RightOwner,
    SeveralLots,
    TeamAndPeople,
    deadline,
    task_load,
    transferred_load,
)

PLAN, RACI, AIMS = Form("plan-transfert"), Form("raci"), Form("objectifs-equipe")

KEYS.table(
    "o1-transfert",
    PLAN.columns,
    PLAN.filled,
    PLAN.allowed("geste"),
    KnownTasks(),
    DistinctRows("tache_id"),
    OnePerson(("de", "vers")),
    RightOwner(),
    AbleTaker(),
    Recomputed("jours_homme", transferred_load, "toute la charge de la tâche, en jours-homme", 0.03, 0.06),
    HelpWithin(),
    NobodyOver(),
    HighTaskTreated(),
    TextLength(6, 40, "raison"),
    TextLength(4, 25, "signal"),
)

KEYS.table(
    "o1-raci",
    RACI.columns,
    RACI.filled,
    KnownTasks(),
    DistinctRows("tache_id"),
    SeveralLots(),
    HighTaskTreated(),
    TextLength(3, 25, "livrable"),
    Recomputed("jours_homme", task_load, "la charge de la tâche, en jours-homme", 0.03, 0.06),
    OnePerson(("realise", "repond")),
    DoerGiven(),
    DoerAble(),
    LevelsSaid(),
    OthersTold(),
    ValidDates(("debut",)),
    WorkingDays(("debut",)),
    NotTooEarly(),
    InOrder(),
    EndsInTime(),
)

KEYS.table(
    "o1-objectifs",
    AIMS.columns,
    AIMS.filled,
    TeamAndPeople(),
    TextLength(4, 25, "objectif"),
    DistinctRows("objectif"),
    TextLength(3, 20, "indicateur"),
    ResultMeasured(),
    StartAndTarget("départ", "cible"),
    ValidDates(("échéance", "point_étape")),
    WorkingDays(("échéance", "point_étape")),
    NotBeforeStart(("échéance", "point_étape")),
    BeforeDeadline("échéance", deadline),
    LeadTime("point_étape", "échéance", 14),
    TextLength(6, 40, "moyens"),
    TextLength(4, 25, "décision"),
)
