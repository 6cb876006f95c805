"""A simulator: the weights of a bonus, who gets it, and what conduct it buys.

It scores four ways of working, made of figures of the case: never a person. A score is the weighted mean of three
marks, each the figure as a share of the best one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casestudies.demandes import jours_ouvres
from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

HOURS, VALUE, QUALITY = "heures", "valeur", "qualite"
CRITERIA = {
    HOURS: "Poids des heures par jour", VALUE: "Poids de la valeur par heure", QUALITY: "Poids des demandes sans retour"
}  # fmt: skip
NAMES = {HOURS: "les heures", VALUE: "la valeur", QUALITY: "la qualité"}
CONDUCT = {
    HOURS: "Rester tard, ne plus dire que l’on a fini, accepter toutes les réunions",
    VALUE: "Prendre les missions les mieux payées, laisser aux autres l’aide et la formation",
    QUALITY: "Garder une demande ouverte par prudence, éviter les demandes difficiles",
}
LEAST, MOST = 0, 10
"""Bounds of a weight, in points."""
START = {HOURS: 10, VALUE: 0, QUALITY: 0}
"""What the management thought of: hours alone."""
LONG, TIDY, QUICK, SURE = "Longues journées", "Journées organisées", "Clôture rapide", "Clôture durable"
FULL_DAY, OLD_ENOUGH = 24, 60
FIRST, OTHERS = Look("reçoit la prime", VERMILION, hatched=True), Look("ne la reçoit pas", BLUE)
QUESTION = "Avec le même poids aux trois critères, quelle façon de travailler reçoit la prime ?"
NOTE = (
    "Quatre profils composés de chiffres du dossier, jamais des personnes : la table des demandes ne dit pas qui a "
    "répondu. Aucun ne compte l’aide donnée aux collègues."
)


@dataclass(frozen=True)
class WayOfWorking:
    """One way of working: hours a day, value by hour (€ excl. tax), share of requests that do not come back."""

    name: str
    figures: Mapping[str, float]


@dataclass(frozen=True)
class BonusScene:
    """The ways of working that a bonus is tried on."""

    profiles: tuple[WayOfWorking, ...]

    def mark(self, profile: WayOfWorking, name: str) -> float:
        """Return a figure as a share of the best one, out of 100."""
        return 100 * profile.figures[name] / max(one.figures[name] for one in self.profiles)

    def score(self, profile: WayOfWorking, weights: Mapping[str, int]) -> float:
        """Return the weighted mean of the marks; no weight at all is even ones."""
        used = weights if sum(weights.values()) else dict.fromkeys(CRITERIA, 1)
        return sum(used[name] * self.mark(profile, name) for name in CRITERIA) / sum(used.values())

    def rewarded(self, weights: Mapping[str, int]) -> WayOfWorking:
        """Return the profile with the highest score."""
        return max(self.profiles, key=lambda one: self.score(one, weights))


def scene_of(dossier: Dossier) -> BonusScene:
    """Return four ways of working, from the timesheets and the requests of a case."""
    noted = dossier.table("temps")
    noted = noted[noted["lieu"] != "formation"]
    hours = noted["heures"].where(noted["heures"] <= FULL_DAY, noted["heures"] / 60)
    noted = noted.assign(heures=hours, jour=noted["lieu"] != "absence")
    people = noted.groupby("personne")[["heures", "valeur_livree_ht", "jour"]].sum()
    a_day, by_hour = people["heures"] / people["jour"], people["valeur_livree_ht"] / people["heures"]
    asked = dossier.table("tickets").drop_duplicates()
    asked["premier"] = jours_ouvres(asked["ouverture"], asked["premiere_cloture"])
    asked = asked[jours_ouvres(asked["ouverture"], dossier.periode("releves").fin) >= OLD_ENOUGH]
    kept = (asked["reouvertures"] == 0).groupby(asked["equipe"]).mean()
    quick = str(asked.groupby("equipe")["premier"].mean().idxmin())
    slow = next(str(team) for team in kept.index if team != quick)
    usual = float(a_day.median()), float(by_hour.median()), float((asked["reouvertures"] == 0).mean())
    longest, best = str(people["heures"].idxmax()), str(people["valeur_livree_ht"].idxmax())

    def made(name: str, hours: float, value: float, quality: float) -> WayOfWorking:
        return WayOfWorking(name, {HOURS: hours, VALUE: value, QUALITY: quality})

    return BonusScene(
        (
            made(LONG, float(a_day[longest]), float(by_hour[longest]), usual[2]),
            made(TIDY, float(a_day[best]), float(by_hour[best]), usual[2]),
            made(QUICK, usual[0], usual[1], float(kept[quick])),
            made(SURE, usual[0], usual[1], float(kept[slow])),
        )
    )


def conduct(weights: Mapping[str, int]) -> str:
    """Return what the heaviest criteria make people do.

    >>> conduct({"heures": 0, "valeur": 0, "qualite": 0})
    'Sans poids, les trois critères comptent autant'
    """
    most = max(weights.values())
    if not most:
        return "Sans poids, les trois critères comptent autant"
    heavy = [name for name in CRITERIA if weights[name] == most]
    if len(heavy) > 1:
        said = " et ".join(NAMES[name] for name in heavy) if len(heavy) == 2 else "les trois critères"
        return f"Aucun ne domine entre {said} : il devient plus dur d’en négliger un"
    return CONDUCT[heavy[0]]


def status(scene: BonusScene, weights: Mapping[str, int]) -> str:
    """Return who is rewarded, by how much, and what it buys."""
    first, second = sorted(scene.profiles, key=lambda one: -scene.score(one, weights))[:2]
    lead = scene.score(first, weights) - scene.score(second, weights)
    figures = first.figures
    return (
        f"La prime va à « {first.name} » ({french_number(figures[HOURS], 1)} heures par jour, "
        f"{french_number(figures[VALUE], 0)} € HT par heure, {french_number(100 * figures[QUALITY], 0)} % sans retour) "
        f"avec {french_number(lead, 1)} points d’avance sur « {second.name} ». "
        f"Ce qu’elle achète : {_small(conduct(weights))}."
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def draw(scene: BonusScene, weights: Mapping[str, int]) -> str:
    """Return the chart: the score of each way of working."""
    first = scene.rewarded(weights)
    scores = [(one, scene.score(one, weights)) for one in scene.profiles]
    bars = [Bar(one.name, french_number(value, 1), value, FIRST if one is first else OTHERS) for one, value in scores]
    said = ", ".join(f"{one.name} {french_number(value, 1)}" for one, value in scores)
    return bar_chart(
        f"Avec ces poids, la prime va à « {first.name} »", bars, "Score (100 : le meilleur partout)",
        f"Scores sur 100 : {said}.", looks=(FIRST, OTHERS), scale=(0, 100),
    )  # fmt: skip


def outcome(scene: BonusScene) -> str:
    """Return what the figures say of the bet."""
    even = scene.rewarded(dict.fromkeys(CRITERIA, 1))
    hours = scene.rewarded(START)
    return (
        f"À poids égaux, c’est donc « {even.name} » ; aux heures seules, c’était « {hours.name} ». "
        "Changer de poids change de gagnant, pas de défaut : chaque prime oublie quelque chose."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)

    def show(values: dict[str, Any]) -> SettingsShown:
        weights = {name: int(values[name]) for name in CRITERIA}
        return SettingsShown(status(scene, weights), draw(scene, weights), (NOTE,), outcome(scene))

    sliders = [Control("slider", name, label, START[name], LEAST, MOST) for name, label in CRITERIA.items()]
    bet = Bet({"bet": (QUESTION, (LONG, TIDY, QUICK, SURE))})
    return Experiment("La prime", bet, sliders, show, "Revenir à la prime aux heures")


def simulateur_prime(dossier: Dossier) -> Simulator:
    """Show the simulator for the team of ``dossier``: a bet first, then three weights, by keyboard too."""
    return Simulator(experiment(dossier))
