"""Notebook 05: traffic to find and pay (B2-C16), a funnel on one cohort (B2-C17), a test of two pages (B2-C18)."""

import math
from typing import Any

import numpy as np
import pandas as pd

from autograder.keys import conversion, metrics, salesforce
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.leads import cohort, leads
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated
from casestudies.market.ab_test import replayed
from casestudies.studio.arret import REPLAYS
from casestudies.treziflow import story
from casestudies.treziflow.audience import WEB
from casestudies.treziflow.params import SOURCES

KEYS = Keys("e3-plan-operationnel/05-trafic-client", company="treziflow")
LEVERS = tuple(SOURCES[rank] for rank in WEB)
STAGES = ("leads", "MQL", "SQL", "opportunités", "clients")
DEARER, WEBINARS = "SEA", "Webinaires"
MORE_VISITS = 1.05
"""How many times this year's visits the question on the budget asks for."""
BETTER = 0.20
"""Relative rise of a rate that a test must be able to see."""
LOOK = 1.96


def of_the_web(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the leads that began with a visit."""
    return rows[rows["source"].isin(LEVERS)]


def visits(case: Case, period: str = "cohortes_mures") -> pd.Series:
    """Return the visits of a window by lever of the web."""
    rows = case.period(period).filtrer(case.table("visites_mensuelles"), "mois")
    return rows.groupby("levier")["visites"].sum()


def counts(case: Case) -> list[float]:
    """Return visits, leads, MQL, SQL, opportunities and clients of the web cohort."""
    rows = of_the_web(case.fact(cohort))
    return [float(visits(case).sum()), *(float(count) for count in rows[list(story.DATES)].count())]


def rate_of_all(case: Case) -> float:
    """Return the share of the visits that end as clients."""
    found = case.fact(counts)
    return found[-1] / found[0]


def by_stage(rates: list[float]) -> dict[str, float]:
    """Return rates under the names of the stages that they lead to."""
    return dict(zip(STAGES, rates, strict=True))


def snapshot(case: Case) -> list[float]:
    """Return what happened in the window, whoever it happened to: the count of a snapshot."""
    rows, window = of_the_web(case.fact(leads)), case.period("cohortes_mures")
    return [float(visits(case).sum()), *(float(len(window.filtrer(rows, name))) for name in story.DATES)]


def unfinished(case: Case) -> list[float]:
    """Return the counts of the whole export, where recent leads have not had their time."""
    rows = of_the_web(case.fact(leads))
    seen = float(case.table("visites_mensuelles")["visites"].sum())
    return [seen, *(float(count) for count in rows[list(story.DATES)].count())]


def lever_counts(case: Case) -> pd.DataFrame:
    """Return how many leads of the cohort reached each stage, by lever."""
    return story.counts(case.fact(cohort))


def web_target(case: Case) -> float:
    """Return the clients that the web must bring, the other two levers signing as many as in the year."""
    signed = case.period("exercice").filtrer(case.fact(leads), "date_client")
    return case.fact(hypotheses)["objectif_clients"] - float((~signed["source"].isin(LEVERS)).sum())


def spent(case: Case, period: str = "exercice", item: str = "") -> pd.Series:
    """Return the expenses of a window by lever, all items or one of them (€ excl. tax)."""
    rows = case.period(period).filtrer(case.table("couts_acquisition"), "mois")
    return rows[rows["poste"] == item if item else rows["poste"].notna()].groupby("levier")["reel_ht"].sum()


def halves(case: Case) -> dict[str, float]:
    """Return the budget that brings half of its ceiling, by lever (€ excl. tax)."""
    table = case.table("leviers")
    return dict(zip(table["levier"], table["budget_moitie_ht"].astype(float), strict=True))


Arms = dict[str, tuple[float, float]]
"""Forms and visits of each page."""


def arms(case: Case, clean: bool = True) -> Arms:
    """Return forms and visits of pages A and B, without the days that were counted wrongly."""
    test = case.table("test_ab_landing")
    if clean:
        test = test.drop(case.period("incident_ab").filtrer(test).index)
    total = test.groupby("variante")[["formulaires", "visiteurs"]].sum()
    rows = zip(total.index, total["formulaires"], total["visiteurs"], strict=True)
    return {str(name): (float(won), float(seen)) for name, won, seen in rows}


def clean_arms(case: Case) -> Arms:
    """Return forms and visits of each page, the days of the incident left out."""
    return arms(case)


def gap_of(found: Arms) -> float:
    """Return the difference of the two rates, B − A."""
    (won_a, seen_a), (won_b, seen_b) = found["A"], found["B"]
    return won_b / seen_b - won_a / seen_a


def alarms(case: Case) -> tuple[float, float, int]:
    """Return the share of replays of two equal pages with a false win on some day, on the last one, and the days."""
    test = case.table("test_ab_landing")
    kept = test.drop(case.period("incident_ab").filtrer(test).index)
    daily: Any = kept.pivot(index="date", columns="variante", values="visiteurs").to_numpy()
    won, seen = case.fact(clean_arms)["A"]
    _, z = replayed(daily, np.array([won / seen, won / seen]), REPLAYS, int(daily.sum()))
    crossed = np.abs(z) > LOOK
    return float(crossed.any(axis=1).mean()), float(crossed[:, -1].mean()), len(daily)


# 4 % of the visits, then 5 % of the leads: 10 ÷ 0,002 = 5 000, A.
KEYS.fixed_choice("p5-entree-visites", "A", {"M740": "B", "M741": "C", "M268": "D"})
# 8 of the 200 leads of May signed in the end: A, 4 %.
KEYS.fixed_choice("p5-entree-cohorte", "A", {"M805": ("B", "C")})
# The interval of the difference excludes zero: A.
KEYS.fixed_choice("p5-entree-intervalle", "A", {"M75": "B", "M159": "C"})
# The draw at random and the length set beforehand can be kept: A.
KEYS.fixed_choice("p5-bilan", "A", {"M810": "B", "M815": "C", "M817": "D"})


@KEYS.values("p5-taux", "étape", PROPORTION)
def rates(case: Case) -> Stated:
    """Share of each stage that reaches the next, on one cohort."""
    found = case.fact(counts)
    right = by_stage(conversion.stage_rates(found))
    wrongs = {
        "M805": by_stage(conversion.stage_rates(snapshot(case))),
        "M806": by_stage([count / found[0] for count in found[1:]]),
        "M259": by_stage(conversion.stage_rates(unfinished(case))),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p5-global", PROPORTION)
def whole_rate(case: Case) -> Stated:
    """Product of the rates, from visit to client."""
    found = case.fact(counts)
    each = conversion.stage_rates(found)
    return case.fact(rate_of_all), {
        "M807": sum(each) / len(each),
        "M741": sum(each),
        "M268": found[-1] / found[1],
    }


@KEYS.values("p5-point", "étape", "clients")
def one_point(case: Case) -> Stated:
    """Clients that one point more would have won at each stage."""
    found = case.fact(counts)
    right = by_stage([conversion.extra_clients(found, rank) for rank in range(len(STAGES))])
    wrongs = {
        "M816": by_stage([0.01 * count for count in found[:-1]]),
        "M813": by_stage([0.01 * found[-1]] * len(STAGES)),
    }
    return right, elsewhere(right, wrongs)


@KEYS.label("p5-perte", SOURCES)
def losing_lever(case: Case) -> Stated:
    """Name the lever whose MQL become SQL the least often."""
    found = case.fact(lever_counts)
    right = str((found["date_sql"] / found["date_mql"]).idxmin())
    tempting = {
        "M808": str(found["date_sql"].idxmin()),
        "M223": str((found["date_mql"] / found["date_creation"]).idxmin()),
    }
    return right, {name: lever for name, lever in tempting.items() if lever != right}


@KEYS.values("p5-cout-sql", "levier", "€ HT par SQL")
def sql_costs(case: Case) -> Stated:
    """Expenses of the cohort's months over the SQL that its leads became, by lever."""
    found, paid = case.fact(lever_counts), spent(case, "cohortes_mures")
    right = by_name(paid / found["date_sql"])
    wrongs = {
        "M809": by_name(paid / found["date_creation"]),
        "M13": by_name(spent(case, "cohortes_mures", "média") / found["date_sql"]),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p5-visites", "visites", needs=(whole_rate,))
def visits_needed(case: Case) -> Stated:
    """Clients that the web must bring, over the share of visits that end as clients."""
    aim, rate = case.fact(web_target), case.value(whole_rate)
    each = conversion.stage_rates(case.fact(counts))
    right = salesforce.volume_needed(aim, [rate])
    wrongs: dict[str, float | tuple[float, ...]] = {"M740": aim / each[-1], "M741": aim / sum(each), "M261": aim * rate}
    return right, apart(right, wrongs)


@KEYS.number("p5-budget", "€ HT")
def more_budget(case: Case) -> Stated:
    """Budget for a twentieth more visits by the dearer lever, where its curve is known."""
    half, paid = case.fact(halves)[DEARER], float(spent(case)[DEARER])
    media = float(spent(case, item="média")[DEARER])
    right = conversion.budget_for(paid, half, MORE_VISITS)
    return right, apart(right, {"M269": MORE_VISITS * paid, "M13": conversion.budget_for(media, half, MORE_VISITS)})


@KEYS.number("p5-ecart", PROPORTION)
def page_gap(case: Case) -> Stated:
    """Rate of page B less rate of page A, on the days that were counted rightly."""
    found = case.fact(clean_arms)
    (won_a, seen_a), (won_b, seen_b) = found["A"], found["B"]
    right = gap_of(found)
    wrongs: dict[str, float | tuple[float, ...]] = {
        "M810": gap_of(arms(case, clean=False)),
        "M811": metrics.change(won_a / seen_a, won_b / seen_b),
    }
    return right, apart(right, wrongs)


@KEYS.values("p5-intervalle", "borne", PROPORTION)
def page_interval(case: Case) -> Stated:
    """Both ends of the 95 % interval of the difference."""
    found, raw = case.fact(clean_arms), arms(case, clean=False)
    gap, errors = gap_of(found), [conversion.standard_error(*found[name]) for name in "AB"]

    def around(margin: float) -> dict[str, float]:
        return {"bas": gap - margin, "haut": gap + margin}

    low, high = conversion.difference_interval(found["A"], found["B"])
    kept = conversion.difference_interval(raw["A"], raw["B"])
    right = {"bas": low, "haut": high}
    wrongs = {
        "M73": around(math.hypot(*errors)),
        "M74": around(conversion.Z_95 * sum(errors)),
        "M810": dict(zip(right, kept, strict=True)),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p5-alertes", PROPORTION)
def false_wins(case: Case) -> Stated:
    """Share of the replays of two equal pages where somebody who looks each day announces a win."""
    some_day, last_day, days = case.fact(alarms)
    return some_day, apart(some_day, {"M815": (last_day, 0.05), "M818": 1 - 0.95**days})


def size_from(rate: float) -> Stated:
    """Return the visits that each page needs for its rate to rise by a fifth, and the wrong numbers."""
    aimed = (1 + BETTER) * rate
    right = conversion.sample_size(rate, aimed)
    return right, {
        "M812": conversion.sample_size(rate, aimed, conversion.Z_95),
        "M813": conversion.sample_size(rate, rate + BETTER),
        "M814": 2 * right,
    }


@KEYS.number("p5-taille", "visites par page")
def next_size(case: Case) -> Stated:
    """Visits that each page of the next test needs, from the rate of page B."""
    won, seen = case.fact(clean_arms)["B"]
    return size_from(won / seen)


@KEYS.number("p5-taille-webinaires", "visites par page")
def webinar_size(case: Case) -> Stated:
    """Visits that each page of a test needs, from the rate of the visits of the webinars."""
    joined = float(case.fact(lever_counts)["date_creation"].to_dict()[WEBINARS])
    return size_from(joined / float(visits(case).to_dict()[WEBINARS]))
