"""A simulator: points added at each stage of a funnel, and the clients that come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator
from casestudies.treziflow import story
from casestudies.treziflow.audience import WEB
from casestudies.treziflow.params import SOURCES

STAGES = ("leads", "MQL", "SQL", "opportunités", "clients")
LABELS = {
    "leads": "Visite → lead, en dixièmes de point", "MQL": "Lead → MQL, en points", "SQL": "MQL → SQL, en points",
    "opportunités": "SQL → opportunité, en points", "clients": "Opportunité → client, en points",
}  # fmt: skip
FINE = {"leads": 0.001}
"""What one step of a slider adds to a rate, where it is not one point: a visit seldom becomes a lead."""
ALONE, TOGETHER = Look("cette étape seule", BLUE), Look("toutes ensemble", VERMILION, hatched=True)


@dataclass(frozen=True)
class FunnelScene:
    """The visits of a cohort, and the share of each stage that reaches the next."""

    visits: float
    rates: Mapping[str, float]

    def clients(self, added: Mapping[str, float]) -> float:
        """Return the clients when rates are raised by ``added`` (0.01 for one point).

        >>> scene = FunnelScene(1000, {"leads": 0.05, "clients": 0.2})
        >>> round(scene.clients({}), 6), round(scene.clients({"leads": 0.01}), 6)
        (10.0, 12.0)
        """
        return self.visits * prod(min(rate + added.get(name, 0.0), 1.0) for name, rate in self.rates.items())

    def gain(self, added: Mapping[str, float]) -> float:
        """Return the clients won by raising rates."""
        return self.clients(added) - self.clients({})


def scene_of(dossier: Dossier) -> FunnelScene:
    """Return what the tables of a case say of the web's funnel."""
    window = dossier.periode("cohortes_mures")
    leads = window.filtrer(story.cleaned(dossier.table("leads")), "date_creation")
    web = leads[leads["source"].isin([SOURCES[rank] for rank in WEB])]
    visits = float(window.filtrer(dossier.table("visites_mensuelles"), "mois")["visites"].sum())
    counts = [visits, *web[list(story.DATES)].count().tolist()]
    shares = (after / before for before, after in pairwise(counts))
    return FunnelScene(visits, dict(zip(STAGES, shares, strict=True)))


def added(values: Mapping[str, Any]) -> dict[str, float]:
    """Return what sliders add to each rate."""
    return {name: int(values[name]) * FINE.get(name, 0.01) for name in STAGES}


def more(count: float) -> str:
    """Return clients won, with their sign."""
    return f"{'+' if count > 0 else ''}{french_number(count, 1)}"


def status(scene: FunnelScene, values: Mapping[str, Any]) -> str:
    """Return what comes out of the funnel."""
    raised = added(values)
    now, before = scene.clients(raised), scene.clients({})
    return (
        f"Il en sort {french_number(now, 1)} clients au lieu de {french_number(before, 0)}, pour les mêmes "
        f"{french_number(scene.visits, 0)} visites : {more(now - before)}."
    )


def draw(scene: FunnelScene, values: Mapping[str, Any]) -> str:
    """Return the chart: clients won by each stage alone, then by all of them together."""
    raised = added(values)
    alone = {LABELS[name].split(",")[0]: scene.gain({name: raised[name]}) for name in STAGES}
    whole = scene.gain(raised)
    bars = [Bar(name, more(gain), gain, ALONE) for name, gain in alone.items()]
    bars.append(Bar("Toutes", more(whole), whole, TOGETHER))
    best = max(STAGES, key=lambda name: scene.gain({name: raised[name]}))
    moved = any(raised.values())
    title = f"Ces réglages gagnent {more(whole)} clients, d’abord par l’étape « {best} »" if moved else "Rien n’a bougé"
    said = ", ".join(f"{name} {more(gain)}" for name, gain in alone.items())
    return bar_chart(
        title, bars, "Clients gagnés sur la cohorte", f"{title}. Par étape : {said}. Ensemble : {more(whole)}.",
        looks=(ALONE, TOGETHER), scale=(0, 10),
    )  # fmt: skip


QUESTION = "Un point de plus à une seule étape, après la visite : laquelle amène le plus de clients ?"
NOTE = (
    "Un point ne coûte pas partout le même effort, et des contacts plus nombreux peuvent être moins bons : ce "
    "simulateur garde les autres taux tels quels."
)


def outcome(scene: FunnelScene) -> str:
    """Return what one point does at each stage after the visit."""
    gains = {name: scene.gain({name: 0.01}) for name in STAGES[1:]}
    best = max(gains, key=lambda name: gains[name])
    said = ", ".join(f"{name} {more(gain)}" for name, gain in gains.items())
    return (
        f"Un point de plus, étape par étape : {said}. C’est donc « {best} » : là où le taux est le plus bas, un point "
        "pèse le plus."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    found = outcome(scene)

    def show(values: dict[str, Any]) -> SettingsShown:
        return SettingsShown(status(scene, values), draw(scene, values), (NOTE,), found)

    controls = [Control("slider", name, LABELS[name], 0, 0, 10) for name in STAGES]
    bet = Bet({"bet": (QUESTION, STAGES[1:])})
    return Experiment("Le tuyau", bet, controls, show, "Remettre les taux mesurés")


def simulateur_tuyau(dossier: Dossier) -> Simulator:
    """Show the funnel's simulator: a bet first, then points to add at each stage."""
    return Simulator(experiment(dossier))
