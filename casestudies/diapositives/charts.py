"""The charts of a case that a proof may name: drawn from the company's own tables, by the functions that notebooks use.

A chart whose figures are an answer is drawn only for those who found it: ``needs`` names the question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from casestudies.demandes import jours_ouvres
from casestudies.errors import CasekitError
from casestudies.livrables.figures import Picture, picture
from casestudies.typography import french

if TYPE_CHECKING:
    from casestudies.dossier import Dossier

FULL_DAY_H = 24
"""A day of more hours was noted in minutes."""
OLD_ENOUGH_DAYS = 60
"""Working days after which what becomes of a request is known."""
MODE_SCALE = 6
"""A note from 1 to 5 is read backwards as 6 less it."""
MOST_PEOPLE = 8
"""The people whose load is drawn: those who are asked most."""
_WIDTH_IN, _DOTS_PER_INCH = 10.0, 170


@dataclass(frozen=True)
class NamedChart:
    """How a chart is drawn, and the question that must have been answered right before."""

    draw: Callable[["Dossier"], object]
    needs: str = ""


def chart_of(dossier: "Dossier", name: str, found: Callable[[str], bool], width_by_height: float) -> Picture | None:
    """Return the chart of a table or of a question, by its name, None when there is none or its answer is not found.

    ``found`` says whether a question was answered right.
    """
    chart = CHARTS.get(name)
    if chart is None or (chart.needs and not found(chart.needs)):
        return None
    try:
        figure = chart.draw(dossier)
    except CasekitError:  # a seat without that table
        return None
    if not isinstance(figure, Figure):
        return None
    figure.set_size_inches(_WIDTH_IN, _WIDTH_IN / width_by_height)
    return picture(figure, name, _DOTS_PER_INCH)


def people_of(sheets: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of timesheets by pseudonym, in hours, training left out, with two ratios: by day, by hour.

    >>> days = pd.DataFrame({"personne": "P1", "lieu": ["bureau", "absence"], "heures": [480.0, 0.0],
    ...                      "heures_reunion": [1.0, 0.0], "valeur_livree_ht": [400.0, 0.0]})
    >>> people_of(days)[["heures_jour", "valeur_heure"]].values.tolist()
    [[8.0, 50.0]]
    """
    hours = sheets["heures"].where(sheets["heures"] <= FULL_DAY_H, sheets["heures"] / 60)
    noted = sheets.assign(heures=hours, jour=sheets["lieu"] != "absence")[sheets["lieu"] != "formation"]
    people = noted.groupby("personne")[["heures", "heures_reunion", "valeur_livree_ht", "jour"]].sum()
    return people.assign(
        heures_jour=people["heures"] / people["jour"], valeur_heure=people["valeur_livree_ht"] / people["heures"]
    )


def requests_of(dossier: "Dossier") -> pd.DataFrame:
    """Return the requests whose fate is known, each once, with the working days to both closings."""
    asked = dossier.table("tickets").drop_duplicates()
    known = asked[jours_ouvres(asked["ouverture"], dossier.periode("releves").fin) >= OLD_ENOUGH_DAYS]
    return known.assign(
        premier=jours_ouvres(known["ouverture"], known["premiere_cloture"]),
        delai=jours_ouvres(known["ouverture"], known["cloture"]),
    )


def loads_of(tasks: pd.DataFrame, days: pd.DataFrame) -> "pd.Series[float]":
    """Return the person-days asked of each person over the days they have for the project, the highest first.

    The expected length of a task is that of PERT: the likely one counts four times.

    >>> work = pd.DataFrame({"responsable": ["A", "B"], "duree_optimiste_j": 4.0, "duree_probable_j": 6.0,
    ...                      "duree_pessimiste_j": 8.0, "affectation_pct": [50, 100]})
    >>> loads_of(work, pd.DataFrame({"membre": ["A", "B"], "jours_projet": [6.0, 4.0]})).to_dict()
    {'B': 1.5, 'A': 0.5}
    """
    expected = (tasks["duree_optimiste_j"] + 4 * tasks["duree_probable_j"] + tasks["duree_pessimiste_j"]) / 6
    asked = (expected * tasks["affectation_pct"] / 100).groupby(tasks["responsable"]).sum()
    return (asked / days.groupby("membre")["jours_projet"].sum()).dropna().sort_values(ascending=False)


def _sheets(dossier: "Dossier") -> object:
    from casestudies.studio.performance import dessiner_releves

    return dessiner_releves(dossier.table("temps"))


def _link(dossier: "Dossier") -> object:
    from casestudies.studio.performance import dessiner_lien

    return dessiner_lien(people_of(dossier.table("temps")))


def _delays(dossier: "Dossier") -> object:
    from casestudies.studio.performance import dessiner_delais

    known = requests_of(dossier)
    quick = str(known.groupby("equipe")["premier"].mean().idxmin())
    return dessiner_delais(known.loc[known["equipe"] == quick, "delai"], quick)


def _teams(dossier: "Dossier") -> object:
    from casestudies.studio.performance import dessiner_equipes

    means = requests_of(dossier).groupby("equipe")[["premier", "delai"]].mean()
    return dessiner_equipes(means["premier"], means["delai"])


def _lots(dossier: "Dossier") -> object:
    from casestudies.studio.equipe import dessiner_lots

    return dessiner_lots(dossier.table("taches"))


def _meetings(dossier: "Dossier") -> object:
    from casestudies.studio.equipe import dessiner_reunions

    return dessiner_reunions(dossier.table("reunions"))


def _unwritten(dossier: "Dossier") -> object:
    from casestudies.studio.equipe import dessiner_decisions

    decided = dossier.table("reunions").query("decision == 'oui'")
    return dessiner_decisions((decided["compte_rendu"] == "non").groupby(decided["mode"]).mean())


def _belonging(dossier: "Dossier") -> object:
    from casestudies.studio.equipe import dessiner_appartenance

    said = dossier.table("enquete_qvct")
    notes = said["information_partagee"] + said["entraide"] + MODE_SCALE - said["isolement"]
    return dessiner_appartenance((notes / 3).groupby(said["mode"]).mean())


def _load(dossier: "Dossier") -> object:
    from casestudies.studio.feuille_route import dessiner_charge

    loads = loads_of(dossier.table("taches"), dossier.table("disponibilites"))
    figure = dessiner_charge(loads.head(MOST_PEOPLE))
    if isinstance(figure, Figure) and len(loads) > MOST_PEOPLE:
        figure.axes[0].set_ylabel(french(f"Les {MOST_PEOPLE} plus chargés sur {len(loads)}"))
    return figure


CHARTS = {
    "table temps": NamedChart(_sheets),
    "table taches": NamedChart(_lots),
    "table reunions": NamedChart(_meetings),
    "table tickets": NamedChart(_teams, needs="t3-resolution"),
    "table disponibilites": NamedChart(_load, needs="o1-surcharge"),
    "o1-surcharge": NamedChart(_load, needs="o1-surcharge"),
    "o1-semaines": NamedChart(_load, needs="o1-surcharge"),
    "t2-decisions": NamedChart(_unwritten, needs="t2-decisions"),
    "t2-appartenance": NamedChart(_belonging, needs="t2-appartenance"),
    "t3-lien": NamedChart(_link),
    "t3-lien-comparables": NamedChart(_link),
    "t3-cause": NamedChart(_link),
    "t3-resolution": NamedChart(_teams, needs="t3-resolution"),
    "t3-ecart-mediane": NamedChart(_delays, needs="t3-resolution"),
}
"""The charts, by the table or the question that a proof names."""
