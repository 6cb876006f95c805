"""What the tables and the note of the plan must hold; their substance is read by people."""

from collections.abc import Collection

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.budgets import BudgetWithin
from autograder.keys.checks.dates import BeforeDeadline, ValidDates
from autograder.keys.checks.evidence import CoversAll, EvidenceSupports, ExistingIds
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Permutation, RankedByDate
from autograder.keys.checks.reading import plain
from autograder.keys.checks.rows import HasEach, OneRowEach, TreatedWithReason
from autograder.keys.checks.segments import of_own_cut
from autograder.keys.checks.structure import Filled, FilledWhen
from autograder.keys.checks.tables import Row
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength
from autograder.keys.questions.e1_strategie import plan_strategie as facts
from autograder.keys.questions.e1_strategie.concurrence_swot_tables import swot_rules
from autograder.keys.questions.e1_strategie.plan_strategie import KEYS
from autograder.keys.questions.e1_strategie.strategie_leviers_tables import AIMED, YEAR_END, objective_rules
from autograder.keys.questions.e2_performance.levers import expenses
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.kerlavandre.facts import INTERNAL

SEGMENTS, LEVER_FORM = Form("plan-segments"), Form("plan-leviers")
KEPT, ASIDE = LEVER_FORM.choices("statut")
EXAMPLE = (
    "Les devis partent en quatre jours",
    "Passer de quatre jours à un jour pour envoyer un devis, au 31 mars 2027",
    "Une réponse type par e-mail le jour même",
)
"""The sentences of the worked example."""


def same_side(case: Case, row: Row) -> Collection[str] | None:
    """Return the facts whose cause is where the row says; None for a row that says neither."""
    origin = plain(row["origine"])
    if origin not in ("interne", "externe"):
        return None
    assert isinstance(case.company, Kerlavandre)
    places = case.company.fact_places
    return [fact for fact, quadrant in places.items() if (quadrant in INTERNAL) == (origin == "interne")]


def _of_segment(name: str, what: str) -> Recomputed:
    return of_own_cut(
        name, what, "s7-decoupage", lambda case, cut: facts.segmented(case.fact(facts.customers), cut)[name]
    )


def _cost(case: Case, row: Row) -> float | None:
    return {plain(name): cost for name, cost in case.fact(facts.costs).items()}.get(plain(row["levier"]))


def spent_in_all(case: Case) -> float:
    """Return what the six levers cost over the year, € excl. tax: the budget of the next one."""
    return float(case.fact(expenses)["reel_ht"].sum())


KEYS.table(
    "s7-swot", *swot_rules("plan-swot", EvidenceSupports("preuve", same_side, "un fait de cette origine"), EXAMPLE)
)

KEYS.table(
    "s7-segments",
    SEGMENTS.columns,
    SEGMENTS.filled,
    OneRowEach("groupe", SEGMENTS.choices("groupe")),
    SEGMENTS.allowed("rôle"),
    HasEach("groupe", "rôle", "prioritaire"),
    _of_segment("clients", "le nombre de clients du groupe, dans les huit semaines"),
    _of_segment("ca_par_client", "le chiffre d’affaires HT par client du groupe"),
    _of_segment("part_ca", "la part du groupe dans le chiffre d’affaires"),
    FilledWhen("positionnement", (("rôle", AIMED),)),
    TextLength(8, 45, "positionnement"),
    TextLength(6, 50, "motif"),
)

KEYS.table("s7-objectifs", *objective_rules("plan-objectifs", EXAMPLE))

_WHEN_KEPT = (("statut", (KEPT,)),)
KEYS.table(
    "s7-leviers",
    LEVER_FORM.columns,
    Filled(("levier", "statut", "cout_nouveau_client")),
    OneRowEach("levier", LEVER_FORM.choices("levier")),
    TreatedWithReason("levier", "statut", KEPT, ASIDE, "motif"),
    TextLength(6, 60, "motif"),
    *(
        FilledWhen(name, _WHEN_KEPT)
        for name in ("motif", "objectifs", "segments", "budget_ht", "ordre", "démarrage", "première_action")
    ),
    ExistingIds("objectifs", "s7-objectifs", "objectif_id"),
    CoversAll("objectifs", "s7-objectifs", "objectif_id"),
    ExistingIds("segments", "s7-segments", "groupe"),
    Recomputed("cout_nouveau_client", _cost, "la dépense de l’exercice par nouveau client du levier", tolerance=0.01),
    BudgetWithin("budget_ht", spent_in_all),
    Permutation("ordre", "statut", KEPT),
    ValidDates(("démarrage",)),
    BeforeDeadline("démarrage", YEAR_END),
    RankedByDate("ordre", "démarrage"),
    TextLength(4, 40, "première_action"),
    NotCopiedFromExample(("première_action",), EXAMPLE),
)

KEYS.text(
    "s7-note",
    TextLength(120, 200),
    FiguresQuoted(5),
    Mentions("les clients", ("client", "clients")),
    Mentions("au moins un levier", LEVER_FORM.choices("levier")),
    Mentions("une année ou une échéance", ("2026", "2027")),
)
