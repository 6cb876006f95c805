"""The figures of a plan of communication and distribution: funnels of roles, channels by score, a price by circuit.

They draw what their reader found: a mistaken figure is drawn as it is, so that it can be seen.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_number
from casestudies.studio.framing import DARK, WAITING, numbers_by_name
from casestudies.studio.palette import BLUE, GREEN, ORANGE, PINK, SKY, VERMILION
from casestudies.studio.planning import DescribedFigure
from casestudies.typography import french

STAGES = {"connaissent": "connaissent", "preferent": "préfèrent", "ont_agi": "ont agi"}
VERBS = ("connaître", "préférer", "agir")
LINKS = (
    ("distributeurs", "Gardé par les distributeurs", PINK, "//"),
    ("production", "Production", "#999999", ""),
    ("logistique", "Transport et stockage", SKY, ".."),
    ("commercial", "Coût commercial", ORANGE, "\\\\"),
    ("marge", "Marge nette", GREEN, ""),
)
"""Parts of a final price, from the top of the circuit to what is left; hatches, so that colour never speaks alone."""
FAMILIES = {"média": (BLUE, ""), "hors-média": (ORANGE, "//")}


def dessiner_entonnoirs(entonnoir: pd.DataFrame, cognitif: object) -> Figure | Card:
    """Return one funnel a role: the share that knows (as found by the reader), then prefers, then acts.

    Parameters
    ----------
    entonnoir
        The survey, with the columns « role », « interroges », « connaissent », « preferent », « ont_agi ».
    cognitif
        The share of each role that knows the company, as a series or a dictionary by role.
    """
    known = numbers_by_name(cognitif)
    people = entonnoir.groupby("role", sort=False)[["interroges", *STAGES]].sum()
    counts = {str(role): row for role, row in people.to_dict("index").items() if str(role) in known}
    roles = list(counts)
    if not roles:
        return WAITING
    shares = {
        role: (known[role], row["preferent"] / row["connaissent"], row["ont_agi"] / row["preferent"])
        for role, row in counts.items()
    }
    figure = DescribedFigure(figsize=(9.2, 3.4), layout="constrained")
    for axes, role in zip(_row(figure, len(roles)), roles, strict=True):
        _funnel(axes, role, shares[role])
    first = min(roles, key=lambda role: min(shares[role]))
    stage = VERBS[shares[first].index(min(shares[first]))]
    title = f"Le passage le plus étroit des quatre rôles : {stage}, chez le {first} ({_percent(min(shares[first]))})"
    figure.suptitle(french(title), x=0.01, ha="left", fontsize=12, color=DARK)
    figure.supxlabel(french("Part des personnes interrogées (%) ; entre les barres, la part qui franchit l’étape"))
    said = " ; ".join(
        f"{role} : " + ", ".join(f"{verb} {_percent(share)}" for verb, share in zip(VERBS, shares[role], strict=True))
        for role in roles
    )
    decrire(figure, french(f"Entonnoirs des rôles. {title}. Parts qui franchissent chaque étape : {said}."))
    return figure


def _row(figure: Figure, count: int) -> Sequence[Any]:
    grid = figure.subplots(1, count, sharey=True, squeeze=False)
    return list(grid[0])


def _percent(share: float) -> str:
    return french_number(100 * share, 0, "%")


def _funnel(axes: Any, role: str, shares: tuple[float, float, float]) -> None:
    """Draw the levels of one role, with the share that goes on to each."""
    levels = [100.0]
    for gone_on in shares:
        levels.append(levels[-1] * gone_on)
    narrow = shares.index(min(shares))
    for rank, (width, share) in enumerate(zip(levels, (None, *shares), strict=True)):
        worst = rank == narrow + 1
        axes.barh(-rank, width, left=(100 - width) / 2, height=0.55, color=VERMILION if worst else BLUE,
                  hatch="//" if worst else "", edgecolor="white")  # fmt: skip
        if share is not None:
            axes.text(50, -rank + 0.5, f"↓ {_percent(share)}", ha="center", va="center", fontsize=9, color=DARK)
    axes.set_title(french(role), fontsize=11, color=DARK)
    axes.set_yticks([0, -1, -2, -3], [french(name) for name in ("interrogés", *STAGES.values())])
    axes.set_xticks([])
    axes.set_xlim(0, 100)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def dessiner_canaux(canaux: pd.DataFrame, scores: object) -> Figure | Card:
    """Return the channels from the highest score found to the lowest, média and hors-média told apart.

    Parameters
    ----------
    canaux
        The channels by name, with the columns « famille » and « role_vise ».
    scores
        The score of each channel out of ten, as a series or a dictionary by channel.
    """
    found = {name: score for name, score in numbers_by_name(scores).items() if name in canaux.index}
    if not found:
        return WAITING
    said = canaux[["famille", "role_vise"]].astype(str).to_dict("index")
    order = sorted(found, key=found.__getitem__)
    best = order[-1]
    title = f"En tête : {best} ({said[best]['famille']}), {french_number(found[best], 1)} sur 10"
    figure = DescribedFigure(figsize=(9.2, 3.8), layout="constrained")
    axes = figure.add_subplot()
    for family, (colour, hatch) in FAMILIES.items():
        rows = [rank for rank, name in enumerate(order) if said[name]["famille"] == family]
        axes.barh(rows, [found[order[rank]] for rank in rows], color=colour, hatch=hatch, edgecolor="white",
                  label=family)  # fmt: skip
    axes.set_yticks(range(len(order)), [french(f"{name} ({said[name]['role_vise']})") for name in order], fontsize=9)
    axes.set_xlabel(french("Score sur 10, avec les poids de la politique"))
    axes.set_title(french(title), loc="left", fontsize=12, color=DARK)
    axes.spines["top"].set_visible(False)
    axes.spines["right"].set_visible(False)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False, fontsize=9)
    told = ", ".join(f"{name} ({said[name]['famille']}) {french_number(found[name], 1)}" for name in reversed(order))
    decrire(figure, french(f"Barres des scores. {title}. Du premier au dernier : {told}."))
    return figure


def dessiner_circuits(circuits: pd.DataFrame, marges: object) -> Figure | Card:
    """Return a stacked bar a circuit: what the links keep of the final price, the costs, the net margin found.

    Parameters
    ----------
    circuits
        The table of circuits: « circuit », « prix_final_ht_m2 » and the three costs by m².
    marges
        The net margin of each circuit (€ excl. tax by m²), as a series or a dictionary by circuit.
    """
    found = numbers_by_name(marges)
    rows = {str(row["circuit"]): row for row in circuits.to_dict("records") if str(row["circuit"]) in found}
    if not rows:
        return WAITING
    parts = {name: _parts(row, found[name]) for name, row in rows.items()}
    best, worst = max(found, key=found.__getitem__), min(found, key=found.__getitem__)
    title = (
        f"Le circuit {best} laisse le plus : {french_number(found[best], 2, '€')} par m², "
        f"contre {french_number(found[worst], 2, '€')} pour le circuit {worst}"
    )
    figure = DescribedFigure(figsize=(9.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    _stack(axes, parts)
    axes.set_title(french(title), loc="left", fontsize=12, color=DARK)
    axes.set_xlabel(french("€ HT par m² ; le bout de chaque barre est le prix final"))
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=5, frameon=False, fontsize=9)
    said = " ; ".join(
        f"circuit {name} : " + ", ".join(f"{label.lower()} {french_number(row[key], 2)}" for key, label, _, _ in LINKS)
        for name, row in parts.items()
    )
    decrire(figure, french(f"Barres du prix final par circuit, en € HT par m². {title}. {said}."))
    return figure


def _parts(row: Mapping[Any, Any], net: float) -> dict[str, float]:
    """Return what becomes of the final price of a circuit, the net margin being given."""
    costs = {
        "production": float(row["cout_production_m2"]), "logistique": float(row["cout_logistique_m2"]),
        "commercial": float(row["cout_commercial_m2"]),
    }  # fmt: skip
    return {"distributeurs": float(row["prix_final_ht_m2"]) - sum(costs.values()) - net, **costs, "marge": net}


def _stack(axes: Any, parts: Mapping[str, Mapping[str, float]]) -> None:
    names = list(parts)
    left = dict.fromkeys(names, 0.0)
    for key, label, colour, hatch in LINKS:
        widths = [max(parts[name][key], 0.0) for name in names]
        axes.barh(names, widths, left=[left[name] for name in names], height=0.6, color=colour, hatch=hatch,
                  edgecolor="white", label=french(label))  # fmt: skip
        for name, width in zip(names, widths, strict=True):
            if width >= 1.2:
                axes.text(left[name] + width / 2, name, french_number(width, 1), ha="center", va="center", fontsize=9,
                          color=DARK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
            left[name] += width
    axes.invert_yaxis()
    axes.spines["top"].set_visible(False)
    axes.spines["right"].set_visible(False)
