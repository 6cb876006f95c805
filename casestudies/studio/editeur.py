"""The editor of a deliverable."""

from typing import Any

import ipywidgets as widgets

from casestudies.livrables.model import Deliverable
from casestudies.livrables.store import Shelf


class Editeur:
    """The editor of one deliverable (being built)."""

    def __init__(self, deliverable: Deliverable, shelf: Shelf) -> None:
        self.panneau: Any = widgets.HTML(f"Éditeur de « {deliverable.title} » : à venir.")
