"""A simulator: one price, and what moves with it: who would buy, the margin, the four thresholds, the strategy's name.

Buyers between two prices asked are read on a straight line, as the company's method says for its curves.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.hetrabelle import analysis
from casestudies.market.sampling import Floats
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

STEP = 10
TOO_CHEAP, CHEAP = Look("le prix rassure ou inquiète", BLUE), Look("le prix freine", VERMILION, hatched=True)
NAMES = {
    "trop_bon_marche": ("Trop bon marché", TOO_CHEAP), "bon_marche": ("Bon marché", TOO_CHEAP),
    "cher": ("Cher", CHEAP), "trop_cher": ("Trop cher", CHEAP),
}  # fmt: skip


@dataclass(frozen=True)
class PriceScene:
    """What a price is read against: costs (€ excl. tax), market, thresholds, intentions, the gaps of each strategy."""

    cost_ht: float
    floor_ttc: float
    vat: float
    market_ttc: float
    answers: Floats
    asked: Floats
    shares: Floats
    gaps: tuple[float, float, float]
    """Least gap of skimming, widest gap of alignment, most gap of penetration, as proportions."""

    @property
    def range(self) -> tuple[int, int]:
        """The least and the highest price that can be tried: those asked, to the nearest step."""
        least, most = (int(STEP * round(float(one) / STEP)) for one in (self.asked[0], self.asked[-1]))
        return least, most

    def buyers(self, price: float) -> float:
        """Return the share of people who say they would buy."""
        return float(np.interp(price, self.asked, self.shares))

    def unit_margin_ht(self, price: float) -> float:
        """Return the margin on variable costs of one unit sold."""
        return price / (1 + self.vat) - self.cost_ht

    def margin_ht(self, price: float) -> float:
        """Return the margin on variable costs that 100 people asked would bring."""
        return 100 * self.buyers(price) * self.unit_margin_ht(price)

    def thresholds(self, price: float) -> dict[str, float]:
        """Return the share of people for whom the price is too cheap, cheap, expensive, too expensive."""
        read = analysis.curves(self.answers, np.array([price]))
        return {name: float(share[0]) for name, share in read.items()}

    def zone(self, price: float) -> str:
        """Return the name of the strategy that a price makes, or what stands between two."""
        gap = price / self.market_ttc - 1
        skimming, level, penetration = self.gaps
        if gap > skimming:
            return "un écrémage"
        if abs(gap) <= level:
            return "un alignement"
        return "une pénétration" if gap < penetration else "entre deux zones : il faut un argument"


def scene_of(dossier: Dossier) -> PriceScene:
    """Return what the tables of a case say of the price of its new product."""
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    cost = sum(known[name] for name in ("cout_fabrication_ht", "cout_livraison_ht", "cout_sav_paiement_ht"))
    vat = known["taux_tva"]
    kept = analysis.ordered(dossier.table("enquete_psm"))
    shares = analysis.acceptance(dossier.table("enquete_gabor")).sort_index()
    return PriceScene(
        cost, (cost + known["charges_fixes_lancement_ht"] / known["volume_prevu"]) * (1 + vat), vat,
        float(analysis.rival_prices(dossier.table("releves_prix")).median()),
        kept[list(analysis.THRESHOLDS)].to_numpy(dtype=np.float64), shares.index.to_numpy(dtype=np.float64),
        shares.to_numpy(dtype=np.float64),
        (known["seuil_ecremage"], known["seuil_alignement"], known["seuil_penetration"]),
    )  # fmt: skip


def status(scene: PriceScene, price: float) -> str:
    """Return what a price does, in three sentences."""
    gap = 100 * (price / scene.market_ttc - 1)
    under = " Sous le prix plancher, le lancement ne se paie pas." if price < scene.floor_ttc else ""
    return (
        f"À {french_number(price, 0)} € TTC, une vente laisse {french_number(scene.unit_margin_ht(price), 0)} € HT de "
        f"marge et {french_number(100 * scene.buyers(price), 0)} % diraient oui : "
        f"{french_number(scene.margin_ht(price), 0)} € HT pour 100 personnes. "
        f"Écart au marché : {'+' if gap > 0 else ''}{french_number(gap, 1)} %, {scene.zone(price)}.{under}"
    )


def draw(scene: PriceScene, price: float) -> str:
    """Return the chart: for how many people the price is too cheap, cheap, expensive, too expensive."""
    found = scene.thresholds(price)
    bars = [
        Bar(name, f"{french_number(100 * found[key], 0)} %", 100 * found[key], look)
        for key, (name, look) in NAMES.items()
    ]
    said = ", ".join(f"{name.lower()} {french_number(100 * found[key], 0)} %" for key, (name, _) in NAMES.items())
    return bar_chart(
        f"Ce que pensent les répondants d’un prix de {french_number(price, 0)} €", bars, "Part des répondants (%)",
        f"À {french_number(price, 0)} €, parts des répondants : {said}.", looks=(TOO_CHEAP, CHEAP), scale=(0, 100),
    )  # fmt: skip


QUESTION = "Le prix de la plus forte marge est-il plus haut que celui de la plus forte recette ?"
YES, NO = "oui", "non"
PRICE = "price"


def outcome(scene: PriceScene) -> str:
    """Return what the intentions say of the bet."""
    least, most = scene.range
    prices = np.arange(least, most + 1, STEP)
    income = [float(one) * scene.buyers(float(one)) for one in prices]
    margin = [scene.margin_ht(float(one)) for one in prices]
    best, richest = float(prices[int(np.argmax(margin))]), float(prices[int(np.argmax(income))])
    because = (
        "parce que chaque vente coûte aussi ce qu’il faut fabriquer" if best > richest else "ici, ils se confondent"
    )
    return (
        f"Si la demande va en ligne droite d’un prix présenté au suivant, la recette culmine vers "
        f"{french_number(richest, 0)} €, la marge vers {french_number(best, 0)} € : "
        f"c’est donc {YES if best > richest else NO}, {because}."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    least, most = scene.range
    start = int(STEP * round(scene.market_ttc / STEP))

    def show(values: dict[str, Any]) -> SettingsShown:
        price = float(values[PRICE])
        return SettingsShown(status(scene, price), draw(scene, price), (NOTE,), outcome(scene))

    slider = Control("slider", PRICE, "Prix du lit-bureau (€ TTC)", start, least, most, STEP, "€")
    return Experiment("Le simulateur de prix", Bet({"bet": (QUESTION, (YES, NO))}), [slider], show, "Revenir au marché")


NOTE = (
    "Les intentions déclarées dépassent les achats réels : elles classent les prix, elles ne prévoient pas les ventes."
)


def simulateur_prix(dossier: Dossier) -> Simulator:
    """Show the simulator for the new product of ``dossier``: a bet first, then a price that answers to the keyboard."""
    return Simulator(experiment(dossier))
