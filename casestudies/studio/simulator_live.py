"""A simulator in the page: what is moved there goes to Python, what there is to see goes back.

As for the panels of questions, no output shows the widget itself: the page puts the controls in the HTML of the cell,
and a notebook opened again, without a kernel, still reads.
"""

from html import escape
from pathlib import Path
from typing import Any

import traitlets

from casestudies.identity import being_graded
from casestudies.session import running_shell
from casestudies.studio.live import LivePanel
from casestudies.studio.page_scripts import page_script
from casestudies.studio.simulator import Playable
from casestudies.typography import french

HERE = Path(__file__).parent
WORDS = {
    "settings": "Réglages",
    "unheard": "Python ne répond pas : attendez la fin du calcul en cours, ou relancez cette cellule.",
}
"""What the page says of its own."""
STILL = "{} : lancez cette cellule dans JupyterLab pour l’ouvrir."
UNEXPECTED = "Ce réglage n’a pas pu être montré ({}). Relancez la cellule."


class SimulatorPanel(LivePanel):
    """The panel of one simulator; ``shown`` is all that the page needs to draw it."""

    _esm = page_script(HERE / "simulator.js")
    _css = HERE / "simulator.css"
    unexpected = UNEXPECTED
    title = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, playable: Playable) -> None:
        """Show the simulator as it stands."""
        super().__init__(WORDS, title=french(playable.title))
        self._playable = playable
        self._step = 0
        self.tell()
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """Do what the page asks, and tell it what there is to see; what goes wrong is a French sentence."""

        def act() -> None:
            self._do(message if isinstance(message, dict) else {})
            self.tell()

        if trouble := self.trouble_of(act):
            self._step += 1
            self.shown = {**self.shown, "step": self._step, "status": trouble}

    def tell(self) -> None:
        """Tell the page what there is to see."""
        self._step += 1
        self.shown = {"step": self._step, **self._playable.view().told()}

    def _do(self, asked: dict[str, Any]) -> None:
        control = next((one for one in self._playable.view().controls if one.name == asked.get("name")), None)
        if control is None or control.off:
            return
        if control.kind == "button":
            self._playable.press(control.name)
        elif (value := control.taken(asked.get("value"))) is not None:
            self._playable.put(control.name, value)


class Simulator:
    """What a cell shows of a simulator: a sentence that stays in the notebook, and where a kernel runs, the panel."""

    def __init__(self, playable: Playable) -> None:
        """Keep the simulator; nothing is loaded in the page yet."""
        self.playable = playable
        shown = hasattr(running_shell(), "kernel") and not being_graded()
        self._live = SimulatorPanel(playable) if shown else None

    def __repr__(self) -> str:
        """Say how to open it."""
        return french(STILL.format(self.playable.title))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        key = escape(self._live.key if self._live else "")
        still = f'<p class="ck-still">{escape(repr(self))}</p>'
        return {"text/plain": repr(self), "text/html": f'<div data-casekit-simulator="{key}" lang="fr">{still}</div>'}
