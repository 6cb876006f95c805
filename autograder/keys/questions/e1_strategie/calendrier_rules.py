"""Rules of notebook 04 that read Bocanterre's own tables: what a mended plan keeps, and how a file is named."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import Row, filled_rows, label, place, rows, shown
from autograder.keys.questions.e1_strategie import calendrier as facts
from casestudies.answers import Value
from casestudies.planification import predecesseurs


def original(case: Case) -> dict[str, dict[str, object]]:
    """Return the plan as written: the cells of each task by column."""
    table = case.table("planning_brut")
    return {str(cells["tache_id"]): cells for cells in table.to_dict("records")}  # type: ignore[misc]


def written_days(case: Case, row: Row) -> float | None:
    """Return the length that the plan gives to the task of a row, in days of presence."""
    found = case.fact(original).get(label(row["tache_id"]))
    return None if found is None else float(str(found["duree_j"]))


def written_hours(case: Case, row: Row) -> float | None:
    """Return the hours that the plan gives to the task of a row."""
    found = case.fact(original).get(label(row["tache_id"]))
    return None if found is None else float(str(found["charge_h"]))


def hours_there(case: Case) -> dict[tuple[str, str], float]:
    """Return the hours available by (role, ISO day)."""
    team = case.table("equipe_dispo")
    return {
        (str(role), day.date().isoformat()): float(hours)
        for day, role, hours in zip(team["date"], team["role"], team["heures_dispo"], strict=True)
    }


def month_index(case: Case, row: Row) -> float | None:
    """Return the index of the month when the period of a row starts."""
    start = read_date(row["début"])
    return None if start is None else case.fact(facts.month_indices)[start.month]


@dataclass(frozen=True)
class InYear:
    """Each day of the columns ``names`` is in ``year``."""

    names: tuple[str, ...]
    year: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day of another year; unreadable days are left to other rules."""
        return [
            f"{place(row, name)} : {shown(cell)} n’est pas en {self.year}, l’année du calendrier demandé."
            for name in self.names
            for row, (cell,) in filled_rows(answer, name)
            if (day := read_date(cell)) and day.year != self.year
        ]


@dataclass(frozen=True)
class LinksKept:
    """Every link of the plan is still there, save the one that made the loop."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task that lost another link."""
        known, cut = case.fact(original), case.fact(facts.plan).link
        remarks = []
        for row, (task, cell) in rows(answer, "tache_id", "prédécesseurs"):
            name = label(task)
            needed = set(predecesseurs(known[name]["predecesseurs"])) if name in known else set()
            lost = sorted(needed - set(predecesseurs(cell or "")) - ({cut[1]} if name == cut[0] else set()))
            if lost:
                remarks.append(
                    f"Ligne {row}, « {name} » : le lien avec « {lost[0]} » a disparu. "
                    "Une boucle se coupe en un seul endroit : remettez les autres liens."
                )
        return remarks


@dataclass(frozen=True)
class DoneByAble:
    """Each task is done by its role or by the one who stands in for it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task given to somebody else."""
        known = case.fact(original)
        remarks = []
        for row, (task, role) in filled_rows(answer, "tache_id", "rôle"):
            found = known.get(label(task))
            if found and plain(role) not in {plain(found["role"]), plain(found["suppleant"])}:
                remarks.append(
                    f"Ligne {row}, « {label(task)} » : {shown(role)} n’est ni le rôle prévu ni son suppléant. "
                    "Choisissez l’un des deux."
                )
        return remarks


@dataclass(frozen=True)
class CriticalInAlert:
    """The tasks of the critical path, and they only, are in the state « alerte »."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark that says how many tasks differ, never which."""
        critical = set(case.fact(facts.critical))
        states = {label(task): plain(state) for _, (task, state) in filled_rows(answer, "tache_id", "état")}
        missed = sum(states.get(task) != "alerte" for task in critical)
        extra = sum(state == "alerte" for task, state in states.items() if task not in critical)
        if not missed and not extra:
            return []
        return [
            f"Colonne « état » : {missed} tâche(s) du chemin critique sans alerte, {extra} alerte(s) en dehors. "
            "Reprenez votre liste des tâches critiques."
        ]


@dataclass(frozen=True)
class FileNameAgrees:
    """The name of the file says the date and the version of the header."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose name says something else; other forms are left to other rules."""
        remarks = []
        for row, (name, day, version) in filled_rows(answer, "fichier", "date", "version"):
            found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})_[a-z0-9-]+_(v\d+)(?:\.xlsx)?", label(name))
            written = read_date(day)
            if not re.fullmatch(r"v\d+", plain(version)):
                continue
            if found and written and (found[1] != written.isoformat() or found[2] != plain(version)):
                remarks.append(
                    f"Ligne {row} : {shown(name)} ne dit pas la même date ou la même version que l’en-tête. "
                    "Accordez les deux."
                )
        return remarks
