"""A simulator: the test of two pages day by day, and what stopping at the first good news costs over 1,000 replays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.market.ab_test import replayed, running
from casestudies.market.sampling import Floats, Ints
from casestudies.studio.lines import DayCurve, line_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

REPLAYS = 1000
LOOK = 1.96
"""The z past which a tool says « 95 % »."""
DAY, LOOKS, STOP = "day", "looks", "stop"
EACH_DAY, EACH_WEEK, ONCE = "chaque jour", "chaque semaine", "une fois, à la fin"
STEPS = {EACH_DAY: 1, EACH_WEEK: 7}


@dataclass(frozen=True)
class Replays:
    """Tests played again: the days past the threshold by (replay, day), and the difference seen on each of them."""

    past: NDArray[np.bool_]
    gap: Floats

    def looked(self, looks: str) -> Ints:
        """Return the days, from 0, when somebody looks: always the last one."""
        last = self.past.shape[1] - 1
        step = STEPS.get(looks, last + 1)
        return np.unique(np.append(np.arange(step - 1, last, step), last))

    def stopped(self, looks: str) -> tuple[NDArray[np.bool_], Floats]:
        """Return which tests are ever announced as won, and the difference announced (of the first day past)."""
        days = self.looked(looks)
        past = self.past[:, days]
        first = days[past.argmax(axis=1)]
        return past.any(axis=1), self.gap[np.arange(len(past)), first]


@dataclass(frozen=True)
class PagesScene:
    """The days of the test that were counted rightly: visits and forms by (day, page), and what replays say."""

    visits: Ints
    won: Ints
    same: Replays
    different: Replays

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.visits)

    def rates(self, day: int) -> Floats:
        """Return the rates of both pages from the first day to ``day`` (from 1)."""
        rate: Floats = self.won[:day].sum(axis=0) / self.visits[:day].sum(axis=0)
        return rate

    def interval(self, day: int) -> tuple[float, float, float]:
        """Return the difference on ``day`` and both ends of its 95 % interval."""
        rate, seen = self.rates(day), self.visits[:day].sum(axis=0)
        margin = LOOK * float(np.sqrt((rate * (1 - rate) / seen).sum()))
        gap = float(rate[1] - rate[0])
        return gap, gap - margin, gap + margin


def daily(dossier: Dossier) -> tuple[Ints, Ints]:
    """Return visits and forms by (day, page), the days of the incident left out."""
    test = dossier.table("test_ab_landing")
    kept = test.drop(dossier.periode("incident_ab").filtrer(test).index)
    wide = kept.pivot(index="date", columns="variante", values=["visiteurs", "formulaires"])
    return wide["visiteurs"].to_numpy(), wide["formulaires"].to_numpy()


def replays(visits: Ints, rates: Floats) -> Replays:
    """Return tests of these visits and true rates; the same visits give the same tests."""
    gap, z = replayed(visits, rates, REPLAYS, int(visits.sum()))
    return Replays(np.abs(z) > LOOK, gap)


def scene_of(dossier: Dossier) -> PagesScene:
    """Return what the tables of a case say of its test."""
    visits, won = daily(dossier)
    rate = won.sum(axis=0) / visits.sum(axis=0)
    return PagesScene(visits, won, replays(visits, np.full(2, rate[0])), replays(visits, rate))


def rejouer(dossier: Dossier) -> pd.DataFrame:
    """Return 1,000 tests of two pages that are the same: whether one page « won » on some day, and on the last one."""
    visits, won = daily(dossier)
    past = replays(visits, np.full(2, won[:, 0].sum() / visits[:, 0].sum())).past
    return pd.DataFrame({"un_jour_au_moins": past.any(axis=1), "le_dernier_jour": past[:, -1]})


def points(share: float) -> str:
    """Return a difference of rates in points, with its sign."""
    return f"{'+' if share > 0 else ''}{french_number(100 * share, 2)}"


def in_points(share: float) -> str:
    """Return a difference of rates with its sign and its unit, in the plural from two on.

    >>> in_points(0.0141), in_points(-0.0219)
    ('+1,41 point', '−2,19 points')
    """
    return f"{points(share)} point{'s' if abs(round(100 * share, 2)) >= 2 else ''}"


def status(scene: PagesScene, day: int) -> str:
    """Return what the test says on a day."""
    rate = scene.rates(day)
    gap, low, high = scene.interval(day)
    verdict = "L’intervalle contient zéro : rien n’est démontré" if low <= 0 <= high else "L’intervalle exclut zéro"
    return (
        f"Jour {day} sur {scene.days} : A {french_number(100 * rate[0], 2)} %, B {french_number(100 * rate[1], 2)} %. "
        f"Écart {in_points(gap)}, de {points(low)} à {points(high)}. {verdict}."
    )


def draw(scene: PagesScene, day: int) -> str:
    """Return the chart: forms for 1,000 visits of both pages, from the first day to ``day``."""
    seen, won = np.cumsum(scene.visits[:day], axis=0), np.cumsum(scene.won[:day], axis=0)
    past = (np.abs(running(scene.visits[:day], scene.won[:day])[1]) > LOOK).tolist()
    curves = [
        DayCurve(f"Page {name}", (1000 * won[:, arm] / seen[:, arm]).tolist(), past, colour, dashed, dashed)
        for arm, (name, colour, dashed) in enumerate((("A", BLUE, True), ("B", VERMILION, False)))
    ]
    a, b = (curve.values[-1] for curve in curves)
    lead = f"Jour {day} : B reçoit {french_number(b, 0)} formulaires pour 1 000 visites, A {french_number(a, 0)}"
    crossed = sum(past)
    return line_chart(
        lead, curves, ("Jours d’essai comptés", "Formulaires pour 1 000 visites, depuis le début"),
        "marque pleine : un outil aurait annoncé « 95 % »",
        f"{lead}. Jours où un outil aurait annoncé 95 % : {crossed} sur {day}.",
    )  # fmt: skip


def cost_of_looking(scene: PagesScene, looks: str) -> str:
    """Return what 1,000 replays say of somebody who looks so often and stops at the first good news."""
    false = int(scene.same.stopped(looks)[0].sum())
    won, announced = scene.different.stopped(looks)
    true = float(np.diff(scene.rates(scene.days))[0])
    stops = "" if looks == ONCE else " et s’arrête à la première alerte"
    return (
        f"Qui regarde {looks}{stops} : sur {french_number(REPLAYS, 0)} essais de deux pages "
        f"identiques, {french_number(false, 0)} fausses victoires. Sur {french_number(REPLAYS, 0)} essais où l’écart "
        f"vrai est de {in_points(true)}, il annonce en moyenne {in_points(float(announced[won].mean()))}."
    )


QUESTION = "Les pages diffèrent vraiment. Qui s’arrête à la première alerte annonce, en moyenne, un écart…"
SMALL, TRUE, LARGE = "trop petit", "juste", "trop grand"


def outcome(scene: PagesScene) -> str:
    """Return what the replays say of the bet."""
    true = float(np.diff(scene.rates(scene.days))[0])
    won, announced = scene.different.stopped(EACH_DAY)
    found = float(announced[won].mean())
    kind = LARGE if found > 1.05 * true else SMALL if found < 0.95 * true else TRUE
    return (
        f"Écart vrai : {in_points(true)} ; écart annoncé en moyenne à la première alerte : {points(found)}. C’est "
        f"donc « {kind} » : on s’arrête un jour où le hasard pousse dans le bon sens."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    found = outcome(scene)

    def show(values: dict[str, Any]) -> SettingsShown:
        day, looks = int(values[DAY]), str(values[LOOKS])
        words = [cost_of_looking(scene, looks)]
        if values[STOP]:
            gap, whole = scene.interval(day)[0], scene.interval(scene.days)[0]
            words.insert(0, f"Vous annoncez {in_points(gap)} ; l’essai complet donnera {points(whole)}.")
        return SettingsShown(status(scene, day), draw(scene, day), tuple(words), found)

    controls = [
        Control("slider", DAY, "Jour de l’essai", 7, 1, scene.days),
        Control("radios", LOOKS, "Je regarde le résultat", EACH_DAY, options=(EACH_DAY, EACH_WEEK, ONCE)),
        Control("tick", STOP, "Arrêter maintenant, et annoncer ce résultat", False),
    ]
    bet = Bet({"bet": (QUESTION, (SMALL, TRUE, LARGE))})
    return Experiment("Arrêter maintenant ?", bet, controls, show, "Revenir à la première semaine")


def simulateur_arret(dossier: Dossier) -> Simulator:
    """Show the test day by day: a bet first, then the day, how often one looks, and whether one stops now."""
    return Simulator(experiment(dossier))
