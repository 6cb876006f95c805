"""The plan as one HTML page: it needs nothing else, can be read aloud, and prints on A4 sheets."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from casestudies.livrables.blocks import TableBlock, paragraphs_of
from casestudies.livrables.figures import Picture
from casestudies.livrables.plan import AssembledPlan, PlanPart, Section
from casestudies.livrables.summary import Summary
from casestudies.livrables.tables import tables_html
from casestudies.livrables.totals import amounts_of
from casestudies.livrables.words import CONTENTS, ESSENTIAL, NOT_YET, STATE, TO_COMPLETE
from casestudies.typography import french

_STYLE = Path(__file__).with_name("plan.css").read_text(encoding="utf-8")


def html_of(plan: AssembledPlan) -> str:
    """Return the page."""
    title = escape(french(plan.title))
    parts = [
        *([("essentiel", ESSENTIAL, _summary(plan.summary))] if plan.summary.figures or plan.summary.lines else []),
        *((f"partie-{place}", heading, _part(part, plan)) for place, (heading, part) in enumerate(plan.numbered, 1)),
        *([("etat", STATE, _lists(plan.lacks))] if plan.lacks else []),
    ]
    toc = "".join(f'<li><a href="#{name}">{escape(heading)}</a></li>' for name, heading, _ in parts)
    body = [
        f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(heading)}</h2>{inside}</section>'
        for name, heading, inside in parts
    ]
    state = f'<p class="state">{escape(plan.state)}</p>' if plan.state else ""
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>\n{_STYLE}</style></head>'
        f'<body><main><header class="cover"><p class="company">{escape(plan.company)}</p>'
        f"<h1>{escape(french(plan.heading))}</h1>"
        f"<p>{escape(plan.signature)}</p>{state}</header>"
        f'<nav aria-label="{CONTENTS}"><h2 class="toc">{CONTENTS}</h2><ul>{toc}</ul></nav>{"".join(body)}'
        "</main></body></html>\n"
    )


def _summary(summary: Summary) -> str:
    figures = "".join(
        f"<div><dt>{escape(title)}</dt><dd>{escape(words)}</dd></div>" for title, words in summary.figures
    )
    lines = "".join(
        f'<tr><th scope="row">{escape(title)}</th><td>{_several(some)}</td></tr>' for title, some in summary.lines
    )
    table = f'<table class="essential"><caption>{ESSENTIAL}</caption><tbody>{lines}</tbody></table>' if lines else ""
    return (f'<dl class="figures">{figures}</dl>' if figures else "") + f'<div class="ck-table ck-whole">{table}</div>'


def _several(lines: tuple[str, ...]) -> str:
    if not lines:
        return f'<span class="absent">{NOT_YET}</span>'
    if len(lines) == 1:
        return escape(lines[0])
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _lists(lists: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return "".join(
        f"<p>{escape(words)}</p><ul>{''.join(f'<li>{escape(title)}</li>' for title in some)}</ul>"
        for words, some in lists
    )


def _part(part: PlanPart, plan: AssembledPlan) -> str:
    foreword = f'<p class="foreword">{escape(plan.foreword)}</p>' if part not in plan.parts and plan.foreword else ""
    return foreword + "".join(map(_section, part.sections))


def _section(section: Section) -> str:
    heading = f"<h3>{escape(french(section.deliverable.title))}</h3>"
    if section.is_missing:
        return f'{heading}<p class="absent">{TO_COMPLETE}</p>'
    if section.text:
        return heading + "".join(block_html(kind, lines) for kind, lines in paragraphs_of(section.text))
    totals = "".join(f'<p class="total">{escape(text)}</p>' for text in amounts_of(section.deliverable, section.rows))
    shares = "".join(
        f"<h3>{escape(grid.caption)}</h3>{_figure(drawn)}{_grid(grid)}"
        for grid, drawn in ((one.grid, drawn) for one, drawn in section.shared)
    )
    return heading + _figure(section.picture) + tables_html(section.deliverable, section.rows) + totals + shares


def _figure(picture: Picture | None) -> str:
    return f'<figure><img src="{picture.address}" alt="{escape(picture.text)}"></figure>' if picture else ""


def _grid(grid: TableBlock) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in grid.header)
    kinds = [' class="ck-number"' if place in grid.numbers else "" for place in range(len(grid.header))]
    *lines, last = (
        "".join(f"<td{kind}>{escape(text)}</td>" for kind, text in zip(kinds, line, strict=True)) for line in grid.lines
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines) + f'<tr class="sum">{last}</tr>'
    caption = escape(grid.caption)
    return (
        f'<div class="ck-table ck-whole" role="region" tabindex="0" aria-label="{caption}"><table class="share">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def block_html(kind: str, lines: list[str]) -> str:
    """Return a paragraph of a text (``kind`` « p ») or its list as harmless HTML."""
    shown = [escape(french(line)) for line in lines]
    return f"<p>{'<br>'.join(shown)}</p>" if kind == "p" else f"<ul>{''.join(f'<li>{one}</li>' for one in shown)}</ul>"
