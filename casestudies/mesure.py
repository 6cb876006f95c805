"""The interrupted series given to learners: what an action changed per day, with the uncertainty of that figure.

Each day is divided by the same day of the year before (364 days), which takes the season, the weekdays and the fixed
holidays away. The logarithm of that ratio has one level on the days before, another during the action: their gap is
its relative effect. This is the company's own rule (same days a year before × trend), day by day. Neighbouring days
look alike, so the standard error allows for residuals that remember the day before: a first-order autoregression,
whose memory is estimated and corrected for the small sample (Kendall 1954), enters the variance of a mean. The spread
is estimated too, on as many days less one: the interval takes its multiplier from Student’s law (Student 1908), not
from the normal one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.french import french_number

Floats = NDArray[np.float64]

NORMAL = 1.959964
"""Standard errors on each side of an estimate for a 95 % interval, when their size is known beforehand."""

AN = 364
"""Days between a day and the same weekday of the year before."""


@dataclass(frozen=True)
class EffetMesure:
    """What an interrupted series says of an action. Learners read it, so its names are French.

    Attributes
    ----------
    effet_par_jour : units a day that the action added (or took away, when negative).
    erreur_type : standard error of that effect, in units a day.
    multiplicateur : standard errors on each side of the effect in its 95 % interval.
    borne_basse, borne_haute : bounds of its 95 % interval.
    ecart_type : standard deviation of the daily sales around the expected level, in units.
    jours : days of the action.

    """

    effet_par_jour: float
    erreur_type: float
    multiplicateur: float
    borne_basse: float
    borne_haute: float
    ecart_type: float
    jours: int

    @property
    def contient_zero(self) -> bool:
        """Whether the 95 % interval holds zero."""
        return self.borne_basse <= 0 <= self.borne_haute

    def _card(self) -> Card:
        lines = (
            f"effet_par_jour : {_unites(self.effet_par_jour)} par jour",
            f"erreur_type : {_unites(self.erreur_type)} par jour (incertitude sur cet effet)",
            f"multiplicateur : {french_number(self.multiplicateur, 2)} erreurs-types de chaque côté, pour 95 %",
            f"intervalle à 95 % : de {french_number(self.borne_basse)} à {_unites(self.borne_haute)} par jour "
            "(borne_basse, borne_haute)",
            f"ecart_type : {_unites(self.ecart_type)} (dispersion des jours autour du niveau attendu)",
        )
        return Card(f"Effet mesuré sur {self.jours} jours", items=lines)

    def __repr__(self) -> str:
        """Return the figures as plain text."""
        return self._card().text()

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        return self._card()._repr_mimebundle_(**options)


def _unites(value: float) -> str:
    return french_number(value) + (" unités" if abs(value) >= 2 else " unité")


def serie_interrompue(
    table: pd.DataFrame, debut: date, fin: date, *, colonne: str = "unites", jours_avant: int = 56
) -> EffetMesure:
    """Return the effect of an action that ran from ``debut`` to ``fin``, both included.

    Parameters
    ----------
    table
        One row per day, with a column ``date`` and the measured ``colonne``: one range only. It goes back a year and
        ``jours_avant`` days before the action.
    jours_avant
        Days before the action that say the usual level.

    Raises
    ------
    CasekitError
        When a day is there twice or missing, a day of the year before has sold nothing, or the dates are in the wrong
        order; the message is in French.
    """
    first, last = pd.Timestamp(debut), pd.Timestamp(fin)
    if last < first:
        raise CasekitError("La fin de l’action précède son début : vérifiez l’ordre des deux dates.")
    start = first - timedelta(jours_avant)
    sold = _daily(table, colonne, start, last)
    past = _daily(table, colonne, start - timedelta(AN), last - timedelta(AN))
    if min(sold.min(), past.min()) <= 0:
        raise CasekitError("Un jour n’a aucune vente : la mesure compare des rapports, et il en faut chaque jour.")
    ratio = np.log(sold / past)
    usual, moved = ratio[:jours_avant], ratio[jours_avant:]
    residuals = usual - usual.mean()
    spread = float(np.sqrt(residuals @ residuals / (len(usual) - 1)))
    memory = _memory(residuals)
    relative = float(moved.mean() - usual.mean())
    level = float(sold[jours_avant:].mean())
    expected = level * float(np.exp(-relative))
    # half of a day's gap is its own, of which half grows as sales do (demand), half as their root (counting)
    own = (level * (level + expected) / 2 + expected**2) / 2 * _variance_of_mean(memory, len(moved))
    error = spread * float(np.sqrt(own + expected**2 * _variance_of_mean(memory, len(usual))))
    effect, multiplier = level - expected, _student(len(usual) - 1)
    margin = multiplier * error
    return EffetMesure(effect, error, multiplier, effect - margin, effect + margin, spread * expected, len(moved))


def placebo(table: pd.DataFrame, debut: date, fin: date, *, colonne: str = "unites", recul: int = 28) -> EffetMesure:
    """Return what the same method finds ``recul`` days earlier, when nothing happened.

    The days from ``debut`` on are left out, so that the true action cannot be seen. A sound method finds about zero.
    """
    first, back = pd.Timestamp(debut), timedelta(recul)
    start, end = first - back, pd.Timestamp(fin) - back
    if end >= first:
        raise CasekitError("La fausse période touche la vraie : augmentez « recul », en semaines entières.")
    before = table[pd.to_datetime(table["date"]) < first]
    return serie_interrompue(before, start, end, colonne=colonne)


def _student(freedom: int) -> float:
    """Return the standard errors on each side of a 95 % interval, by Student’s law with ``freedom`` degrees of freedom.

    It is the expansion 26.7.5 of Abramowitz and Stegun (1964), right to the third decimal from 6 degrees on.

    >>> [round(_student(freedom), 3) for freedom in (6, 10, 55)]
    [2.447, 2.228, 2.004]
    """
    z, n = NORMAL, freedom
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / n + second / n**2 + third / n**3 + fourth / n**4


def _daily(table: pd.DataFrame, column: str, first: date, last: date) -> Floats:
    """Return the values of each day of the window, in order."""
    moments = pd.to_datetime(table["date"])
    series = pd.Series(table[column].to_numpy(np.float64), index=pd.DatetimeIndex(moments)).sort_index().loc[first:last]
    if series.index.has_duplicates:
        raise CasekitError("La table a plusieurs lignes pour un même jour : gardez une seule gamme avant la mesure.")
    if len(series) < (last - first).days + 1:
        raise CasekitError(
            "Il manque des jours : il faut l’action, les huit semaines d’avant, et les mêmes un an plus tôt."
        )
    return series.to_numpy(np.float64)


def _memory(residuals: Floats) -> float:
    """Return how much of a day's gap is found again the day after, between −0.15 and 0.6.

    Kendall's correction, (1 + 3ρ)/n, gives back what a short series loses.
    """
    total = float(residuals @ residuals)
    if total == 0:
        return 0.0
    seen = float(residuals[1:] @ residuals[:-1]) / total
    size = len(residuals)
    return float(np.clip(seen + (1 + 3 * seen) / size, -0.15, 0.6))


def _variance_of_mean(memory: float, size: int) -> float:
    """Return the variance of the mean of ``size`` days, for a unit variance of each and this memory.

    >>> _variance_of_mean(0.0, 4)
    0.25
    >>> _variance_of_mean(0.5, 2)
    0.75
    """
    lags = np.arange(1, size)
    return float((1 + 2 * ((1 - lags / size) * memory**lags).sum()) / size)
