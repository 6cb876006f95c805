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


def assumptions(p: Params) -> pd.DataFrame:
    """Return the table of management assumptions."""
    costs = p.costs
    books, board, share = "Contrôle de gestion", "Décision de la direction", "proportion"
    rows = (
        (
            "taux_tva",
            "Taux de TVA des ventes alimentaires",
            FOOD_VAT,
            share,
            "CGI, art. 278-0 bis, repris au code des impositions sur les biens et services",
        ),
        ("taux_mcv", "Marge sur coûts variables des magasins, part du CA HT", costs.contribution, share, books),
        ("objectif_hausse_ca", "Hausse du CA espérée de la carte", costs.target, share, board),
        ("cout_bocal_ht", "Remplacement d’un bocal qui ne revient pas", costs.jar, "€ HT par bocal", books),
        ("cout_preparation_commande_ht", "Préparation d’une commande en ligne", costs.preparation, "€ HT", books),
        ("taux_frais_paiement", "Frais de paiement en ligne, part du CA TTC", costs.payment, share, books),
        ("jours_test", "Durée du test", float(WINDOW), "jours", board),
        ("magasins_test", "Magasins qui ont proposé la carte", float(N_TREATED), "magasins", board),
        ("magasins_total", "Magasins de l’enseigne", float(N_STORES), "magasins", board),
        ("jours_par_an", "Jours de l’année civile", 365.0, "jours", books),
    )
    return pd.DataFrame(rows, columns=["cle", "libelle", "valeur", "unite", "source"])
