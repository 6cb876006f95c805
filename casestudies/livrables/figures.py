"""The figures drawn from deliverables: found by the name that the description gives, never a reason to stop."""

import io
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from casestudies.charts import ALT_ATTRIBUTE
from casestudies.livrables.cells import frame_of
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.summary import Shared

_DRAWN_BY = {
    "swot": ("swot", "dessiner_swot"),
    "planning": ("planning", "dessiner_planning"),
    "editorial": ("editorial", "dessiner_editorial"),
    "feuille-route": ("feuille_route", "dessiner_feuille_route"),
}
"""The module of ``casestudies.studio`` and its function, by the name of the figure."""


MOST_BARS = 12
"""A chart of shares shows the largest ones; its table shows them all."""


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
    if not rows or not (deliverable.bars or deliverable.figure in _DRAWN_BY):
        return None
    try:
        drawn = _barred(deliverable, rows) if deliverable.bars else _drawn(deliverable, rows)
        return picture(drawn.get_figure() if hasattr(drawn, "get_xlabel") else drawn, deliverable.title)
    except Exception:  # rows being written may be anything; the table is shown all the same
        return None


def picture(figure: Any, title: str, dots_per_inch: int = 140) -> Picture:
    """Return a figure as a picture; ``title`` is its alternative text when it has none."""
    text = str(getattr(figure, ALT_ATTRIBUTE, "") or title)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=dots_per_inch, metadata={"Title": title, "Description": text})
    return Picture(stream.getvalue(), text)


def share_picture(found: Shared) -> Picture:
    """Return the chart of a total that is shared out."""
    from casestudies.studio.barres import NamedBar, draw_bars  # matplotlib is heavy: only when asked for

    bars = [NamedBar(name, number) for name, number, _ in found.sums[:MOST_BARS]]
    return picture(draw_bars(found.share.title, bars, found.share.unit), found.share.title)


def _drawn(deliverable: Deliverable, rows: Sequence[Row]) -> Any:
    module, function = _DRAWN_BY[deliverable.figure]
    return getattr(import_module(f"casestudies.studio.{module}"), function)(frame_of(deliverable, rows))


def _barred(deliverable: Deliverable, rows: Sequence[Row]) -> Any:
    from casestudies.studio.barres import NamedBar, draw_bars  # matplotlib is heavy: only when asked for

    asked = deliverable.bars
    assert asked is not None
    bars = [
        NamedBar(str(row.get(asked.name) or "–"), number, str(row.get(asked.by) or "") if asked.by else "")
        for row in rows
        if isinstance(number := row.get(asked.number), int | float)
    ]
    title = re.sub(r" \([^()]*\)$", "", deliverable.field(asked.number).label)
    return draw_bars(title, bars, asked.unit)
