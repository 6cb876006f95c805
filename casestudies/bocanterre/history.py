"""The price of one jar in the shops over the last weeks, day ranges, for the law of the thirty days."""

from datetime import date

import pandas as pd

ARTICLE = "P111"
"""A jar that keeps: the rule of the thirty days applies to it."""
ANNOUNCED = date(2026, 12, 5)
"""Day from which the reduction would be announced."""
STEPS = (
    (date(2026, 9, 10), date(2026, 10, 20), 0.80, "Saison des conserves"),
    (date(2026, 10, 21), date(2026, 11, 12), 1.00, "Prix du catalogue"),
    (date(2026, 11, 13), date(2026, 11, 22), 0.92, "Offre de la mi-novembre"),
    (date(2026, 11, 23), date(2026, 12, 4), 1.05, "Prix relevé avant les fêtes"),
)
"""First and last days, share of the catalogue price, why."""


def historique_prix(catalogue: pd.DataFrame) -> pd.DataFrame:
    """Return the successive prices of the jar, built from its catalogue price, to five cents."""
    usual = float(catalogue.loc[catalogue["produit_id"] == ARTICLE, "pv_ttc"].iloc[0])
    return pd.DataFrame(
        {
            "du": pd.to_datetime([first for first, _, _, _ in STEPS]),
            "au": pd.to_datetime([last for _, last, _, _ in STEPS]),
            "prix_ttc": [round(round(usual * share * 20) / 20, 2) for _, _, share, _ in STEPS],
            "commentaire": [words for _, _, _, words in STEPS],
        }
    )
