"""A simulator: products ticked off a range, and what the year's result gains or loses, cause by cause."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from casestudies.dossier import Dossier
from casestudies.french import french_list, french_number
from casestudies.hetrabelle import analysis
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.gamme import produits_vises
from casestudies.studio.palette import GREEN, VERMILION
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

OFFERED = 8
"""Products that can be ticked off: the lowest margins once their own fixed costs are paid, then the highest one."""
SHARE = "share"
STEP = 5
WON, LOST = Look("ce que le résultat gagne", GREEN), Look("ce qu’il perd", VERMILION, hatched=True)


@dataclass(frozen=True)
class RangeScene:
    """The range of a case, what is bought together, the share lost that management assumes (a proportion)."""

    products: pd.DataFrame
    attached: pd.DataFrame
    lost_share: float
    targeted: tuple[str, ...]
    sheet: analysis.RangeSheet

    def gain(self, dropped: Collection[str], lost_share: float | None = None) -> analysis.Pruning:
        """Return what dropping these products does; ``lost_share`` replaces management's."""
        share = self.lost_share if lost_share is None else lost_share
        return self.sheet.dropping(dropped, share)

    def name(self, product: str) -> str:
        """Return the name of a product."""
        return str(self.products.set_index("produit_id")["produit"][product])

    def offered(self) -> list[str]:
        """Return the products that can be ticked off."""
        goods = self.products.set_index("produit_id")
        own = goods["ventes_2026"] * (goods["prix_net_moyen_ht"] - goods["cvu_ht"]) - goods["charges_fixes_ht"]
        lowest = [str(one) for one in own.sort_values().index if one not in self.targeted]
        return [*self.targeted, *lowest[: OFFERED - len(self.targeted) - 1], str(own.idxmax())]


def scene_of(dossier: Dossier) -> RangeScene:
    """Return the range of a case."""
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    goods, attached = dossier.table("gamme"), dossier.table("ventes_associees")
    return RangeScene(
        goods, attached, float(known["part_associee_perdue"]), tuple(produits_vises(dossier)),
        analysis.range_sheet(goods, attached),
    )  # fmt: skip


def status(scene: RangeScene, dropped: Collection[str], share: float) -> str:
    """Return what the range without these products gains or loses."""
    if not dropped:
        return "Aucun produit supprimé : cochez-en un, et regardez la ligne du bas."
    gain = scene.gain(dropped, share).gain
    names = french_list([scene.name(one) for one in dropped])
    moves = "gagne" if gain > 0 else "perd"
    said = f"Sans {names}, le résultat de la gamme {moves} {french_number(abs(gain), 0)} € HT par an."
    apart = sum(scene.gain([one], share).gain for one in dropped)
    return said if len(dropped) == 1 else f"{said} Un par un, ils feraient {_signed(apart)}."


def draw(scene: RangeScene, dropped: Collection[str], share: float) -> str:
    """Return the chart: each cause, then the sum; nothing while no product is dropped."""
    if not dropped:
        return ""
    found = scene.gain(dropped, share)
    causes = {
        "Charges fixes évitées": found.avoided, "Marge des produits": -found.margin,
        "Ventes associées perdues": -found.attached, "Acheteurs reportés": found.carried, "Résultat": found.gain,
    }  # fmt: skip
    bars = [Bar(name, _signed(amount), amount, WON if amount >= 0 else LOST) for name, amount in causes.items()]
    said = ", ".join(f"{name.lower()} {_signed(amount)}" for name, amount in causes.items())
    return bar_chart(
        f"{len(dropped)} produit{'s' if len(dropped) > 1 else ''} en moins : {_signed(found.gain)}", bars,
        "Variation du résultat de l’année (€ HT)", f"Effet de la suppression : {said}.", looks=(WON, LOST),
    )  # fmt: skip


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else ''}{french_number(amount, 0)} €"


QUESTION = "Supprimer ensemble les deux produits du comité fera-t-il monter le résultat de la gamme ?"
YES, NO = "oui", "non"
NOTE = (
    "La part des ventes associées perdue vient d’une enquête : c’est l’hypothèse la plus fragile. Cherchez celle qui "
    "renverse la décision."
)


def outcome(scene: RangeScene) -> str:
    """Return what the figures say of the bet, at the share that management assumes."""
    both = scene.gain(scene.targeted).gain
    best = max(scene.targeted, key=lambda one: scene.gain([one]).gain)
    return (
        f"Les deux ensemble : {_signed(both)}, donc {YES if both > 0 else NO} ; {scene.name(best)} seul : "
        f"{_signed(scene.gain([best]).gain)}."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    offered = scene.offered()
    start = round(100 * scene.lost_share)

    def show(values: dict[str, Any]) -> SettingsShown:
        dropped, share = [one for one in offered if values[one]], values[SHARE] / 100
        return SettingsShown(status(scene, dropped, share), draw(scene, dropped, share), (NOTE,), outcome(scene))

    ticks = [Control("tick", one, f"Supprimer : {scene.name(one)}", False) for one in offered]
    slider = Control("slider", SHARE, "Part des ventes associées perdue", start, 0, 100, STEP, "%")
    return Experiment("Élaguer la gamme", Bet({"bet": (QUESTION, (YES, NO))}), [*ticks, slider], show, "Tout remettre")


def simulateur_gamme(dossier: Dossier) -> Simulator:
    """Show the simulator for the range of ``dossier``: a bet first, then products to tick off, by keyboard too."""
    return Simulator(experiment(dossier))
