"""The eleven stores of Bocanterre, in towns that do not exist, and the fairs around them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

AREAS = ("Littoral", "Bocage", "Agglomération")


@dataclass(frozen=True)
class Store:
    """One store: identifier, town, rank of its area, size (1 = usual), floor space in square metres, opening day."""

    id: str
    town: str
    area: int
    size: float
    floor_m2: int
    opened: date


STORES = (
    Store("M01", "Saint-Aubrin", 2, 1.42, 190, date(2014, 9, 13)),
    Store("M02", "Port-Quernel", 0, 1.24, 165, date(2015, 4, 18)),
    Store("M03", "La Roche-Morval", 1, 0.86, 120, date(2016, 10, 8)),
    Store("M04", "Brévilly-les-Ponts", 2, 1.18, 150, date(2017, 3, 25)),
    Store("M05", "Kerlouanec", 0, 0.78, 105, date(2018, 5, 5)),
    Store("M06", "Montfauvert", 1, 1.06, 140, date(2018, 11, 17)),
    Store("M07", "Saint-Goustan-du-Lin", 1, 0.70, 95, date(2019, 9, 14)),
    Store("M08", "Vernay-sur-Sarle", 2, 0.98, 130, date(2020, 10, 3)),
    Store("M09", "Anse-Marine", 0, 0.92, 125, date(2021, 6, 12)),
    Store("M10", "Les Trois-Chênes", 1, 1.12, 145, date(2022, 3, 19)),
    Store("M11", "Brévilly-Gare", 2, 0.74, 90, date(2023, 9, 30)),
)
SIZE = np.array([store.size for store in STORES])
AREA_OF = np.array([store.area for store in STORES])

FAIRS: tuple[tuple[str, str, int, int, int], ...] = (
    ("Foire aux plants", "La Roche-Morval", 4, 2, 2),
    ("Fête du lin", "Saint-Goustan-du-Lin", 6, 2, 2),
    ("Fête de la mer", "Port-Quernel", 7, 3, 2),
    ("Régates d’Anse-Marine", "Anse-Marine", 8, 1, 2),
    ("Marché des potiers", "Kerlouanec", 8, 3, 1),
    ("Braderie des ponts", "Brévilly-les-Ponts", 9, 1, 2),
    ("Fête des conserves", "Saint-Aubrin", 9, 3, 2),
    ("Foire à la pomme", "Montfauvert", 10, 2, 2),
    ("Fête de la châtaigne", "Les Trois-Chênes", 10, 4, 1),
    ("Marché de Noël", "Vernay-sur-Sarle", 12, 2, 2),
)
"""Name, town, month, rank of the Saturday in the month, number of days: the same every year, all fictional."""
