"""What the structured deliverables of the notebook on strategy must hold; their substance is read by people."""

from dataclasses import dataclass

from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.amounts import Recomputed, StartAndTarget
from autograder.keys.checks.budgets import BudgetWithin
from autograder.keys.checks.dates import BeforeDeadline, ValidDates
from autograder.keys.checks.evidence import CitesEvidence, CoversAll, ExistingIds
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Acyclic, Permutation, Precedes, RankedAfter, RankedByDate
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.rows import AtLeastDistinct, HasEach, OneRowEach, TreatedWithReason
from autograder.keys.checks.segments import of_own_cut
from autograder.keys.checks.structure import Filled, FilledWhen, MatchesPattern, Rule
from autograder.keys.checks.tables import Row, filled_rows, place
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength
from autograder.keys.leads import cohort
from autograder.keys.questions import questions_of
from autograder.keys.questions.e1_strategie import strategie_leviers as facts
from autograder.keys.questions.e1_strategie.strategie_leviers import KEYS
from casestudies.answers import Value

SEGMENTS, LEVER_FORM = Form("segments"), Form("leviers")
KEPT, ASIDE = LEVER_FORM.choices("statut")
AIMED = ("prioritaire", "secondaire")
YEAR_END = "2027-06-30"
LEVERS = LEVER_FORM.choices("levier")

EXAMPLE = (
    "Passer de 480 à 500 nouveaux clients par an, à budget égal, au 30 juin 2027",
    "Pour les familles qui veulent moins de plastique dans la salle de bains, les cosmétiques solides qui durent deux "
    "mois et se commandent en deux minutes",
)
"""The sentences of the worked example."""


def _of_segment(name: str, what: str) -> Recomputed:
    column = {"leads": "leads", "revenu_par_lead": "valeur", "joignables": "joignables"}[name]
    return of_own_cut(name, what, "s3-decoupage", lambda case, cut: facts.segmented(case.fact(cohort), cut)[column])


def _forecast(case: Case, row: Row) -> float | None:
    own = {plain(name): curve for name, curve in facts.IN_TABLES.items()}.get(plain(row["levier"]))
    budget = number_in(row["budget_ht"])
    return None if own is None or budget is None else case.fact(facts.curves)[own].clients(budget)


def _weeks(case: Case, row: Row) -> float | None:
    return {plain(name): weeks for name, weeks in case.fact(facts.weeks).items()}.get(plain(row["levier"]))


@dataclass(frozen=True)
class UsefulBudget:
    """The budget of a lever of the tables is between its least and its most useful one; nothing means it is stopped."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per budget outside its bounds."""
        edges = {plain(name): case.fact(facts.bounds)[own] for name, own in facts.IN_TABLES.items()}
        remarks = []
        for row, (lever, amount) in filled_rows(answer, "levier", "budget_ht"):
            budget, limits = number_in(amount), edges.get(plain(lever))
            if budget and limits and not limits[0] - 1 <= budget <= limits[1] + 1:
                side = "sous le budget minimal" if budget < limits[0] else "au-dessus du budget maximal"
                remarks.append(
                    f"{place(row, 'budget_ht')} : ce montant est {side} du levier (table « leviers »). "
                    "Ramenez-le dans les bornes, ou écartez le levier."
                )
        return remarks


KEYS.table(
    "s3-segments",
    SEGMENTS.columns,
    SEGMENTS.filled,
    OneRowEach("groupe", SEGMENTS.choices("groupe")),
    SEGMENTS.allowed("rôle"),
    HasEach("groupe", "rôle", "prioritaire"),
    _of_segment("leads", "le nombre de leads du groupe dans la cohorte"),
    _of_segment("revenu_par_lead", "le revenu mensuel par lead du groupe"),
    _of_segment("joignables", "le nombre de leads du groupe que l’on peut joindre par e-mail"),
    FilledWhen("positionnement", (("rôle", AIMED),)),
    TextLength(8, 45, "positionnement"),
    TextLength(6, 50, "motif"),
    NotCopiedFromExample(("positionnement",), EXAMPLE),
)


def objective_rules(slug: str, example: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules of a table of objectives, whatever the company."""
    form = Form(slug)
    return (
        form.columns,
        form.filled,
        MatchesPattern("objectif_id", r"O\d{1,2}", "la lettre O et un numéro : O1, O2…"),
        form.allowed("type"),
        AtLeastDistinct("type", 2),
        StartAndTarget("valeur_départ", "cible"),
        ValidDates(("échéance",)),
        BeforeDeadline("échéance", YEAR_END),
        CitesEvidence("source", questions_of),
        TextLength(6, 40, "objectif"),
        NotCopiedFromExample(("objectif",), example),
    )


KEYS.table("s3-objectifs", *objective_rules("objectifs", EXAMPLE))

_WHEN_KEPT = (("statut", (KEPT,)),)
KEYS.table(
    "s3-leviers",
    LEVER_FORM.columns,
    Filled(("levier", "statut")),
    OneRowEach("levier", LEVERS),
    TreatedWithReason("levier", "statut", KEPT, ASIDE, "motif"),
    TextLength(6, 60, "motif"),
    *(FilledWhen(name, _WHEN_KEPT) for name in ("motif", "objectifs", "budget_ht", "délai_semaines", "démarrage")),
    FilledWhen("clients_prévus", (*_WHEN_KEPT, ("levier", tuple(facts.IN_TABLES)))),
    ExistingIds("objectifs", "s3-objectifs", "objectif_id"),
    CoversAll("objectifs", "s3-objectifs", "objectif_id"),
    BudgetWithin("budget_ht", lambda case: case.fact(hypotheses)["budget_2026_2027_ht"]),
    UsefulBudget(),
    Recomputed("clients_prévus", _forecast, "le nombre de clients que la courbe donne pour ce budget", tolerance=0.02),
    Permutation("ordre", "statut", KEPT),
    Recomputed("délai_semaines", _weeks, "le délai de mise en œuvre du levier, en semaines"),
    ValidDates(("démarrage",)),
    BeforeDeadline("démarrage", YEAR_END),
    RankedByDate("ordre", "démarrage"),
    Acyclic("levier", "dépend_de"),
    RankedAfter("levier", "ordre", "dépend_de"),
    Precedes("levier", "ordre", "SEO", "Réseaux sociaux"),
    Precedes("levier", "ordre", "SEO", "E-mailing"),
    Precedes("levier", "ordre", "E-mailing", "Webinaires"),
)

KEYS.text(
    "s3-note",
    TextLength(120, 200),
    FiguresQuoted(4),
    Mentions("l’objectif de clients", ("clients",)),
    Mentions("au moins un levier", (*LEVERS, "LinkedIn")),
    Mentions("une année ou une échéance", ("2026", "2027")),
)
