"""The buttons of the home: the identifier, the documents, handing in; what Python answers goes to the page.

As for the panels of questions, no output shows the widget itself: the page puts buttons in the HTML of the cell, and a
notebook opened again, without a kernel, still reads.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from casestudies.errors import CasekitError
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
_LOG = logging.getLogger(__name__)

Act = Callable[[Mapping[str, Any]], dict[str, Any]]
"""What does one thing that the page asks, and returns what it shows then."""


class HomePanel(anywidget.AnyWidget):
    """The home of one study folder; ``learner`` is empty when nobody gave an identifier.

    ``imposed`` says that the server gives the identifier: there is none to ask for.
    """

    _esm = page_script(HERE / "home.js")
    _css = HERE / "home.css"
    key = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    learner = traitlets.Unicode().tag(sync=True)
    imposed = traitlets.Bool().tag(sync=True)

    def __init__(self, act: Act, learner: str, imposed: bool) -> None:
        """Answer what the page asks with ``act``."""
        super().__init__(words={name: french(text) for name, text in WORDS.items()}, learner=learner, imposed=imposed)
        self.key = self.model_id
        self._act = act
        self.on_msg(lambda _widget, message, _buffers: self.send(self.answer(message)))

    def answer(self, message: Any) -> dict[str, Any]:
        """Return what answers a message of the page; what goes wrong is a French sentence to show."""
        asked = message if isinstance(message, dict) else {}
        origin = {"do": asked.get("do"), "name": asked.get("name"), "number": asked.get("number")}
        try:
            answer = self._act(asked)
        except CasekitError as error:
            answer = {"said": str(error), "alert": True}
        except Exception as error:  # whatever happens, the learner reads a sentence and goes on
            _LOG.exception("the home")
            answer = {"said": UNEXPECTED.format(type(error).__name__), "alert": True}
        if "asks" in answer:
            answer["asks"] = {name: french(text) for name, text in answer["asks"].items()}
        return {**origin, **answer, "said": french(str(answer.get("said", "")))}
