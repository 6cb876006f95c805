"""Charts of a site's traffic and of its funnel, whose titles say what they show: visits by month, the three stages."""

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.french import MONTHS, french_number
from casestudies.studio.framing import DARK, framed
from casestudies.studio.palette import BLUE, GREEN, ORANGE, SKY, VERMILION
from casestudies.typography import french

LOOKS = ((BLUE, ""), (ORANGE, "//"), (SKY, ".."), (GREEN, "\\\\"))
"""Colour and hatch of each lever, so that colour never speaks alone."""
STAGES = {"TOFU": ("visites", "leads"), "MOFU": ("leads", "MQL", "SQL"), "BOFU": ("SQL", "opportunités", "clients")}


def dessiner_visites(visites: pd.DataFrame) -> Figure:
    """Draw the visits of each month, lever upon lever; the title says the strongest month and the first lever.

    ``visites`` has the columns « mois », « levier » and « visites ».
    """
    wide = visites.pivot_table(index="mois", columns="levier", values="visites", aggfunc="sum").sort_index()
    total, by_lever = wide.sum(axis=1), wide.sum().sort_values(ascending=False)
    best = pd.Timestamp(total.index[int(total.to_numpy().argmax())])
    first, share = str(by_lever.index[0]), 100 * by_lever.iloc[0] / by_lever.sum()
    times = french_number(float(total.max() / total.min()), 1)
    month = MONTHS[best.month - 1]
    title = f"{first} amène {french_number(share, 0)} % des visites ; {month} : {times} fois le mois le plus creux"
    figure, (axes,) = framed(title, 3.4)
    below = pd.Series(0.0, index=wide.index)
    names = [f"{month:%m}\n{month:%Y}" for month in wide.index]
    for lever, (colour, hatch) in zip(by_lever.index, LOOKS, strict=False):
        axes.bar(names, wide[lever], bottom=below, color=colour, hatch=hatch, edgecolor="white", label=lever)
        below = below + wide[lever]
    axes.set_ylabel("Visites du mois")
    axes.set_xlabel("Mois")
    axes.tick_params(axis="x", labelsize=8)
    figure.legend(loc="outside lower right", ncols=len(by_lever), frameon=False)
    said = " ; ".join(f"{name} {french_number(float(count), 0)}" for name, count in by_lever.items())
    decrire(figure, french(f"{title}. Visites par levier : {said}."))
    return figure


def dessiner_etapes(effectifs: Mapping[str, float]) -> Figure:
    """Draw the three stages of a funnel side by side, each out of 100 that enter it; the title is about the later ones.

    ``effectifs`` maps « visites », « leads », « MQL », « SQL », « opportunités » and « clients » to their counts.
    """
    counts = {str(name): float(count) for name, count in effectifs.items()}
    kept = {stage: counts[steps[-1]] / counts[steps[0]] for stage, steps in STAGES.items()}
    narrow = min(list(STAGES)[1:], key=lambda stage: kept[stage])
    left, first = french_number(100 * kept[narrow], 0), STAGES[narrow][0]
    title = f"Après la visite, le {narrow} garde le moins de monde : {left} % des {first}"
    figure, axes = framed(title, 3.0, len(STAGES))
    for place, (stage, steps) in zip(axes, STAGES.items(), strict=True):
        shares = [100 * counts[name] / counts[steps[0]] for name in steps]
        for rank, share in enumerate(shares):
            last = rank == len(shares) - 1
            place.barh(
                rank, share, 0.62, left=50 - share / 2, color=VERMILION if last else BLUE, edgecolor="white",
                hatch="///" if last else None,
            )  # fmt: skip
        labels = [f"{name}\n{french_number(counts[name], 0)}" for name in steps]
        place.set_yticks(range(len(steps)), [french(one) for one in labels])
        place.set_ylim(2.6, -0.6)
        place.set_xlim(0, 100)
        place.set_xticks([])
        place.spines[["left", "bottom"]].set_visible(False)
        place.set_title(french(f"{stage} : {french_number(100 * kept[stage], 1)} % passent"), fontsize=11, color=DARK)
    under = "Largeur : part de ceux qui entrent dans l’étape ; sous chaque nom, leur nombre"
    figure.supxlabel(french(under), fontsize=9)
    rates = ", ".join(
        f"{after} {french_number(100 * counts[after] / counts[before], 1)} % des {before}"
        for before, after in pairwise(counts)
    )
    decrire(figure, french(f"{title}. D’une étape à la suivante : {rates}."))
    return figure
