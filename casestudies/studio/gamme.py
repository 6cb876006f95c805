"""The charts of a range review: sales, margins cumulated, what each product makes people buy, ratings, a launch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.french import french_list, french_number
from casestudies.studio.palette import BLUE, GREEN, VERMILION
from casestudies.typography import french

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from casestudies.dossier import Dossier

PLAIN, MARKED, KEPT, GREY = BLUE, VERMILION, GREEN, "#6b6b6b"
THOUSAND = 1000
_ROOM = 0.5
"""Room left of the points for the names of two of them, as a share of the width that they take."""


def produits_vises(dossier: "Dossier") -> list[str]:
    """Return the two products that the committee wants to drop, the lowest margins, in the order of the range."""
    goods = _margins(dossier)
    lowest = set(goods["marge"].nsmallest(2).index)
    return [str(name) for name in goods.index if name in lowest]


def figure_ventes(dossier: "Dossier") -> Figure:
    """Draw the sales of each product in the last year (k€ excl. tax), the two that are aimed at marked."""
    goods, marked = _margins(dossier), produits_vises(dossier)
    sales = (goods["ventes_2026"] * goods["prix_net_moyen_ht"]).sort_values()
    share, first = 100 * sales / sales.sum(), str(sales.index[-1])
    names = french_list(list(goods["produit"][marked]))
    axes = _axes(5.6)
    _bars(axes, sales / THOUSAND, goods["produit"], marked)
    axes.set_xlabel("Ventes nettes de l’exercice 2026 (k€ HT)")
    both = french_number(float(share[marked].sum()), 0)
    return _shown(
        axes,
        f"{goods['produit'][first]} fait {french_number(float(share[first]), 0)} % des ventes ; les deux "
        f"produits visés, {both} %",
        f"Ventes de 24 produits. {goods['produit'][first]} vient en tête ; {names} font ensemble {both} % du total.",
    )


def figure_abc(marges: "pd.Series[Any]", classe_a: float, seuil: float = 0.8) -> Figure:
    """Draw the share of the margin that products make together, the strongest first, and where class A ends."""
    ordered = marges.sort_values(ascending=False)
    reached = 100 * ordered.cumsum() / ordered.sum()
    axes = _axes(3.8)
    ranks = range(1, len(reached) + 1)
    axes.plot(ranks, reached.to_numpy(), "o-", color=PLAIN, markersize=4)
    axes.axhline(100 * seuil, color=GREY, linestyle=":", label="seuil de la classe A")
    axes.axvline(classe_a, color=MARKED, linestyle="--", label="fin de votre classe A")
    axes.legend(frameon=False, loc="lower right")
    axes.set_xlabel("Produits, de la plus forte marge à la plus faible (nombre)")
    axes.set_ylabel("Part de la marge cumulée (%)")
    place = min(max(int(classe_a), 1), len(reached))
    part = french_number(float(reached.iloc[place - 1]), 0)
    return _shown(
        axes,
        f"Votre classe A : {french_number(classe_a, 0)} produits sur {len(reached)}, qui font {part} % de la marge",
        f"La courbe monte vite, puis s’aplatit ; à {french_number(classe_a, 0)} produits, elle atteint {part} %. Le "
        f"seuil est à {french_number(100 * seuil, 0)} %.",
    )


def figure_roles(dossier: "Dossier") -> Figure:
    """Draw each product by what it leaves itself and by the margin of what is bought with it (k€ excl. tax a year)."""
    goods, marked = _margins(dossier), produits_vises(dossier)
    own = (goods["marge"] - goods["charges_fixes_ht"]) / THOUSAND
    beside = _attached(dossier, goods) / THOUSAND
    axes = _axes(4.2)
    others = [name for name in goods.index if name not in marked]
    axes.plot(own[others], beside[others], "o", color=PLAIN, alpha=0.7, label="Les autres produits")
    axes.plot(own[marked], beside[marked], "D", color=MARKED, label="Les deux produits visés")
    for name in marked:
        place = (float(own[name]), float(beside[name]))
        axes.annotate(str(goods["produit"][name]), place, (-8, -3), textcoords="offset points", ha="right")
    axes.set_xlim(float(own.min()) - _ROOM * float(own.max() - own.min()))
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel("Marge propre, charges fixes propres déduites (k€ HT par an)")
    axes.set_ylabel("Marge des ventes associées (k€ HT par an)")
    axes.legend(frameon=False)
    strong, weak = sorted(marked, key=lambda name: -float(beside[name]))
    return _shown(
        axes,
        f"{goods['produit'][strong]} fait vendre les autres ; {goods['produit'][weak]}, presque pas",
        f"24 produits. À gauche de zéro, {french_list(list(goods['produit'][marked]))} ; des deux, "
        f"{goods['produit'][strong]} est nettement plus haut.",
    )


def figure_avis(dossier: "Dossier") -> Figure:
    """Draw the mean rating of each product as exported, with how many there are."""
    goods = dossier.table("gamme").set_index("produit_id")
    rated = dossier.table("avis_produits").groupby("produit_id")["note"].agg(["mean", "count"]).sort_values("mean")
    lowest = list(rated.index[:3])
    axes = _axes(4.8)
    titles = goods["produit"].to_dict()
    names = [f"{titles[name]} ({count} avis)" for name, count in rated["count"].to_dict().items()]
    colours = [MARKED if name in lowest else PLAIN for name in rated.index]
    axes.hlines(range(len(rated)), 1, rated["mean"], color=colours, linewidth=1.5)
    axes.scatter(rated["mean"], range(len(rated)), color=colours)
    axes.set_yticks(range(len(rated)), [french(one) for one in names], fontsize=8)
    axes.set_xlim(1, 5)
    axes.set_xlabel("Note moyenne des avis, tels qu’exportés (sur 5)")
    said = french_list([str(titles[name]) for name in lowest])
    return _shown(
        axes,
        "Trois produits semblent mal notés (en orange) : lequel l’est vraiment ?",
        f"Notes moyennes de 20 produits ; les trois plus basses : {said}. Le nombre d’avis suit chaque nom.",
    )


def figure_lancement(brut: float, pris: float, charges: float) -> Figure:
    """Draw a launch step by step: its margin, what it takes from the range, its fixed costs, what is left (€ HT)."""
    left = brut - pris - charges
    steps = [("Marge du lit-bureau", 0.0, brut, PLAIN), ("Prise à la gamme", brut - pris, pris, MARKED),
             ("Charges du lancement", left, charges, MARKED), ("Gain du lancement", 0.0, left, KEPT)]  # fmt: skip
    axes = _axes(2.8)
    for rank, (_, start, wide, colour) in enumerate(reversed(steps)):
        axes.barh(rank, wide / THOUSAND, left=start / THOUSAND, color=colour)
    axes.set_yticks(range(len(steps)), [name for name, *_ in reversed(steps)])
    axes.set_xlabel("Marge de la première année (k€ HT)")
    whole, taken, paid, kept = (french_number(one / THOUSAND, 0, "k€") for one in (brut, pris, charges, left))
    part = french_number(100 * pris / brut, 0) if brut else "0"
    return _shown(
        axes,
        f"La gamme paie {part} % de la marge du lit-bureau",
        f"De {whole} de marge, {taken} sont pris à la gamme et {paid} paient le lancement ; il reste {kept}.",
    )


def _margins(dossier: "Dossier") -> pd.DataFrame:
    goods = dossier.table("gamme").set_index("produit_id")
    unit = goods["prix_net_moyen_ht"] - goods["cvu_ht"]
    return goods.assign(unite=unit, marge=goods["ventes_2026"] * unit)


def _attached(dossier: "Dossier", goods: pd.DataFrame) -> "pd.Series[float]":
    beside = dossier.table("ventes_associees")
    margin = beside["unites_associees"] * beside["produit_associe_id"].map(goods["unite"])
    return margin.groupby(beside["produit_id"]).sum().reindex(goods.index, fill_value=0.0)


def _axes(height: float) -> "Axes":
    axes: Axes = Figure(figsize=(8.6, height), layout="constrained").subplots()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _bars(axes: "Axes", values: "pd.Series[float]", names: "pd.Series[Any]", marked: Sequence[str]) -> None:
    ours = values.index.isin(list(marked))
    ranks = range(len(values))
    axes.barh(ranks, values.where(~ours, 0).to_numpy(), color=PLAIN)
    axes.barh(ranks, values.where(ours, 0).to_numpy(), color=MARKED, hatch="///", edgecolor="white", label="visés")
    axes.set_yticks(ranks, [french(str(names[name])) for name in values.index], fontsize=8)
    axes.legend(frameon=False, loc="lower right")
    axes.margins(y=0.01)


def _shown(axes: "Axes", title: str, told: str) -> Figure:
    axes.set_title(french(title), loc="left", fontsize=11, wrap=True)
    decrire(axes, french(told))
    figure: Figure = axes.get_figure()  # type: ignore[assignment]
    return figure
