"""The 24 products of Hêtrabelle, its circuits and its competitors: what no variant changes."""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints
from casestudies.names import NAMES


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


_CORE, _IMAGE, _MORE, _ENTRY, _NURSERY = "cœur de gamme", "image", "complément", "entrée de gamme", "collectivités"

ITEMS = (
    Item("LIT01", "Lits", "Lit bébé à barreaux Alisier", 349, 1.3, "2014-03-01", _CORE, "LIT06"),
    Item("LIT02", "Lits", "Lit bébé évolutif Alisier", 489, 1.6, "2016-02-01", _CORE, "LIT01"),
    Item("LIT03", "Lits", "Lit junior évolutif Charme", 590, 3.0, "2018-09-03", _CORE, "LIT07"),
    Item("LIT04", "Lits", "Lit cabane Genévrier", 569, 0.8, "2019-10-01", _IMAGE, "LIT03"),
    Item("LIT05", "Lits", "Lit superposé séparable Charme", 890, 0.7, "2017-05-02", _IMAGE, "LIT03"),
    Item("LIT06", "Lits", "Lit bébé reconditionné", 219, 0.9, "2021-04-01", _ENTRY, "LIT01"),
    Item("LIT07", "Lits", "Lit junior reconditionné", 379, 0.7, "2022-01-10", _ENTRY, "LIT03"),
    Item("RAN01", "Rangements", "Commode à langer Alisier", 429, 1.5, "2014-03-01", _CORE, "RAN05"),
    Item("RAN02", "Rangements", "Armoire deux portes Charme", 649, 0.6, "2015-09-01", _IMAGE, "RAN01"),
    Item("RAN03", "Rangements", "Bibliothèque basse", 169, 1.0, "2019-02-01", _CORE, "RAN04"),
    Item("RAN04", "Rangements", "Coffre à jouets", 129, 0.8, "2016-10-03", _MORE, "RAN03"),
    Item("RAN05", "Rangements", "Commode reconditionnée", 259, 0.5, "2022-01-10", _ENTRY, "RAN01"),
    Item("ASS01", "Assises et bureaux", "Chaise haute évolutive", 199, 1.5, "2015-03-02", _CORE, "ASS06"),
    Item("ASS02", "Assises et bureaux", "Tour d’apprentissage", 159, 1.2, "2020-05-04", _MORE, "ASS05"),
    Item("ASS03", "Assises et bureaux", "Table et deux chaises", 239, 0.7, "2014-09-01", _MORE, "RAN04"),
    Item("ASS04", "Assises et bureaux", "Bureau réglable en hauteur", 329, 1.1, "2018-06-04", _CORE, "RAN03"),
    Item("ASS05", "Assises et bureaux", "Marchepied", 49, 0.6, "2016-04-04", _MORE, "ASS02"),
    Item("ASS06", "Assises et bureaux", "Chaise haute reconditionnée", 119, 0.5, "2021-09-06", _ENTRY, "ASS01"),
    Item("CRE01", "Crèches", "Lot de quatre couchettes empilables", 320, 1.2, "2017-01-09", _NURSERY, "CRE04"),
    Item("CRE02", "Crèches", "Meuble de change collectif", 980, 1.2, "2018-01-08", _NURSERY, "CRE03"),
    Item("CRE03", "Crèches", "Table d’activités six places", 390, 0.8, "2017-01-09", _NURSERY, "CRE04"),
    Item("CRE04", "Crèches", "Bac à livres collectif", 210, 0.5, "2019-03-04", _NURSERY, "CRE03"),
    Item("ACC01", "Accessoires", "Barrière de lit", 59, 0.4, "2015-01-12", _MORE, "ACC02"),
    Item("ACC02", "Accessoires", "Kit d’évolution (rails et visserie)", 89, 0.6, "2018-09-03", _MORE, "ACC01"),
)
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

COMPETITORS = (
    "Nidécorce",
    "Chambrelune",
    "Ptitrabot",
    "Moussatelier",
    "Tilleuline",
    "Collecrèche",
    "Secondéveil",
)
EXCL_TAX, SECOND_HAND = 5, 6
"""Positions of the competitor that shows prices excluding tax and of the one that sells second-hand."""
BENCHMARKED = ("Nidécorce", "Chambrelune", "Ptitrabot", "Moussatelier", "Collecrèche", "Secondéveil")

CIRCUITS = (
    ("C1", f"Site {NAMES['hetrabelle']}", "particuliers", 0),
    ("C2", "Boutique de l’atelier", "particuliers", 0),
    ("C3", "Revendeurs indépendants", "particuliers", 1),
    ("C4", "Enseignes de puériculture", "particuliers", 1),
    ("C5", "Grossiste puis petits détaillants", "particuliers", 2),
    ("C6", "Place de marché", "particuliers", 1),
    ("C7", "Crèches en direct", "crèches", 0),
    ("C8", "Centrale d’achat de crèches", "crèches", 1),
)
FAMILY_SHARE: Floats = np.array([0.38, 0.08, 0.20, 0.20, 0.04, 0.10, 0.0, 0.0])
NURSERY_SHARE: Floats = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.68, 0.32])
"""Share of each circuit in the units sold to families and to nurseries."""
STORES = {"C3": 150, "C4": 60, "C5": 110}

SEGMENTS = ("Premier enfant", "Fratrie", "Grands-parents", "Reconditionné d’abord")
SEGMENT_SIZE: Ints = np.array([115, 95, 60, 50])
SEGMENT_SHIFT: Floats = np.array([0.04, -0.03, 0.12, -0.18])
"""Log points between the reference price of each segment and that of all."""
