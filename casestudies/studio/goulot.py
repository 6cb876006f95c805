"""A simulator: budget, rates and people of a sales plan, and the step that lets the fewest clients through.

Clients signed = the least of what the demand brings and of what the hours of each team can treat.
"""

from dataclasses import dataclass
from typing import Any

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator
from casestudies.treziflow import story

DEMAND, PROSPECTING, SELLING = "Demande", "Prospection", "Vente"
WIDE, NARROW = Look("passe", BLUE), Look("le goulot", VERMILION, hatched=True)
TEAMS = {PROSPECTING: "P", SELLING: "V"}
"""The first letter of the codes of each team."""

BUDGET, TO_SQL, CLOSING = "budget", "sql", "closing"
MORE = {PROSPECTING: "more_prospecting", SELLING: "more_selling"}


@dataclass(frozen=True)
class PlanScene:
    """What a plan rests on.

    ``target`` is in clients a year, ``budget_ht`` and ``client_cost_ht`` in euros excl. tax, ``rates`` go from MQL to
    SQL, opportunity and client; ``minutes`` are those of a MQL, a SQL, an opportunity; by team, ``hours`` are what it
    gives in the year, ``each`` what a full-time person gives, ``pay`` what one costs a year (€).
    """

    target: float
    budget_ht: float
    client_cost_ht: float
    rates: tuple[float, float, float]
    minutes: tuple[float, float, float]
    hours: dict[str, float]
    each: dict[str, float]
    pay: dict[str, float]

    def possible(self, values: dict[str, Any]) -> dict[str, float]:
        """Return the clients that each step lets through under some settings."""
        to_sql, to_opportunity, closing = self.rates
        better_sql, better_closing = to_sql + values[TO_SQL] / 100, closing + values[CLOSING] / 100
        by_client = {
            PROSPECTING: self.minutes[0] / 60 / (better_sql * to_opportunity * better_closing),
            SELLING: (self.minutes[1] / to_opportunity + self.minutes[2]) / 60 / better_closing,
        }
        brought = 1000 * values[BUDGET] / self.client_cost_ht
        found = {DEMAND: brought * better_sql * better_closing / (to_sql * closing)}
        for team, needed in by_client.items():
            found[team] = (self.hours[team] + values[MORE[team]] * self.each[team]) / needed
        return found

    def start(self) -> dict[str, int]:
        """Return the settings of the plan as management wrote it."""
        return {BUDGET: round(self.budget_ht / 1000), TO_SQL: 0, CLOSING: 0, **dict.fromkeys(MORE.values(), 0)}

    def reinforcement_ht(self, values: dict[str, Any]) -> float:
        """Return what the people added cost in a year."""
        return float(sum(values[MORE[team]] * self.pay[team] for team in TEAMS))


def scene_of(dossier: Dossier) -> PlanScene:
    """Return what the tables of a case say of its plan."""
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    leads = story.cleaned(dossier.table("leads"))
    counts = dossier.periode("cohortes_mures").filtrer(leads, "date_creation")[list(story.DATES)].count().tolist()
    to_sql, to_opportunity, closing = (counts[rank + 1] / counts[rank] for rank in (1, 2, 3))
    paid = dossier.periode("couts_exercice").filtrer(dossier.table("couts_acquisition"), "mois")["reel_ht"].sum()
    won = len(dossier.periode("exercice").filtrer(leads, "date_client"))
    team = dossier.table("equipe_commerciale").set_index("commercial_id")
    away = dossier.table("absences_prevues").groupby("commercial_id")["semaines"].sum()
    weeks = known["semaines_travaillees"] - away.reindex(team.index, fill_value=0)
    given, weekly = team["heures_vente_semaine"] * weeks, team["heures_vente_semaine"]
    people = {name: team.index[team.index.str.startswith(letter)] for name, letter in TEAMS.items()}
    return PlanScene(
        known["objectif_clients"], known["budget_2026_2027_ht"], float(paid) / won,
        (to_sql, to_opportunity, closing),
        (known["minutes_par_mql"], known["minutes_par_sql"], known["minutes_par_opportunite"]),
        {name: float(given[codes].sum()) for name, codes in people.items()},
        {name: float(weekly[codes].max()) * known["semaines_travaillees"] for name, codes in people.items()},
        {name: 12 * float((team["cout_mensuel"] / team["etp"])[codes].mean()) for name, codes in people.items()},
    )  # fmt: skip


def signed(found: dict[str, float]) -> int:
    """Return the whole clients that a chain signs: those of its narrowest step."""
    return int(min(found.values()) + 1e-9)


def status(scene: PlanScene, values: dict[str, Any]) -> str:
    """Return what a plan gives, in two or three sentences."""
    found = scene.possible(values)
    narrow, clients = min(found, key=lambda name: found[name]), signed(found)
    missing = scene.target - clients
    left = f"il en manque {french_number(missing, 0)}" if missing > 0 else "l’objectif est atteint"
    added = scene.reinforcement_ht(values)
    cost = f" Renfort : environ {french_number(round(added, -3), 0)} € par an." if added else ""
    return (
        f"{french_number(clients, 0)} clients, pour un objectif de {french_number(scene.target, 0)} : {left}. "
        f"L’étape la plus étroite : {narrow.lower()}.{cost}"
    )


def draw(scene: PlanScene, values: dict[str, Any]) -> str:
    """Return the chart: the clients that each step lets through, beside the objective."""
    found = scene.possible(values)
    narrow = min(found, key=lambda name: found[name])
    bars = [
        Bar(name, french_number(count, 0), count, NARROW if name == narrow else WIDE) for name, count in found.items()
    ]
    said = ", ".join(f"{name.lower()} {french_number(count, 0)}" for name, count in found.items())
    return bar_chart(
        f"Le goulot : {narrow.lower()}, {signed(found)} clients au plus", bars, "Clients possibles dans l’année",
        f"Clients possibles par étape : {said}. Objectif : {french_number(scene.target, 0)}.",
        looks=(WIDE, NARROW), mark="objectif", line=scene.target,
    )  # fmt: skip


QUESTION = "Une personne de plus à la prospection, et une de plus à la vente : l’objectif est-il atteint ?"
YES, NO = "oui", "non"


def outcome(scene: PlanScene) -> str:
    """Return what the figures say of the bet."""
    found = scene.possible(scene.start() | dict.fromkeys(MORE.values(), 1))
    narrow = min(found, key=lambda name: found[name])
    held = min(found.values()) >= scene.target
    return (
        f"Avec une personne de plus dans chaque équipe, {signed(found)} clients : c’est donc {YES if held else NO}. "
        f"L’étape la plus étroite devient : {narrow.lower()}. Desserrer un goulot en révèle un autre."
    )


NOTE = (
    "Les temps par contact et le coût d’un client restent ceux de l’exercice : au-delà de petits écarts, ils "
    "bougeraient aussi."
)


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    start = scene.start()
    budget = start[BUDGET]
    controls = [
        Control(
            "slider", BUDGET, "Budget d’acquisition (milliers d’euros)", budget, budget - 100, budget + 150, 5, "k€"
        ),
        Control("slider", MORE[PROSPECTING], "Personnes de plus à la prospection", 0, 0, 3),
        Control("slider", MORE[SELLING], "Personnes de plus à la vente", 0, 0, 5),
        Control("slider", TO_SQL, "Passage de MQL à SQL, en points de plus", 0, -5, 10, 1, "pts"),
        Control("slider", CLOSING, "Taux de signature, en points de plus", 0, -5, 10, 1, "pts"),
    ]

    def show(values: dict[str, Any]) -> SettingsShown:
        return SettingsShown(status(scene, values), draw(scene, values), (NOTE,), outcome(scene))

    return Experiment(
        "Le goulot", Bet({"bet": (QUESTION, (YES, NO))}), controls, show, "Revenir au plan de la direction"
    )


def simulateur_goulot(dossier: Dossier) -> Simulator:
    """Show the simulator of a plan: a bet first, then budget, people and rates that answer to the keyboard."""
    return Simulator(experiment(dossier))
