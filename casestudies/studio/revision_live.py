"""The buttons of the day's revision: what the page answers goes to Python, what is said of it goes to the page.

As for the panels of questions, no output shows the widget itself: the page puts buttons in the HTML of the cell, and a
notebook opened again, without a kernel, still reads.
"""

from pathlib import Path
from typing import Any

import traitlets

from casestudies.choices import LETTERS
from casestudies.display import Card, inline
from casestudies.revision.session import Session
from casestudies.revision.view import end_of, place_of, streak_of, verdict_card
from casestudies.studio.live import LivePanel
from casestudies.studio.page_scripts import page_script
from casestudies.typography import french

HERE = Path(__file__).parent
WORDS = {
    "title": "Révision du jour",
    "choose": "Votre réponse",
    "check": "Vérifier",
    "next": "Question suivante",
    "end": "Terminer",
    "unheard": "Python ne répond pas. Vos réponses déjà vérifiées sont gardées : attendez la fin du calcul en cours, "
    "ou relancez cette cellule.",
}
"""What the page says of its own."""
UNEXPECTED = "La réponse n’a pas pu être jugée ({}). Relancez la cellule : vos réponses précédentes sont gardées."


class RevisionPanel(LivePanel):
    """The revision of one day; ``shown`` is all that the page needs to draw it."""

    _esm = page_script(HERE / "revision.js")
    _css = HERE / "revision.css"
    unexpected = UNEXPECTED
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        """Show the session as it stands."""
        super().__init__(WORDS)
        self._session = session
        self._step = 0
        self.tell()
        self.on_msg(lambda _widget, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """Do what the page asks, and tell it what there is to see; what goes wrong is a French sentence."""
        if trouble := self.trouble_of(lambda: self._do(message if isinstance(message, dict) else {})):
            self.tell(trouble)

    def _do(self, asked: dict[str, Any]) -> None:
        if asked.get("do") == "answer":
            self._session.answer(asked.get("value"))
        elif asked.get("do") == "next":
            self._session.advance()
        self.tell()

    def tell(self, trouble: str = "") -> None:
        """Tell the page what there is to see."""
        session, self._step = self._session, self._step + 1
        card, verdict = session.card, session.verdict
        said = verdict_card(verdict).html() if verdict else ""
        if card is None:
            done = tuple(filter(None, end_of(session)))
            self.shown = {"step": self._step, "end": Card("Révision du jour terminée", "good", "✓", done).html()}
            return
        self.shown = {
            "step": self._step, "card": f"{card.id}-{session.number}", "place": french(place_of(session)),
            "statement": inline(card.statement), "instruction": french(card.instruction), "unit": card.unit,
            "options": [[letter, inline(one)] for letter, one in zip(LETTERS, card.options, strict=False)],
            "said": said, "answered": bool(verdict and verdict.counted), "trouble": trouble,
            "last": session.number == session.total and bool(verdict and verdict.right),
            "streak": french(streak_of(session)),
        }  # fmt: skip
