"""A simulator: tasks of an overloaded person that change hands, and what becomes of loads, levels and the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casestudies.dossier import Dossier
from casestudies.french import french_list, french_number
from casestudies.market.skills import ABLE
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

FITS, OVER = Look("tient dans ses jours", BLUE), Look("au-dessus de ses jours", VERMILION, hatched=True)
OFFERED = 3
"""Colleagues who may take each task, beside its owner: those who know most, then those who have the most time."""
TASKS = 5
"""Tasks of the overloaded person that may move, the largest."""


@dataclass(frozen=True)
class MovableTask:
    """One task: its load (person-days), the skill and the level it asks, its owner."""

    name: str
    days: float
    skill: str
    level: int
    owner: str


@dataclass(frozen=True)
class TeamScene:
    """A team: its tasks, the days each person has for the project, levels by (person, skill), weeks of the project."""

    pieces: tuple[MovableTask, ...]
    free: Mapping[str, float]
    levels: Mapping[tuple[str, str], int]
    weeks: int

    @cached_property
    def busy(self) -> str:
        """The person who has the most to do."""
        found = self.loads({})
        return max(found, key=lambda name: found[name])

    def owner(self, piece: MovableTask, moved: Mapping[str, str]) -> str:
        """Return who does a task once tasks have ``moved``."""
        return moved.get(piece.name, piece.owner)

    def loads(self, moved: Mapping[str, str]) -> dict[str, float]:
        """Return the load of each person who has a task or could take one, once tasks have moved."""
        asked = dict.fromkeys(self.free, 0.0)
        for piece in self.pieces:
            asked[self.owner(piece, moved)] += piece.days
        return {name: asked[name] / days for name, days in self.free.items() if days > 0}

    def late(self, moved: Mapping[str, str]) -> float:
        """Return how many weeks after the deadline the last person ends; 0 when all are in time."""
        return max(0.0, (max(self.loads(moved).values()) - 1) * self.weeks)

    def under(self, moved: Mapping[str, str]) -> list[str]:
        """Return the tasks whose person does not have the level they ask."""
        return [one.name for one in self.pieces if self.levels[self.owner(one, moved), one.skill] < one.level]

    @cached_property
    def movable(self) -> tuple[MovableTask, ...]:
        """The tasks that may move: the largest of the overloaded person, then the one that is too high."""
        mine = sorted((one for one in self.pieces if one.owner == self.busy), key=lambda one: -one.days)[:TASKS]
        high = [one for one in self.pieces if one.name in self.under({}) and one not in mine]
        return (*mine, *high)

    def offered(self, piece: MovableTask) -> tuple[str, ...]:
        """Return who may have a task: its owner, then colleagues."""
        loads = self.loads({})
        others = sorted(
            (name for name in loads if name != piece.owner),
            key=lambda name: (-min(self.levels[name, piece.skill], ABLE), loads[name] + piece.days / self.free[name]),
        )
        idle = min(
            (name for name in others[OFFERED - 1 :]), key=lambda name: loads[name] + piece.days / self.free[name]
        )
        return (piece.owner, *others[: OFFERED - 1], idle)

    def best(self) -> tuple[MovableTask, str]:
        """Return the one move to somebody able that lowers most the peak of the two people."""
        loads = self.loads({})
        asked = {name: loads[name] * self.free[name] for name in loads}

        def peak(move: tuple[MovableTask, str]) -> float:
            piece, name = move
            giver = (asked[self.busy] - piece.days) / self.free[self.busy]
            return max(giver, (asked[name] + piece.days) / self.free[name])

        moves = [
            (piece, name)
            for piece in self.pieces
            if piece.owner == self.busy
            for name in loads
            if name != self.busy and self.levels[name, piece.skill] >= piece.level
        ]
        return min(moves, key=peak)


def scene_of(dossier: Dossier) -> TeamScene:
    """Return the team of a case."""
    tasks, days = dossier.table("taches"), dossier.table("disponibilites")
    levels = dossier.table("competences").set_index("membre")
    expected = (tasks["duree_optimiste_j"] + 4 * tasks["duree_probable_j"] + tasks["duree_pessimiste_j"]) / 6
    load = expected * tasks["affectation_pct"] / 100
    return TeamScene(
        tuple(
            MovableTask(str(name), float(work), str(skill), int(level), str(owner))
            for name, work, skill, level, owner in zip(
                tasks["tache_id"], load, tasks["competence"], tasks["niveau_requis"], tasks["responsable"], strict=True
            )
        ),
        {str(name): float(held) for name, held in days.groupby("membre")["jours_projet"].sum().items()},
        {
            (str(person), str(skill)): int(level)
            for skill, column in levels.items()
            for person, level in column.items()
        },
        int(days["semaine"].nunique()),
    )  # fmt: skip


def moved_by(scene: TeamScene, values: Mapping[str, Any]) -> dict[str, str]:
    """Return who has each task that may move."""
    return {one.name: str(values[one.name]) for one in scene.movable}


def _room(scene: TeamScene, name: str, load: float) -> str:
    """Return the days that a person has left, or lacks, to the half day: the load itself is for the learner to find."""
    days = round(2 * scene.free[name] * (1 - load)) / 2
    noun = "jour" if abs(days) < 2 else "jours"
    number = french_number(abs(days), 0 if days.is_integer() else 1)
    return f"il {'reste' if days >= 0 else 'manque'} {number} {noun}"


def _peak(scene: TeamScene, moved: Mapping[str, str]) -> tuple[str, float]:
    loads = scene.loads(moved)
    name = max(loads, key=lambda one: loads[one])
    return name, loads[name]


def _end(late: float) -> str:
    """Return when the team ends, in whole weeks.

    >>> _end(0.0), _end(0.4), _end(5.6)
    ('à l’heure', 'avec moins d’une semaine de retard', 'avec environ 6 semaines de retard')
    """
    if late < 0.05:
        return "à l’heure"
    weeks = round(late)
    said = f"environ {weeks} semaine{'s' if weeks > 1 else ''}" if weeks else "moins d’une semaine"
    return f"avec {said} de retard"


def status(scene: TeamScene, moved: Mapping[str, str]) -> str:
    """Return what the moves do to the person who has the most to do, to the end and to the levels."""
    name, load = _peak(scene, moved)
    under = scene.under(moved)
    level = f"Niveau trop bas pour {french_list(under)}." if under else "Chaque tâche est à un niveau suffisant."
    count = sum(one.owner != moved[one.name] for one in scene.movable)
    plural = "s" if count > 1 else ""
    moves = f"{count} tâche{plural} déplacée{plural}" if count else "Aucune tâche déplacée"
    return (
        f"{moves}. La personne la plus chargée : {name} ({_room(scene, name, load)}). L’équipe finit "
        f"{_end(scene.late(moved))}. {level}"
    )


def draw(scene: TeamScene, moved: Mapping[str, str]) -> str:
    """Return the chart: the load of each person who has one of the tasks or may take it."""
    loads, before = scene.loads(moved), scene.loads({})
    seen = sorted({name for one in scene.movable for name in scene.offered(one)})
    bars = [
        Bar(
            name, _room(scene, name, loads[name]), 100 * loads[name], OVER if loads[name] > 1 + 1e-9 else FITS,
            mark=100 * before[name],
        )
        for name in seen
    ]  # fmt: skip
    over = [name for name in seen if loads[name] > 1 + 1e-9]
    title = f"Trop de travail pour {french_list(over)}" if over else "Chacun tient dans ses jours"
    said = ", ".join(
        f"{one} {_room(scene, one, loads[one])} (au départ, {_room(scene, one, before[one])})" for one in seen
    )
    return bar_chart(
        title, bars, "Jours demandés ÷ jours disponibles (%)", f"{title}. Jours de chacun : {said}.",
        looks=(FITS, OVER), mark="au départ", line=100.0, scale=(0, 160),
    )  # fmt: skip


QUESTION = "Un seul transfert, à quelqu’un qui a le niveau : jusqu’où descend la pointe des deux personnes ?"
LOW, MIDDLE, HIGH = "sous 80 %", "de 80 à 88 %", "au-dessus de 88 %"
LEAST, MOST = 0.80, 0.88
NOTE = (
    "La marque rappelle la charge de départ, le trait les jours disponibles. Le simulateur ne compte ni le passage de "
    "relais, ni l’envie d’apprendre : demandez-les à la personne."
)


def outcome(scene: TeamScene) -> str:
    """Return what the figures say of the bet."""
    piece, name = scene.best()
    loads = scene.loads({piece.name: name})
    peak = max(loads[scene.busy], loads[name])
    answer = LOW if peak < LEAST else MIDDLE if peak <= MOST else HIGH
    return f"Le meilleur : {piece.name} à {name}. La pointe descend, c’est donc « {answer} »."


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    found = outcome(scene)

    def show(values: dict[str, Any]) -> SettingsShown:
        moved = moved_by(scene, values)
        return SettingsShown(status(scene, moved), draw(scene, moved), (NOTE,), found)

    controls = [
        Control(
            "radios", one.name,
            f"{one.name} : {french_number(one.days, 1)} jours-homme, {one.skill} niveau {one.level}", one.owner,
            options=scene.offered(one),
        )
        for one in scene.movable
    ]  # fmt: skip
    return Experiment("Déplacer", Bet({"bet": (QUESTION, (LOW, MIDDLE, HIGH))}), controls, show, "Rendre chaque tâche")


def simulateur_deplacer(dossier: Dossier) -> Simulator:
    """Show the simulator for the team of ``dossier``: a bet first, then tasks to move, by keyboard too."""
    return Simulator(experiment(dossier))
