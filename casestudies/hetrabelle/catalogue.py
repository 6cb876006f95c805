"""The 24 products of Hêtrabelle, its circuits and its competitors: what no variant changes."""

from dataclasses import dataclass

import numpy as np

from casestudies.company import content
from casestudies.market.sampling import Floats, Ints


@dataclass(frozen=True)
class Item:
    """One product: family, name, price (€ incl. tax), popularity, launch, role, and the product people fall back on."""

    id: str
    family: str
    name: str
    price: float
    popularity: float
    launched: str
    role: str
    fallback: str

    @property
    def reconditioned(self) -> bool:
        """Whether the product is sold second-hand, repaired by the workshop."""
        return "reconditionné" in self.name


ITEMS = content("hetrabelle").records("items", Item)
IDS = tuple(item.id for item in ITEMS)
LIST_PRICE: Floats = np.array([item.price for item in ITEMS], dtype=np.float64)
NURSERY = np.array([item.family == "Crèches" for item in ITEMS])
ONLINE: Ints = np.flatnonzero(~NURSERY)
"""Products sold on the site: all but those made for nurseries."""

REFERENCE_PRODUCT = "LIT03"
"""The product nearest to the new one: its sales tell how people answer the price."""
NEW_PRODUCT = "LBU01"
READ_PRODUCTS = (NEW_PRODUCT, "LIT02", "LIT03", "RAN01", "ASS01", "ASS04")
"""Products whose prices are read at competitors."""
CUT_PRODUCTS = ("LIT01", "LIT04", "RAN01", "RAN03", "ASS02", "ASS04")
"""Products of the planned reduction."""
ENTICERS = ("ASS01", "ASS02", "ASS05")
"""Products that may sell under their cost and bring other sales."""
FADING = ("LIT04", "LIT05", "RAN02", "ASS03")
"""Products that may have to go."""

COMPETITORS = content("hetrabelle").texts("competitors")
EXCL_TAX, SECOND_HAND = 5, 6
"""Positions of the competitor that shows prices excluding tax and of the one that sells second-hand."""
BENCHMARKED = ("Nidécorce", "Chambrelune", "Ptitrabot", "Moussatelier", "Collecrèche", "Secondéveil")

CIRCUITS = content("hetrabelle").rows("circuits", id=str, name=str, customers=str, intermediaries=int)
FAMILY_SHARE: Floats = np.array([0.38, 0.08, 0.20, 0.20, 0.04, 0.10, 0.0, 0.0])
NURSERY_SHARE: Floats = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.68, 0.32])
"""Share of each circuit in the units sold to families and to nurseries."""
STORES = {"C3": 150, "C4": 60, "C5": 110}

SEGMENTS = ("Premier enfant", "Fratrie", "Grands-parents", "Reconditionné d’abord")
SEGMENT_SIZE: Ints = np.array([115, 95, 60, 50])
SEGMENT_SHIFT: Floats = np.array([0.04, -0.03, 0.12, -0.18])
"""Log points between the reference price of each segment and that of all."""
