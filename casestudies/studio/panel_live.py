"""The buttons of the panels of one notebook: what the page asks goes to Python, what Python answers goes to the page.

One widget serves every panel, and no output shows it: the page adds the buttons to the HTML of each check cell. So a
notebook opened again, without a kernel, keeps its verdicts, and carries nothing of the widget.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from casestudies.choices import LETTERS
from casestudies.display import inline
from casestudies.levelling.own_levels import Levelling
from casestudies.levelling.view import form_of
from casestudies.studio.live import LivePanel
from casestudies.studio.page_scripts import page_script

HERE = Path(__file__).parent
WORDS = {
    "example": "Revoir l’exemple",
    "progress": "Où j’en suis",
    "handin": "Relire et remettre mon travail",
    "handed": "Votre remise",
    "handing": "Vos notebooks sont enregistrés, puis relus du début : une minute au plus, sans rien changer à votre "
    "travail.",
    "legend": "Votre réponse",
    "compare": "Comparer avec trois copies",
    "choose": "Choisissez d’abord la description qui ressemble le plus à votre travail.",
    "revise": "Réviser mon travail",
    "lost": "La ligne de votre réponse n’a pas été trouvée. Écrivez {line} dans la cellule au-dessus, exécutez-la, "
    "puis relancez cette cellule.",
    "unheard": "Python ne répond pas. Ce qui est écrit dans vos cellules est gardé : attendez la fin du calcul en "
    "cours, ou relancez les cellules depuis le début du notebook.",
}
"""What the page says of its own."""
UNEXPECTED = "Ce bouton n’a pas pu faire son travail ({}). Relancez la cellule, puis recommencez."

Act = Callable[[Mapping[str, Any]], dict[str, Any]]
"""What does one thing that the page asks, and returns what it shows then."""


class Panels(LivePanel):
    """The panels of one notebook; ``panels`` says of each question what its buttons are."""

    _esm = page_script(HERE / "levels.js", HERE / "panel.js")
    _css = HERE / "panel.css"
    unexpected = UNEXPECTED
    panels = traitlets.Dict().tag(sync=True)

    def __init__(self, act: Act) -> None:
        """Answer what the page asks with ``act``."""
        super().__init__(WORDS)
        self._act = act
        self.on_msg(lambda _widget, message, _buffers: self.send(self.answer(message)))

    def tell(
        self, question: str, seen: int, total: int, options: Sequence[str], chosen: str, last: bool = False,
        levelling: Levelling | None = None, done: bool = False,
    ) -> None:  # fmt: skip
        """Tell the page the hints of a question, its options, the letter chosen, and what else is done there.

        Nothing is hinted at once the question is ``done``.
        """
        told = {
            "hint": "" if done else hint_label(seen, total), "left": seen < total, "chosen": chosen, "last": last,
            "options": [[letter, inline(text)] for letter, text in zip(LETTERS, options, strict=False)],
            "levels": form_of(levelling) if levelling else None,
        }  # fmt: skip
        self.panels = {**self.panels, question: told}

    def answer(self, message: Any) -> dict[str, Any]:
        """Return what answers a message of the page; what goes wrong is a French sentence to show."""
        asked = message if isinstance(message, dict) else {}
        origin = {"question": asked.get("question"), "number": asked.get("number")}
        answer: dict[str, Any] = {}
        if trouble := self.trouble_of(lambda: answer.update(self._act(asked))):
            answer = {"said": trouble, "alert": True}
        return {**origin, **answer}


def hint_label(seen: int, total: int) -> str:
    """Return what the button for a hint says, empty when the question has none.

    >>> hint_label(0, 3), hint_label(3, 3)
    ('Un indice (1 sur 3)', 'Les 3 indices sont affichés')
    """
    if not total:
        return ""
    return f"Un indice ({seen + 1} sur {total})" if seen < total else f"Les {total} indices sont affichés"
