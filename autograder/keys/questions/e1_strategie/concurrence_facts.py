"""What notebook 02 of E1 computes about Hêtrabelle and its competitors; use each function through ``case.fact``."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from casestudies.hetrabelle.catalogue import BENCHMARKED
from casestudies.hetrabelle.company import Hetrabelle

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
