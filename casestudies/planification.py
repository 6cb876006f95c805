"""The planning workshop given to learners: cut a link, hand a task over, and see what the dates become.

Dates follow the company's rules: a duration counts days of presence of the role, a role does one task at a time, and
a task starts the day after the last of those it waits for. The arithmetic is that of ``market.plan_faults``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError
from typing import Any

import numpy as np
import pandas as pd

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.french import short_date
from casestudies.market.plan_faults import Task, cycle, schedule
from casestudies.market.sampling import Ints

DAY = np.timedelta64(1, "D")


def jours_ouvres(debut: object, fin: object, feries: Iterable[object] = ()) -> int:
    """Return the working days from ``debut`` to ``fin``, both included: Monday to Friday, ``feries`` left out.

    >>> jours_ouvres("2027-03-25", "2027-03-31", ["2027-03-29"])
    4
    >>> jours_ouvres("2027-03-27", "2027-03-28")
    0
    """
    first, last = _day(debut), _day(fin)
    return int(np.busday_count(first, last + DAY, holidays=[_day(one) for one in feries]))


def _day(moment: Any) -> np.datetime64:
    return np.datetime64(pd.Timestamp(moment), "D")


def predecesseurs(cellule: object) -> tuple[str, ...]:
    """Return the tasks named in a cell, separated by commas.

    >>> predecesseurs("T03, T04"), predecesseurs("")
    (('T03', 'T04'), ())
    """
    return tuple(name.strip() for name in str(cellule).split(",") if name.strip())


def _tasks(planning: pd.DataFrame) -> list[Task]:
    rows = zip(
        planning["tache_id"], planning["libelle"], planning["role"], planning["duree_j"], planning["predecesseurs"],
        strict=True,
    )  # fmt: skip
    return [
        Task(str(name), str(label), str(role), int(days), predecesseurs(after))
        for name, label, role, days, after in rows
    ]


def boucle(planning: pd.DataFrame) -> list[str]:
    """Return the tasks that wait for each other, in the order of the plan; an empty list when there are none."""
    return list(cycle(_tasks(planning)))


def corriger(
    planning: pd.DataFrame, couper: Mapping[str, str] | None = None, confier: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return a copy of the plan with some links cut and some tasks handed over; blank names change nothing.

    Parameters
    ----------
    couper
        For each task, the predecessor it must no longer wait for: ``{"T05": "T09"}``.
    confier
        For each task, the role that does it instead: ``{"T05": "Contenus"}``; the former role stands in for it.

    Raises
    ------
    CasekitError
        When a task, a link or a role is not in the plan; the message is in French.
    """
    found = planning.copy()
    places = {str(name): place for place, name in zip(found.index, found["tache_id"], strict=True)}
    roles = {str(name) for column in ("role", "suppleant") for name in found[column] if str(name).strip()}
    for task, link in _filled(couper, places):
        kept = predecesseurs(found.loc[places[task], "predecesseurs"])
        if link not in kept:
            raise CasekitError(f"La tâche « {task} » n’attend pas « {link} » : rien à couper.")
        found.loc[places[task], "predecesseurs"] = ", ".join(name for name in kept if name != link)
    for task, role in _filled(confier, places):
        if role not in roles:
            raise CasekitError(f"Le rôle « {role} » n’est pas dans le planning. Rôles : {', '.join(sorted(roles))}.")
        found.loc[places[task], ["role", "suppleant"]] = [role, found.loc[places[task], "role"]]
    return found


def _filled(changes: Mapping[str, str] | None, places: Mapping[str, object]) -> list[tuple[str, str]]:
    kept = [(str(task).strip(), str(value).strip()) for task, value in (changes or {}).items() if task and value]
    for task, _ in kept:
        if task not in places:
            raise CasekitError(f"La tâche « {task} » n’est pas dans le planning.")
    return kept


def presence(equipe: pd.DataFrame) -> tuple[pd.DatetimeIndex, dict[str, Ints]]:
    """Return the days of the table, in order, and the ranks of the days when each role has hours to give."""
    hours = equipe.pivot(index="date", columns="role", values="heures_dispo").sort_index()
    return pd.DatetimeIndex(hours.index), {str(role): np.flatnonzero(hours[role].to_numpy() > 0) for role in hours}


def replacer(planning: pd.DataFrame, equipe: pd.DataFrame) -> pd.DataFrame:
    """Return the plan with every task at its earliest dates; tasks of one role keep the order of their first days.

    Raises
    ------
    CasekitError
        When tasks wait for each other, or a role has not enough days; the message is in French.
    """
    days, present = presence(equipe)
    wished = dict(
        zip(planning["tache_id"], days.get_indexer(pd.DatetimeIndex(planning["debut"])).tolist(), strict=True)
    )
    try:
        slots = schedule(_tasks(planning), present, wished)
    except CycleError as error:
        raise CasekitError("Des tâches s’attendent en rond : coupez d’abord le lien en trop.") from error
    except ValueError as error:
        raise CasekitError(f"Pas assez de jours de présence pour la tâche « {error} ».") from error
    order = [slots[name] for name in planning["tache_id"]]
    return planning.assign(debut=days[[slot.first for slot in order]], fin=days[[slot.last for slot in order]])


@dataclass(frozen=True)
class Essai:
    """A plan tried with some corrections. Learners read it, so its names are French.

    Attributes
    ----------
    planning : the plan with its corrections and its new dates; None while a loop remains.
    boucle : tasks that still wait for each other.
    fin : last day of the plan; None while a loop remains.

    """

    planning: pd.DataFrame | None
    boucle: tuple[str, ...]
    fin: date | None

    def _card(self) -> Card:
        if self.boucle:
            words = f"Ces tâches s’attendent en rond : {', '.join(self.boucle)}. Aucune date n’est possible."
            return Card("Le planning tourne en rond", "mixed", "!", (words,))
        assert self.fin is not None
        return Card("Le planning se calcule", "good", "✓", (f"Dernier jour du projet : {short_date(self.fin)}.",))

    def __repr__(self) -> str:
        """Say in plain text what the trial gives."""
        return self._card().text()

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        return self._card()._repr_mimebundle_(**options)


def essayer(
    planning: pd.DataFrame, equipe: pd.DataFrame, couper: Mapping[str, str] | None = None,
    confier: Mapping[str, str] | None = None,
) -> Essai:  # fmt: skip
    """Try corrections of a plan (see ``corriger``) and return what its dates become."""
    corrected = corriger(planning, couper, confier)
    waiting = tuple(boucle(corrected))
    if waiting:
        return Essai(None, waiting, None)
    placed = replacer(corrected, equipe)
    return Essai(placed, (), pd.Timestamp(placed["fin"].max()).date())
