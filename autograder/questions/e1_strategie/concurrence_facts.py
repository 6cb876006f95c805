"""What notebook 02 of E1 computes about Hêtrabelle and its competitors; use each function through ``case.fact``."""

from dataclasses import dataclass

import pandas as pd

from autograder import metrics
from autograder.cases import Case
from casestudies.hetrabelle.catalogue import BENCHMARKED
from casestudies.hetrabelle.company import Hetrabelle

TODAY = pd.Timestamp("2026-10-05")
"""The day of the case, as the notes on the exports state it."""
STALE_BEFORE = TODAY - pd.DateOffset(months=12)
OURS, DIRECT = "nous", "direct"
ECO = "Éco-conception"
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

INTENSITY = {
    "pièces d’évolution": 5,
    "note moyenne": 5,
    "plan de montage": 1,
    "délai moyen": 4,
    "notoriété": 2,
    "une seule photo": 1,
}
"""Words that find each factor of the committee's first draft, and the intensity it gave; strengths come first."""
STRENGTHS = 3
ASSEMBLY = "plan de montage"


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


@dataclass(frozen=True)
class Draft:
    """The committee's first draft of the internal factors: importance and intensity, strengths first."""

    importance: tuple[int, ...]
    intensity: tuple[int, ...]
    all_importance: int

    def balance(self, weights: tuple[float, ...]) -> float:
        """Return the weighted strengths less the weighted weaknesses."""
        each = [weight * power for weight, power in zip(weights, self.intensity, strict=True)]
        return sum(each[:STRENGTHS]) - sum(each[STRENGTHS:])

    def weights(self) -> tuple[float, ...]:
        """Return the importance of each factor as a share of that of all the factors of the draft."""
        total = sum(self.importance)
        return tuple(one / total for one in self.importance)


def draft(case: Case) -> Draft:
    """Return the committee's first draft with the importance that this variant gives to each fact."""
    facts = case.table("faits_swot")
    found = [facts.loc[facts["fait"].str.contains(words, regex=False), "importance"] for words in INTENSITY]
    return Draft(tuple(int(one.iloc[0]) for one in found), tuple(INTENSITY.values()), int(facts["importance"].sum()))
