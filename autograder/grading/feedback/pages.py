"""The pages themselves: one template each, a style sheet inside, nothing fetched and nothing run."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.grading.feedback.cells import NotebookSection
from autograder.grading.feedback.copies import FeedbackCopy, FeedbackPart, blocks_of, met_in
from casestudies.display import TONES
from casestudies.french import french_date, short_number
from casestudies.typography import NBSP, french

INDEX = "index.html"


def counted(number: int, one: str, many: str = "") -> str:
    r"""Return a number and its noun: « 1 commentaire », « 2 commentaires »."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"fr": french, "points": short_number, "safe_html": Markup}
    environment.globals |= {"tones": TONES, "counted": counted}
    return environment


def notebook_page(
    copy: FeedbackCopy, part: FeedbackPart, title: str, sections: list[NotebookSection], today: date | None = None
) -> str:
    """Return the page of one notebook; ``sections`` is empty when the notebook could not be read."""
    comments = len(part.comments) + sum(bool(line.comment) for line in part.lines)
    return _render(
        "notebook.html.j2", copy, today, part=part, title=title or part.name, sections=sections,
        blocks=blocks_of(part.lines), met=met_in(part.lines), comments=comments, index=INDEX,
    )  # fmt: skip


def index_page(copy: FeedbackCopy, titles: dict[str, str], today: date | None = None) -> str:
    """Return the page of the whole assessment; ``titles`` holds the notebooks' own titles where they have one."""
    lines = tuple(line for part in copy.parts for line in part.lines)
    return _render(
        "index.html.j2", copy, today, title=copy.title, blocks=blocks_of(lines, copy.decided), met=met_in(lines),
        titles={part.notebook: titles.get(part.notebook) or part.name for part in copy.parts},
        parts=[(part, blocks_of(part.lines)) for part in copy.parts],
    )  # fmt: skip


def _render(template: str, copy: FeedbackCopy, today: date | None, **values: Any) -> str:
    day = french_date(today or date.today(), NBSP)
    return _environment().get_template(template).render(copy=copy, day=day, **values) + "\n"
