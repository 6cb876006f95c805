"""The figures of a site and its clients: findings by page, rates and their threshold, sales by segment."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casestudies.bocanterre.analysis import SEGMENTS
from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_list, french_number
from casestudies.studio.framing import DARK, WAITING, numbers_by_name
from casestudies.studio.palette import BLUE, ORANGE, VERMILION
from casestudies.studio.planning import DescribedFigure
from casestudies.typography import french

GREY = "#b8b8b8"
STATES = {"C": ("conforme", BLUE, ""), "NC": ("non conforme", VERMILION, "//"), "NA": ("non applicable", GREY, "..")}
HALF = 0.5
"""The overall rate from which a site is partly conform."""


def _axes(title: str, label: str, height: float = 3.4) -> tuple[DescribedFigure, Any]:
    figure = DescribedFigure(figsize=(8.6, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(french(title), loc="left", fontsize=12, color=DARK)
    axes.set_xlabel(french(label))
    axes.spines["top"].set_visible(False)
    axes.spines["right"].set_visible(False)
    return figure, axes


def _legend(figure: Figure, axes: Any, columns: int) -> None:
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=columns, frameon=False)


def dessiner_audit(audit: pd.DataFrame) -> Figure:
    """Return the findings of the audit, page by page, the most faulty one at the top.

    Parameters
    ----------
    audit
        The grid, with the columns « page » and « statut ».
    """
    counts = audit.groupby("page")["statut"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=list(STATES), fill_value=0).sort_values("NC")
    most, examined = int(counts["NC"].iloc[-1]), int(counts.iloc[-1].sum())
    worst = [f"« {page} »" for page in counts.index[counts["NC"] == most]]
    title = f"{worst[0]} a le plus de défauts : {most} critères sur {examined}"
    if len(worst) > 1:
        named = french_list(worst) if len(worst) == 2 else f"{len(worst)} pages"
        title = f"{named} ont le plus de défauts : {most} sur {examined}"
    figure, axes = _axes(title, "Critères examinés")
    left = np.zeros(len(counts))
    for state, (label, colour, hatch) in STATES.items():
        axes.barh(counts.index, counts[state], left=left, color=colour, hatch=hatch, edgecolor="white", label=label)
        left += counts[state].to_numpy()
    _legend(figure, axes, 3)
    said = ", ".join(f"{page} {count}" for page, count in counts["NC"].iloc[::-1].items())
    decrire(figure, french(f"Barres empilées par page. {title}. Défauts : {said}."))
    return figure


def dessiner_taux(taux: object, taux_global: object) -> Figure | Card:
    """Return the rate of each page as its reader found it, beside the overall rate and the threshold of 50 %.

    Parameters
    ----------
    taux
        The rate of each page, as a series or a dictionary by page.
    taux_global
        The overall rate, a proportion.
    """
    found = numbers_by_name(taux)
    overall = numbers_by_name({"": taux_global}).get("")
    if not found or overall is None or not all(0 <= rate <= 1 for rate in (overall, *found.values())):
        return WAITING
    order = sorted(found, key=found.__getitem__)
    above = sum(value >= HALF for value in found.values())
    pages = f"{above} pages sur {len(found)} passent" if above > 1 else f"{above} page sur {len(found)} passe"
    title = f"{pages} 50 %, et le site est à {french_number(100 * overall, 0)} %"
    figure, axes = _axes(title, "Critères respectés (%)")
    axes.barh(order, [100 * found[page] for page in order], color=BLUE, label="taux de la page")
    axes.axvline(100 * overall, color=VERMILION, linestyle="--", label="taux global du site")
    axes.axvline(100 * HALF, color=DARK, linestyle=":", label="seuil de 50 %")
    _legend(figure, axes, 3)
    said = ", ".join(f"{page} {french_number(100 * found[page], 0)} %" for page in reversed(order))
    decrire(figure, french(f"Taux par page. {title}. {said}."))
    return figure


def dessiner_segments(clients: pd.DataFrame) -> Figure | Card:
    """Return the share of each segment in the clients and in the sales.

    Parameters
    ----------
    clients
        One row a client, with the columns « segment » and « montant ».
    """
    if not len(clients):
        return WAITING
    groups = clients.groupby("segment")["montant"].agg(["size", "sum"]).reindex(list(SEGMENTS)).fillna(0)
    shares = 100 * groups / groups.sum()
    loyal = shares.to_dict("index")[SEGMENTS[0]]
    title = (
        f"Les fidèles : {french_number(loyal['size'], 0)} % des clients, {french_number(loyal['sum'], 0)} % des ventes"
    )
    figure, axes = _axes(title, "Part du total (%)", 2.8)
    places = np.arange(len(shares))
    axes.barh(places - 0.2, shares["size"], height=0.38, color=BLUE, label="clients")
    axes.barh(places + 0.2, shares["sum"], height=0.38, color=ORANGE, hatch="//", edgecolor="white", label="ventes")
    axes.set_yticks(places, list(shares.index))
    axes.invert_yaxis()
    _legend(figure, axes, 2)
    said = " ; ".join(
        f"{name} : {french_number(row['size'], 0)} % des clients, {french_number(row['sum'], 0)} % des ventes"
        for name, row in shares.to_dict("index").items()
    )
    decrire(figure, french(f"Barres par segment. {title}. {said}."))
    return figure
