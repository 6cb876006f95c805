"""The interrupted series given to learners: what an action changed per day, with the uncertainty of that figure.

The daily series is explained by a trend, the day of the week, the action and its aftermath; the coefficient of the
action is its effect. Neighbouring days look alike, so its standard error comes from blocks of seven days drawn again
and again among the residuals (moving-block bootstrap), always from the same seed.
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

MULTIPLICATEUR = 1.96
"""Standard errors on each side of an estimate for a 95 % interval."""

BLOC = 7
GRAINE = 20_260_413


@dataclass(frozen=True)
class EffetMesure:
    """What an interrupted series says of an action. Learners read it, so its names are French.

    Attributes
    ----------
    effet_par_jour : units a day that the action added (or took away, when negative).
    erreur_type : standard error of that effect, in units a day.
    borne_basse, borne_haute : bounds of its 95 % interval.
    ecart_type : standard deviation of the daily sales around the model, in units.
    jours : days of the action.

    """

    effet_par_jour: float
    erreur_type: float
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
            f"intervalle à 95 % : de {french_number(self.borne_basse)} à {_unites(self.borne_haute)} par jour "
            "(borne_basse, borne_haute)",
            f"ecart_type : {_unites(self.ecart_type)} (dispersion des jours autour du modèle)",
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
    table: pd.DataFrame, debut: date, fin: date, *, colonne: str = "unites", jours_avant: int = 56,
    jours_apres: int = 14, tirages: int = 2000,
) -> EffetMesure:  # fmt: skip
    """Return the effect of an action that ran from ``debut`` to ``fin``, both included.

    Parameters
    ----------
    table
        One row per day, with a column ``date`` and the measured ``colonne``: one range only.
    jours_avant, jours_apres
        Days used before the action, and after it; those after get an effect of their own, so that a dip is not
        taken for the usual level.
    tirages
        Bootstrap draws.

    Raises
    ------
    CasekitError
        When a day is there twice or missing, or the dates are in the wrong order; the message is in French.
    """
    first, last = pd.Timestamp(debut), pd.Timestamp(fin)
    if last < first:
        raise CasekitError("La fin de l’action précède son début : vérifiez l’ordre des deux dates.")
    series = _daily(table, colonne, first - timedelta(jours_avant), last + timedelta(jours_apres))
    days = pd.DatetimeIndex(series.index)
    design = _design(days, first, last)
    values = series.to_numpy(np.float64)
    solver = np.linalg.pinv(design).astype(np.float64)
    coefficients = solver @ values
    residuals = values - design @ coefficients
    spread = float(np.sqrt(residuals @ residuals / (len(values) - design.shape[1])))
    error = _standard_error(solver[0], residuals * spread / residuals.std(), tirages) if residuals.any() else 0.0
    effect = float(coefficients[0])
    margin = MULTIPLICATEUR * error
    length = int((last - first).days) + 1
    return EffetMesure(effect, error, effect - margin, effect + margin, spread, length)


def placebo(
    table: pd.DataFrame, debut: date, fin: date, *, colonne: str = "unites", recul: int = 28, tirages: int = 2000
) -> EffetMesure:
    """Return what the same method finds ``recul`` days earlier, when nothing happened.

    The days from ``debut`` on are left out, so that the true action cannot be seen. A sound method finds about zero.
    """
    first, back = pd.Timestamp(debut), timedelta(recul)
    start, end = first - back, pd.Timestamp(fin) - back
    if end >= first:
        raise CasekitError("La fausse période touche la vraie : augmentez « recul », en semaines entières.")
    before = table[pd.to_datetime(table["date"]) < first]
    after = min(14, (first - end).days - 1)
    return serie_interrompue(before, start, end, colonne=colonne, jours_apres=after, tirages=tirages)


def _daily(table: pd.DataFrame, column: str, first: date, last: date) -> pd.Series:
    """Return the values of each day of the window, in order."""
    moments = pd.to_datetime(table["date"])
    series = pd.Series(table[column].to_numpy(np.float64), index=pd.DatetimeIndex(moments)).sort_index().loc[first:last]
    if series.index.has_duplicates:
        raise CasekitError("La table a plusieurs lignes pour un même jour : gardez une seule gamme avant la mesure.")
    if len(series) < (last - first).days + 1:
        raise CasekitError("Il manque des jours : la table doit couvrir les semaines d’avant et d’après l’action.")
    return series


def _design(days: pd.DatetimeIndex, first: pd.Timestamp, last: pd.Timestamp) -> Floats:
    """Return the columns of the model, the action first: action, aftermath, trend, and one level per weekday."""
    action = (days >= first) & (days <= last)
    after = days > last
    trend = np.arange(len(days)) / len(days)
    weekday = np.asarray(days.day_of_week)[:, None] == np.arange(7)
    return np.column_stack([action, after, trend, weekday]).astype(np.float64)


def _standard_error(weights: Floats, residuals: Floats, draws: int) -> float:
    """Return the spread of the effect when blocks of seven days of residuals are drawn again."""
    size = len(residuals)
    rng = np.random.Generator(np.random.PCG64(GRAINE))
    starts = rng.integers(0, size - BLOC + 1, (draws, -(-size // BLOC)))
    ranks = (starts[:, :, None] + np.arange(BLOC)).reshape(draws, -1)[:, :size]
    effects: Floats = residuals[ranks] @ weights
    return float(effects.std(ddof=1))
