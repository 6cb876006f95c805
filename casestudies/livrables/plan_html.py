"""The plan as one HTML page: it needs nothing else, can be read aloud, and prints on A4 sheets."""

from html import escape
from pathlib import Path

from casestudies.livrables.plan import AssembledPlan, Section, paragraphs_of
from casestudies.livrables.tables import tables_html
from casestudies.typography import french

_STYLE = Path(__file__).with_name("plan.css").read_text(encoding="utf-8")


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
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>\n{_STYLE}</style></head>'
        f"<body><main><h1>{title}</h1><p>{escape(plan.signature)}</p>{_missing(plan)}"
        f'<nav aria-label="Sommaire"><ol>{toc}</ol></nav>{body}</main></body></html>\n'
    )


def _missing(plan: AssembledPlan) -> str:
    lists = (("Il manque encore :", plan.missing), ("À compléter :", plan.to_complete))
    shown = "".join(
        f"<p>{french(words)}</p><ul>{''.join(f'<li>{escape(french(title))}</li>' for title in some)}</ul>"
        for words, some in lists
        if some
    )
    return f'<div class="missing">{shown}</div>' if shown else ""


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
