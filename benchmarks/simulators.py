"""What one move of a simulator costs in Python, beside drawing its bars once with matplotlib."""

import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.measure import Line, side_by_side
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.studio import budget, fenetres, leviers, trimestres
from casestudies.studio.simulator import LOCK, Playable
from casestudies.studio.simulator_live import SimulatorPanel

ROUNDS = 30
REFERENCE = "Six barres dessinées par matplotlib"


def _drawn(_: int) -> None:
    figure = Figure(figsize=(8.4, 3.8), layout="constrained")
    axes = figure.subplots()
    axes.bar_label(axes.barh(list("abcdef"), range(6)))
    figure.savefig(BytesIO(), format="png", dpi=110)


def _opened(playable: Playable) -> SimulatorPanel:
    """Return a simulator whose bet is locked."""
    panel = SimulatorPanel(playable)
    for control in panel.shown["controls"]:
        if control["kind"] == "radios":
            panel.hear({"name": control["name"], "value": control["options"][0][0]})
    panel.hear({"name": LOCK, "value": True})
    return panel


def _move(panel: SimulatorPanel, number: int) -> None:
    """Move the first slider that can, by one step, back and forth."""
    first = next(one for one in panel.shown["controls"] if one["kind"] == "slider" and not one["off"])
    panel.hear({"name": first["name"], "value": first["least"] + first["step"] * (1 + number % 2)})


def moves() -> list[Line]:
    """Measure a move of each simulator: the model, its sentences and its chart, as sent to the page."""
    with tempfile.TemporaryDirectory() as temporary:
        kerlavandre, treziflow = (
            Dossier(company_of(name, "", 0), Identity("", 0), Path(temporary), None)
            for name in ("kerlavandre", "treziflow")
        )
        worth = dict.fromkeys(treziflow.table("leviers")["levier"], 8000.0)
        simulators: dict[str, Playable] = {
            "Budget": budget.experiment(kerlavandre),
            "Leviers": leviers.experiment(treziflow, worth),
            "Fenêtres": fenetres.experiment(kerlavandre),
            "Quatre trimestres": trimestres.simulateur_trimestres(kerlavandre).playable,
        }
        works: dict[str, Callable[[int], object]] = {REFERENCE: _drawn}
        works |= {name: partial(_move, _opened(one)) for name, one in simulators.items()}
        taken = side_by_side(works, ROUNDS)
    return [Line(name, seconds, seconds / taken[REFERENCE]) for name, seconds in taken.items()]
