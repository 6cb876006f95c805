"""The buttons of the home: the identifier, the documents, handing in; what Python answers goes to the page.

As for the panels of questions, no output shows the widget itself: the page puts buttons in the HTML of the cell, and a
notebook opened again, without a kernel, still reads.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import traitlets

from casestudies.studio.live import LivePanel
from casestudies.studio.page_scripts import page_script
from casestudies.typography import french

HERE = Path(__file__).parent
WORDS = {
    "label": "Votre identifiant, donné par votre formateur",
    "keep": "Enregistrer",
    "change": "Changer d’identifiant",
    "hand_in": "Remettre",
    "working": "Un instant…",
    "unheard": "Python ne répond pas. Vos notebooks sont gardés : attendez la fin du calcul en cours, ou relancez "
    "cette cellule.",
}
"""What the page says of its own."""
UNEXPECTED = "Ce bouton n’a pas pu faire son travail ({}). Relancez la cellule, puis recommencez."

Act = Callable[[Mapping[str, Any]], dict[str, Any]]
"""What does one thing that the page asks, and returns what it shows then."""


class HomePanel(LivePanel):
    """The home of one study folder; ``learner`` is empty when nobody gave an identifier.

    ``imposed`` says that the server gives the identifier: there is none to ask for.
    """

    _esm = page_script(HERE / "home.js")
    _css = HERE / "home.css"
    unexpected = UNEXPECTED
    learner = traitlets.Unicode().tag(sync=True)
    imposed = traitlets.Bool().tag(sync=True)

    def __init__(self, act: Act, learner: str, imposed: bool) -> None:
        """Answer what the page asks with ``act``."""
        super().__init__(WORDS, learner=learner, imposed=imposed)
        self._act = act
        self.on_msg(lambda _widget, message, _buffers: self.send(self.answer(message)))

    def answer(self, message: Any) -> dict[str, Any]:
        """Return what answers a message of the page; what goes wrong is a French sentence to show."""
        asked = message if isinstance(message, dict) else {}
        origin = {"do": asked.get("do"), "name": asked.get("name"), "number": asked.get("number")}
        answer: dict[str, Any] = {}
        if trouble := self.trouble_of(lambda: answer.update(self._act(asked))):
            answer = {"said": trouble, "alert": True}
        if "asks" in answer:
            answer["asks"] = {name: french(text) for name, text in answer["asks"].items()}
        return {**origin, **answer, "said": french(str(answer.get("said", "")))}
