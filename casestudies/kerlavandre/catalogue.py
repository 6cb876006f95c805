"""The 32 products of Kerlavandre, and how a variant moves their prices and costs."""

from dataclasses import dataclass

import numpy as np

from casestudies.company import content
from casestudies.market.sampling import Floats

RANGES = ("Cheveux", "Corps", "Visage", "Maison")
PROMOTED, NEIGHBOUR, COMPANION = 0, 1, 2
VAT, FOOD_VAT = 20.0, 5.5

_ITEMS = content("kerlavandre").rows(
    "items", range=str, name=str, price=float, grams=int, popularity=float, launched=str
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
