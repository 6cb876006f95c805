"""Charts of a team's life: who feels part of it, which decisions are written; the RGESN to choose from."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_number
from casestudies.references import RgesnCriterion, load
from casestudies.studio.faisabilite import bars, framed
from casestudies.typography import french

_WAITING = Card("Pas encore", "mixed", "!", ("Répondez d’abord à la question, puis relancez cette cellule.",))
_SCALE = 5


def dessiner_reunions(reunions: pd.DataFrame) -> Figure:
    """Draw the hours that people spend in meetings in each mode: length × participants; the title says where most."""
    spent = (reunions["duree_min"] / 60 * reunions["participants"]).groupby(reunions["mode"]).sum()
    hours = {str(name): float(value) for name, value in spent.sort_values(ascending=False).items()}
    first = next(iter(hours))
    total = french_number(sum(hours.values()), 0)
    title = f"{total} heures de travail passées en réunion en trois mois ; d’abord en mode {first}"
    figure, (axes,) = framed(title, 2.6)
    bars(axes, hours, "Heures de travail (durée × participants)", first, unit="h")
    said = ", ".join(f"{name} {french_number(value, 0)} h" for name, value in hours.items())
    decrire(figure, french(f"{title}. {said}."))
    return figure


def dessiner_appartenance(indices: object) -> Figure | Card:
    """Draw the sense of belonging of each mode, out of five; the title says which is lower, and by how much."""
    found = _numbers(indices)
    if len(found) < 2:
        return _WAITING
    low, high = (pick(found, key=lambda name: found[name]) for pick in (min, max))
    gap = french_number(found[high] - found[low], 1)
    title = f"On se sent moins de l’équipe « {low} » : écart de {gap} sur une échelle de 1 à 5"
    figure, (axes,) = framed(title, 2.2)
    bars(axes, found, "Indice d’appartenance (de 1 à 5)", low, decimals=1)
    axes.set_xlim(0, _SCALE * 1.1)
    said = ", ".join(f"{name} {french_number(value, 1)}" for name, value in found.items())
    decrire(figure, french(f"{title}. {said}."))
    return figure


def dessiner_decisions(parts: object) -> Figure | Card:
    """Draw the share of decisions without minutes, by mode; the title names the mode that leaves most unwritten."""
    found = {name: 100 * share for name, share in _numbers(parts).items()}
    if not found or not max(found.values()) > 0:
        return _WAITING
    worst = max(found, key=lambda name: found[name])
    title = f"En {worst}, {french_number(found[worst], 0)} décisions sur 100 ne sont écrites nulle part"
    figure, (axes,) = framed(title, 2.6)
    bars(axes, found, "Décisions sans compte rendu (%)", worst, unit="%")
    said = ", ".join(f"{name} {french_number(value, 0)} %" for name, value in found.items())
    decrire(figure, french(f"{title}. {said}."))
    return figure


def criteres_rgesn() -> "pd.Series[str]":
    """Return the short label of each of the 78 criteria of the RGESN, by number.

    >>> criteres_rgesn()["8.9"]
    'Copies de données limitées au nécessaire'
    """
    return pd.Series({one.number: one.label for one in load(RgesnCriterion)}, name="libellé").rename_axis("critère")


def _numbers(values: object) -> dict[str, float]:
    """Return what can be drawn of an answer: a number by name; nothing when it is not that."""
    if not isinstance(values, pd.Series | Mapping):
        return {}
    try:
        found = {str(name): float(value) for name, value in values.items()}
    except (TypeError, ValueError):
        return {}
    return found if all(value == value and abs(value) < float("inf") for value in found.values()) else {}
