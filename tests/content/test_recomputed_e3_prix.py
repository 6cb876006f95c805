"""The values of E3’s notebook on price computed again from the tables, by other ways: for three learners, keys agree.

Crossings are found by halving an interval, the slope by least squares with a constant, the best price by a search.
"""

from bisect import bisect, bisect_left
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.questions.e3_plan_operationnel import prix as facts
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")
HALVINGS = 80


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("hetrabelle", request.param, accepted_draw("hetrabelle", request.param))


def root(growing: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that grows from a negative value to a positive one is null, by halving."""
    assert growing(low) < 0 < growing(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if growing(middle) >= 0 else (middle, high)
    return high


def highest(value: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with one summit is the highest, by thirds."""
    for _ in range(2 * HALVINGS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (left, high) if value(left) < value(right) else (low, right)
    return (low + high) / 2


def assumptions(case: Case) -> dict[str, float]:
    return dict(case.table("hypotheses")[["cle", "valeur"]].itertuples(index=False))


def variable_cost(known: dict[str, float]) -> float:
    return sum(known[f"cout_{name}_ht"] for name in ("fabrication", "livraison", "sav_paiement"))


def coherent(case: Case) -> pd.DataFrame:
    """Return the answers whose thresholds grow, told row by row."""
    answers = case.table("enquete_psm")[["trop_bon_marche", "bon_marche", "cher", "trop_cher"]]
    return answers[[pd.Index(row).is_monotonic_increasing and len(set(row)) == 4 for row in answers.to_numpy()]]


def crossings(case: Case) -> dict[str, float]:
    """Return van Westendorp’s points: each curve is read between the prices that people name, and crossings halved."""
    answers = coherent(case)
    named = sorted(set(answers.to_numpy().ravel()))
    below = {name: [bisect(column, price) for price in named] for name, column in ordered(answers, "cher", "trop_cher")}
    under = ordered(answers, "bon_marche", "trop_bon_marche")
    above = {name: [len(column) - bisect_left(column, price) for price in named] for name, column in under}

    def share(name: str, price: float) -> float:
        return float(np.interp(price, named, (below | above)[name])) / len(answers)

    pairs = {
        "PMC": lambda p: 1 - share("bon_marche", p) - share("trop_bon_marche", p),
        "OPP": lambda p: share("trop_cher", p) - share("trop_bon_marche", p),
        "PME": lambda p: share("trop_cher", p) - 1 + share("cher", p),
    }
    return {point: root(gap, named[0], named[-1]) for point, gap in pairs.items()}


def ordered(answers: pd.DataFrame, *names: str) -> list[tuple[str, list[float]]]:
    """Return columns as ordered lists, with their names."""
    return [(name, sorted(answers[name])) for name in names]


def usual(case: Case) -> pd.Series:
    """Return the median price of each competitor, by the list of its comparable prices, taxes added one by one."""
    prices: dict[str, list[float]] = {}
    for row in case.table("releves_prix").to_dict("records"):
        if (row["produit_id"], row["etat"], row["disponible"], row["promotion"]) == ("LBU01", "neuf", "oui", "non"):
            added = 0.2 * row["prix_affiche"] if row["base"] == "HT" else 0.0
            prices.setdefault(row["concurrent"], []).append(round(row["prix_affiche"] + added, 2))
    return pd.Series({name: sorted(seen) for name, seen in prices.items()}).map(np.median)


def elasticity(case: Case) -> float:
    """Return the second coefficient of log(sales by visit) on a constant and log(price)."""
    weeks = case.table("historique_prix").query("produit_id == 'LIT03' and rupture == 'non' and quantite > 0")
    design = np.column_stack([np.ones(len(weeks)), np.log(weeks["prix_ttc"])])
    (_, slope), *_ = np.linalg.lstsq(design, np.log(weeks["quantite"]) - np.log(weeks["visites"]), rcond=None)
    return float(slope)


def buyers(case: Case) -> pd.DataFrame:
    """Return the share of « oui », a segment by row and a price by column; « All » is everybody."""
    told = case.table("enquete_gabor").assign(oui=lambda rows: rows["achat"].map({"oui": 1.0, "non": 0.0}))
    return told.pivot_table(index="segment", columns="prix_ttc", values="oui", aggfunc="mean", margins=True)


def references(case: Case) -> dict[str, float]:
    """Return the lowest of thirty daily prices, product by product, the last on the eve of the first reduction."""
    prices = case.table("prix_45_jours").set_index("date").sort_index().groupby("produit_id")["prix_ttc"]
    first = case.table("promotions_prevues").set_index("produit_id")["premiere_reduction"]
    found = {}
    for product, daily in prices:
        days = pd.date_range(end=first[product] - pd.Timedelta(days=1), periods=30)
        found[str(product)] = min(float(daily[day]) for day in days)
    return found


def recomputed(case: Case) -> dict[str, object]:
    """Return the main values of the notebook, by question."""
    known, points, prices = assumptions(case), crossings(case), usual(case)
    vat, cost, slope = known["taux_tva"], variable_cost(known), elasticity(case)
    market = float(np.quantile(prices, 0.5))
    told = buyers(case).drop(columns="All")
    each = pd.DataFrame({price: told[price] * (price * 100 / (100 + 100 * vat) - cost) for price in told})
    best = each.loc["All"].sort_values().index[-1]
    lower = max(price for price in each if price < best)
    segment = each.loc["Reconditionné d’abord"]
    indicated = highest(lambda p: (p / (1 + vat) - cost) * p**slope, cost, 10 * cost)
    junior = case.table("gamme").query("produit_id == 'LIT03'").iloc[0]
    launch = known["charges_fixes_lancement_ht"] + cost * known["volume_prevu"]
    yearly = junior["charges_fixes_ht"] + junior["cvu_ht"] * junior["ventes_2026"]
    return {
        "p3-plancher": launch * (1 + vat) / known["volume_prevu"],
        "p3-concurrents": prices.to_dict(),
        "p3-opp": points["OPP"],
        "p3-bornes": {name: points[name] for name in ("PMC", "PME")},
        "p3-prix-marge": float(best),
        "p3-elasticite": slope,
        "p3-prix-indique": indicated,
        "p3-ecart-marche": (indicated - market) / market,
        "p3-reference": references(case),
        "p3-gain-tarif": 100 * (segment[lower] - segment[best]),
        "p3-plancher-junior": yearly * (1 + vat) / junior["ventes_2026"],
    }


def test_another_path_gives_the_same_values(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        assert key(case).right == pytest.approx(value, rel=1e-6, abs=1e-6), name


def test_as_many_people_are_kept_and_the_market_is_the_same(case: Case) -> None:
    answers, prices = case.table("enquete_psm"), sorted(usual(case))
    assert len(case.fact(facts.kept_answers)) == len(coherent(case)) < len(answers)
    half = len(prices) // 2
    assert case.fact(facts.usual_prices).median() == pytest.approx((prices[half] + prices[~half]) / 2)
