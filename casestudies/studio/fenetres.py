"""Simulator: move the windows of a before/after comparison and see how the measured change of revenue moves.

The formulas are the plain functions at the top; the widgets only call them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from casestudies.company import Period
from casestudies.dossier import Dossier
from casestudies.french import MONTHS, french_number
from casestudies.studio.lines import DayCurve, line_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator
from casestudies.typography import french

USUAL_SHIFT, YEAR = 28, 364
"""Days between a window and the one it is compared with: four weeks, or fifty-two; both keep the weekdays."""

SHORTEST, LONGEST = 3, 28
DURING_COLOUR, BEFORE_COLOUR = VERMILION, BLUE


@dataclass(frozen=True)
class Settings:
    """What the learner sets.

    Attributes
    ----------
    kept : days of the promotion that are kept, from its first.
    shift : days between the first day of the promotion and the first day it is compared with.
    length : days of the comparison window.
    a_year_earlier : compare with the same weekdays fifty-two weeks before, whatever ``shift``.
    per_day : compare means per day, else totals.
    """

    kept: int
    shift: int
    length: int
    a_year_earlier: bool = False
    per_day: bool = True


def windows(promotion: Period, settings: Settings) -> tuple[Period, Period]:
    """Return the window kept in the promotion and the window it is compared with."""
    shift = YEAR if settings.a_year_earlier else settings.shift
    start = promotion.debut - timedelta(shift)
    return (
        _period("Pendant la promotion", promotion.debut, settings.kept),
        _period("Comparaison", start, settings.length),
    )


def _period(label: str, start: date, days: int) -> Period:
    return Period(label, label, start, start + timedelta(days - 1))


def daily_revenue(sales: pd.DataFrame) -> pd.Series:
    """Return the revenue of each day, all ranges together, indexed by date."""
    revenue: pd.Series = sales.groupby("date")["ca_ttc"].sum()
    return revenue


def inside(revenue: pd.Series, period: Period) -> pd.Series:
    """Return the days of ``revenue`` that fall in a window."""
    found: pd.Series = revenue.loc[pd.Timestamp(period.debut) : pd.Timestamp(period.fin)]
    return found


def measured_change(revenue: pd.Series, during: Period, before: Period, per_day: bool = True) -> float:
    """Return (during − before) / before, on means per day or on totals, a proportion."""
    end, start = inside(revenue, during), inside(revenue, before)
    values = (start.mean(), end.mean()) if per_day else (start.sum(), end.sum())
    return float((values[1] - values[0]) / values[0])


def weekday_counts(period: Period) -> tuple[int, ...]:
    """Return how many Mondays, Tuesdays… Sundays a window holds.

    >>> weekday_counts(Period("", "", date(2026, 3, 2), date(2026, 3, 11)))
    (2, 2, 2, 1, 1, 1, 1)
    """
    days = [(period.debut + timedelta(number)).weekday() for number in range(period.jours)]
    return tuple(days.count(weekday) for weekday in range(7))


def weekend_days(period: Period) -> int:
    """Return the number of Saturdays and Sundays of a window."""
    return sum(weekday_counts(period)[5:])


def same_weekdays(one: Period, other: Period) -> bool:
    """Say whether each weekday weighs the same in both windows."""
    pairs = zip(weekday_counts(one), weekday_counts(other), strict=True)
    return all(first * other.jours == second * one.jours for first, second in pairs)


def reading(promotion: Period, during: Period, before: Period, settings: Settings, change: float) -> str:
    """Return one line in French: the change measured, and what to think of it."""
    kind = "moyennes par jour" if settings.per_day else "totaux"
    measured = f"{_signed(change)} ({kind})"
    if before.debut <= promotion.fin and promotion.debut <= before.fin:
        remark = "La fenêtre de comparaison mord sur la promotion : l’avant contient déjà une part du pendant."
    elif not settings.per_day and during.jours != before.jours:
        remark = (
            f"{during.jours} jours contre {before.jours} : avec des totaux, la fenêtre la plus longue part gagnante. "
            "Passez aux moyennes par jour."
        )
    elif not same_weekdays(during, before):
        remark = _unbalanced(during, before)
    elif during.jours < promotion.jours:
        remark = "Vous n’avez gardé que le début de la promotion, souvent le plus fort : l’écart s’en ressent."
    elif settings.a_year_earlier:
        remark = "Mêmes jours un an plus tôt : même saison, mais la croissance de l’année entre dans l’écart."
    else:
        remark = "Fenêtres comparables : mêmes jours de la semaine. La saison, elle, peut encore différer."
    return french(f"Évolution mesurée : {measured}. {remark}")


def _unbalanced(during: Period, before: Period) -> str:
    here, there = weekend_days(during), weekend_days(before)
    if here * before.jours == there * during.jours:
        return "Autant de week-ends, mais pas les mêmes autres jours de la semaine : l’équilibre n’y est pas."
    return (
        f"{here} jours de week-end sur {during.jours} contre {there} sur {before.jours} : "
        "les jours de la semaine ne s’équilibrent pas."
    )


def _signed(change: float) -> str:
    return ("+" if change > 0 else "") + french_number(100 * change, 1, "%")


def in_words(period: Period) -> str:
    """Return the dates of a window in French.

    >>> in_words(Period("", "", date(2025, 9, 29), date(2025, 10, 5)))
    'du 29 septembre au 5 octobre 2025'
    """
    first, last = period.debut, period.fin
    start = "1er" if first.day == 1 else str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    end = "1er" if last.day == 1 else str(last.day)
    return f"du {start} au {end} {MONTHS[last.month - 1]} {last.year}"


def draw(revenue: pd.Series, during: Period, before: Period, change: float) -> str:
    """Return the chart of both windows, day by day from the first of each."""
    curves = [
        _curve(inside(revenue, before), f"Comparaison, {in_words(before)}", BEFORE_COLOUR, False),
        _curve(inside(revenue, during), f"Promotion, {in_words(during)}", DURING_COLOUR, True),
    ]
    return line_chart(
        f"Chiffre d’affaires des deux fenêtres : {_signed(change)}", curves,
        ("Jour de la fenêtre (1 = son premier jour)", "Chiffre d’affaires (k€ TTC par jour)"),
        "Marqueurs pleins : samedi et dimanche", alternative(during, before, change),
    )  # fmt: skip


def _curve(values: pd.Series, label: str, colour: str, promoted: bool) -> DayCurve:
    full = [moment.weekday() >= 5 for moment in values.index]
    return DayCurve(label, (values / 1000).tolist(), full, colour, dashed=not promoted, square=not promoted)


def alternative(during: Period, before: Period, change: float) -> str:
    """Return the alternative text of the chart."""
    return french(
        f"Courbes du chiffre d’affaires par jour : la promotion, {in_words(during)}, et la fenêtre de comparaison, "
        f"{in_words(before)}. Évolution mesurée : {_signed(change)}."
    )


QUESTION = "Comparée en totaux à une fenêtre de 28 jours, la promotion paraîtra-t-elle…"
LESS, SAME, MORE = "moins bonne", "aussi bonne", "meilleure"
KEPT, SHIFT, COMPARED, A_YEAR, UNIT = "kept", "shift", "compared", "a_year", "unit"
MEANS, TOTALS = "moyennes par jour", "totaux"


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the promotion of a case."""
    promotion = dossier.periode("pendant")
    revenue = daily_revenue(dossier.table("ventes_jour"))
    length = promotion.jours
    usual = measured_change(revenue, *windows(promotion, Settings(length, USUAL_SHIFT, length)))
    days = "jours"
    controls = (
        Control("slider", KEPT, "Jours de promotion gardés", length, SHORTEST, length, unit=days),
        Control("slider", SHIFT, "Recul de la comparaison", USUAL_SHIFT, 7, 2 * USUAL_SHIFT, unit=days),
        Control("slider", COMPARED, "Durée de la comparaison", length, SHORTEST, LONGEST, unit=days),
        Control("tick", A_YEAR, "Comparer avec la même période un an plus tôt", False),
        Control("radios", UNIT, "On compare", MEANS, options=(MEANS, TOTALS)),
    )

    def show(values: dict[str, Any]) -> SettingsShown:
        settings = Settings(values[KEPT], values[SHIFT], values[COMPARED], values[A_YEAR], values[UNIT] == MEANS)
        during, before = windows(promotion, settings)
        change = measured_change(revenue, during, before, settings.per_day)
        tried = not settings.per_day and settings.length == LONGEST and not settings.a_year_earlier
        said = f"En totaux, sur {LONGEST} jours, elle paraît {MORE if change > usual else LESS}." if tried else ""
        off = frozenset({SHIFT} if settings.a_year_earlier else ())
        chart = draw(revenue, during, before, change)
        return SettingsShown(reading(promotion, during, before, settings, change), chart, outcome=said, off=off)

    bet = Bet({"bet": (QUESTION, (LESS, SAME, MORE))})
    return Experiment("Le simulateur de fenêtres", bet, controls, show, "Revenir au départ")


def simulateur_fenetres(dossier: Dossier) -> Simulator:
    """Show the simulator for the promotion of ``dossier``: a bet first, then controls that answer to the keyboard."""
    return Simulator(experiment(dossier))
