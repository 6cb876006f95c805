"""E1, notebook 02: the market and the benchmark of the competitors (B1-C03), the SWOT that helps to decide (B1-C04)."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.choices import SameSet
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated
from casestudies.hetrabelle.catalogue import BENCHMARKED
from casestudies.hetrabelle.company import Hetrabelle
from casestudies.hetrabelle.web import EVIDENCE, mark
from casestudies.names import NAMES

KEYS = Keys("e1-strategie/02-concurrence-swot", company="hetrabelle")
TODAY = pd.Timestamp("2026-10-05")
"""The day of the case, as the notes on the exports state it."""

STALE_BEFORE = TODAY - pd.DateOffset(months=12)
OURS, DIRECT = "nous", "direct"
SECOND_HAND = BENCHMARKED[-1]
SECOND_HAND_WEIGHTS = {
    "Prix du panier type": 6,
    "Évolutivité des meubles": 1,
    "Éco-conception": 5,
    "Avis des clients": 2,
    "Délai de livraison": 1,
    "Présence en magasin": 1,
    "Largeur de gamme": 1,
}
"""What counts for parents who look for second-hand furniture first, as the last question of the notebook states it."""


def grid(case: Case) -> pd.DataFrame:
    """Return the benchmark."""
    return case.table("benchmark")


def score(rows: pd.DataFrame) -> float:
    """Return the weighted mark of some rows of the benchmark, out of 5."""
    return metrics.weighted_mean(rows["note"], rows["poids"])


def scores(case: Case) -> dict[str, float]:
    """Return the weighted mark of each firm, ourselves included."""
    return {str(firm): score(rows) for firm, rows in case.fact(grid).groupby("concurrent", sort=False)}


def means(case: Case) -> dict[str, float]:
    """Return the simple mean of the marks of each firm."""
    return {
        str(firm): float(mean)
        for firm, mean in case.fact(grid).groupby("concurrent", sort=False)["note"].mean().items()
    }


def leader(case: Case) -> str:
    """Return the competitor with the best weighted mark."""
    rated = {firm: mark for firm, mark in case.fact(scores).items() if firm != case.company.name}
    return max(rated, key=rated.__getitem__)


def fresh(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose source is less than twelve months old on the day of the case."""
    return rows[rows["date_source"] >= STALE_BEFORE]


def of_firm(case: Case, firm: str) -> pd.DataFrame:
    """Return the rows of one firm."""
    table = case.fact(grid)
    return table[table["concurrent"] == firm]


THRESHOLDS = {criterion: thresholds for criterion, *_, thresholds in EVIDENCE}
"""Thresholds of the marks of each digital criterion, as the notebook states them."""


def presence(case: Case) -> pd.DataFrame:
    """Return what was measured on the web, with ``note``, the mark of each measure, out of 5."""
    table = case.table("presence_numerique")
    marks = [mark(value, THRESHOLDS[name]) for name, value in zip(table["critere"], table["valeur"], strict=True)]
    return table.assign(note=marks)


def by_firm(rows: pd.DataFrame, column: str) -> dict[str, float]:
    """Return the mean of a column for each firm."""
    return {str(firm): float(mean) for firm, mean in rows.groupby("concurrent")[column].mean().items()}


@dataclass(frozen=True)
class Places:
    """The ids of the facts: internal, favourable, and those whose wording misleads."""

    every: frozenset[str]
    internal: frozenset[str]
    favourable: frozenset[str]
    traps: frozenset[str]


def places(case: Case) -> Places:
    """Return the true place of each fact of the diagnosis."""
    assert isinstance(case.company, Hetrabelle)
    true = case.company.fact_places

    def among(*quadrants: str) -> frozenset[str]:
        return frozenset(name for name, quadrant in true.items() if quadrant in quadrants)

    return Places(
        frozenset(true), among("Force", "Faiblesse"), among("Force", "Opportunité"), frozenset(case.company.fact_traps)
    )


OUT_OF_FIVE = "note sur 5"


# Weights 3 and 1, marks 2 and 4: B is 10 ÷ 4.
KEYS.fixed_choice("s2-entree-score", "B", {"M110": "A", "M230": "C", "M231": "D"})
# One shop opens across the street: B, a threat, for its cause lies outside.
KEYS.fixed_choice("s2-entree-origine", "B", {"M235": "A", "M237": "C", "M238": "D"})


@KEYS.number("s2-croissance", PROPORTION)
def growth(case: Case) -> Stated:
    """Mean yearly growth of the market between its first and its last year."""
    table = case.table("marche").sort_values("annee")
    first, last = (float(table["marche_meur_ttc"].iloc[place]) for place in (0, -1))
    years = len(table) - 1
    total = last / first - 1
    return metrics.yearly_growth(first, last, years), {
        "M344": total,
        "M345": total / years,
        "M346": (metrics.yearly_growth(first, last, years + 1), total / (years + 1)),
    }


@KEYS.values("s2-numerique", "concurrent", OUT_OF_FIVE)
def digital_marks(case: Case) -> Stated:
    """Mean of the three digital marks of each firm: 5 less one for each threshold exceeded."""
    rows = case.fact(presence)
    upside_down, exceeded = rows.assign(note=6 - rows["note"]), rows.assign(note=5 - rows["note"])
    return by_firm(rows, "note"), {
        "M347": (by_firm(upside_down, "note"), by_firm(exceeded, "note")),
        "M348": by_firm(rows, "valeur"),
    }


@KEYS.values("s2-scores", "concurrent", OUT_OF_FIVE)
def all_scores(case: Case) -> Stated:
    """Weighted mean of the eight marks of each firm."""
    right = case.fact(scores)
    ours = of_firm(case, case.company.name)["poids"]
    total, count = float(ours.sum()), len(ours)
    return right, {
        "M110": case.fact(means),
        "M230": {firm: mark * total for firm, mark in right.items()},
        "M231": {firm: mark * total / count for firm, mark in right.items()},
    }


@KEYS.label("s2-meneur", (*BENCHMARKED, NAMES["hetrabelle"]))
def best_competitor(case: Case) -> Stated:
    """Competitor with the best weighted mark; the best simple mean is another."""
    first = case.fact(leader)
    plain_means = {firm: mark for firm, mark in case.fact(means).items() if firm != case.company.name}
    flattered = tuple(firm for firm, mark in plain_means.items() if mark == max(plain_means.values()) and firm != first)
    return first, {"M110": flattered, "M232": case.company.name}


@KEYS.number("s2-score-frais", OUT_OF_FIVE, coarse=True)
def fresh_score(case: Case) -> Stated:
    """Weighted mean of the marks whose source is less than a year old, for the best competitor."""
    rows = of_firm(case, case.fact(leader))
    kept = fresh(rows)
    right = score(kept)
    points = right * float(kept["poids"].sum())
    return right, {
        "M110": float(kept["note"].mean()),
        "M230": points,
        "M233": score(rows),
        "M234": points / float(rows["poids"].sum()),
    }


@KEYS.ask("s2-tri", SameSet("faits_swot", "fait_id", "numéros de faits"))
def internal_facts(case: Case) -> Stated:
    """List the facts whose cause lies inside the company, whatever their wording."""
    place = case.fact(places)
    return sorted(place.internal), {
        "M235": (sorted(place.internal | place.traps), sorted(place.internal ^ place.traps)),
        "M236": (sorted(place.internal - place.traps), sorted(place.internal ^ place.traps)),
        "M237": sorted(place.favourable),
        "M249": sorted(place.every - place.internal),
    }


@KEYS.number("s2-score-segment", OUT_OF_FIVE)
def segment_score(case: Case) -> Stated:
    """Weighted mean of the seven fresh marks of one firm, with the weights of another segment."""
    kept = fresh(of_firm(case, SECOND_HAND))
    weights = kept["critere"].map(SECOND_HAND_WEIGHTS)
    right = metrics.weighted_mean(kept["note"], weights)
    return right, {
        "M110": float(kept["note"].mean()),
        "M230": right * float(weights.sum()),
        "M231": right * float(weights.sum()) / len(kept),
        "M248": score(kept),
    }
