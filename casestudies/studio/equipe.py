"""Charts of a team: tasks and where they stand, meetings, belonging, decisions; the RGESN to choose from."""

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_number
from casestudies.references import RgesnCriterion, load
from casestudies.studio.framing import WAITING, bars, framed, numbers_by_name
from casestudies.typography import french

_SCALE = 5
OUT_OF_SCALE = Card("Hors de l’échelle", "mixed", "!", ("Un indice se lit de 1 à 5 : revoyez votre calcul.",))
NO_SHARE = Card("Pas une proportion", "mixed", "!", ("Une proportion va de 0 à 1 : revoyez votre calcul.",))


def dessiner_lots(taches: pd.DataFrame) -> Figure:
    """Return the working days that the tasks of each lot last, by their likely durations; the longest lot hatched."""
    days = taches.groupby("lot", sort=False)["duree_probable_j"].sum()
    found = {str(lot): float(length) for lot, length in days.items()}
    most = max(found, key=lambda lot: found[lot])
    title = f"{len(taches)} tâches en {len(found)} lots ; les plus longues : {most}"
    figure, (axes,) = framed(title, 3.0)
    bars(axes, found, "Somme des durées probables (jours ouvrés)", most, 1)
    said = " ; ".join(f"{lot} {french_number(length, 1)}" for lot, length in found.items())
    decrire(figure, french(f"{title}. Jours ouvrés par lot : {said}."))
    return figure


def dessiner_avancement(prevu: object, avancement: pd.DataFrame, prevision: object) -> Figure | Card:
    """Return what was expected, what is consumed and what is forecast (person-days); nothing until both are computed.

    ``avancement`` has the columns « consomme_j ».
    """
    if not all(isinstance(one, float | int) and one == one and one > 0 for one in (prevu, prevision)):
        return WAITING
    assert isinstance(prevu, float | int)
    assert isinstance(prevision, float | int)
    found = {
        "Charge prévue": float(prevu),
        "Consommé à ce jour": float(avancement["consomme_j"].sum()),
        "Prévision à la fin": float(prevision),
    }
    gap = french_number(abs(prevision - prevu), 0)
    title = f"La prévision {'dépasse' if prevision > prevu else 'reste sous'} le prévu de {gap} jours-homme"
    figure, (axes,) = framed(title, 2.3)
    bars(axes, found, "Jours-homme", "Prévision à la fin")
    said = " ; ".join(f"{name} {french_number(days, 0)}" for name, days in found.items())
    decrire(figure, french(f"{title}. {said}."))
    return figure


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
    found = numbers_by_name(indices)
    if len(found) < 2:
        return WAITING
    if not all(0 <= index <= 2 * _SCALE for index in found.values()):
        return OUT_OF_SCALE
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
    found = {name: 100 * share for name, share in numbers_by_name(parts).items()}
    if not found or not max(found.values()) > 0:
        return WAITING
    if not all(0 <= share <= 100 for share in found.values()):
        return NO_SHARE
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
