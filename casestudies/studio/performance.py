"""Charts of a team's work: days as they were noted, delays and what pulls their mean, hours against value.

No chart names a person: points are people, their codes are left out.
"""

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_number
from casestudies.studio.framing import DARK, WAITING, bars, framed, numbers_by_name
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.typography import french

FULL_DAY = 24
LONGEST = 30
"""Working days from which delays share one bar."""
MANY_MEETINGS = 0.2


def dessiner_releves(temps: pd.DataFrame) -> Figure:
    """Draw how many lines of the timesheets stand for each place; the title says how many are in minutes."""
    counts = {str(place): float(count) for place, count in temps["lieu"].value_counts().items()}
    odd = int((temps["heures"] > FULL_DAY).sum())
    title = f"{odd} journées dépassent 24 heures : elles sont notées en minutes"
    figure, (axes,) = framed(title, 2.6)
    bars(axes, counts, "Lignes du relevé (une personne, un jour ouvré)", "absence")
    said = " ; ".join(f"{place} {french_number(count, 0)}" for place, count in counts.items())
    decrire(figure, french(f"{title}. Lignes par lieu : {said}."))
    return figure


def dessiner_lien(personnes: pd.DataFrame) -> Figure:
    """Draw value by hour against hours a day, one point by person, those who meet a lot with another mark.

    ``personnes`` has the columns « heures », « heures_reunion », « heures_jour » and « valeur_heure ».
    """
    many = personnes["heures_reunion"] / personnes["heures"] >= MANY_MEETINGS
    title = "Les plus longues journées rapportent moins par heure : pourquoi ?"
    figure, (axes,) = framed(title, 3.6)
    for kept, colour, mark in ((~many, BLUE, "o"), (many, VERMILION, "X")):
        label = "au moins un cinquième du temps en réunion" if mark == "X" else "moins de réunions"
        axes.scatter(
            personnes.loc[kept, "heures_jour"], personnes.loc[kept, "valeur_heure"], s=60, color=colour, marker=mark,
            label=french(label),
        )  # fmt: skip
    axes.set_xlabel(french("Heures travaillées par jour de présence"))
    axes.set_ylabel(french("Valeur livrée (€ HT par heure)"))
    axes.set_ylim(0)
    figure.legend(loc="outside lower right", frameon=False, ncols=2)
    decrire(
        figure,
        french(
            f"{len(personnes)} points, un par personne. {int(many.sum())} passent au moins un cinquième de leur temps "
            "en réunion : leurs journées sont parmi les plus longues, leur valeur par heure parmi les plus basses. "
            "Sans eux, le nuage ne descend plus guère."
        ),
    )
    return figure


def dessiner_delais(delais: pd.Series, equipe: str) -> Figure:
    """Draw how many requests were solved after each number of working days, with the mean and the median."""
    known = delais.dropna()
    mean, middle = float(known.mean()), float(known.median())
    late = int((known > LONGEST).sum())
    title = f"{equipe} : quelques demandes très longues tirent la moyenne vers la droite"
    figure, (axes,) = framed(title, 3.2)
    axes.hist(known.clip(upper=LONGEST), bins=range(LONGEST + 2), color=BLUE, edgecolor="white", align="left")
    axes.axvline(middle, color=DARK, linestyle="-", label=french("médiane"))
    axes.axvline(mean, color=VERMILION, linestyle="--", label=french("moyenne"))
    axes.set_xlabel(french(f"Jours ouvrés jusqu’à la dernière clôture ({LONGEST} et plus ensemble)"))
    axes.set_ylabel("Demandes")
    figure.legend(loc="outside lower right", frameon=False, ncols=2)
    decrire(
        figure,
        french(
            f"{title}. {len(known)} demandes ; la plupart sont résolues en quelques jours, "
            f"{late} après plus de {LONGEST} jours ouvrés. La moyenne est à droite de la médiane."
        ),
    )
    return figure


def dessiner_equipes(premier: object, resolution: object) -> Figure | Card:
    """Draw, by team, the days to the first closing and those to the last; nothing until the second are computed."""
    first, last = numbers_by_name(premier), numbers_by_name(resolution)
    if not first or set(first) != set(last):
        return WAITING
    quick, slow = min(first, key=lambda team: first[team]), max(last, key=lambda team: last[team])
    turned = quick == slow
    title = f"{quick} clôt la première, {'mais résout la dernière' if turned else 'et résout la première'}"
    figure, axes = framed(title, 2.4, 2)
    bars(axes[0], first, "Première clôture (jours ouvrés)", quick, 1)
    bars(axes[1], last, "Dernière clôture (jours ouvrés)", quick, 1)
    most = 1.2 * max(*first.values(), *last.values())
    for one in axes:
        one.set_xlim(0, most)
    said = " ; ".join(f"{t} {french_number(first[t], 1)} puis {french_number(last[t], 1)} jours" for t in first)
    decrire(figure, french(f"{title}. De la première à la dernière clôture : {said}."))
    return figure
