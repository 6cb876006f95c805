"""The editorial calendar as a picture: one row a month, one column a channel, one box a content.

The objective of a content is told by a sign and a word in the legend besides the colour of its box.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import DAYS, MONTHS, unaccented
from casestudies.studio.planning import DescribedFigure
from casestudies.studio.planning_style import CREME, ENCRE, day_of
from casestudies.typography import french

OBJECTIVES = {
    "faire connaître": ("◆", "#CDE3F5"),
    "faire venir": ("▲", "#FBE3C2"),
    "faire acheter": ("●", "#D3EBD9"),
    "faire revenir": ("■", "#F3D6E4"),
}
"""Sign and colour of each objective; the ink on each colour has a contrast above 10:1."""

NOTHING = Card("Rien à montrer", "mixed", "!", ("Aucun contenu n’a encore de date : remplissez le calendrier.",))
_WIDTH, _LINE, _PAD = 30, 0.155, 0.16
"""Characters in a line of a box; heights of a line and of what parts two boxes (inches)."""


@dataclass(frozen=True)
class Content:
    """One content: its day, what it says, where it is shown, what for."""

    day: date
    theme: str
    format: str
    channel: str
    objective: str

    @property
    def lines(self) -> list[str]:
        """The lines of its box: sign, day and format, then the theme."""
        sign = OBJECTIVES.get(self.objective, ("○", ""))[0]
        head = f"{sign} {DAYS[self.day.weekday()][:3]}. {self.day.day} · {self.format}"
        return [head, *textwrap.wrap(french(self.theme), _WIDTH, max_lines=3, placeholder="…")]


def contents_of(table: pd.DataFrame) -> list[Content]:
    """Return the contents that have a day, first to last; columns are found whatever their case and accents."""
    names = {unaccented(name): position for position, name in enumerate(table.columns)}
    found = []
    for cells in table.itertuples(index=False, name=None):
        row = {name: cells[position] for name, position in names.items()}
        texts = [
            text if isinstance(text := row.get(name), str) else "" for name in ("theme", "format", "canal", "objectif")
        ]
        day = day_of(row.get("date"))
        if day:
            found.append(Content(day, *texts))
    return sorted(found, key=lambda content: content.day)


def dessiner_editorial(table: pd.DataFrame | None) -> Figure | Card:
    """Return the picture of an editorial calendar, with its alternative text.

    ``table`` has the columns « date », « thème », « format », « canal » and « objectif »; rows without a readable day
    are left out.
    """
    contents = [] if table is None else contents_of(table)
    if not contents:
        return NOTHING
    channels = list(dict.fromkeys(one.channel or "sans canal" for one in contents))
    months = sorted({(one.day.year, one.day.month) for one in contents})
    boxes = {(month, channel): _of(contents, month, channel) for month in months for channel in channels}
    heights = [max(_height(boxes[month, channel]) for channel in channels) for month in months]
    figure = DescribedFigure(figsize=(2.1 + 2.25 * len(channels), sum(heights) + 1.5), layout="constrained")
    axes = figure.add_subplot()
    _draw(axes, months, channels, boxes, heights)
    kinds = [name for name in OBJECTIVES if any(one.objective == name for one in contents)]
    patches = [
        Patch(facecolor=OBJECTIVES[name][1], edgecolor=ENCRE, label=f"{OBJECTIVES[name][0]} {name}") for name in kinds
    ]
    if patches:
        figure.legend(handles=patches, loc="outside lower center", ncols=len(patches), frameon=False)
    decrire(figure, _alternative(contents, channels))
    return figure


def _of(contents: Sequence[Content], month: tuple[int, int], channel: str) -> list[Content]:
    return [
        one for one in contents if (one.day.year, one.day.month) == month and (one.channel or "sans canal") == channel
    ]


def _height(contents: Sequence[Content]) -> float:
    return max(0.45, sum(len(one.lines) * _LINE + _PAD for one in contents) + _PAD / 2)


def _draw(
    axes: Any, months: Sequence[tuple[int, int]], channels: Sequence[str], boxes: Any, heights: list[float]
) -> None:
    top, middles = 0.0, []
    for month, height in zip(months, heights, strict=True):
        middles.append(top + height / 2)
        for place, channel in enumerate(channels):
            axes.add_patch(Rectangle((place, top), 1, height, facecolor=CREME, edgecolor="#CDBF9F", linewidth=0.8))
            inside = top + _PAD / 2
            for one in boxes[month, channel]:
                tall = len(one.lines) * _LINE + _PAD / 2
                colour = OBJECTIVES.get(one.objective, ("", "#FFFFFF"))[1]
                axes.add_patch(Rectangle((place + 0.03, inside), 0.94, tall, facecolor=colour, edgecolor=ENCRE, lw=0.6))
                axes.text(place + 0.06, inside + _PAD / 4, "\n".join(one.lines), va="top", fontsize=8, color=ENCRE)
                inside += tall + _PAD / 2
        top += height
    axes.set_xlim(0, len(channels))
    axes.set_ylim(top, 0)
    axes.set_xticks([place + 0.5 for place in range(len(channels))], channels)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("Canal")
    axes.set_yticks(middles, [f"{MONTHS[number - 1]} {year}" for year, number in months])
    axes.set_ylabel("Mois")
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    count = sum(len(found) for found in boxes.values())
    axes.set_title(
        f"Calendrier éditorial : {count} contenu{'s' if count > 1 else ''} sur {len(channels)} canaux", loc="left"
    )


def _alternative(contents: Sequence[Content], channels: Sequence[str]) -> str:
    listed = " ; ".join(f"{one.day:%Y-%m-%d}, {one.format} : {one.theme} ({one.channel})" for one in contents[:12])
    more = f" ; et {len(contents) - 12} autres" if len(contents) > 12 else ""
    return french(f"Calendrier éditorial de {len(contents)} contenus, canaux : {', '.join(channels)}. {listed}{more}.")
