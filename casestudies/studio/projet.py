"""Charts of a team's work: the tasks by lot, and where the project stands after some weeks."""

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_number
from casestudies.studio.faisabilite import bars, framed
from casestudies.typography import french

_WAITING = Card("Pas encore", "mixed", "!", ("Répondez d’abord à la question, puis relancez cette cellule.",))


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
        return _WAITING
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
