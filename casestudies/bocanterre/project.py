"""The project of early 2027: eight roles, twenty-two tasks, and the plan written too fast."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from casestudies.bocanterre.params import PROJECT_END, PROJECT_START
from casestudies.market import calendar, team_calendar
from casestudies.market.plan_faults import Slot, Task, end, order, reassigned, schedule, with_cycle
from casestudies.market.sampling import Ints
from casestudies.market.team_calendar import Member

LEAD, EDITOR, DESIGN, CODE, AGENCY, STORES, SERVICE, TRAINEE = (
    "Pilotage du projet",
    "Contenus",
    "Design d’interface",
    "Développement",
    "Prestataire web",
    "Animation des magasins",
    "Service client",
    "Alternance communication",
)
MEMBERS = (
    Member(LEAD, remote=(4,)),
    Member(EDITOR, remote=(0, 4)),
    Member(DESIGN, remote=(1, 3)),
    Member(CODE, remote=(0, 2, 4)),
    Member(AGENCY, remote=(0, 1, 2, 3), off=(4,)),
    Member(STORES),
    Member(SERVICE, remote=(2,)),
    Member(TRAINEE, school=(0, 1), leave=((51, 53),)),
)
ROLES = tuple(member.role for member in MEMBERS)

PLAN = (
    Task("T01", "Cadrer le projet et son périmètre", LEAD, 3, (), "Note de cadrage"),
    Task("T02", "Relire l’audit d’accessibilité", CODE, 4, ("T01",), "Liste des corrections"),
    Task("T03", "Recueillir les attentes en magasin", STORES, 4, ("T01",), "Compte rendu d’écoute"),
    Task("T04", "Fixer les couleurs et les contrastes", DESIGN, 5, ("T02",), "Palette vérifiée"),
    Task("T05", "Maquetter les pages types", DESIGN, 8, ("T03", "T04"), "Maquettes validées"),
    Task("T06", "Écrire la ligne éditoriale", EDITOR, 4, ("T01",), "Ligne éditoriale"),
    Task("T07", "Construire le calendrier éditorial 2027", EDITOR, 6, ("T06",), "Calendrier éditorial"),
    Task("T08", "Corriger les gabarits de page", CODE, 10, ("T05",), "Gabarits corrigés", AGENCY),
    Task("T09", "Refaire le parcours de retrait", AGENCY, 11, ("T05",), "Parcours utilisable au clavier", CODE),
    Task("T10", "Alléger les images et les scripts", DESIGN, 5, ("T08",), "Pages allégées"),
    Task("T11", "Écrire les alternatives d’images", EDITOR, 6, ("T05",), "Textes de remplacement"),
    Task("T12", "Intégrer les contenus corrigés", EDITOR, 5, ("T08", "T11"), "Pages à jour", SERVICE),
    Task("T13", "Préparer l’offre de la carte", LEAD, 4, ("T03",), "Règlement de la carte"),
    Task("T14", "Dessiner la carte et l’affichage", TRAINEE, 5, ("T03",), "Fichiers à imprimer", DESIGN),
    Task("T15", "Former les équipes des magasins", STORES, 5, ("T13", "T14"), "Fiche réflexe"),
    Task("T16", "Tester avec des utilisateurs", STORES, 6, ("T09", "T10", "T12"), "Relevé d’anomalies", SERVICE),
    Task("T17", "Corriger les anomalies", CODE, 5, ("T16",), "Anomalies closes"),
    Task("T18", "Contre-auditer le site", LEAD, 4, ("T17",), "Grille d’audit remplie", AGENCY),
    Task("T19", "Rédiger la déclaration d’accessibilité", EDITOR, 2, ("T18",), "Déclaration publiée"),
    Task("T20", "Préparer la campagne de lancement", TRAINEE, 6, ("T07", "T13"), "Messages et visuels"),
    Task("T21", "Mettre en ligne", CODE, 2, ("T15", "T19"), "Site en ligne"),
    Task("T22", "Lancer la campagne", EDITOR, 3, ("T20", "T21"), "Campagne envoyée"),
)
"""Every task with the role that can do it in time, and who could stand in."""

BUSY = ({"T09": CODE}, {"T14": DESIGN})
"""First conflict, one of: a role asked for two tasks at once."""
AWAY = (("T12", EDITOR, SERVICE), ("T16", SERVICE, STORES), ("T18", AGENCY, LEAD))
"""Second conflict, one of: a task, the role on leave when it comes, the role that can do it."""
LOOPS = (("T17", "T19"), ("T16", "T18"), ("T08", "T16"))
"""Wrong link, one of: the first task would wait for the second."""
STRETCHED = ("T05", "T08", "T16", "T17")
"""Tasks whose length varies by a day."""


@dataclass(frozen=True)
class Project:
    """The project of one variant: the plan as written, the plan that holds, and what lies between them."""

    days: pd.DataFrame
    team: tuple[Member, ...]
    sound: tuple[Task, ...]
    slots: dict[str, Slot]
    busy: dict[str, str]
    away: dict[str, str]
    loop: tuple[str, str]
    deadline: int

    @property
    def written(self) -> list[Task]:
        """The tasks as the plan has them, with its cycle and its two conflicts."""
        return with_cycle(reassigned(self.sound, self.busy | self.away), *self.loop)

    @property
    def present(self) -> dict[str, Ints]:
        """Ranks of the days of presence of each role."""
        return _presence(self.team, self.days)

    def finish(self, roles: dict[str, str]) -> int:
        """Return the rank of the last day once some tasks are given to ``roles`` (the cycle being cut)."""
        wished = {name: slot.first for name, slot in self.slots.items()}
        return end(schedule(reassigned(self.sound, roles), self.present, wished))

    def day(self, rank: int) -> pd.Timestamp:
        """Return the date of a rank."""
        return pd.Timestamp(self.days["date"].iloc[rank])


def _presence(team: tuple[Member, ...], days: pd.DataFrame) -> dict[str, Ints]:
    return {one.role: np.flatnonzero(team_calendar.hours(one.states(days)) > 0) for one in team}


def draw(slack: int, rng: np.random.Generator) -> Project:
    """Draw the project: lengths, leave, conflicts, wrong link; the deadline leaves ``slack`` working days."""
    days = calendar.days(PROJECT_START, PROJECT_END)
    shift = dict(zip(STRETCHED, rng.integers(0, 2, len(STRETCHED)).tolist(), strict=True))
    sound = tuple(replace(task, days=task.days + shift.get(task.id, 0)) for task in PLAN)
    busy = BUSY[rng.integers(len(BUSY))]
    task, role, able = AWAY[rng.integers(len(AWAY))]
    if next(one.role for one in sound if one.id == task) != able:
        sound = tuple(reassigned(sound, {task: able}))
    loop = LOOPS[rng.integers(len(LOOPS))]
    team = tuple(
        one.with_leave(start, start + 4)
        for one, start in zip(MEMBERS, (7 * rng.integers(16, 23, len(MEMBERS))).tolist(), strict=True)
    )
    slots = schedule(sound, _presence(team, days))
    slot = slots[task]
    first = slot.first - int(slot.first % 7)
    last = first + 7 * ((slot.last - first) // 7 + 1) + 4
    team = tuple(one.with_leave(first, last) if one.role == role else one for one in team)
    slots = schedule(sound, _presence(team, days))
    working = team_calendar.working_days(days)
    deadline = int(working[np.searchsorted(working, end(slots)) + slack])
    return Project(days, team, sound, slots, busy, {task: role}, loop, deadline)


def plan_table(project: Project) -> pd.DataFrame:
    """Return the plan as written: dates that look right, roles and links that are not."""
    tasks = project.written
    slots = project.slots
    return pd.DataFrame(
        {
            "tache_id": [task.id for task in tasks],
            "libelle": [task.label for task in tasks],
            "role": [task.role for task in tasks],
            "suppleant": [task.stand_in for task in tasks],
            "debut": pd.to_datetime([project.day(slots[task.id].first) for task in tasks]),
            "fin": pd.to_datetime([project.day(slots[task.id].last) for task in tasks]),
            "duree_j": [task.days for task in tasks],
            "charge_h": [task.days * team_calendar.HOURS for task in tasks],
            "predecesseurs": [", ".join(task.after) for task in tasks],
            "livrable": [task.deliverable for task in tasks],
        }
    )


def team_table(project: Project) -> pd.DataFrame:
    """Return who is there, by day and role."""
    states = np.stack([member.states(project.days) for member in project.team], axis=1)
    return pd.DataFrame(
        {
            "date": np.repeat(project.days["date"].to_numpy(), len(project.team)),
            "role": np.tile(np.array(ROLES, dtype=object), len(project.days)),
            "statut": np.array(team_calendar.STATES, dtype=object)[states.ravel()],
            "heures_dispo": team_calendar.hours(states).ravel(),
        }
    )


def critical_path(project: Project) -> tuple[str, ...]:
    """Return the tasks that decide the end of the sound plan, first to last (by dates and links)."""
    tasks = {task.id: task for task in order(project.sound)}
    path = [max(project.slots, key=lambda name: project.slots[name].last)]
    while tasks[path[-1]].after:
        path.append(max(tasks[path[-1]].after, key=lambda name: project.slots[name].last))
    return tuple(reversed(path))
