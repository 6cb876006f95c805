"""The one-page portrait of a company, for a trainer who chooses a case: HTML with everything inside."""

from functools import cache
from pathlib import Path

import mistune
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.authoring.portraits.figures import believed, written
from autograder.authoring.portraits.plots import plots
from autograder.keys.questions import questions_of
from autograder.keys.variants import reference_case
from autograder.referentiel import load_referentiel
from casestudies.atomic import write_atomically
from casestudies.company import Company, company_class
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError, why
from casestudies.examples import example_of
from casestudies.identity import Identity
from casestudies.seeds import REFERENCE
from casestudies.strict import packaged
from casestudies.typography import french

FIRST_BLOCKS = 3
"""Paragraphs and lists of the brief that are shown."""

_MARKDOWN = mistune.create_markdown(escape=True)


@cache
def criteria_of(slug: str) -> tuple[str, ...]:
    """Return the codes of the criteria that a company serves: those announced, and those of its questions."""
    announced = packaged("autograder.authoring.portraits", "criteres.toml").data
    asked = {question.criterion for question in questions_of(company=slug)}
    return tuple(sorted({*announced.get(slug, ()), *asked}))


def write_portrait(slug: str, target: Path | None = None) -> Path:
    """Write the portrait of a company and return its path (``build/cas/<company>.html`` unless said otherwise).

    Raises
    ------
    CasekitError
        When the company is unknown or the page cannot be written.
    """
    path = target or Path("build") / "cas" / f"{company_class(slug).slug}.html"
    page = portrait(reference_case(slug).company)
    try:
        write_atomically(path, page.encode("utf-8"))
    except OSError as error:
        raise CasekitError(f"Le portrait ne peut pas être écrit dans {path} : {why(error)}.") from error
    return path


def portrait(company: Company) -> str:
    """Return the portrait of a company as one HTML page that needs nothing else."""
    subject, story = _story(company)
    known = load_referentiel().criteria
    asked = {question.criterion for question in questions_of(company=company.slug)}
    criteria = [(code, known[code].statement, code in asked) for code in criteria_of(company.slug) if code in known]
    tables = [(spec, len(company.table(name))) for name, spec in company.specs().items()]
    rates = [(one, written(one.value, one.unit), believed(one)) for one in company.headlines()]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["fr"] = french
    example = example_of(company.slug)
    return environment.get_template("portrait.html.j2").render(
        company=company, subject=subject, story=story, criteria=criteria, tables=tables, rates=rates,
        plots=plots(company), example=example, rows=sum(count for _, count in tables),
    )  # fmt: skip


def _story(company: Company) -> tuple[str, str]:
    """Return the subject of the brief, and its first paragraphs as HTML, without the greeting."""
    brief = Dossier(company, Identity(REFERENCE), Path(), None).message().markdown
    blocks = [block.strip() for block in brief.split("\n\n") if block.strip()]
    subject = blocks[0].split(":", 1)[-1].strip()
    told = [block for block in blocks[1:] if len(block) > 60]
    return subject[:1].upper() + subject[1:], str(_MARKDOWN("\n\n".join(told[:FIRST_BLOCKS])))
