"""Notebook 03 of E1: objectives, segments, levers kept and ordered, budget shared (B1-C05)."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.budgets import BestSplit
from autograder.keys.checks.choices import Choice
from autograder.keys.checks.numbers import CloseTo, SameValues
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Key, Series, wrongs
from autograder.keys.questions.e1_strategie import strategie_facts as facts
from autograder.keys.questions.e1_strategie.strategie_hints import HINTS
from autograder.keys.questions.e1_strategie.strategie_tables import (
    LEVER_RULES,
    NOTE_RULES,
    OBJECTIVE_RULES,
    SEGMENT_RULES,
)

SERIES = Series("e1-strategie/03-strategie-leviers", company="treziflow")
CRITERION = "B1-C05"
LETTERS = ("A", "B", "C", "D")
CUT = 0.2
"""Share of the budget of the webinars that the last question takes away."""


@SERIES.ask(
    "s3-entree-objectif", "Entrée : reconnaître un objectif", CRITERION, Choice(LETTERS), HINTS["s3-entree-objectif"]
)
def entry_objective(_: Case) -> Key:
    """D has a start, a target and a date."""
    return Key("D", wrongs({"M250": "A", "M251": "B", "M252": "C"}))


@SERIES.ask(
    "s3-entree-budget", "Entrée : où mettre le prochain budget", CRITERION, Choice(LETTERS), HINTS["s3-entree-budget"]
)
def entry_budget(_: Case) -> Key:
    """C: 5 000 € more bring two clients there, one on the other lever."""
    return Key("C", wrongs({"M253": "A", "M254": "B", "M255": "D"}))


@SERIES.ask("s3-entree-delai", "Entrée : remonter un délai", CRITERION, Choice(LETTERS), HINTS["s3-entree-delai"])
def entry_delay(_: Case) -> Key:
    """B: twelve weeks before Monday 7 December 2026 is Monday 14 September."""
    return Key("B", wrongs({"M256": "A", "M257": "C", "M258": "D"}))


@SERIES.ask(
    "s3-leads-necessaires", "Leads nécessaires à l’objectif", CRITERION, CloseTo("leads"), HINTS["s3-leads-necessaires"]
)
def leads_needed(case: Case) -> Key:
    """Clients aimed at, over the share of leads that end as clients."""
    aim, rows = case.fact(facts.known)["objectif_clients"], case.fact(facts.cohort)
    rate = float(rows["date_client"].notna().mean())
    by_lever = rows["date_client"].notna().groupby(rows["source"]).mean()
    from_opportunity = float(rows["date_client"].notna().sum() / rows["date_opp"].notna().sum())
    return Key(
        metrics.ratio(aim, rate),
        wrongs({
            "M03": aim / float(by_lever.mean()),
            "M259": aim / float(case.fact(facts.leads)["date_client"].notna().mean()),
            "M261": aim * rate,
            "M268": aim / from_opportunity,
        }),
    )  # fmt: skip


@SERIES.ask(
    "s3-valeur-segments",
    "Revenu mensuel par lead, tranche par tranche",
    CRITERION,
    SameValues("tranche d’effectif", "€ HT par mois et par lead"),
    HINTS["s3-valeur-segments"],
)
def segment_values(case: Case) -> Key:
    """Monthly fees of the clients over all the leads, by size."""
    rows = case.fact(facts.leads)
    whole = rows.groupby("effectif")["arpa"].sum() / rows.groupby("effectif")["lead_id"].count()
    return Key(
        facts.of_segment(case, "valeur"),
        wrongs({
            "M259": {size: float(whole[size]) for size in facts.SIZES},
            "M262": (facts.of_segment(case, "moyenne"), facts.of_segment(case, "total")),
        }),
    )  # fmt: skip


@SERIES.ask(
    "s3-cout-epub",
    "Coût d’un client par l’e-publicité",
    CRITERION,
    CloseTo("€ HT par client"),
    HINTS["s3-cout-epub"],
    needs=("s3-leads-necessaires",),
)
def display_cost(case: Case) -> Key:
    """Cost of a click, over the share of visitors that become leads, over the share of leads that become clients."""
    known = case.fact(facts.known)
    rate = known["objectif_clients"] / case.value("s3-leads-necessaires")
    visit = facts.CPM_HT / 1000 / facts.CLICK_RATE
    lead = visit / known["taux_visiteur_lead"]
    return Key(
        lead / rate,
        wrongs({"M261": visit * known["taux_visiteur_lead"] * rate, "M268": (visit, lead, visit / rate)}),
    )


@SERIES.ask(
    "s3-prochain-millier",
    "Ce que rapporte le prochain millier d’euros",
    CRITERION,
    SameValues("levier", "€ HT"),
    HINTS["s3-prochain-millier"],
)
def next_thousand(case: Case) -> Key:
    """Value of the clients that 1 000 € more bring, from the expense of the year, by lever."""
    response, now, each = case.fact(facts.curves), case.fact(facts.spent), case.fact(facts.values)
    before = {name: response[name].clients(now[name]) for name in facts.LEVERS}
    after = {name: response[name].clients(now[name] + facts.STEP_HT) for name in facts.LEVERS}
    more = {name: after[name] - before[name] for name in facts.LEVERS}
    return Key(
        {name: each[name] * more[name] for name in facts.LEVERS},
        wrongs({
            "M253": {name: each[name] * before[name] / now[name] * facts.STEP_HT for name in facts.LEVERS},
            "M260": more,
            "M266": {name: each[name] * after[name] for name in facts.LEVERS},
        }),
    )  # fmt: skip


@SERIES.ask(
    "s3-repartition",
    "La répartition du budget",
    CRITERION,
    BestSplit(facts.worth, facts.same_shares, lambda case: case.fact(facts.known)["budget_2026_2027_ht"], facts.bounds),
    HINTS["s3-repartition"],
)
def split(case: Case) -> Key:
    """Return the split where the next euro brings as much on every lever that is not at a bound."""
    return Key(
        case.fact(facts.best_split),
        wrongs({
            "M253": case.fact(facts.best_average_first),
            "M254": case.fact(facts.same_shares),
            "M255": case.fact(facts.even_split),
        }),
    )  # fmt: skip


SERIES.structure(
    "s3-segments", "Tableau des segments", CRITERION, Structure("table", SEGMENT_RULES), HINTS["s3-segments"]
)
SERIES.structure(
    "s3-objectifs", "Tableau des objectifs", CRITERION, Structure("table", OBJECTIVE_RULES), HINTS["s3-objectifs"]
)
SERIES.structure("s3-leviers", "Tableau des leviers", CRITERION, Structure("table", LEVER_RULES), HINTS["s3-leviers"])
SERIES.review("rs3-leviers", "Stratégie : objectifs, segments, leviers et note à la direction", CRITERION)
SERIES.structure("s3-note", "Note à la direction", CRITERION, Structure("text", NOTE_RULES), HINTS["s3-note"])


@SERIES.ask(
    "s3-perte", "Clients perdus si l’on réduit un budget", CRITERION, CloseTo("clients par an"), HINTS["s3-perte"]
)
def lost_clients(case: Case) -> Key:
    """Clients of the webinars at the expense of the year, less those of a budget cut by a fifth."""
    curve, now = case.fact(facts.curves)["Webinaires"], case.fact(facts.spent)["Webinaires"]
    kept = curve.clients((1 - CUT) * now)
    return Key(
        curve.clients(now) - kept,
        wrongs({"M266": (kept, curve.clients(CUT * now)), "M269": CUT * curve.clients(now)}),
    )
