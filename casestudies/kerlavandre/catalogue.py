"""The 32 products of Kerlavandre, and how a variant moves their prices and costs."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats

RANGES = ("Cheveux", "Corps", "Visage", "Maison")
PROMOTED, NEIGHBOUR = 0, 1
VAT, FOOD_VAT = 20.0, 5.5

_ITEMS: tuple[tuple[str, str, float, int, float, str], ...] = (
    # range, name, price (€ incl. tax), weight (g), popularity, launch
    ("Cheveux", "Shampoing solide à l’ortie", 13.9, 75, 1.8, "2019-04-01"),
    ("Cheveux", "Shampoing solide à l’avoine", 13.9, 75, 1.5, "2019-04-01"),
    ("Cheveux", "Shampoing solide antipelliculaire", 14.9, 75, 1.1, "2020-09-15"),
    ("Cheveux", "Shampoing solide enfant", 12.5, 60, 0.8, "2021-03-01"),
    ("Cheveux", "Après-shampoing solide au lin", 14.5, 60, 1.2, "2019-10-01"),
    ("Cheveux", "Masque solide nourrissant", 18.9, 70, 0.8, "2021-10-15"),
    ("Cheveux", "Soin sans rinçage en bâton", 17.5, 30, 0.5, "2022-05-02"),
    ("Cheveux", "Baume barbe et pointes", 16.9, 40, 0.4, "2022-11-07"),
    ("Cheveux", "Poudre lavante à l’argile", 15.9, 120, 0.5, "2023-03-06"),
    ("Cheveux", "Coffret cheveux trois soins", 36.0, 210, 0.5, "2021-11-02"),
    ("Corps", "Savon surgras au sel de Guérande", 8.9, 100, 1.6, "2018-06-01"),
    ("Corps", "Savon surgras à la lavande", 8.9, 100, 1.4, "2018-06-01"),
    ("Corps", "Gel douche solide agrumes", 12.9, 85, 1.1, "2019-06-03"),
    ("Corps", "Déodorant solide", 14.5, 50, 1.2, "2020-04-01"),
    ("Corps", "Beurre corporel solide", 19.9, 80, 0.7, "2020-11-02"),
    ("Corps", "Gommage solide aux algues", 17.9, 90, 0.5, "2021-05-03"),
    ("Corps", "Huile de massage en barre", 18.5, 70, 0.4, "2022-02-01"),
    ("Corps", "Coffret corps", 39.0, 320, 0.3, "2021-11-02"),
    ("Visage", "Nettoyant visage solide", 16.9, 60, 1.3, "2019-09-02"),
    ("Visage", "Démaquillant solide", 17.9, 60, 1.1, "2020-03-02"),
    ("Visage", "Sérum solide à la criste-marine", 27.9, 25, 0.6, "2021-09-06"),
    ("Visage", "Crème de jour en bâton", 25.9, 30, 0.8, "2021-09-06"),
    ("Visage", "Baume à lèvres", 6.9, 8, 1.0, "2018-10-01"),
    ("Visage", "Masque d’argile à diluer", 15.5, 100, 0.4, "2022-09-05"),
    ("Visage", "Coffret visage", 49.0, 150, 0.2, "2022-11-07"),
    ("Maison", "Infusion du soir (verveine, tilleul)", 11.9, 60, 1.7, "2020-10-05"),
    ("Maison", "Infusion des dunes (menthe, fenouil)", 11.9, 60, 1.5, "2020-10-05"),
    ("Maison", "Infusion d’hiver (thym, pomme)", 12.9, 70, 1.2, "2021-10-04"),
    ("Maison", "Coffret de quatre infusions", 34.0, 240, 0.6, "2021-11-02"),
    ("Maison", "Vaisselle solide", 10.9, 200, 0.7, "2020-06-01"),
    ("Maison", "Détachant solide", 8.9, 100, 0.5, "2021-02-01"),
    ("Maison", "Porte-savon en frêne", 9.9, 90, 0.4, "2019-02-04"),
)
_FOOD = "nfusion"
_PREFIX = {"Cheveux": "CHE", "Corps": "COR", "Visage": "VIS", "Maison": "MAI"}


@dataclass(frozen=True)
class Catalogue:
    """The products of one variant; arrays have one entry per product, money in euros."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    family: tuple[int, ...]
    cost_ht: Floats
    price_ttc: Floats
    vat: Floats
    weight_g: tuple[int, ...]
    launched: tuple[str, ...]
    popularity: Floats

    @property
    def price_ht(self) -> Floats:
        """Catalogue prices excluding tax, each at its own rate."""
        return self.price_ttc / (1 + self.vat / 100)

    def probabilities(self) -> Floats:
        """Return the share of each product in the units of its range, by (range, product)."""
        inside = np.arange(len(RANGES))[:, None] == np.asarray(self.family)[None, :]
        weights = inside * self.popularity[None, :]
        share: Floats = weights / weights.sum(axis=1, keepdims=True)
        return share

    def mean(self, values: Floats) -> Floats:
        """Return the mean of ``values`` per unit sold, by range."""
        return self.probabilities() @ values


def draw(margin: float, rng: np.random.Generator) -> Catalogue:
    """Draw the catalogue of a variant; ``margin`` is the margin on the price excluding tax (0.54–0.59)."""
    family = tuple(RANGES.index(item[0]) for item in _ITEMS)
    rank = [sum(1 for other in family[:k] if other == family[k]) + 1 for k in range(len(family))]
    price = np.array([item[2] for item in _ITEMS])
    price = np.round(price + rng.choice((-0.4, 0.0, 0.5), len(_ITEMS)), 2)
    vat = np.array([FOOD_VAT if _FOOD in item[1] else VAT for item in _ITEMS])
    rate = 1 - margin + rng.uniform(-0.015, 0.015, len(_ITEMS))
    return Catalogue(
        ids=tuple(f"{_PREFIX[item[0]]}{number:02d}" for item, number in zip(_ITEMS, rank, strict=True)),
        names=tuple(item[1] for item in _ITEMS),
        family=family,
        cost_ht=np.round(price / (1 + vat / 100) * rate, 2),
        price_ttc=price,
        vat=vat,
        weight_g=tuple(item[3] for item in _ITEMS),
        launched=tuple(item[5] for item in _ITEMS),
        popularity=np.array([item[4] for item in _ITEMS]) * rng.uniform(0.9, 1.1, len(_ITEMS)),
    )
