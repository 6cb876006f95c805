"""What the editor of a deliverable shows under its form: the rows as tables, or a SWOT in its four quadrants."""

from collections.abc import Sequence
from html import escape

from casestudies.french import french_number
from casestudies.livrables.figures import picture_of
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.tables import tables_html
from casestudies.studio.swot import QUADRANTS, Factor, balance, factors_of
from casestudies.typography import french

STYLE = """<style>
.ck-edit {max-width: 60em;}
.ck-edit .widget-label {width: 100% !important; text-align: left; white-space: normal; height: auto;
  overflow: visible; line-height: 1.4; flex: none;}
.ck-edit .widget-text, .ck-edit .widget-textarea, .ck-edit .widget-dropdown, .ck-edit .widget-select {
  flex-direction: column; align-items: stretch; width: 100%; height: auto; margin: 2px 0 6px; overflow: visible;}
.ck-edit .widget-text input, .ck-edit .widget-textarea textarea, .ck-edit .widget-dropdown select,
.ck-edit .widget-select select {width: 100%; max-width: 100%; flex: none; box-sizing: border-box; font-size: 14px;}
.ck-edit .widget-text input, .ck-edit .widget-dropdown select {height: 30px;}
.ck-edit .widget-textarea textarea {min-height: 3.6em; resize: vertical;}
.ck-edit .ck-list select {height: 11em;}
.ck-edit button, .ck-edit .jupyter-button {width: auto; min-height: 30px; height: auto; padding: 2px 10px;
  white-space: normal; line-height: 1.3;}
.ck-edit :focus-visible {outline: 3px solid #0b5cad; outline-offset: 1px;}
.ck-edit .widget-html-content {line-height: 1.5;}
.ck-view {color: #1b1b1b; background: #fff; padding: .5em; border: 1px solid #9aa5b1;}
.ck-view .ck-table {overflow-x: auto; margin-bottom: .8em;}
.ck-view table {border-collapse: collapse; background: #fff; color: #1b1b1b; font-size: 13px;}
.ck-view caption {text-align: left; font-weight: 600; padding: .2em 0; color: #1b1b1b;}
.ck-view th, .ck-view td {border: 1px solid #9aa5b1; padding: .25em .5em; text-align: left; vertical-align: top;
  min-width: 5em; color: #1b1b1b; background: #fff; white-space: normal;}
.ck-view th {background: #e8edf3;}
.ck-view td.ck-number {text-align: right;}
.ck-quadrants {display: flex; flex-wrap: wrap; gap: 8px;}
.ck-quadrants > div {flex: 1 1 calc(50% - 8px); min-width: min(17em, 100%); box-sizing: border-box; padding: .5em .7em;
  border: 1px solid #9aa5b1; border-top: 6px solid;}
.ck-quadrants ol {margin: .3em 0 0; padding-left: 1.5em;}
.ck-quadrants p {margin: 0;}
</style>"""


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
