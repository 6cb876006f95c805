"""Notebook 01: feasibility of an objective (B2-C01), cost by approach (B2-C03), size of the sales force (B2-C04)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from autograder.keys import salesforce
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import SameValues
from autograder.keys.declaring import Keys
from autograder.keys.leads import cohort, leads
from autograder.keys.mistakes import apart, elsewhere
from autograder.keys.model import Stated
from casestudies.treziflow import story
from casestudies.treziflow.params import PLANS, PROSPECTORS, SELLERS
from casestudies.treziflow.staffing import CLOSE, REMOTE

KEYS = Keys("e3-plan-operationnel/01-objectifs-vendeurs", company="treziflow")
DEMAND, PROSPECTING, SELLING = "demande", "prospection", "vente"
TEAMS = {PROSPECTING: PROSPECTORS, SELLING: SELLERS}
CALENDAR_WEEKS, PAID_HOURS = 52, 35.0
FOLLOWING_HOURS = 22.0
"""Hours a week that a person gives to the clients followed (« cadrage-plan »)."""

Numbers = dict[str, float]


def rates(case: Case) -> tuple[float, ...]:
    """Return the shares of the cohort that pass each step: MQL, SQL, opportunity, client."""
    counts = [int(count) for count in case.fact(cohort)[list(story.DATES)].count()]
    return tuple(after / before for before, after in pairwise(counts))


def target(case: Case) -> float:
    """Return the new clients that management aims at."""
    return case.fact(hypotheses)["objectif_clients"]


def planned_load(case: Case) -> Numbers:
    """Return the hours that the target asks of each team."""
    known, (_, to_sql, to_opportunity, to_client) = case.fact(hypotheses), case.fact(rates)
    mql = salesforce.volume_needed(target(case), (to_sql, to_opportunity, to_client))
    sql, opportunities = mql * to_sql, mql * to_sql * to_opportunity
    selling = [known["minutes_par_sql"], known["minutes_par_opportunite"]]
    return {
        PROSPECTING: salesforce.hours([mql], [known["minutes_par_mql"]]),
        SELLING: salesforce.hours([sql, opportunities], selling),
    }


@dataclass(frozen=True)
class Person:
    """One of the sales team: hours of selling a week, share of a full time, weeks away in the year."""

    weekly_hours: float
    full_time: float
    away_weeks: float


def people(case: Case) -> dict[str, Person]:
    """Return each of the sales team by code."""
    away = case.table("absences_prevues").groupby("commercial_id")["semaines"].sum().to_dict()
    team = case.table("equipe_commerciale")
    columns = (team[name] for name in ("commercial_id", "heures_vente_semaine", "etp"))
    return {
        str(code): Person(float(weekly), float(share), float(away.get(code, 0)))
        for code, weekly, share in zip(*columns, strict=True)
    }


def capacity_with(case: Case, weeks: float | None = None, away: bool = True, full: bool = False) -> Numbers:
    """Return the hours that each team can give in the year, by the rule of management or by another."""
    worked = case.fact(hypotheses)["semaines_travaillees"] if weeks is None else weeks

    def of(person: Person) -> float:
        weekly = PAID_HOURS * person.full_time if full else person.weekly_hours
        return salesforce.yearly_hours(weekly, worked, person.away_weeks if away else 0.0)

    return by_person(case, of)


def by_person(case: Case, hours: Callable[["Person"], float]) -> Numbers:
    """Return what each team adds up to."""
    everyone = case.fact(people)
    return {team: sum(hours(everyone[name]) for name in names) for team, names in TEAMS.items()}


def capacity(case: Case) -> Numbers:
    """Return the hours that each team can give in the year."""
    return capacity_with(case)


def spending(case: Case) -> pd.DataFrame:
    """Return the expenses that brought the clients of the year, with the approach of their lever."""
    return _approached(case, case.period("couts_exercice").filtrer(case.table("couts_acquisition"), "mois"), "levier")


def signed(case: Case) -> pd.DataFrame:
    """Return the leads that signed in the year, with the approach of their lever."""
    return _approached(case, case.period("exercice").filtrer(case.fact(leads), "date_client"), "source")


def _approached(case: Case, rows: pd.DataFrame, lever: str) -> pd.DataFrame:
    table = case.table("leviers")
    return rows.assign(approche=rows[lever].map(dict(zip(table["levier"], table["approche"], strict=True))))


def client_cost(case: Case) -> float:
    """Return the full cost of a client of the year (€ excl. tax)."""
    return float(case.fact(spending)["reel_ht"].sum()) / len(case.fact(signed))


def demand(case: Case) -> float:
    """Return the clients that the budget brings while a client costs what it cost in the year."""
    return case.fact(hypotheses)["budget_2026_2027_ht"] / case.fact(client_cost)


def by_team(case: Case) -> Numbers:
    """Return the clients that the hours of each team allow."""
    asked, given = case.fact(planned_load), case.fact(capacity)
    return {name: target(case) * given[name] / asked[name] for name in TEAMS}


def possible(case: Case) -> Numbers:
    """Return the clients that the demand and each team allow."""
    return {DEMAND: case.fact(demand)} | case.fact(by_team)


def full_time(case: Case, weeks: float | None = None, weekly: Mapping[str, float] | None = None) -> Numbers:
    """Return the hours of a full-time person of each team who is never away."""
    everyone = case.fact(people)
    hours = weekly or {team: everyone[names[0]].weekly_hours for team, names in TEAMS.items()}
    worked = case.fact(hypotheses)["semaines_travaillees"] if weeks is None else weeks
    return {name: salesforce.yearly_hours(hours[name], worked) for name in TEAMS}


def last_month(case: Case) -> pd.DataFrame:
    """Return the clients of the last month of the year."""
    table = case.table("abonnements")
    rows: pd.DataFrame = table[table["mois"] == table["mois"].max()]
    return rows


def by_formula(rows: pd.DataFrame) -> Numbers:
    """Return the rows of each formula."""
    counts = rows["formule"].value_counts()
    return {name: float(counts[name]) for name in PLANS}


def followed(case: Case) -> Numbers:
    """Return the clients to follow from the first of July, by formula."""
    rows = case.fact(last_month)
    return by_formula(rows[rows["churn"] == "non"])


def hours_by_client(case: Case, plan: str) -> Numbers:
    """Return the hours that a plan gives a client in a year, by formula, travel included."""
    table = case.table("plans_suivi")
    rows = table[table["plan"] == plan]
    minutes = rows["contacts_par_an"] * (rows["minutes_par_contact"] + rows["minutes_de_trajet"])
    return {str(name): float(time) / 60 for name, time in zip(rows["formule"], minutes, strict=True)}


def following_staff(case: Case, plan: str) -> tuple[int, dict[str, float | tuple[float, ...]]]:
    """Return the people whom a plan needs, and the wrong numbers of people."""
    clients, each = case.fact(followed), hours_by_client(case, plan)
    weeks = case.fact(hypotheses)["semaines_travaillees"]
    one = salesforce.yearly_hours(FOLLOWING_HOURS, weeks)
    load = sum(clients[name] * each[name] for name in PLANS)
    same_for_all = sum(clients.values()) * sum(each.values()) / len(each)

    def both(hours: float, person: float) -> tuple[float, ...]:
        return (salesforce.headcount(hours, person), hours / person)

    right = salesforce.headcount(load, one)
    wrongs: dict[str, float | tuple[float, ...]] = {
        "M745": both(load, salesforce.yearly_hours(FOLLOWING_HOURS, CALENDAR_WEEKS)),
        "M746": both(load, salesforce.yearly_hours(PAID_HOURS, weeks)),
        "M751": (load / one, math.floor(load / one)),
        "M759": both(same_for_all, one),
    }
    return right, apart(right, wrongs)


def sellers(case: Case) -> pd.DataFrame:
    """Return activities, opportunities, signatures and closing rate of each seller of the cohort."""
    rows = case.fact(cohort)
    opened = rows[rows["date_opp"].notna()].groupby("commercial_id")[["date_opp", "date_client"]].count()
    busy = case.table("activites")["commercial_id"].value_counts()
    found = opened.loc[list(SELLERS)]
    return found.assign(activites=busy, taux=found["date_client"] / found["date_opp"])


# The chain gives what its narrowest step gives: B, 60.
KEYS.fixed_choice("p1-entree-goulot", "B", {"M749": ("A", "D"), "M750": "C"})
# A guide that is downloaded: the contact makes the first step.
KEYS.fixed_choice("p1-entree-approche", "C", {"M754": ("A", "B", "D")})
# 2 300 h, 25 h × 44 weeks: 2,09, so 3; 52 weeks: 1,77; 35 h: 1,49.
KEYS.fixed_choice("p1-entree-effectif", "D", {"M751": ("A", "B"), "M746": "C"})

# 35 paid hours, 52 weeks, two trades in one sum: C.
KEYS.fixed_choice("p1-avis", "C", {"M746": "A", "M745": "B", "M750": "D"})


@KEYS.number("p1-mql", "MQL")
def mql_needed(case: Case) -> Stated:
    """Target over the rates from MQL to client."""
    to_mql, *after = case.fact(rates)
    aim = target(case)
    return salesforce.volume_needed(aim, after), {
        "M740": aim / after[-1],
        "M741": aim / sum(after),
        "M742": salesforce.volume_needed(aim, (to_mql, *after)),
        "M261": aim * math.prod(after),
    }


@KEYS.ask("p1-charge", SameValues("équipe", "heures"), needs=(mql_needed,))
def load(case: Case) -> Stated:
    """Hours of each team for the target; those of prospecting follow the number of MQL."""
    known = case.fact(hypotheses)
    right = {
        **case.fact(planned_load),
        PROSPECTING: salesforce.hours([case.value(mql_needed)], [known["minutes_par_mql"]]),
    }
    _, _, to_opportunity, to_client = case.fact(rates)
    opportunities = target(case) / to_client
    calls = salesforce.hours([opportunities / to_opportunity], [known["minutes_par_sql"]])
    return right, {
        "M743": {name: value * salesforce.MINUTES_AN_HOUR for name, value in right.items()},
        "M744": ({**right, SELLING: calls}, {**right, SELLING: right[SELLING] - calls}),
    }


@KEYS.values("p1-capacite", "équipe", "heures")
def team_capacity(case: Case) -> Stated:
    """Hours of each team in the year, absences out."""
    weeks = case.fact(hypotheses)["semaines_travaillees"]

    def twice(person: Person) -> float:
        return salesforce.yearly_hours(person.weekly_hours * person.full_time, weeks, person.away_weeks)

    return case.fact(capacity), {
        "M745": capacity_with(case, CALENDAR_WEEKS),
        "M746": capacity_with(case, full=True),
        "M747": capacity_with(case, away=False),
        "M748": by_person(case, twice),
    }


@KEYS.values("p1-possibles", "équipe", "clients")
def team_clients(case: Case) -> Stated:
    """Clients that the hours of each team allow."""
    asked = case.fact(planned_load)

    def clients(given: Numbers) -> Numbers:
        return {name: target(case) * given[name] / asked[name] for name in TEAMS}

    return case.fact(by_team), {
        "M745": clients(capacity_with(case, CALENDAR_WEEKS)),
        "M746": clients(capacity_with(case, full=True)),
        "M747": clients(capacity_with(case, away=False)),
    }


@KEYS.number("p1-plafond", "clients")
def ceiling(case: Case) -> Stated:
    """Return the clients that the narrowest step allows."""
    found = case.fact(possible)
    right, *others = sorted(found.values())
    total = sum(found.values())
    return right, {"M749": tuple(others)} | apart(right, {"M750": (total, total / len(found))})


@KEYS.label("p1-goulot", (DEMAND, PROSPECTING, SELLING))
def bottleneck(case: Case) -> Stated:
    """Name the narrowest step."""
    found = case.fact(possible)
    right = salesforce.narrowest(found)
    wrongs: dict[str, tuple[str, ...]] = {"M749": tuple(name for name in found if name not in (right, DEMAND))}
    return right, wrongs if right == DEMAND else wrongs | {"M753": (DEMAND,)}


@KEYS.values("p1-effectif", "équipe", "personnes", coarse=True)
def staff(case: Case) -> Stated:
    """People that each team needs for the target, rounded up."""
    asked, one = case.fact(planned_load), case.fact(full_time)
    right = {name: float(salesforce.headcount(asked[name], one[name])) for name in TEAMS}

    def with_hours(hours: Mapping[str, float]) -> Numbers:
        return {name: float(salesforce.headcount(asked[name], hours[name])) for name in TEAMS}

    return right, elsewhere(
        right,
        {
            "M751": {name: asked[name] / one[name] for name in TEAMS},
            "M745": with_hours(full_time(case, CALENDAR_WEEKS)),
            "M746": with_hours(full_time(case, weekly=dict.fromkeys(TEAMS, PAID_HOURS))),
        },
    )


@KEYS.label("p1-vendeur", SELLERS)
def best_closer(case: Case) -> Stated:
    """Name the seller who signs the largest share of the opportunities."""
    found = case.fact(sellers)
    right = str(found["taux"].idxmax())
    tempting = {"M755": str(found["activites"].idxmax()), "M756": str(found["date_client"].idxmax())}
    return right, {name: seller for name, seller in tempting.items() if seller != right}


@KEYS.values("p1-portefeuille", "formule", "clients")
def portfolio(case: Case) -> Stated:
    """Clients to follow from the first of July, by formula."""
    right = case.fact(followed)
    wrongs = {"M757": by_formula(case.fact(last_month)), "M758": by_formula(case.table("abonnements"))}
    return right, elsewhere(right, wrongs)


@KEYS.number("p1-suivi", "personnes", coarse=True)
def remote_staff(case: Case) -> Stated:
    """People whom the remote plan needs."""
    return following_staff(case, REMOTE)


@KEYS.values("p1-cout-approche", "approche", "€ HT par client")
def approach_costs(case: Case) -> Stated:
    """Full cost of a client by approach."""
    paid, won = case.fact(spending), case.fact(signed)["approche"].value_counts()
    arrived = _approached(case, case.period("exercice").filtrer(case.fact(leads), "date_creation"), "source")

    def cost(rows: pd.DataFrame, counts: pd.Series) -> Numbers:
        sums = rows.groupby("approche")["reel_ht"].sum()
        return {str(name): float(sums[name] / counts[name]) for name in sums.index}

    right = cost(paid, won)
    wrongs = {
        "M13": cost(paid[paid["poste"] == "média"], won),
        "M752": cost(paid, arrived["approche"].value_counts()),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p1-suivi-rapproche", "personnes", coarse=True)
def close_staff(case: Case) -> Stated:
    """People whom the close plan needs."""
    return following_staff(case, CLOSE)
