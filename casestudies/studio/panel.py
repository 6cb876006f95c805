"""What a check cell shows, as HTML and as text: the verdict, the options, the hints already seen, how to ask for one.

Nothing here needs widgets: a notebook opened again, or printed as a page, says all of it. Buttons come on top, in a
notebook whose kernel runs: see ``panel_live``.
"""

from dataclasses import dataclass
from html import escape

from casestudies.choices import LETTERS
from casestudies.display import Card, inline
from casestudies.levelling.own_levels import Levelling
from casestudies.levelling.view import LevelComparison, line_of
from casestudies.typography import french

_STYLE = 'style="margin:.4em 0 0"'


@dataclass(frozen=True)
class Panel(Card):
    """The card of a verdict with what surrounds it.

    ``hints`` are those already seen, out of ``total``; ``options`` are the texts of a question answered by a letter;
    ``levelling`` says where one stands on a work that is ready to be read; ``key`` names the live panels that put
    buttons here, empty when there are none.
    """

    question: str = ""
    hints: tuple[str, ...] = ()
    total: int = 0
    options: tuple[str, ...] = ()
    done: bool = False
    levelling: Levelling | None = None
    key: str = ""

    def text(self) -> str:
        """Return the verdict, then the hints already seen, how to ask for the next one, how to level one's own work."""
        seen = (f"{label} {text}" for label, text in self._seen())
        lines = (super().text(), *map(french, seen), *map(french, (self._asking(), self._levelling())))
        return "\n".join(filter(None, lines))

    def html(self) -> str:
        """Return the panel as HTML; what buttons replace has the class ``ck-still``."""
        lettered = zip(LETTERS, self.options, strict=False)  # written out: JupyterLab's own style counts 1, 2, 3
        options = "".join(f"<li><strong>{letter}.</strong> {inline(option)}</li>" for letter, option in lettered)
        style = 'style="margin:.3em 0;padding-left:0;list-style:none"'
        listed = f'<ul class="ck-still" {style}>{options}</ul>' if options else ""
        seen = "".join(f"<p {_STYLE}><strong>{label}</strong> {inline(text)}</p>" for label, text in self._seen())
        typed = filter(None, (self._asking(), self._levelling()))
        asking = "".join(f'<p class="ck-still" {_STYLE}>{inline(text)}</p>' for text in typed)
        levelled = LevelComparison(self.levelling).html() if self.levelling and self.levelling.given else ""
        return (
            f'<div class="ck-panel" data-casekit-panel="{self.key}/{escape(self.question)}" lang="fr"'
            ' style="max-width:46em;line-height:1.5;font-family:system-ui,sans-serif">'
            f"{listed}{super().html()}{seen}{asking}{levelled}</div>"
        )

    def _seen(self) -> list[tuple[str, str]]:
        return [(french(f"Indice {number} sur {self.total} :"), text) for number, text in enumerate(self.hints, 1)]

    def _asking(self) -> str:
        left = self.total - len(self.hints)
        if self.done or left <= 0:
            return ""
        one = f"Un indice ({len(self.hints) + 1} sur {self.total})"
        typed = f'`dossier.indice("{self.question}")`'
        return f"{one} ? Relancez cette cellule pour retrouver son bouton, ou écrivez {typed} dans une cellule."

    def _levelling(self) -> str:
        return line_of(self.question, self.levelling) if self.levelling else ""
