"""What the editor of a deliverable shows under its form: the rows as tables, or a SWOT in its four quadrants."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from casestudies.french import french_number
from casestudies.livrables.figures import picture_of
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.tables import tables_html
from casestudies.studio.swot import QUADRANTS, Factor, balance, factors_of
from casestudies.typography import french

STYLE = f"<style>\n{Path(__file__).with_name('editeur.css').read_text(encoding='utf-8')}</style>"


def preview(deliverable: Deliverable, rows: Sequence[Row]) -> str:
    """Return the rows as HTML, as the plan will show them."""
    if not rows:
        text = "Rien n’est encore rempli : l’aperçu se dessinera ici au fur et à mesure."
        return f'<div class="ck-view" lang="fr"><p>{french(text)}</p></div>'
    body = (
        _quadrants(rows) if deliverable.figure == "swot" else tables_html(deliverable, rows) + _image(deliverable, rows)
    )
    return f'<div class="ck-view" lang="fr">{body}</div>'


def _image(deliverable: Deliverable, rows: Sequence[Row]) -> str:
    picture = picture_of(deliverable, rows)
    if picture is None:
        return ""
    return f'<img src="{picture.address}" alt="{escape(picture.text)}" style="max-width:100%">'


def _quadrants(rows: Sequence[Row]) -> str:
    factors = factors_of(rows)
    boxes = "".join(_quadrant(name, factors[name]) for name in QUADRANTS)
    return f'<p><strong>{escape(french(balance(factors)))}.</strong></p><div class="ck-quadrants">{boxes}</div>'


def _quadrant(name: str, factors: Sequence[Factor]) -> str:
    title, origin, colour = QUADRANTS[name]
    total = french_number(sum(factor.score or 0 for factor in factors), 1)
    heading = french(f"{title} ({origin}) : {total}")
    items = "".join(f"<li>{escape(french(factor.text))} {_score(factor)}</li>" for factor in factors)
    body = f"<ol>{items}</ol>" if items else "<p>Aucun facteur.</p>"
    return f'<div style="border-top-color:{colour}"><p><strong>{escape(heading)}</strong></p>{body}</div>'


def _score(factor: Factor) -> str:
    return "(sans score)" if factor.score is None else f"({french_number(factor.score, 2)})"
