"""A simulator: the weights of three criteria, and the order of the channels that follows from them.

Bars say how far each channel is from the first one, whose bar is at 100: the order is what is looked at.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

CRITERIA = {"affinite": "Affinité avec la cible", "image": "Image", "cout": "Coût par contact utile"}
LEAST, MOST = 0, 10
"""Bounds of a weight, in points."""
MEDIA, OTHER = Look("média", "#0072B2"), Look("hors-média", "#E69F00", hatched=True)
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
class ChannelScene:
    """The marks of the channels out of ten, by criterion, with their family and role; the weights of the company."""

    marks: pd.DataFrame
    weights: dict[str, int]

    def ranked(self, weights: dict[str, int], role: str) -> "pd.Series[float]":
        """Return the score of the channels of a role, the first one at the head; even weights when all are nought."""
        rows = self.marks if role == ALL else self.marks[self.marks["role_vise"] == role]
        used = weights if sum(weights.values()) else dict.fromkeys(CRITERIA, 1)
        scores = sum(rows[name] * weight for name, weight in used.items()) / sum(used.values())
        return pd.Series(scores).sort_values(ascending=False, kind="stable")

    def first(self, weights: dict[str, int], role: str) -> str:
        """Return the channel at the head."""
        return str(self.ranked(weights, role).index[0])

    def first_turn(self, role: str, criterion: str) -> tuple[int, str] | None:
        """Return the nearest weight of a criterion that puts another channel at the head, and that channel."""
        now = self.first(self.weights, role)
        others = sorted(range(LEAST, MOST + 1), key=lambda weight: (abs(weight - self.weights[criterion]), weight))
        for weight in others:
            other = self.first({**self.weights, criterion: weight}, role)
            if other != now:
                return weight, other
        return None


def scene_of(dossier: Dossier) -> ChannelScene:
    """Return what the tables of a case say of its channels."""
    table = dossier.table("canaux_communication").set_index("canal")
    cost = table["cout_ht"] / table["contacts_utiles"]
    known = dossier.table("hypotheses").set_index("cle")["valeur"]
    marks = table[["famille", "role_vise", "affinite", "image"]].assign(cout=10 * cost.min() / cost)
    return ChannelScene(marks, {name: round(float(known[f"poids_{name}_canal"])) for name in CRITERIA})


def status(scene: ChannelScene, weights: dict[str, int], role: str) -> str:
    """Return what the weights do: who is first, whether it is another one than with the company's weights."""
    ranked = scene.ranked(weights, role)
    before = scene.first(scene.weights, role)
    gap = 100 * (1 - float(ranked.iloc[1]) / float(ranked.iloc[0]))
    first, second = ranked.index[0], ranked.index[1]
    turned = f" Avec les poids de la politique, c’était « {before} »." if first != before else ""
    narrow = " L’avance est mince : une note discutée suffirait à la renverser." if gap < 5 else ""
    return f"En tête : « {first} », {french_number(gap, 0)} % devant « {second} ».{turned}{narrow}"


def draw(scene: ChannelScene, weights: dict[str, int], role: str) -> str:
    """Return the chart: the score of each channel, the first one being 100."""
    ranked = scene.ranked(weights, role)
    shown = 100 * ranked / float(ranked.iloc[0])
    looks = {name: MEDIA if scene.marks.loc[name, "famille"] == "média" else OTHER for name in ranked.index}
    bars = [Bar(str(name), french_number(value, 0), value, looks[name]) for name, value in shown.items()]
    order = ", ".join(f"{name} {french_number(value, 0)}" for name, value in shown.items())
    return bar_chart(
        f"« {ranked.index[0]} » mène avec ces poids", bars, "Score (le premier canal vaut 100)",
        f"Canaux du premier au dernier, le premier valant 100 : {order}.", looks=(MEDIA, OTHER),
    )  # fmt: skip


def outcome(scene: ChannelScene) -> str:
    """Return what the marks say of the bet, and which weights turn the order."""
    weights = {**scene.weights, "cout": scene.weights["affinite"]}
    head = scene.first(weights, "consommateur")
    answer = YES if scene.marks.loc[head, "famille"] == "média" else NO
    turns = []
    for name, label in CRITERIA.items():
        found = scene.first_turn("consommateur", name)
        turns.append(
            f"{label.lower()} : {found[0]} au lieu de {scene.weights[name]}" if found
            else f"{label.lower()} : aucun poids de {LEAST} à {MOST}"
        )  # fmt: skip
    return (
        f"C’est donc {answer} : « {head} » mène alors. Le poids qui change le premier canal des particuliers, un seul "
        f"critère bougeant à la fois : {' ; '.join(turns)}."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    scene = scene_of(dossier)

    def show(values: dict[str, Any]) -> SettingsShown:
        weights, role = {name: int(values[name]) for name in CRITERIA}, str(values[ROLE])
        return SettingsShown(status(scene, weights, role), draw(scene, weights, role), (NOTE,), outcome(scene))

    sliders = [
        Control("slider", name, f"Poids : {label.lower()}", scene.weights[name], LEAST, MOST, 1, "points")
        for name, label in CRITERIA.items()
    ]
    role = Control("radios", ROLE, "Canaux comparés", COMPARED[0], options=COMPARED)
    return Experiment(
        "Le simulateur des poids", Bet({"bet": (QUESTION, (YES, NO))}), [role, *sliders], show,
        "Revenir aux poids de la politique",
    )  # fmt: skip


def simulateur_poids(dossier: Dossier) -> Simulator:
    """Show the simulator for the channels of ``dossier``: a bet first, then weights that answer to the keyboard."""
    return Simulator(experiment(dossier))
