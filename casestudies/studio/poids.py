"""A simulator: the weights of three criteria, and the order of the channels that follows from them.

Bars say how far each channel is from the first one, whose bar is at 100: the order is what is looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, ORANGE
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

CRITERIA = {"affinite": "Poids de l’affinité", "image": "Poids de l’image", "cout": "Poids du coût"}
LEAST, MOST = 0, 10
"""Bounds of a weight, in points."""
MEDIA, OTHER = Look("média", BLUE), Look("hors-média", ORANGE, hatched=True)
ALL, ROLE = "tous les rôles", "role"
COMPARED = ("consommateur", "prescripteur", ALL)
"""The roles for which there are a média and a hors-média."""
QUESTION = "Pour les particuliers, un média passe-t-il en tête dès que le coût pèse autant que l’affinité ?"
YES, NO = "oui", "non"
NOTE = (
    "Un score ne vaut que ses notes : l’affinité et l’image sont des jugements, et les mêmes personnes peuvent être "
    "touchées par plusieurs canaux."
)


@dataclass(frozen=True)
class Channel:
    """One channel: its role, whether it is a média, its marks out of ten by criterion."""

    name: str
    role: str
    media: bool
    marks: Mapping[str, float]

    def score(self, weights: Mapping[str, int]) -> float:
        """Return the weighted mean of the marks.

        >>> Channel("salon", "vendeur", False, {"affinite": 8.0, "image": 4.0}).score({"affinite": 3, "image": 1})
        7.0
        """
        return sum(self.marks[name] * weight for name, weight in weights.items()) / sum(weights.values())


@dataclass(frozen=True)
class ChannelScene:
    """The channels, and the weights of the company."""

    channels: tuple[Channel, ...]
    weights: Mapping[str, int]

    def ranked(self, weights: Mapping[str, int], role: str) -> list[tuple[Channel, float]]:
        """Return the channels of a role and their scores, the first one at the head; no weight at all is even ones."""
        used = weights if sum(weights.values()) else dict.fromkeys(CRITERIA, 1)
        rows = [(one, one.score(used)) for one in self.channels if role in (ALL, one.role)]
        return sorted(rows, key=lambda row: -row[1])

    def first(self, weights: Mapping[str, int], role: str) -> Channel:
        """Return the channel at the head."""
        return self.ranked(weights, role)[0][0]

    def first_turn(self, role: str, criterion: str) -> int | None:
        """Return the nearest weight of a criterion that puts another channel at the head; None when there is none."""
        now = self.first(self.weights, role)
        others = sorted(range(LEAST, MOST + 1), key=lambda weight: (abs(weight - self.weights[criterion]), weight))
        return next((one for one in others if self.first({**self.weights, criterion: one}, role) != now), None)


def scene_of(dossier: Dossier) -> ChannelScene:
    """Return what the tables of a case say of its channels."""
    table = dossier.table("canaux_communication")
    cost = table["cout_ht"] / table["contacts_utiles"]
    marks = zip(table["affinite"].tolist(), table["image"].tolist(), (10 * cost.min() / cost).tolist(), strict=True)
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    channels = tuple(
        Channel(name, role, family == "média", dict(zip(CRITERIA, row, strict=True)))
        for name, role, family, row in zip(table["canal"], table["role_vise"], table["famille"], marks, strict=True)
    )
    return ChannelScene(channels, {name: round(float(known[f"poids_{name}_canal"])) for name in CRITERIA})


def status(scene: ChannelScene, weights: Mapping[str, int], role: str) -> str:
    """Return what the weights do: who is first, whether it is another one than with the company's weights."""
    (first, best), (second, next_best) = scene.ranked(weights, role)[:2]
    before, gap = scene.first(scene.weights, role), 100 * (1 - next_best / best)
    turned = f" Avec les poids de la politique, c’était « {before.name} »." if first != before else ""
    narrow = " L’avance est mince : une note discutée suffirait à la renverser." if gap < 5 else ""
    return f"En tête : « {first.name} », {french_number(gap, 0)} % devant « {second.name} ».{turned}{narrow}"


def draw(scene: ChannelScene, weights: Mapping[str, int], role: str) -> str:
    """Return the chart: the score of each channel, the first one being 100."""
    ranked = scene.ranked(weights, role)
    shown = [(one, 100 * score / ranked[0][1]) for one, score in ranked]
    bars = [Bar(one.name, french_number(value, 0), value, MEDIA if one.media else OTHER) for one, value in shown]
    order = ", ".join(f"{one.name} {french_number(value, 0)}" for one, value in shown)
    return bar_chart(
        f"« {ranked[0][0].name} » mène avec ces poids", bars, "Score (le premier canal vaut 100)",
        f"Canaux du premier au dernier, le premier valant 100 : {order}.", looks=(MEDIA, OTHER),
    )  # fmt: skip


def outcome(scene: ChannelScene) -> str:
    """Return what the marks say of the bet, and which weights turn the order."""
    head = scene.first({**scene.weights, "cout": scene.weights["affinite"]}, "consommateur")
    turns = []
    for name, label in CRITERIA.items():
        found = scene.first_turn("consommateur", name)
        least = f"aucune valeur de {LEAST} à {MOST}" if found is None else f"{found} au lieu de {scene.weights[name]}"
        turns.append(f"{label.lower()} : {least}")
    return (
        f"C’est donc {YES if head.media else NO} : « {head.name} » mène alors. Ce qui change le premier canal des "
        f"particuliers, un seul poids bougeant à la fois : {' ; '.join(turns)}."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)
    found = outcome(scene)

    def show(values: dict[str, Any]) -> SettingsShown:
        weights, role = {name: int(values[name]) for name in CRITERIA}, str(values[ROLE])
        return SettingsShown(status(scene, weights, role), draw(scene, weights, role), (NOTE,), found)

    sliders = [Control("slider", name, label, scene.weights[name], LEAST, MOST) for name, label in CRITERIA.items()]
    role = Control("radios", ROLE, "Canaux comparés", COMPARED[0], options=COMPARED)
    return Experiment(
        "Le simulateur des poids", Bet({"bet": (QUESTION, (YES, NO))}), [role, *sliders], show,
        "Revenir aux poids de la politique",
    )  # fmt: skip


def simulateur_poids(dossier: Dossier) -> Simulator:
    """Show the simulator for the channels of ``dossier``: a bet first, then weights that answer to the keyboard."""
    return Simulator(experiment(dossier))
