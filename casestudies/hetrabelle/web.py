"""What Hêtrabelle can measure of its competitors on the web, and the market that they share."""

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.market.sampling import Floats

EVIDENCE = content("hetrabelle").rows(
    "evidence", criterion=str, measure=str, unit=str, source=str, date=str, thresholds=tuple
)
DIGITAL = tuple(criterion for criterion, *_ in EVIDENCE)
"""The digital criteria of the benchmark, which learners mark from what was measured."""

AWAY = 0.06
"""Least gap between a measure and a threshold, as a share of the threshold: nobody hesitates at the edge."""

FIRST_YEAR, LAST_YEAR = 2020, 2025


def mark(value: float, thresholds: tuple[float, ...]) -> int:
    """Return the mark of a measure, the lower the better: 5, less one for each threshold that it exceeds.

    >>> mark(2.0, (2.5, 3.2, 4, 5.5)), mark(6.0, (2.5, 3.2, 4, 5.5))
    (5, 1)
    """
    return 5 - sum(value > threshold for threshold in thresholds)


def measures(firms: int, thresholds: tuple[float, ...], step: float, rng: np.random.Generator) -> Floats:
    """Return the measure of each firm, rounded to ``step``, each in a band between two thresholds drawn for it."""
    edges = np.array([thresholds[0] * 0.35, *thresholds, thresholds[-1] * 1.7])
    band = rng.permutation(np.resize(rng.permutation(5), firms))
    low, high = edges[band] * (1 + AWAY), edges[band + 1] * (1 - AWAY)
    found: Floats = np.round(rng.uniform(low, high) / step) * step
    return np.clip(found, np.ceil(edges[band] / step * 1.001) * step, None)


def presence(firms: tuple[str, ...], kinds: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """Return one row by firm and digital criterion: what was measured, with its unit, source and day."""
    tables = []
    for criterion, measure, unit, source, day, thresholds in EVIDENCE:
        step = 0.1 if unit == "secondes" else 1.0
        tables.append(
            pd.DataFrame(
                {
                    "concurrent": np.array(firms, dtype=object),
                    "type": np.array(kinds, dtype=object),
                    "critere": criterion,
                    "mesure": measure,
                    "valeur": np.round(measures(len(firms), thresholds, step, rng), 1),
                    "unite": unit,
                    "source": source,
                    "date_source": pd.Timestamp(day),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def market(rng: np.random.Generator) -> pd.DataFrame:
    """Return the sales of children's furniture in France, year by year, and what part is bought online or used.

    The market grows by 2.2 to 5 % a year, or shrinks by 2.2 to 3.2 %; each year departs from that by 1.5 % at most.
    """
    years = np.arange(FIRST_YEAR, LAST_YEAR + 1)
    pace = rng.uniform(0.022, 0.05) if rng.random() < 0.55 else -rng.uniform(0.022, 0.032)
    bumps = np.concatenate([[0.0], rng.uniform(-0.015, 0.015, len(years) - 2), [0.0]])
    size = rng.uniform(640, 760) * (1 + pace) ** np.arange(len(years)) * (1 + bumps)
    online = np.linspace(rng.uniform(0.30, 0.34), rng.uniform(0.41, 0.47), len(years))
    used = np.linspace(rng.uniform(0.10, 0.13), rng.uniform(0.19, 0.25), len(years))
    return pd.DataFrame(
        {
            "annee": years.astype(np.int64),
            "marche_meur_ttc": np.round(size, 1),
            "part_en_ligne": np.round(online, 3),
            "part_occasion": np.round(used, 3),
            "source": "Panel du mobilier, édition 2026",
        }
    )
