"""A simulator: one task of the launch is late, and what becomes of its date, its budget, the chain that sets both."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from casestudies.dossier import Dossier
from casestudies.french import french_date, french_list, french_number
from casestudies.hetrabelle.agency import working_day
from casestudies.market.sampling import Floats
from casestudies.market.tasks import Schedule, schedule
from casestudies.planification import predecesseurs
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

TASK, DELAY = "task", "delay"
MOST_DELAY = 20
FREE, CRITICAL = Look("a de la marge", BLUE), Look("fixe la date du lancement", VERMILION, hatched=True)
BET_DELAY = 10
BET_TASK = "L03"


@dataclass(frozen=True)
class LaunchScene:
    """A launch: tasks, expected durations, who waits for whom, what was promised, what a late day costs."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    expected: Floats
    needs: np.ndarray
    promised: float
    budget_ht: float
    late_day_ht: float

    @cached_property
    def planned(self) -> Schedule:
        """The launch when nothing is late."""
        return schedule(self.needs, self.expected)

    def delayed(self, task: str, days: float) -> Schedule:
        """Return the launch when ``task`` takes ``days`` more."""
        later = self.expected.copy()
        later[self.ids.index(task)] += days
        return schedule(self.needs, later)

    def late(self, found: Schedule) -> float:
        """Return by how many working days the opening of sales moves."""
        return found.length - self.planned.length

    def cost_ht(self, found: Schedule) -> float:
        """Return the budget of the launch, with what its late days cost."""
        return self.budget_ht + self.late_day_ht * self.late(found)

    def chain(self, found: Schedule) -> list[str]:
        """Return the tasks without slack, in the order of the table."""
        return [name for name, stuck in zip(self.ids, found.critical, strict=True) if stuck]

    def day(self, found: Schedule) -> date:
        """Return the day when sales open: the last working day of the launch."""
        return date.fromisoformat(str(working_day(int(np.ceil(found.length - 1e-9)) - 1)))


def scene_of(dossier: Dossier) -> LaunchScene:
    """Return the launch of a case."""
    tasks = dossier.table("lancement_taches")
    known = dossier.table("lancement_reperes").set_index("cle")["valeur"].to_dict()
    ids = [str(name) for name in tasks["tache_id"]]
    after = [predecesseurs(cell) for cell in tasks["attend"]]
    low, likely, high = (
        tasks[name].to_numpy(dtype=np.float64) for name in ("optimiste_j", "probable_j", "pessimiste_j")
    )
    return LaunchScene(
        tuple(ids), tuple(str(name) for name in tasks["tache"]), (low + 4 * likely + high) / 6,
        np.array([[other in names for other in ids] for names in after]), known["delai_promis_j"],
        float(tasks["budget_ht"].sum()), known["cout_retard_jour_ht"],
    )  # fmt: skip


def counted(days: float, decimals: int = 0) -> str:
    """Return a number of working days in words.

    >>> counted(1.5, 1), counted(2)
    ('1,5 jour ouvré', '2 jours ouvrés')
    """
    number = french_number(days, decimals)
    return f"{number} jour ouvré" if round(days, decimals) < 2 else f"{number} jours ouvrés"


def _told(scene: LaunchScene, found: Schedule) -> str:
    late = scene.late(found)
    return f"Le lancement recule de {counted(late, 1)}" if late > 0.05 else "Le lancement ne bouge pas"


def status(scene: LaunchScene, task: str, days: int) -> str:
    """Return what a delay does to the date, the budget and the chain that sets them."""
    found = scene.delayed(task, days)
    kept = "dans le délai promis" if found.length <= scene.promised else "après le délai promis"
    chain = "la même chaîne" if scene.chain(found) == scene.chain(scene.planned) else "une autre chaîne"
    return (
        f"{task} en retard de {counted(days)}. {_told(scene, found)}. Ouverture attendue le "
        f"{french_date(scene.day(found), weekday=True)}, {kept} ; budget : "
        f"{french_number(scene.cost_ht(found), 0)} € HT. La date dépend de {french_list(scene.chain(found))} : {chain}."
    )


def draw(scene: LaunchScene, task: str, days: int) -> str:
    """Return the chart: each task from its first to its last day, hatched when it sets the date."""
    found = scene.delayed(task, days)
    bars = [
        Bar(
            f"{one} · {name}", french_number(float(length), 0, "j"), float(start + length),
            CRITICAL if stuck else FREE, start=float(start),
        )
        for one, name, start, length, stuck in zip(
            scene.ids, scene.names, found.early, found.duration, found.critical, strict=True
        )
    ]  # fmt: skip
    free = [
        f"{one} {french_number(float(slack), 0)}"
        for one, slack, stuck in zip(scene.ids, found.slack, found.critical, strict=True)
        if not stuck
    ]
    last = scene.planned.length + MOST_DELAY
    return bar_chart(
        f"{_told(scene, found)} : {counted(found.length)}, {french_number(scene.promised, 0)} promis", bars,
        "Jours ouvrés depuis le 16 novembre 2026",
        f"Dix tâches sur environ {french_number(found.length, 0)} jours. La date dépend de "
        f"{french_list(scene.chain(found))}. Marges, en jours : {', '.join(free)}.",
        looks=(FREE, CRITICAL), line=scene.promised, scale=(0, last),
    )  # fmt: skip


QUESTION = f"La tâche {BET_TASK} prend {BET_DELAY} jours de retard. De combien le lancement recule-t-il ?"
ALL, SOME, NONE = "de dix jours", "de moins de dix jours", "il ne recule pas"
NOTE = (
    "Le trait vertical marque le délai promis. Les autres tâches gardent ici leur durée attendue, et personne n’aide."
)


def outcome(scene: LaunchScene) -> str:
    """Return what the figures say of the bet."""
    late = scene.late(scene.delayed(BET_TASK, BET_DELAY))
    answer = ALL if late > BET_DELAY - 0.05 else SOME if late > 0.05 else NONE
    slack = float(scene.planned.slack[scene.ids.index(BET_TASK)])
    margin = f"avec {counted(slack)} de marge" if slack > 0.05 else "sans marge"
    return f"Dix jours de retard sur {BET_TASK}, {margin} : c’est donc « {answer} »."


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)

    def show(values: dict[str, Any]) -> SettingsShown:
        task, days = str(values[TASK]), int(values[DELAY])
        return SettingsShown(status(scene, task, days), draw(scene, task, days), (NOTE,), outcome(scene))

    controls = [
        Control("radios", TASK, "La tâche en retard", BET_TASK, options=scene.ids),
        Control("slider", DELAY, "Son retard", 0, 0, MOST_DELAY, 1, "jours ouvrés"),
    ]
    bet = Bet({"bet": (QUESTION, (ALL, SOME, NONE))})
    return Experiment("Le retard", bet, controls, show, "Remettre à l’heure")


def simulateur_retard(dossier: Dossier) -> Simulator:
    """Show the simulator for the launch of ``dossier``: a bet first, then a task and its delay, by keyboard too."""
    return Simulator(experiment(dossier))
