"""A page of the shop with ten faults, on the product, the town and the colours of a case, read from its tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casestudies.french import french_number
from casestudies.market.web_audit import contrast, rgb

TEMPLATE = Path(__file__).with_name("fiche-produit.html")
DEPARTMENT = "Plats en bocal"
PICTURE, ORNAMENT = "bocal.jpg", "filet.png"
TEXT_CRITERION, NORMAL = "3.2", "normal"


@dataclass(frozen=True)
class ProductPage:
    """What the page says: a product, its price and its deposit (€ incl. tax), a town, two colours."""

    product: str
    price: float
    deposit: float
    town: str
    front: str
    back: str

    @property
    def said(self) -> Mapping[str, str]:
        """What the page says of this case, by the field of its template."""
        return {
            "produit": self.product, "prix": french_number(self.price, 2), "consigne": french_number(self.deposit, 2),
            "ville": self.town, "texte": self.front, "fond": self.back,
        }  # fmt: skip

    @property
    def source(self) -> str:
        """The page as the site publishes it."""
        return TEMPLATE.read_text(encoding="utf-8").format(**self.said)


def product_page(table: Callable[[str], pd.DataFrame]) -> ProductPage:
    """Return the page of the dish with the best margin rate, in the smallest store of the trial, in its worst colours.

    ``table`` gives a table of the case by its name.
    """
    goods = table("catalogue")
    dishes = goods[goods["rayon"] == DEPARTMENT]
    rate = 1 - dishes["pa_ht"] * (1 + dishes["tva"] / 100) / dishes["pv_ttc"]
    dish = dishes.assign(taux=rate).sort_values("taux").to_dict("records")[-1]
    stores = table("magasins").query("groupe == 'test'").sort_values("surface_m2")
    pairs = table("audit_rgaa").query(f"critere == '{TEXT_CRITERION}' and taille_texte == '{NORMAL}'")
    colours = list(zip(pairs["couleur_avant_plan"], pairs["couleur_fond"], strict=True))
    front, back = min(colours, key=lambda pair: float(contrast(rgb(pair[0]), rgb(pair[1]))))
    return ProductPage(
        str(dish["nom"]), float(dish["pv_ttc"]), float(dish["consigne_ttc"]), str(stores["ville"].iloc[0]),
        str(front), str(back),
    )  # fmt: skip
