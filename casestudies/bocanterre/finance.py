"""The money of the trial: what was planned and spent for the card, and the assumptions of management."""

import numpy as np
import pandas as pd

from casestudies.bocanterre.params import FOOD_VAT, N_STORES, N_TREATED, WINDOW, Params
from casestudies.market import budget
from casestudies.market.sampling import jitter

ITEMS = ("Impression des cartes", "Affichage en magasin", "Formation des équipes", "Paramétrage de la caisse")
LOCAL = "Communication locale"
POSTS = (*ITEMS, LOCAL)
SHAPE = np.array(
    [
        [0.62, 0.38, 0.0, 0.0],
        [0.40, 0.35, 0.25, 0.0],
        [0.55, 0.45, 0.0, 0.0],
        [0.80, 0.20, 0.0, 0.0],
        [0.15, 0.35, 0.35, 0.15],
    ]
)
"""Share of each item spent each month, from the month before the trial (assumption)."""
SHARE = np.array([0.18, 0.21, 0.24, 0.15, 0.22])
"""Share of each item in the cost of the trial (assumption)."""
STEP = 10.0


def budget_table(p: Params, rng: np.random.Generator) -> pd.DataFrame:
    """Return the planned and actual expenses of the card by month and item, euros excl. tax."""
    actual = np.round(p.costs.campaign * SHARE[:, None] * SHAPE * jitter(SHAPE.shape, 0.08, rng), 2)
    plan = np.where(actual > 0, budget.planned(actual, p.budget_gap, STEP, rng), 0.0)
    plan *= (actual.sum(axis=1) / (1 + p.budget_gap) / plan.sum(axis=1))[:, None]
    first = np.datetime64(p.starts, "M") - np.timedelta64(1, "M")
    months = pd.to_datetime(first + np.arange(SHAPE.shape[1]).astype("timedelta64[M]"))
    return pd.DataFrame(
        {
            "mois": np.repeat(months.to_numpy(), len(POSTS)),
            "poste": np.tile(np.array(POSTS, dtype=object), len(months)),
            "prevu_ht": np.round(plan.T.ravel() / STEP) * STEP,
            "reel_ht": actual.T.ravel(),
        }
    )


def assumed(p: Params) -> dict[str, float]:
    """Return the values of management's assumptions."""
    return {
        "taux_tva": FOOD_VAT,
        "taux_mcv": p.costs.contribution,
        "objectif_hausse_ca": p.costs.target,
        "cout_bocal_ht": p.costs.jar,
        "cout_preparation_commande_ht": p.costs.preparation,
        "taux_frais_paiement": p.costs.payment,
        "jours_test": float(WINDOW),
        "magasins_test": float(N_TREATED),
        "magasins_total": float(N_STORES),
        "jours_par_an": 365.0,
    }
