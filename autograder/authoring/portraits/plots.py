"""The two plots of a portrait: one series week after week, and the shape of its weeks or of its year; as PNG."""

import io
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casestudies.company import Company
from casestudies.french import DAYS, french_number
from casestudies.strict import packaged
from casestudies.typography import french

MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
INK, BLUE, GREY = "#1b1b1b", "#1f4e79", "#d5dbe1"
TICKS = 8
"""Months named under a curve, at most."""
WEEK = pd.Timedelta(days=7)


@dataclass(frozen=True)
class Plot:
    """One image: its heading, its alternative text, its bytes in base 64."""

    title: str
    alternative: str
    data: str


@dataclass(frozen=True)
class PlottedSeries:
    """What tells the company best: a title, a unit and a total by moment, each a day, or the Monday of a week."""

    title: str
    unit: str
    total: pd.Series

    @property
    def daily(self) -> bool:
        """Whether the moments are days."""
        return bool(self.total.index.to_series().diff().min() < WEEK)


@cache
def _chosen() -> dict[str, dict[str, str]]:
    return packaged("autograder.authoring.portraits", "series.toml").data


def main_series(company: Company) -> PlottedSeries | None:
    """Return the series that ``series.toml`` chooses for the company; nothing when it chooses none."""
    chosen = _chosen().get(company.slug)
    if chosen is None:
        return None
    table = company.table(chosen["table"])
    if "une_fois" in chosen:
        table = table.drop_duplicates(chosen["une_fois"])
    moment = pd.to_datetime(table[chosen["date"]]).dt.normalize()
    value = table[chosen["valeur"]] if "valeur" in chosen else pd.Series(1, index=table.index)
    return PlottedSeries(chosen["titre"], chosen["unite"], value.groupby(moment).sum())


def plots(company: Company) -> list[Plot]:
    """Return the plots of a company, none when it has no series."""
    series = main_series(company)
    if series is None:
        return []
    total = series.total
    if not series.daily:
        return [_weeks(series, total), _months(series, total)]
    days = total.asfreq("D", fill_value=0)
    by_week = days.resample("W-MON", closed="left", label="left")
    return [_weeks(series, by_week.sum()[by_week.count() == 7]), _weekdays(series, days)]


def _weeks(series: PlottedSeries, weekly: pd.Series) -> Plot:
    """Draw the curve; ``weekly`` holds the total of each week by its Monday."""
    figure, axes = _figure()
    axes.plot(weekly.index.to_numpy(), weekly.to_numpy(), color=BLUE, linewidth=1.8)
    axes.set_ylim(bottom=0)
    starts = pd.date_range(weekly.index[0], weekly.index[-1], freq="MS")
    ticks = starts[:: -(-len(starts) // TICKS)]
    axes.set_xticks(ticks.to_numpy(), [f"{MONTHS[day.month - 1]}\n{day.year}" for day in ticks])
    axes.set_ylabel(french(f"{series.unit} par semaine"))
    low, high = (weekly.index[position] for position in (int(weekly.argmin()), int(weekly.argmax())))
    text = (
        f"Courbe de {len(weekly)} semaines : de {_number(weekly.min())} (semaine du {low:%d/%m/%Y}) "
        f"à {_number(weekly.max())} (semaine du {high:%d/%m/%Y}), "
        f"pour une moyenne de {_number(weekly.mean())} {series.unit} par semaine."
    )
    return _plot(figure, f"{series.title}, semaine après semaine", text)


def _weekdays(series: PlottedSeries, days: pd.Series) -> Plot:
    mean = days.groupby(pd.DatetimeIndex(days.index).day_of_week).mean().reindex(range(7), fill_value=0.0)
    return _bars(f"{series.title} : forme de la semaine", "jour", DAYS, mean)


def _months(series: PlottedSeries, weekly: pd.Series) -> Plot:
    """Draw the mean week of each month: the table has no day."""
    mean = weekly.groupby(pd.DatetimeIndex(weekly.index).month).mean().reindex(range(1, 13), fill_value=0.0)
    return _bars(f"{series.title} : forme de l’année", "mois", MONTHS, mean)


def _bars(title: str, step: str, names: tuple[str, ...], mean: pd.Series) -> Plot:
    index = (100 * mean / mean.mean()).to_numpy()
    figure, axes = _figure()
    axes.bar(range(len(names)), index, color=BLUE)
    axes.axhline(100, color=INK, linewidth=1, linestyle="--")
    axes.set_xticks(range(len(names)), names)
    axes.set_ylabel(french(f"indice ({step} moyen = 100)"))
    best, least = int(np.argmax(index)), int(np.argmin(index))
    every = ", ".join(f"{name} {_number(value)}" for name, value in zip(names, index, strict=True))
    text = (
        f"Barres, en indice du {step} moyen : le plus haut est {names[best]} ({_number(index[best])}), "
        f"le plus bas {names[least]} ({_number(index[least])}). Dans l’ordre : {every}."
    )
    return _plot(figure, title, text)


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
