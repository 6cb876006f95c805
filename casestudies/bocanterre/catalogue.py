"""What Bocanterre sells: fifty articles, most of them in returnable jars, and how a variant moves prices and costs."""

import numpy as np
import pandas as pd

from casestudies.market.sampling import jitter
from casestudies.names import NAMES

FOOD, OTHER = 5.5, 20.0
WORKSHOP = f"Atelier {NAMES['bocanterre']}"
DEPOSITS = {"": 0.0, "P": 0.5, "G": 0.8, "B": 1.0}
"""Deposit by kind of container, euros: none, small jar, large jar, bottle or crate of pots (assumption)."""

ARTICLES: tuple[tuple[str, str, str, str, int, float], ...] = (
    ("Épicerie", "Lentilles vertes", "Bocage", "G", 700, 5.9),
    ("Épicerie", "Coquillettes au blé ancien", "Plaine", "G", 600, 4.6),
    ("Épicerie", "Farine de sarrasin", "Bocage", "G", 750, 4.9),
    ("Épicerie", "Riz rond de Camargue", "France", "G", 800, 5.4),
    ("Épicerie", "Pois chiches", "Plaine", "G", 750, 5.6),
    ("Épicerie", "Haricots blancs", "Littoral", "G", 700, 6.8),
    ("Épicerie", "Sel gris fin", "Littoral", "P", 350, 3.2),
    ("Épicerie", "Huile de tournesol", "Plaine", "B", 900, 6.9),
    ("Épicerie", "Vinaigre de cidre", "Bocage", "B", 700, 4.4),
    ("Épicerie", "Moutarde au cidre", "Bocage", "P", 200, 3.9),
    ("Plats en bocal", "Soupe de potimarron", "Bocage", "G", 750, 6.4),
    ("Plats en bocal", "Soupe de poisson", "Littoral", "G", 750, 8.6),
    ("Plats en bocal", "Blanquette de volaille", "Bocage", "G", 700, 11.9),
    ("Plats en bocal", "Dahl de lentilles corail", WORKSHOP, "G", 650, 8.4),
    ("Plats en bocal", "Parmentier de légumes", WORKSHOP, "G", 650, 8.9),
    ("Plats en bocal", "Ratatouille", "Plaine", "G", 650, 7.2),
    ("Plats en bocal", "Joue de bœuf mijotée", "Bocage", "G", 700, 13.5),
    ("Plats en bocal", "Curry de pois chiches", WORKSHOP, "G", 650, 8.2),
    ("Apéritif", "Rillettes de maquereau", "Littoral", "P", 180, 5.6),
    ("Apéritif", "Tartinade de betterave", "Bocage", "P", 180, 4.8),
    ("Apéritif", "Houmous aux herbes", WORKSHOP, "P", 180, 4.6),
    ("Apéritif", "Cornichons", "Plaine", "P", 330, 4.9),
    ("Apéritif", "Crackers au sarrasin", "Bocage", "G", 250, 5.2),
    ("Apéritif", "Pickles de carotte", WORKSHOP, "P", 330, 5.3),
    ("Petit déjeuner", "Muesli pomme-noisette", WORKSHOP, "G", 500, 7.4),
    ("Petit déjeuner", "Flocons d’avoine", "Plaine", "G", 500, 3.6),
    ("Petit déjeuner", "Miel de fleurs", "Bocage", "P", 500, 9.8),
    ("Petit déjeuner", "Confiture de fraise", "Littoral", "P", 350, 5.5),
    ("Petit déjeuner", "Confiture de rhubarbe", "Bocage", "P", 350, 5.1),
    ("Petit déjeuner", "Compote pomme-poire", "Bocage", "G", 700, 4.9),
    ("Petit déjeuner", "Purée de noisette", WORKSHOP, "P", 300, 7.9),
    ("Petit déjeuner", "Café moulu", "Importé", "G", 400, 9.6),
    ("Frais", "Yaourts nature, lot de 4", "Bocage", "B", 500, 3.4),
    ("Frais", "Yaourts aux fruits, lot de 4", "Bocage", "B", 500, 3.9),
    ("Frais", "Lait entier", "Bocage", "B", 1000, 2.2),
    ("Frais", "Crème fraîche", "Bocage", "P", 200, 2.9),
    ("Frais", "Riz au lait", "Bocage", "P", 180, 2.4),
    ("Frais", "Œufs en vrac, les 6", "Bocage", "", 360, 2.7),
    ("Frais", "Choucroute crue", "Plaine", "G", 500, 4.6),
    ("Boissons", "Jus de pomme", "Bocage", "B", 1000, 3.6),
    ("Boissons", "Jus de tomate", "Plaine", "B", 750, 4.2),
    ("Boissons", "Sirop de cassis", "Bocage", "B", 500, 6.2),
    ("Boissons", "Limonade", "Littoral", "B", 750, 3.1),
    ("Boissons", "Cidre brut", "Bocage", "B", 750, 4.9),
    ("Boissons", "Bière blonde", "Littoral", "B", 750, 6.4),
    ("Maison", "Lessive liquide", "Agglomération", "B", 1000, 8.9),
    ("Maison", "Liquide vaisselle", "Agglomération", "B", 750, 5.4),
    ("Maison", "Savon de ménage", "Agglomération", "", 300, 4.2),
    ("Maison", "Bocal vide de 75 cl", "France", "", 450, 3.8),
    ("Maison", "Sac à vrac en lin", "Littoral", "", 60, 6.5),
)
"""Department, name, origin, container (small jar, large jar, bottle), net weight in grams, usual price incl. tax."""
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
    department, name, origin, container, weight, usual = (
        np.array(column, dtype=object) for column in zip(*ARTICLES, strict=True)
    )
    price = np.round(usual.astype(float) * jitter(len(ARTICLES), 0.04, rng) * 20) / 20
    vat = np.where((department == "Maison") | np.isin(name, ALCOHOL), OTHER, FOOD)
    rate = margin + np.array([MARGIN[one] for one in department]) + rng.uniform(-0.02, 0.02, len(ARTICLES))
    return pd.DataFrame(
        {
            "produit_id": [f"P{101 + k}" for k in range(len(ARTICLES))],
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
