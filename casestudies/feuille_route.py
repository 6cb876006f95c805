"""What a roadmap is computed with: the chains of tasks that wait for each other, and the targets of the 2030 Agenda."""

from collections.abc import Iterator, Mapping
from numbers import Real

import pandas as pd

from casestudies.errors import CasekitError
from casestudies.planification import predecesseurs
from casestudies.references import Target, load

ARROW = " → "


def longueurs(taches: pd.DataFrame, durees: "pd.Series[float]", **remplacees: float) -> "pd.Series[float]":
    """Return the length of each chain of tasks, from one that waits for none to one that none waits for.

    Parameters
    ----------
    taches
        The tasks, by id, with the column « attend ».
    durees
        How long each task takes, by id.
    remplacees
        Other durations for some tasks: ``L05=12``.

    Raises
    ------
    CasekitError
        When a task has no duration, or tasks wait for each other; the message is in French.

    >>> plan = pd.DataFrame({"attend": ["", "L1", "L1", "L2, L3"]}, index=["L1", "L2", "L3", "L4"])
    >>> longueurs(plan, pd.Series({"L1": 1, "L2": 5, "L3": 2, "L4": 1}), L3=8.0).to_dict()
    {'L1 → L2 → L4': 7.0, 'L1 → L3 → L4': 10.0}
    """
    if not isinstance(taches, pd.DataFrame) or "attend" not in taches:
        raise CasekitError("Donnez d’abord la table des tâches : la cellule qui fabrique « taches » est plus haut.")
    days = _days(taches, durees, remplacees)
    waits = {str(name): predecesseurs(cell) for name, cell in taches["attend"].items()}
    awaited = {name for after in waits.values() for name in after}
    if unknown := sorted(awaited - set(waits)):
        raise CasekitError(f"La tâche « {unknown[0]} » est attendue, mais elle n’est pas dans la table.")
    chains = [chain for name in waits if name not in awaited for chain in _chains(name, waits, ())]
    if not chains:
        raise CasekitError("Des tâches s’attendent en rond : aucune chaîne n’a de fin.")
    found = {ARROW.join(chain): sum(days[name] for name in chain) for chain in chains}
    return pd.Series(found, name="jours ouvrés").rename_axis("chaîne")


def _days(tasks: pd.DataFrame, durations: object, replaced: Mapping[str, object]) -> dict[str, float]:
    if not isinstance(durations, pd.Series):
        raise CasekitError(
            "Donnez d’abord une durée à chaque tâche : la cellule qui calcule « attendue » est plus haut."
        )
    days = {str(name): float(value) for name, value in durations.items()}
    names = [str(name) for name in tasks.index]
    for name, value in replaced.items():
        if name not in names:
            raise CasekitError(f"« {name} » n’est pas une tâche de la table : {', '.join(names)}.")
        if isinstance(value, bool) or not isinstance(value, Real):
            raise CasekitError(f"La durée de « {name} » doit être un nombre de jours, comme {name}=5.")
        days[name] = float(value)
    if missing := [name for name in names if name not in days or days[name] != days[name]]:
        raise CasekitError(f"La tâche « {missing[0]} » n’a pas de durée.")
    return days


def _chains(last: str, waits: dict[str, tuple[str, ...]], after: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the chains that end with ``last`` then ``after``."""
    if last in after:
        raise CasekitError(f"Des tâches s’attendent en rond : « {last} » s’attend elle-même.")
    chain = (last, *after)
    if not waits[last]:
        yield chain
    for before in waits[last]:
        yield from _chains(before, waits, chain)


def cibles_odd() -> "pd.Series[str]":
    """Return the short label of each of the 169 targets, in the kit’s own words, by number.

    >>> cibles_odd()["12.5"]
    'Réduire les déchets\N{NO-BREAK SPACE}: prévenir, réutiliser, recycler'
    """
    return pd.Series({one.number: one.label for one in load(Target)}, name="libellé").rename_axis("cible")
