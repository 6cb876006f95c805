"""Rules of notebook 05 that read Bocanterre's own tables: what a mended plan keeps, and what the charter asks."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import Row, filled_rows, label, place, rows, shown
from autograder.keys.questions.e1_strategie import planning as facts
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


def elements(case: Case) -> dict[str, str]:
    """Return the elements of the plan to lay out again, by mark."""
    table = case.table("planning_a_reprendre")
    return {str(mark): str(element) for mark, element in zip(table["repere"], table["element"], strict=True)}


@dataclass(frozen=True)
class BreachesListed:
    """The marks of the column ``name`` are those of the elements that break the charter, and they only."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark that says how many marks differ, never which."""
        given = {label(cell).upper() for _, (cell,) in filled_rows(answer, self.name)}
        broken = case.fact(facts.breaches)
        missed, extra = len(broken - given), len(given - broken)
        if not missed and not extra:
            return []
        return [
            f"Colonne « {self.name} » : {missed} écart(s) à trouver encore, {extra} élément(s) cité(s) à tort. "
            "Relisez les normes documentaires, une phrase à la fois."
        ]


FORMS = {
    "Nom du fichier": r"\d{4}-\d{2}-\d{2}_[a-z0-9]+(-[a-z0-9]+)*_v\d+(\.xlsx)?",
    "En-tête : auteur": r"[^\d.]*(pilotage|responsable|contenus|design|developpement|animation|direction)[^\d.]*",
    "En-tête : date": r"\d{4}-\d{2}-\d{2}",
    "En-tête : version": r"v\d+",
    "En-tête : destinataires": r".*[a-z]{4}.*",
    "En-tête : statut": r"brouillon|relu|valide",
    "Ordre des lignes": r".*debut.*",
    "Tâche T07 : dates": r"\D*\d{4}-\d{2}-\d{2}\D+\d{4}-\d{2}-\d{2}\D*",
    "Tâche T05 : durée": r"\D*\d+([,.]\d+)?\s*(j|jours?)\b.*",
    "Tâche T11 : charge": r"\D*\d+([,.]\d+)?\s*(h|heures?)\b.*",
    "Tâche T14 : livrable": r".*[a-z]{4}.*",
    "Tâches en alerte": r".*(mot|signe|!).*",
    "Sous le tableau": r"(?=.*(jour|heure))(?=.*source).*",
}
"""What each element looks like once it follows the charter, written plainly."""


@dataclass(frozen=True)
class FollowsCharter:
    """The correction of each element, known by its mark, has the form that the charter asks."""

    mark: str
    correction: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per correction in another form; unknown marks are left to other rules."""
        known = case.fact(elements)
        remarks = []
        for row, (mark, cell) in filled_rows(answer, self.mark, self.correction):
            element = known.get(label(mark).upper(), "")
            form = FORMS.get(element)
            if form and not re.fullmatch(form, plain(cell)):
                remarks.append(
                    f"{place(row, self.correction)} : {shown(cell)} ne suit pas encore la charte "
                    f"(« {element} »). Relisez la norme de cet élément."
                )
        return remarks
