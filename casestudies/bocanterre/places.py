"""The eleven stores of Bocanterre, in towns that do not exist."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from casestudies.company import content

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


STORES = content("bocanterre").records("stores", Store)
SIZE = np.array([store.size for store in STORES])
AREA_OF = np.array([store.area for store in STORES])
