"""The class overview as one HTML page that needs nothing else, made to be read on a screen and printed on A4."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.sheets import wording
from autograder.sheets.model import CriterionRow, Verdict
from autograder.sheets.overview.build import Overview
from autograder.sheets.overview.plot import LEVELS, Heatmap
from casestudies.french import french_number
from casestudies.spreadsheets import showable
from casestudies.typography import french

SHOWN = 20
"""Questions and misconceptions listed, at most: the first ones are those to take up with the class."""


def overview_page(view: Overview, drawing: Heatmap) -> str:
    """Return the page."""
    first = view.sheets[0]
    return (
        _environment()
        .get_template("class.html.j2")
        .render(
            view=view, first=first, short=wording.SHORT,
            versions=", ".join(sorted({sheet.kit_version for sheet in view.sheets})),
            title=french(f"Vue de la classe, {first.assessment.code} : {first.assessment.title}"),
            day=wording.day(first), rules=wording.notes(first),
            image=b64encode(drawing.png).decode("ascii"), alternative=drawing.alternative, levels=LEVELS,
            questions=view.questions[:SHOWN], misconceptions=view.misconceptions[:SHOWN], acquired=Verdict.ACQUIRED,
        )
        + "\n"
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"fr": french, "percent": _percent, "kind": _kind, "clean": showable}
    return environment


def _percent(share: float) -> str:
    return french_number(100 * share, 0, "%")


def _kind(row: CriterionRow) -> str:
    """Return the class of a cell: its level, else its verdict."""
    return f"level{row.level}" if row.level else row.verdict.name.lower().replace("_", "-")
