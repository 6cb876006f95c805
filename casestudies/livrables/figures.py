"""The figures drawn from deliverables: found by the name that the description gives, never a reason to stop."""

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from casestudies.charts import ALT_ATTRIBUTE
from casestudies.livrables.cells import frame_of
from casestudies.livrables.model import Deliverable, Row

_DRAWN_BY = {
    "swot": ("swot", "dessiner_swot"),
    "planning": ("planning", "dessiner_planning"),
    "editorial": ("editorial", "dessiner_editorial"),
    "feuille-route": ("feuille_route", "dessiner_feuille_route"),
}
"""The module of ``casestudies.studio`` and its function, by the name of the figure."""


@dataclass(frozen=True)
class Picture:
    """A figure as PNG, and its alternative text."""

    png: bytes
    text: str

    @property
    def address(self) -> str:
        """The picture as an address that holds it whole."""
        return f"data:image/png;base64,{b64encode(self.png).decode('ascii')}"


def picture_of(deliverable: Deliverable, rows: Sequence[Row]) -> Picture | None:
    """Return the figure of a deliverable, None when it has none or when its rows cannot be drawn yet."""
    if deliverable.figure not in _DRAWN_BY or not rows:
        return None
    module, function = _DRAWN_BY[deliverable.figure]
    try:
        drawn = getattr(import_module(f"casestudies.studio.{module}"), function)(frame_of(deliverable, rows))
        return _picture(drawn.get_figure() if hasattr(drawn, "get_xlabel") else drawn, deliverable)
    except Exception:  # rows being written may be anything; the table is shown all the same
        return None


def _picture(figure: Any, deliverable: Deliverable) -> Picture:
    text = str(getattr(figure, ALT_ATTRIBUTE, "") or deliverable.title)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=140, metadata={"Title": deliverable.title, "Description": text})
    return Picture(stream.getvalue(), text)
