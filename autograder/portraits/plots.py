"""The two plots of a portrait: the main table week after week, and the shape of its weeks; as PNG with a sentence."""

import io
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casestudies.company import Column, Company, TableSpec
from casestudies.display import french_number
from casestudies.typography import french

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
INK, BLUE, GREY = "#1b1b1b", "#1f4e79", "#d5dbe1"
MANY_DAYS = 120
"""A table with fewer different days is not a daily series."""


@dataclass(frozen=True)
class Plot:
    """One image: its heading, its alternative text, its bytes in base 64."""

    title: str
    alternative: str
    data: str


def main_series(company: Company) -> tuple[TableSpec, Column, pd.Series] | None:
    """Return the daily series that tells the company best: table, column and total by day; nothing without one.

    It is the first whole number with a unit, or amount in euros, of the first table that holds many days.
    """
    for spec in company.specs().values():
        moment = next((column.name for column in spec.columns if column.type == "date"), "")
        counted = [c for c in spec.columns if c.unit and (c.type == "integer" or c.unit.startswith("€"))]
        if not moment or not counted:
            continue
        table = company.table(spec.name).dropna(subset=[moment])
        if table[moment].nunique() >= MANY_DAYS and pd.api.types.is_numeric_dtype(table[counted[0].name]):
            return spec, counted[0], table.groupby(pd.to_datetime(table[moment]).dt.normalize())[counted[0].name].sum()
    return None


def plots(company: Company) -> list[Plot]:
    """Return the plots of a company, none when it has no daily series."""
    found = main_series(company)
    if found is None:
        return []
    spec, column, daily = found
    daily = daily.asfreq("D", fill_value=0)
    return [_weeks(spec, column, daily), _shape(spec, daily)]


def _weeks(spec: TableSpec, column: Column, daily: pd.Series) -> Plot:
    by_week = daily.resample("W-SUN")
    weekly = by_week.sum()[by_week.count() == 7]
    figure, axes = _figure()
    axes.plot(weekly.index.to_numpy(), weekly.to_numpy(), color=BLUE, linewidth=1.8)
    axes.set_ylim(bottom=0)
    step = max(len(weekly) // 7, 1)
    ticks = weekly.index[::step]
    axes.set_xticks(ticks.to_numpy(), [f"{MONTHS[day.month - 1]}\n{day.year}" for day in ticks])
    axes.set_ylabel(french(f"{column.unit} par semaine"))
    title = f"{spec.title} : {column.name}, par semaine"
    low, high = (weekly.index[position] for position in (int(weekly.argmin()), int(weekly.argmax())))
    text = (
        f"Courbe de la table {spec.name} sur {len(weekly)} semaines : de {_number(weekly.min())} "
        f"(semaine finie le {_day(low)}) à {_number(weekly.max())} (semaine finie le {_day(high)}), "
        f"pour une moyenne de {_number(weekly.mean())} {column.unit} par semaine."
    )
    return _plot(figure, title, text)


def _shape(spec: TableSpec, daily: pd.Series) -> Plot:
    mean = daily.groupby(pd.DatetimeIndex(daily.index).day_of_week).mean().reindex(range(7), fill_value=0.0)
    index = 100 * mean / mean.mean()
    figure, axes = _figure()
    axes.bar(range(7), index.to_numpy(), color=BLUE)
    axes.axhline(100, color=INK, linewidth=1, linestyle="--")
    axes.set_xticks(range(7), DAYS)
    axes.set_ylabel(french("indice (jour moyen = 100)"))
    best, least = int(np.argmax(index)), int(np.argmin(index))
    text = (
        f"Barres, une par jour de la semaine, en indice du jour moyen : le plus fort est le {DAYS[best]} "
        f"({_number(index.iloc[best])}), le plus faible le {DAYS[least]} ({_number(index.iloc[least])})."
    )
    return _plot(figure, f"{spec.title} : forme de la semaine", text)


def _figure() -> tuple[Figure, Any]:
    figure = Figure(figsize=(7.6, 2.9), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=GREY, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_formatter(lambda value, _: _number(value))
    return figure, axes


def _plot(figure: Figure, title: str, alternative: str) -> Plot:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    return Plot(french(title), french(alternative), b64encode(buffer.getvalue()).decode("ascii"))


def _number(value: float) -> str:
    return french_number(float(value), 0)


def _day(moment: pd.Timestamp) -> str:
    return f"{moment:%d/%m/%Y}"
