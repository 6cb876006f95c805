"""What Bocanterre sells: fifty articles, most of them in returnable jars, and how a variant moves prices and costs."""

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.market.sampling import jitter

FOOD, OTHER = 5.5, 20.0
DEPOSITS = {"": 0.0, "P": 0.5, "G": 0.8, "B": 1.0}
"""Deposit by kind of container, euros: none, small jar, large jar, bottle or crate of pots (assumption)."""
ALCOHOL = ("Cidre brut", "Bière blonde")
MARGIN = {
    "Épicerie": 0.00,
    "Plats en bocal": 0.035,
    "Apéritif": 0.05,
    "Petit déjeuner": 0.01,
    "Frais": -0.06,
    "Boissons": -0.03,
    "Maison": 0.02,
}
"""Points of margin by department, against the mean of the shop (assumption)."""


def table(margin: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return the catalogue; ``margin`` is the usual margin on the price excl. tax (0.30–0.35)."""
    articles = content("bocanterre").rows(
        "articles", department=str, name=str, origin=str, container=str, grams=int, price=float
    )
    department, name, origin, container, weight, usual = (
        np.array(column, dtype=object) for column in zip(*articles, strict=True)
    )
    price = np.round(usual.astype(float) * jitter(len(articles), 0.04, rng) * 20) / 20
    vat = np.where((department == "Maison") | np.isin(name, ALCOHOL), OTHER, FOOD)
    rate = margin + np.array([MARGIN[one] for one in department]) + rng.uniform(-0.02, 0.02, len(articles))
    return pd.DataFrame(
        {
            "produit_id": [f"P{101 + k}" for k in range(len(articles))],
            "nom": name,
            "rayon": department,
            "origine": origin,
            "pa_ht": np.round(price / (1 + vat / 100) * (1 - rate), 2),
            "pv_ttc": np.round(price, 2),
            "tva": vat,
            "consigne_ttc": [DEPOSITS[one] for one in container],
            "poids_g": weight.astype(np.int64),
        }
    )
