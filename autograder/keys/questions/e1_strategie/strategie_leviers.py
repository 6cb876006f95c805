"""Notebook 03 of E1: objectives, segments, levers kept and ordered, budget shared (B1-C05)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.budgets import BestSplit
from autograder.keys.checks.segments import UsefulSegments
from autograder.keys.declaring import Keys
from autograder.keys.leads import cohort, leads
from autograder.keys.model import Stated
from autograder.keys.segments import CutRule, Groups
from casestudies.market.saturation import Curve
from casestudies.segmentation import segmenter

KEYS = Keys("e1-strategie/03-strategie-leviers", company="treziflow")
LEVERS = ("SEO", "SEA", "LinkedIn", "Salons", "Webinaires", "Outbound")
"""The levers of the company's tables."""

TRADE = ("SEO", "SEA", "E-publicité", "Affiliation", "E-mailing", "Réseaux sociaux")
"""The levers that the référentiel names."""

BESIDE = ("Salons", "Webinaires", "Outbound")
"""Those of the company that it does not name."""

IN_TABLES = {"SEO": "SEO", "SEA": "SEA", "Réseaux sociaux": "LinkedIn", **{name: name for name in BESIDE}}
"""The name in the tables of each lever that has expenses there."""

SIZES = ("0 salarié", "1 à 2", "3 à 5", "6 à 9")
CPM_HT, CLICK_RATE = 14.0, 0.004
"""The quote for display advertising (« fiche-leviers »)."""

QUOTED_WEEKS = {"E-publicité": 4.0, "Affiliation": 8.0, "E-mailing": 3.0}
"""Weeks to start of the levers that the tables do not know (« fiche-leviers »)."""

STEP_HT = 1000.0
"""« The next thousand euros »."""

MARGIN = 0.2
"""How far from the year's expense the committee lets a lever go."""

APART_HT = 5000.0
"""Least difference, on one lever, between the right split and a catalogued mistake."""


def reachable(rows: pd.DataFrame) -> pd.Series:
    """Say of each lead whether the company's rule lets it be written to."""
    agreed, refused = rows["consentement_email"] == "oui", rows["consentement_email"] == "opposition"
    return agreed | ((rows["type_adresse"] != "personnelle") & ~refused)


def segments(case: Case) -> pd.DataFrame:
    """Return leads, monthly revenue by lead and leads that can be written to, by size."""
    rows = case.fact(cohort)
    found = (
        rows.assign(joignable=reachable(rows))
        .groupby("effectif")
        .agg(
            leads=("lead_id", "count"), total=("arpa", "sum"), moyenne=("arpa", "mean"), joignables=("joignable", "sum")
        )
    )
    return found.assign(valeur=found["total"] / found["leads"]).loc[list(SIZES)]


def of_segment(case: Case, name: str) -> dict[str, float]:
    """Return a column of the segments by size."""
    return {str(size): float(value) for size, value in case.fact(segments)[name].items()}


def spent(case: Case) -> dict[str, float]:
    """Return the full expense that brought the clients of the year, by lever."""
    rows = case.period("couts_exercice").filtrer(case.table("couts_acquisition"), "mois")
    sums = rows.groupby("levier")["reel_ht"].sum()
    return {name: float(sums[name]) for name in LEVERS}


def signed(case: Case) -> pd.DataFrame:
    """Return the leads that signed in the year."""
    return case.period("exercice").filtrer(case.fact(leads), "date_client")


def values(case: Case) -> dict[str, float]:
    """Return what a client of each lever brings before it leaves (fee × margin ÷ churn), € excl. tax."""
    base = case.table("abonnements")
    there = base[base["nouveau"] == "non"]
    churn = float((there["churn"] == "oui").mean())
    fees = case.fact(signed).groupby("source")["arpa"].mean()
    margin = case.fact(hypotheses)["marge_brute"]
    return {name: float(fees[name]) * margin / churn for name in LEVERS}


def _of_levers(case: Case, name: str) -> dict[str, float]:
    table = case.table("leviers")
    return {str(lever): float(value) for lever, value in zip(table["levier"], table[name], strict=True)}


def curves(case: Case) -> dict[str, Curve]:
    """Return the response of each lever."""
    ceilings, halves = _of_levers(case, "plafond_clients"), _of_levers(case, "budget_moitie_ht")
    return {name: Curve(ceilings[name], halves[name]) for name in LEVERS}


def bounds(case: Case) -> dict[str, tuple[float, float]]:
    """Return the least and the most useful budget of each lever."""
    least, most = _of_levers(case, "budget_min_ht"), _of_levers(case, "budget_max_ht")
    return {name: (least[name], most[name]) for name in LEVERS}


def weeks(case: Case) -> dict[str, float]:
    """Return the weeks from decision to first leads, by lever of the trade or beside it."""
    own = _of_levers(case, "delai_semaines")
    return QUOTED_WEEKS | {name: own[known] for name, known in IN_TABLES.items()}


def worth(case: Case, split: Mapping[str, float]) -> float:
    """Return what the clients of a split bring, € excl. tax."""
    response, each = case.fact(curves), case.fact(values)
    return sum(each[name] * response[name].clients(split[name]) for name in LEVERS)


def near_bounds(case: Case) -> dict[str, tuple[float, float]]:
    """Return the least and the most of each lever once the committee keeps it within ``MARGIN`` of the year."""
    now = case.fact(spent)
    return {
        name: (max(low, (1 - MARGIN) * now[name]), min(high, (1 + MARGIN) * now[name]))
        for name, (low, high) in case.fact(bounds).items()
    }


def best_within(case: Case, edges: Mapping[str, tuple[float, float]], each: Mapping[str, float]) -> dict[str, float]:
    """Return the split of the board's budget, within ``edges``, whose clients bring the most at ``each`` apiece."""
    response, budget = case.fact(curves), case.fact(hypotheses)["budget_2026_2027_ht"]
    weights = [each[name] * response[name].ceiling for name in LEVERS]
    halves = [response[name].half_ht for name in LEVERS]
    found = metrics.equal_marginal_split(weights, halves, [edges[name] for name in LEVERS], budget)
    return dict(zip(LEVERS, found, strict=True))


def best_split(case: Case) -> dict[str, float]:
    """Return the split whose clients bring the most, near the year's expense."""
    return best_within(case, case.fact(near_bounds), case.fact(values))


def best_on_panel(case: Case) -> dict[str, float]:
    """Return the split to which the simulator leads: it knows nothing of the committee's rule."""
    return best_within(case, case.fact(bounds), case.fact(values))


def most_clients(case: Case) -> dict[str, float]:
    """Return the split that brings the most clients, whatever they are worth."""
    return best_within(case, case.fact(near_bounds), dict.fromkeys(LEVERS, 1.0))


def same_shares(case: Case) -> dict[str, float]:
    """Return the budget shared as the expense of the year was."""
    now, budget = case.fact(spent), case.fact(hypotheses)["budget_2026_2027_ht"]
    return {name: budget * now[name] / sum(now.values()) for name in LEVERS}


def even_split(case: Case) -> dict[str, float]:
    """Return the budget shared evenly."""
    return dict.fromkeys(LEVERS, case.fact(hypotheses)["budget_2026_2027_ht"] / len(LEVERS))


def best_average_first(case: Case) -> dict[str, float]:
    """Return every lever at its least, then each thousand where the average return is the best."""
    response, each, edges = case.fact(curves), case.fact(values), case.fact(near_bounds)
    split = {name: edges[name][0] for name in LEVERS}
    while (left := case.fact(hypotheses)["budget_2026_2027_ht"] - sum(split.values())) > 1:
        free = [name for name in LEVERS if split[name] < edges[name][1] - 1]
        best = max(free, key=lambda name: each[name] * response[name].clients(split[name]) / split[name])
        split[best] += min(STEP_HT, left, edges[best][1] - split[best])
    return split


CUT = 0.2


# D has a start, a target and a date.
KEYS.fixed_choice("s3-entree-objectif", "D", {"M250": "A", "M251": "B", "M252": "C"})
# C: 5 000 € more bring two clients there, one on the other lever.
KEYS.fixed_choice("s3-entree-budget", "C", {"M253": "A", "M254": "B", "M255": "D"})


@KEYS.number("s3-leads-necessaires", "leads", coarse=True)
def leads_needed(case: Case) -> Stated:
    """Clients aimed at, over the share of leads that end as clients."""
    aim, rows = case.fact(hypotheses)["objectif_clients"], case.fact(cohort)
    rate = float(rows["date_client"].notna().mean())
    by_lever = rows["date_client"].notna().groupby(rows["source"]).mean()
    from_opportunity = float(rows["date_client"].notna().sum() / rows["date_opp"].notna().sum())
    return metrics.ratio(aim, rate), {
        "M03": aim / float(by_lever.mean()),
        "M259": aim / float(case.fact(leads)["date_client"].notna().mean()),
        "M261": aim * rate,
        "M268": aim / from_opportunity,
    }


@KEYS.values("s3-valeur-segments", "tranche d’effectif", "€ HT par mois et par lead")
def segment_values(case: Case) -> Stated:
    """Monthly fees of the clients over all the leads, by size."""
    rows = case.fact(leads)
    whole = rows.groupby("effectif")["arpa"].sum() / rows.groupby("effectif")["lead_id"].count()
    return of_segment(case, "valeur"), {
        "M259": {size: float(whole[size]) for size in SIZES},
        "M262": (of_segment(case, "moyenne"), of_segment(case, "total")),
    }


def groups(case: Case, cut: Mapping[str, object]) -> Groups:
    """Return the share of the cohort and the monthly revenue by lead of each group that ``cut`` makes."""
    rows = case.fact(cohort)
    found = segmented(rows, cut)
    leads = found["leads"]
    return Groups(
        {str(name): float(size) / len(rows) for name, size in leads.items()},
        {str(name): float(value) for name, value in found["valeur"].items()},
    )


def segmented(rows: pd.DataFrame, cut: Mapping[str, object]) -> pd.DataFrame:
    """Return leads, monthly revenue by lead and leads that can be written to, by group."""
    group = segmenter(rows, cut)
    total, count = rows["arpa"].groupby(group).sum(), rows["lead_id"].groupby(group).count()
    joined = reachable(rows).groupby(group).sum()
    return pd.DataFrame({"leads": count, "total": total, "joignables": joined, "valeur": total / count})


USEFUL_CUT = CutRule(small="M349", alike="M350")
FLAT_CUTS: tuple[dict[str, object], ...] = (
    {"type_adresse": "professionnelle", "secteur": "Artisanat du bâtiment"},
    {"type_adresse": "professionnelle", "secteur": "Commerce de détail"},
)
"""Cuts that hardly part what leads are worth, in most variants."""


@KEYS.ask("s3-decoupage", UsefulSegments(groups, USEFUL_CUT), coarse=True)
def cut(case: Case) -> Stated:
    """Give one useful cut: size of the firm and score; any other cut that parts the value is as good."""
    wrongs: dict[str, Any] = {"M349": {"effectif": 3, "score": 98}}
    flat = [one for one in FLAT_CUTS if USEFUL_CUT.fault(groups(case, one)) == "M350"]
    return {"effectif": 3, "score": 60}, wrongs | ({"M350": tuple(flat)} if flat else {})


@KEYS.number("s3-cout-epub", "€ HT par client", needs=(leads_needed,))
def display_cost(case: Case) -> Stated:
    """Cost of a click, over the share of visitors that become leads, over the share of leads that become clients."""
    plan = case.fact(hypotheses)
    rate = plan["objectif_clients"] / case.value(leads_needed)
    visit = CPM_HT / 1000 / CLICK_RATE
    lead = visit / plan["taux_visiteur_lead"]
    return lead / rate, {"M261": visit * plan["taux_visiteur_lead"] * rate, "M268": (visit, lead, visit / rate)}


@KEYS.values("s3-prochain-millier", "levier", "€ HT")
def next_thousand(case: Case) -> Stated:
    """Value of the clients that 1 000 € more bring, from the expense of the year, by lever."""
    response, now, each = case.fact(curves), case.fact(spent), case.fact(values)
    before = {name: response[name].clients(now[name]) for name in LEVERS}
    after = {name: response[name].clients(now[name] + STEP_HT) for name in LEVERS}
    more = {name: after[name] - before[name] for name in LEVERS}
    return {name: each[name] * more[name] for name in LEVERS}, {
        "M253": {name: each[name] * before[name] / now[name] * STEP_HT for name in LEVERS},
        "M260": more,
        "M266": {name: each[name] * after[name] for name in LEVERS},
    }


@KEYS.ask(
    "s3-repartition",
    BestSplit(worth, same_shares, lambda case: case.fact(hypotheses)["budget_2026_2027_ht"], near_bounds),
)
def split(case: Case) -> Stated:
    """Return the split where the next euro brings as much on every lever that is not at a bound."""
    right = case.fact(best_split)
    wrongs = {
        "M253": case.fact(best_average_first),
        "M254": case.fact(same_shares),
        "M255": case.fact(even_split),
        "M260": case.fact(most_clients),
        "M351": case.fact(best_on_panel),
    }
    return right, {
        name: wrong for name, wrong in wrongs.items() if any(abs(wrong[one] - right[one]) > APART_HT for one in LEVERS)
    }


@KEYS.number("s3-perte", "clients par an")
def lost_clients(case: Case) -> Stated:
    """Clients of the webinars at the expense of the year, less those of a budget cut by a fifth."""
    curve, now = case.fact(curves)["Webinaires"], case.fact(spent)["Webinaires"]
    kept = curve.clients((1 - CUT) * now)
    return curve.clients(now) - kept, {"M266": (kept, curve.clients(CUT * now)), "M269": CUT * curve.clients(now)}
