"""Charts of a launch: the actions of a roadmap on a calendar, the chains of tasks, the days each role is asked for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import matplotlib.dates
import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.french import french_number, number_in, short_date, unaccented
from casestudies.livrables.tasks import last_day
from casestudies.studio.framing import DARK, WAITING, bars, framed, numbers_by_name
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.planning_style import day_of
from casestudies.typography import french

mdates: Any = matplotlib.dates
"""Its functions say no types."""
LONGEST = 400
"""Working days of the longest action that is drawn."""
YEARS = range(2020, 2041)
"""Years of the actions that are drawn: a mistyped year would leave every other action too thin to be seen."""
_EMPTY = Card(
    "Rien à montrer", "mixed", "!", ("La feuille de route est vide : remplissez-la, puis relancez la cellule.",)
)


@dataclass(frozen=True)
class _Action:
    name: str
    owner: str
    start: date
    end: date


def dessiner_feuille_route(table: object) -> Figure | Card:
    """Return the actions of a roadmap on a calendar, first row on top.

    ``table``, or a list of rows, has the columns « action », « responsable », « debut » and « duree_jours » (working
    days); rows without readable days are left out.
    """
    if isinstance(table, list):
        table = pd.DataFrame([row for row in table if isinstance(row, Mapping)])
    actions = _actions(table) if isinstance(table, pd.DataFrame) else []
    if not actions:
        return _EMPTY
    first, last = min(one.start for one in actions), max(one.end for one in actions)
    owners = pd.Series([one.owner for one in actions]).value_counts()
    title = f"{len(actions)} action{'s' if len(actions) > 1 else ''} ; {owners.index[0]} répond de {owners.iloc[0]}"
    figure, (axes,) = framed(_drawn(title), 1.5 + 0.38 * len(actions))
    for rank, one in enumerate(actions):
        axes.barh(rank, (one.end - one.start).days + 1, left=mdates.date2num(one.start), height=0.6, color=BLUE)
        axes.text(mdates.date2num(one.end) + 2, rank, _drawn(one.owner), va="center", fontsize=9, color=DARK)
    axes.set_yticks(range(len(actions)), [_drawn(one.name) for one in actions])
    axes.set_ylim(len(actions) - 0.5, -0.5)
    length = (last - first).days + 1
    axes.set_xlim(mdates.date2num(first) - 0.02 * length, mdates.date2num(last) + 0.32 * length)
    axes.xaxis.set_major_locator(mdates.WeekdayLocator(mdates.MO, interval=max(1, length // 80)))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%d/%m"))
    axes.tick_params(axis="x", labelrotation=45)
    axes.set_xlabel("Lundis (jour/mois)")
    axes.grid(axis="x", alpha=0.35)
    axes.set_axisbelow(True)
    said = " ; ".join(
        f"{one.name}, {one.owner}, du {short_date(one.start)} au {short_date(one.end)}" for one in actions
    )
    decrire(figure, french(f"{title}. {said}."))
    return figure


def _actions(table: pd.DataFrame) -> list[_Action]:
    names = {unaccented(name): position for position, name in enumerate(table.columns)}
    found = []
    for cells in table.itertuples(index=False, name=None):
        row = {name: cells[position] for name, position in names.items()}
        start = day_of(row.get("debut"))
        end = _last_day(start, row.get("duree_jours"))
        if start and end:
            owner = _short(str(row.get("responsable") or ""), 24)
            found.append(_Action(_short(str(row.get("action") or "")), owner, start, end))
    return found


def _drawn(text: str) -> str:
    """Return a text as it is drawn: a dollar sign would begin a formula."""
    return french(text).replace("$", r"\$")


def _short(text: str, most: int = 44) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _last_day(start: date | None, length: object) -> date | None:
    """Return the last of ``length`` working days from ``start``; None when there is no such length."""
    days = length if isinstance(length, float | int) else number_in(str(length or ""))
    if start is None or days is None or not 1 <= days <= LONGEST or start.year not in YEARS:
        return None
    return last_day(start, round(days))


def dessiner_budgets(agence: pd.DataFrame) -> Figure:
    """Return the budget of each action as the agency writes it, the highest hatched."""
    found = {
        f"{name} · {_short(str(action), 40)}": float(budget)
        for name, action, budget in zip(agence["action_id"], agence["action"], agence["budget"], strict=True)
    }
    most = max(found, key=lambda name: found[name])
    title = f"L’agence met le plus d’argent dans l’action {most[:2]}"
    figure, (axes,) = framed(title, 2.7)
    bars(axes, found, "Budget écrit par l’agence (€)", most, 0, "€")
    said = " ; ".join(f"{name} {french_number(amount, 0, '€')}" for name, amount in found.items())
    decrire(figure, french(f"{title}. {said}."))
    return figure


def dessiner_chaines(longueurs: "pd.Series[float]", promis: float) -> Figure:
    """Return the length of each chain of tasks, the longest on top and hatched, beside the delay that was promised."""
    found = {str(name): float(days) for name, days in longueurs.sort_values(ascending=False).items()}
    names = list(found)
    late = found[names[0]] > promis
    title = f"La plus longue chaîne {'dépasse' if late else 'tient dans'} le délai promis"
    figure, (axes,) = framed(title, 3.2)
    colours = [VERMILION if rank == 0 else BLUE for rank in range(len(names))]
    axes.barh(range(len(names)), list(found.values()), 0.6, color=colours, hatch=["///", *[""] * (len(names) - 1)])
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, 1.08 * max(promis, found[names[0]]))
    axes.set_xlabel("Durée attendue (jours ouvrés)")
    axes.axvline(promis, color=DARK, linestyle="--", label=french(f"délai promis : {french_number(promis, 0)}"))
    figure.legend(loc="outside lower right", frameon=False)
    said = " ; ".join(f"{name} environ {french_number(days, 0)}" for name, days in found.items())
    decrire(figure, french(f"{title}, {french_number(promis, 0)} jours ouvrés. Jours par chaîne : {said}."))
    return figure


def dessiner_charge(charge: object) -> Figure | Card:
    """Return the share of its days that each role is asked for, the highest hatched; nothing until it is computed."""
    found = {_short(role, 24): 100 * rate for role, rate in numbers_by_name(charge).items()}
    if not found:
        return WAITING
    most = max(found, key=lambda role: found[role])
    title = f"{most} est demandé à {french_number(found[most], 0)} % de ses jours"
    figure, (axes,) = framed(_drawn(title), max(2.7, 1.2 + 0.26 * len(found)))
    bars(
        axes,
        {_drawn(role): rate for role, rate in found.items()},
        "Jours demandés ÷ jours disponibles (%)",
        _drawn(most),
    )
    axes.axvline(100, color=DARK, linestyle="--", label="tous ses jours")
    axes.set_xlim(0, 1.15 * max(100, found[most]))
    figure.legend(loc="outside lower right", frameon=False)
    said = " ; ".join(f"{role} {french_number(rate, 0)} %" for role, rate in found.items())
    decrire(figure, french(f"{title}. {said}."))
    return figure


def dessiner_suivi(suivi: pd.DataFrame, prevision: object, enveloppe: float) -> Figure:
    """Return what was planned, done and spent, and the forecast once it is computed, beside the envelope (€ excl. tax).

    ``suivi`` has the columns « budget_ht », « avancement_prevu », « avancement_reel » and « depense_ht ».
    """
    budget = suivi["budget_ht"]
    found = {
        "Travail prévu à ce jour": float((budget * suivi["avancement_prevu"]).sum()),
        "Travail fait": float((budget * suivi["avancement_reel"]).sum()),
        "Dépensé": float(suivi["depense_ht"].sum()),
    }
    title, stressed = "Le travail fait a coûté plus que son budget", "Dépensé"
    if isinstance(prevision, float | int) and math.isfinite(prevision) and prevision > 0:
        stressed = "Prévision à la fin"
        found[stressed] = float(prevision)
        gap = french_number(abs(prevision - enveloppe), 0, "€")
        over = prevision > enveloppe
        title = f"La prévision dépasse l’enveloppe de {gap}" if over else f"La prévision laisse {gap} dans l’enveloppe"
    figure, (axes,) = framed(title, 2.7)
    bars(axes, found, "Montant (€ HT)", stressed, 0, "€")
    axes.axvline(enveloppe, color=DARK, linestyle="--", label=french(f"enveloppe : {french_number(enveloppe, 0, '€')}"))
    axes.set_xlim(0, 1.2 * max(enveloppe, *found.values()))
    figure.legend(loc="outside lower right", frameon=False)
    said = " ; ".join(f"{name} {french_number(amount, 0, '€')}" for name, amount in found.items())
    decrire(figure, french(f"{title}. {said}. Enveloppe : {french_number(enveloppe, 0, '€')}."))
    return figure
