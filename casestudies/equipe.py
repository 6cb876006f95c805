"""What a team's work is computed with: first days, the critical path, what giving a task to somebody else would do."""

import numpy as np
import pandas as pd

from casestudies.errors import CasekitError
from casestudies.market.calendar import public_holidays
from casestudies.market.tasks import Schedule, schedule
from casestudies.planification import predecesseurs

START = "2026-10-05"
"""The first day of the project."""


def debuts(taches: pd.DataFrame) -> "pd.Series[str]":
    """Return the earliest first day of each task, by id, as tasks wait for one another.

    ``taches`` has the columns « tache_id », « predecesseurs » and « attendue » (working days).

    Raises
    ------
    CasekitError
        When a column is missing or no number; the message is in French.

    >>> plan = pd.DataFrame({"tache_id": ["T1", "T2"], "predecesseurs": ["", "T1"], "attendue": [4.5, 2.0]})
    >>> debuts(plan).to_dict()
    {'T1': '2026-10-05', 'T2': '2026-10-09'}
    """
    ids, plan = _planned(taches)
    closed = np.array(list(public_holidays(range(2026, 2029))), dtype="datetime64[D]")
    whole = np.floor(plan.early + 1e-9).astype(np.int64)
    found = np.busday_offset(np.datetime64(START), whole, roll="forward", holidays=closed)
    return pd.Series(found.astype(str), index=pd.Index(ids, name="tache_id"), name="debut")


def chemin_critique(taches: pd.DataFrame) -> list[str]:
    """Return the tasks of the longest chain, from the first to the last: when one is late, so is the end.

    ``taches`` has the columns « tache_id », « predecesseurs » and « attendue » (working days).

    Raises
    ------
    CasekitError
        When a column is missing or no number; the message is in French.

    >>> plan = pd.DataFrame({"tache_id": ["T1", "T2", "T3"], "predecesseurs": ["", "T1", "T1"],
    ...                      "attendue": [4.5, 2.0, 3.0]})
    >>> chemin_critique(plan)
    ['T1', 'T3']
    """
    ids, plan = _planned(taches)
    order = np.argsort(plan.early, kind="stable").tolist()
    return [ids[rank] for rank in order if plan.critical[rank]]


def _planned(tasks: pd.DataFrame) -> tuple[list[str], Schedule]:
    """Return the tasks and their schedule by expected durations."""
    days = _numbers(tasks, "attendue")
    ids = [str(name) for name in tasks["tache_id"]]
    after = [predecesseurs(str(cell).replace(";", ",")) for cell in tasks["predecesseurs"].fillna("")]
    return ids, schedule(np.array([[one in names for one in ids] for names in after]), days)


def transferts(
    taches: pd.DataFrame, competences: pd.DataFrame, jours: "pd.Series[float]", donneur: str
) -> pd.DataFrame:
    """Return what the loads of two people would be if one task of ``donneur`` went to somebody else: one row a pair.

    ``taches`` has the column « charge_jh »; ``jours`` holds the days that each person has for the project.

    Raises
    ------
    CasekitError
        When the load is missing, or nobody of that code has a task; the message is in French.

    >>> work = pd.DataFrame({"tache_id": ["T1", "T2"], "responsable": ["A", "A"], "competence": "seo",
    ...                      "niveau_requis": 3, "charge_jh": [2.0, 4.0]})
    >>> skills = pd.DataFrame({"membre": ["A", "B"], "seo": [4, 2]})
    >>> found = transferts(work, skills, pd.Series({"A": 5.0, "B": 8.0}), "A")
    >>> found[["tache_id", "donneur", "receveur"]].values.tolist()
    [['T1', 0.8, 0.25], ['T2', 0.4, 0.5]]
    """
    charge = pd.Series(_numbers(taches, "charge_jh"), index=taches.index)
    asked = charge.groupby(taches["responsable"]).sum().reindex(jours.index).fillna(0.0)
    mine = taches[taches["responsable"] == donneur]
    if mine.empty:
        raise CasekitError(f"« {donneur} » n’a pas de tâche : donnez le code d’une personne, entre guillemets.")
    levels = competences.set_index("membre")
    return pd.DataFrame(
        [
            {
                "tache_id": name,
                "vers": other,
                "niveau": levels.loc[other, skill],
                "niveau_requis": wanted,
                "jours_homme": days,
                "donneur": (asked[donneur] - days) / jours[donneur],
                "receveur": (asked[other] + days) / jours[other],
            }
            for name, skill, wanted, days in zip(
                mine["tache_id"], mine["competence"], mine["niveau_requis"], charge[mine.index], strict=True
            )
            for other in levels.index
            if other != donneur and jours[other] > 0
        ]
    )


def _numbers(tasks: pd.DataFrame, name: str) -> np.ndarray:
    """Return a column of numbers."""
    found = pd.to_numeric(tasks[name], errors="coerce") if name in tasks else None
    if found is None or found.isna().any():
        raise CasekitError(f"La colonne « {name} » n’est pas encore calculée : répondez à la question qui la donne.")
    return found.to_numpy(dtype=np.float64)
