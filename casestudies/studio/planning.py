"""A planning shown: a chart of its tasks; ``exporter_planning`` writes it as a workbook.

Nothing is decided here: the columns « état », « début », « fin » say what to show. A state is always told by a sign, a
word and a texture besides its colour.
"""

from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

import matplotlib.dates
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from casestudies.charts import ALT_ATTRIBUTE, decrire
from casestudies.display import Card
from casestudies.french import short_date, unaccented
from casestudies.studio.planning_style import BLANC, ENCRE, NOTHING, STATES, StateStyle, day_of
from casestudies.studio.planning_xlsx import exporter_planning
from casestudies.typography import french

__all__ = ["dessiner_planning", "exporter_planning", "mettre_aux_normes"]

mdates: Any = matplotlib.dates
"""Its functions say no types."""


class DescribedFigure(Figure):
    """A figure that a notebook shows with its alternative text."""

    def _repr_html_(self) -> str:
        stream = BytesIO()
        self.savefig(stream, format="png", dpi=100)
        data, text = b64encode(stream.getvalue()).decode(), escape(str(getattr(self, ALT_ATTRIBUTE, "")))
        return f'<img style="max-width:100%" alt="{text}" src="data:image/png;base64,{data}">'


@dataclass(frozen=True)
class _Bar:
    task: str
    label: str
    role: str
    start: date
    end: date
    state: StateStyle

    @property
    def name(self) -> str:
        return f"{self.state.sign} {self.task} · {self.label}"


_TITLES = {
    "libelle": "libellé", "role": "rôle", "suppleant": "suppléant", "debut": "début", "duree_j": "durée_j",
    "predecesseurs": "prédécesseurs",
}  # fmt: skip
"""The titles of the charter, by the name of each column in the tables."""


def mettre_aux_normes(planning: pd.DataFrame, critiques: Collection[str] = ()) -> pd.DataFrame:
    """Return a plan as the charter asks: its titles, rows in the order of their first days, ISO days, states.

    ``critiques`` are the tasks in the state « alerte »; the others are « prévu ».
    """
    found = planning.rename(columns=_TITLES).sort_values("début", kind="stable")
    days = {name: found[name].dt.strftime("%Y-%m-%d") for name in ("début", "fin")}
    states = ["alerte" if task in critiques else "prévu" for task in found["tache_id"]]
    return found.assign(**days, état=states)


def dessiner_planning(table: pd.DataFrame | None, echeance: date | None = None) -> Figure | Card:
    """Return the chart of a planning: one bar per task, from its first to its last day.

    Parameters
    ----------
    table
        The planning, with the columns « tache_id », « libellé », « rôle », « début », « fin » and « état » (fait,
        prévu, alerte); rows without readable days are left out. A critical task is one in the state « alerte ».
    echeance
        Day drawn as a line, when given.
    """
    bars = [] if table is None else _bars(table)
    if not bars:
        return NOTHING
    figure = DescribedFigure(figsize=(10.5, 1.9 + 0.33 * len(bars)), layout="constrained")
    axes = figure.add_subplot()
    for place, bar in enumerate(bars):
        axes.barh(
            place, (bar.end - bar.start).days + 1, left=mdates.date2num(bar.start), height=0.66,
            color=bar.state.colour, hatch=bar.state.hatch, edgecolor=BLANC if bar.state.hatch else bar.state.colour,
        )  # fmt: skip
        axes.annotate(
            bar.role, (mdates.date2num(bar.end) + 1, place), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=8, color=ENCRE, bbox={"facecolor": BLANC, "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip
    _dress(axes, bars, echeance)
    decrire(figure, _alternative(bars, echeance))
    return figure


def _bars(table: pd.DataFrame) -> list[_Bar]:
    names = {unaccented(name): position for position, name in enumerate(table.columns)}
    found = []
    for cells in table.itertuples(index=False, name=None):
        row = {name: cells[position] for name, position in names.items()}
        start, end = day_of(row.get("debut")), day_of(row.get("fin"))
        if start and end and start <= end:
            state = STATES.get(unaccented(row.get("etat", "")), STATES["prevu"])
            texts = [str(row.get(name) or "") for name in ("tache_id", "libelle", "role")]
            found.append(_Bar(texts[0], texts[1], texts[2], start, end, state))
    return found


def _dress(axes: Any, bars: list[_Bar], deadline: date | None) -> None:
    """Add title, axes, legend and deadline."""
    first, last = min(bar.start for bar in bars), max(bar.end for bar in bars)
    alerts = [bar for bar in bars if bar.state is STATES["alerte"]]
    title = f"Planning de {len(bars)} tâches, fin le {last:%d/%m/%Y}"
    axes.set_title(f"{title} ; {len(alerts)} en alerte (chemin critique)" if alerts else title, loc="left")
    axes.set_yticks(range(len(bars)), [bar.name for bar in bars], fontsize=8.5, color=ENCRE)
    for label, bar in zip(axes.get_yticklabels(), bars, strict=True):
        label.set_fontweight("bold" if bar.state is STATES["alerte"] else "normal")
    axes.invert_yaxis()
    years = " et ".join(dict.fromkeys(str(day.year) for day in (first, last)))
    axes.set_xlabel(f"Lundis de {years} (jour/mois)")
    axes.set_ylabel("Tâche, dans l’ordre du tableau")
    axes.xaxis.set_major_locator(mdates.WeekdayLocator(mdates.MO, interval=1 if (last - first).days < 120 else 2))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%d/%m"))
    axes.tick_params(axis="x", labelrotation=45)
    if deadline:
        axes.axvline(mdates.date2num(deadline) + 1, color=ENCRE, linestyle="--", linewidth=1.2)
        axes.annotate(
            f"échéance : {short_date(deadline)}", (mdates.date2num(deadline) + 1, 0), xytext=(-4, 2), ha="right",
            textcoords="offset points", fontsize=8, color=ENCRE,
        )  # fmt: skip
        last = max(last, deadline)
    span = (last - first).days + 1
    axes.set_xlim(mdates.date2num(first) - 0.01 * span, mdates.date2num(last) + 1 + 0.2 * span)
    axes.grid(axis="x", alpha=0.35)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    kinds = [state for state in STATES.values() if any(bar.state is state for bar in bars)]
    patches = [
        Patch(facecolor=state.colour, hatch=state.hatch, edgecolor=BLANC, label=f"{state.sign} {state.word}")
        for state in kinds
    ]
    axes.figure.legend(
        handles=patches, loc="outside lower center", ncols=len(patches), frameon=False, handlelength=3, handleheight=1.2
    )


def _alternative(bars: list[_Bar], deadline: date | None) -> str:
    """Return the alternative text of the chart."""
    first, last = min(bar.start for bar in bars), max(bar.end for bar in bars)
    words = f"Diagramme de Gantt de {len(bars)} tâches, du {short_date(first)} au {short_date(last)}."
    alerts = ", ".join(bar.task for bar in bars if bar.state is STATES["alerte"])
    words += f" En alerte, sur le chemin critique : {alerts}." if alerts else ""
    return french(words + (f" Échéance : {short_date(deadline)}." if deadline else ""))
