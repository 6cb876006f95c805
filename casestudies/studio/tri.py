"""A simulator: delete copies, archive after so many months; gigabytes freed, what they emit in a year."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.market.sampling import Ints
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, GREEN, ORANGE
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

COPIES, MONTHS = "copies", "months"
LEAST, MOST, STEP, START = 6, 60, 6, 24
"""Months without being opened after which a file is archived."""
MONTH_DAYS = 365 / 12
GIGABYTE, TERABYTE = 1e9, 1e12
GONE, ARCHIVED, KEPT = (
    Look("supprimé", ORANGE, hatched=True),
    Look("archivé hors ligne", GREEN, hatched=True),
    Look("gardé en ligne", BLUE),
)
QUESTION = "Qu’est-ce qui libère le plus de place : supprimer les copies, ou archiver ce qui dort depuis deux ans ?"
DELETE, STORE = "supprimer les copies", "archiver"
NOTE = (
    "Ordre de grandeur : les facteurs (UBA 2020) comptent l’énergie seule, électricité allemande. Ce qui est archivé "
    "hors ligne n’est pas compté, et recopier ou trier a aussi un coût."
)


@dataclass(frozen=True)
class DriveScene:
    """The files, oldest first: bytes, whether each is a copy, days unopened; factors by terabyte and year."""

    size: Ints
    copy: NDArray[np.bool_]
    opened: Ints
    factors: tuple[float, float]

    def split(self, delete: bool, months: int) -> tuple[float, float, float]:
        """Return the bytes deleted, archived and kept; a copy that is deleted is not archived too.

        >>> copy = np.array([False, True, False])
        >>> scene = DriveScene(np.array([5, 3, 2]), copy, np.array([10, 900, 900]), (105, 153))
        >>> scene.split(True, 24), scene.split(False, 24)
        ((3.0, 2.0, 5.0), (0.0, 5.0, 5.0))
        """
        gone = self.copy if delete else np.zeros_like(self.copy)
        old = (self.opened >= months * MONTH_DAYS) & ~gone
        deleted, archived = float(self.size[gone].sum()), float(self.size[old].sum())
        return deleted, archived, float(self.size.sum()) - deleted - archived

    def kgco2e(self, size: float) -> tuple[float, float]:
        """Return what so many bytes on line emit in a year, from the lowest factor to the highest."""
        low, high = (size / TERABYTE * factor for factor in self.factors)
        return low, high


def scene_of(dossier: Dossier) -> DriveScene:
    """Return what the tables of a case say of its shared drive."""
    table = dossier.table("fichiers").sort_values(["creation", "fichier_id"])
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    today = np.datetime64(dossier.periode("releves").fin)
    opened = (today - table["derniere_ouverture"].to_numpy().astype("datetime64[D]")).astype(np.int64)
    return DriveScene(
        table["taille_octets"].to_numpy(), table.duplicated("empreinte").to_numpy(), opened,
        (known["kgco2e_par_to_bas"], known["kgco2e_par_to_haut"]),
    )  # fmt: skip


def status(scene: DriveScene, delete: bool, months: int) -> str:
    """Return what a rule frees, in two sentences."""
    deleted, archived, kept = (size / GIGABYTE for size in scene.split(delete, months))
    low, high = scene.kgco2e((deleted + archived) * GIGABYTE)
    return (
        f"{french_number(deleted + archived, 1)} Go quittent le disque en ligne ("
        f"{french_number(deleted, 1)} supprimés, {french_number(archived, 1)} archivés) ; "
        f"il en reste {french_number(kept, 1)}. Émissions évitées : de "
        f"{french_number(low, 1)} à {french_number(high, 1)} kgCO2e par an."
    )


def draw(scene: DriveScene, delete: bool, months: int) -> str:
    """Return the chart: what is deleted, archived, kept."""
    sizes = [size / GIGABYTE for size in scene.split(delete, months)]
    looks = (GONE, ARCHIVED, KEPT)
    named = [
        (name, size, look)
        for name, size, look in zip(("Copies supprimées", "Archivé", "En ligne"), sizes, looks, strict=True)
    ]
    bars = [Bar(name, f"{french_number(size, 0)} Go", size, look) for name, size, look in named]
    said = ", ".join(f"{name.lower()} {french_number(size, 0)} Go" for name, size, _ in named)
    share = french_number(100 * (sizes[0] + sizes[1]) / sum(sizes), 0)
    return bar_chart(
        f"Avec cette règle, {share} % du disque quitte la ligne", bars, "Poids (Go)",
        f"Avec cette règle : {said}.", looks=looks, scale=(0, sum(sizes)),
    )  # fmt: skip


def outcome(scene: DriveScene) -> str:
    """Return what the files say of the bet."""
    copies = float(scene.size[scene.copy].sum()) / GIGABYTE
    old = scene.split(False, START)[1] / GIGABYTE
    return (
        f"Seules, les copies pèsent {french_number(copies, 0)} Go et les fichiers qui dorment depuis deux ans "
        f"{french_number(old, 0)} Go : c’est donc « {DELETE if copies > old else STORE} ». "
        "Une copie qui dort compte dans les deux."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    found = outcome(scene)

    def show(values: dict[str, Any]) -> SettingsShown:
        delete, months = bool(values[COPIES]), int(values[MONTHS])
        return SettingsShown(status(scene, delete, months), draw(scene, delete, months), (NOTE,), found)

    controls = [
        Control("tick", COPIES, "Supprimer les copies", False),
        Control("slider", MONTHS, "Archiver après", START, LEAST, MOST, STEP, "mois sans ouverture"),
    ]
    return Experiment(
        "Le tri", Bet({"bet": (QUESTION, (DELETE, STORE))}), controls, show, "Revenir à la règle actuelle"
    )


def simulateur_tri(dossier: Dossier) -> Simulator:
    """Show the simulator for the drive of ``dossier``: a bet first, then a rule that answers to the keyboard."""
    return Simulator(experiment(dossier))
