"""Charts of a plan's feasibility, whose titles say what they show: funnel, bottleneck, sellers, cost by lever."""

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.french import french_number
from casestudies.studio.framing import DARK, bars, framed
from casestudies.typography import french


def dessiner_entonnoir(effectifs: Mapping[str, float]) -> Figure:
    """Draw how many contacts reach each step; ``effectifs`` maps each step, in order, to its count.

    The title names the step that keeps the smallest share of the one before.
    """
    counts = {str(name): float(count) for name, count in effectifs.items()}
    names = list(counts)
    kept = {name: counts[name] / counts[before] for before, name in pairwise(names)}
    leak = min(kept, key=lambda name: kept[name])
    whole = french_number(100 * counts[names[-1]] / counts[names[0]], 1)
    before = names[names.index(leak) - 1]
    title = f"Sur 100 {names[0]}, {whole} deviennent {names[-1]} ; la plus forte perte : entre {before} et {leak}"
    figure, (axes,) = framed(title, 2.9)
    shown = {names[0]: counts[names[0]]} | {
        f"{name} ({french_number(100 * kept[name], 0)} % de l’étape d’avant)": counts[name] for name in names[1:]
    }
    bars(axes, shown, "Nombre de contacts de la cohorte", list(shown)[names.index(leak)])
    said = " ; ".join(f"{name} {french_number(count, 0)}" for name, count in counts.items())
    decrire(figure, french(f"{title}. Effectifs : {said}."))
    return figure


def dessiner_heures(heures: Mapping[str, float]) -> Figure:
    """Draw the hours that each kind of work takes; the title says which takes the most, and its share."""
    found = {str(name): float(count) for name, count in heures.items()}
    most = max(found, key=lambda name: found[name])
    share = french_number(100 * found[most] / sum(found.values()), 0)
    title = f"{most} : {share} % des heures que demande l’objectif"
    figure, (axes,) = framed(title, 2.5)
    bars(axes, found, "Heures dans l’année", most)
    said = " ; ".join(f"{name} {french_number(count, 0)}" for name, count in found.items())
    decrire(figure, french(f"{title}. Heures : {said}."))
    return figure


def dessiner_goulot(possibles: Mapping[str, float], objectif: float) -> Figure:
    """Draw the clients that each step lets through, beside the objective; the narrowest step is hatched."""
    found = {str(name): float(count) for name, count in possibles.items()}
    narrow = min(found, key=lambda name: found[name])
    aim = french_number(objectif, 0)
    short = f"{int(found[narrow])} clients au plus par la {narrow}"
    title = f"{short} : l’objectif de {aim} " + ("passe" if found[narrow] >= objectif else "ne passe pas")
    figure, (axes,) = framed(title, 2.5)
    bars(axes, found, "Clients que l’étape laisse passer dans l’année", narrow)
    axes.axvline(objectif, color=DARK, linestyle="--", label=f"objectif : {aim}")
    axes.set_xlim(0, 1.18 * max(objectif, *found.values()))
    figure.legend(loc="outside lower right", frameon=False)
    said = " ; ".join(f"{name} {french_number(count, 0)}" for name, count in found.items())
    decrire(figure, french(f"{title}. Clients possibles : {said}."))
    return figure


def dessiner_vendeurs(table: pd.DataFrame) -> Figure:
    """Draw activities, opportunities and signatures of each seller side by side; the title is about the most active.

    ``table`` has one row by code and the columns ``activités``, ``opportunités`` and ``signatures``.
    """
    busy = str(table["activités"].idxmax())
    shares = {name: 100 * table[name][busy] / table[name].sum() for name in ("activités", "signatures")}
    title = f"{busy} : " + ", ".join(f"{french_number(share, 0)} % des {name}" for name, share in shares.items())
    figure, axes = framed(title, 2.7, 3)
    labels = {"activités": "Activités", "opportunités": "Opportunités", "signatures": "Signatures"}
    for place, (column, label) in zip(axes, labels.items(), strict=True):
        values = {str(code): float(count) for code, count in table[column].items()}
        bars(place, values, f"{label} (nombre)", "")
    axes[0].set_ylabel("Commercial")
    said = " ; ".join(
        f"{code} : {', '.join(f'{french_number(float(row[name]), 0)} {labels[name].lower()}' for name in labels)}"
        for code, row in table.iterrows()
    )
    decrire(figure, french(f"{title}. {said}."))
    return figure


def dessiner_couts(couts: Mapping[str, float], approches: Mapping[str, str]) -> Figure:
    """Draw the full cost of a client by lever, the dearest on top; ``approches`` gives the approach of each lever."""
    costs = {str(name): float(cost) for name, cost in couts.items()}
    ordered = sorted(costs, key=lambda name: -costs[name])
    shown = {f"{name} ({approches[name]})": costs[name] for name in ordered}
    times = french_number(costs[ordered[0]] / costs[ordered[-1]], 1)
    title = f"Un client de {ordered[0]} coûte {times} fois celui de {ordered[-1]}"
    figure, (axes,) = framed(title, 3.2)
    bars(axes, shown, "Coût complet d’un client signé (€ HT)", next(iter(shown)), unit="€")
    said = " ; ".join(f"{name} {french_number(cost, 0)} €" for name, cost in shown.items())
    decrire(figure, french(f"{title}. Coûts : {said}."))
    return figure
