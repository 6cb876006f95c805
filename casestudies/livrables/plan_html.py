"""The plan as one HTML page: it needs nothing else, can be read aloud, and prints on A4 sheets."""

from html import escape

from casestudies.livrables.plan import AssembledPlan, Section, paragraphs_of
from casestudies.livrables.tables import tables_html
from casestudies.typography import french

_STYLE = """
:root {color-scheme: light;}
body {font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; line-height: 1.5; color: #1b1b1b; background: #fff;
  max-width: 72rem; margin: 0 auto; padding: 1rem;}
h1, h2, h3 {line-height: 1.25; color: #1f3a5f;}
h2 {border-bottom: 2px solid #1f3a5f; padding-bottom: .2rem; margin-top: 2.5rem;}
a {color: #0b5cad;}
p, ul, ol {max-width: 50rem;}
.ck-table {overflow-x: auto; margin: .8rem 0;}
table {border-collapse: collapse; width: 100%; font-size: .92rem;}
caption {text-align: left; font-weight: 600; padding: .2rem 0;}
.ck-whole caption {position: absolute; clip-path: inset(50%);}
th, td {border: 1px solid #9aa5b1; padding: .3rem .5rem; text-align: left; vertical-align: top;}
th {background: #e8edf3;}
th[scope=row] {width: 14rem;}
td.ck-number {text-align: right; white-space: nowrap;}
figure {margin: 1rem 0;}
img {max-width: 100%; height: auto;}
.missing {border-left: 4px solid #7a4100; background: #fff4e0; padding: .4rem .8rem;}
:focus-visible {outline: 3px solid #0b5cad; outline-offset: 2px;}
@page {size: A4 landscape; margin: 15mm;}
@media print {
  body {max-width: none; padding: 0; font-size: 10pt;}
  h2 {break-before: page;}
  h2, h3, caption {break-after: avoid;}
  tr, figure {break-inside: avoid;}
  img {max-height: 160mm;}
  table {font-size: 8.5pt;}
  thead {display: table-header-group;}
  .ck-table {overflow: visible;}
}
"""


def html_of(plan: AssembledPlan) -> str:
    """Return the page."""
    title = escape(french(plan.title))
    toc = "".join(
        f'<li><a href="#partie-{number}">{escape(part.heading)}</a></li>' for number, part in enumerate(plan.parts, 1)
    )
    body = "".join(
        f'<section aria-labelledby="partie-{number}"><h2 id="partie-{number}">{number}. {escape(part.heading)}</h2>'
        f"{''.join(map(_section, part.sections))}</section>"
        for number, part in enumerate(plan.parts, 1)
    )
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{title}</h1><p>{escape(plan.signature)}</p>{_missing(plan)}"
        f'<nav aria-label="Sommaire"><ol>{toc}</ol></nav>{body}</main></body></html>\n'
    )


def _missing(plan: AssembledPlan) -> str:
    if not plan.missing:
        return ""
    items = "".join(f"<li>{escape(french(title))}</li>" for title in plan.missing)
    return f'<div class="missing"><p>{french("Il manque encore :")}</p><ul>{items}</ul></div>'


def _section(section: Section) -> str:
    heading = f"<h3>{escape(french(section.deliverable.title))}</h3>"
    if section.is_missing:
        return f'{heading}<p class="missing">À compléter.</p>'
    if section.text:
        return heading + "".join(block_html(kind, lines) for kind, lines in paragraphs_of(section.text))
    return heading + _figure(section) + tables_html(section.deliverable, section.rows)


def _figure(section: Section) -> str:
    if section.picture is None:
        return ""
    return f'<figure><img src="{section.picture.address}" alt="{escape(section.picture.text)}"></figure>'


def block_html(kind: str, lines: list[str]) -> str:
    """Return a paragraph of a text (``kind`` « p ») or its list as harmless HTML."""
    shown = [escape(french(line)) for line in lines]
    return f"<p>{'<br>'.join(shown)}</p>" if kind == "p" else f"<ul>{''.join(f'<li>{one}</li>' for one in shown)}</ul>"
