"""Are a company's headline rates believable? Measured over many variants, shown as one table."""

from dataclasses import dataclass
from functools import partial

from rich.table import Table

from autograder.authoring.portraits.figures import bare, bounds, named
from autograder.console import out, say
from autograder.parallel import spread
from casestudies.company import Headline, company_class
from casestudies.french import french_number
from casestudies.typography import french

VARIANTS, ENOUGH = 200, 0.95
WORD = 16
"""Characters that the longest word of a label needs: it is never cut, even in a narrow terminal."""


@dataclass(frozen=True)
class Rate:
    """One headline rate over many variants: its range, its spread, the share of variants where it is believed."""

    headline: Headline
    low: float
    mean: float
    high: float
    share: float


def rates(slug: str, variants: int = VARIANTS) -> list[Rate]:
    """Return the headline rates of ``slug`` over as many variants, in the order the company gives them.

    Raises
    ------
    UnknownNameError
        When the company is unknown.
    """
    company_class(slug)
    every = spread(partial(_headlines, slug), range(variants), f"{variants} variantes")
    by_label: dict[str, list[Headline]] = {}
    for headlines in every:
        for one in headlines:
            by_label.setdefault(one.label, []).append(one)
    return [_rate(found) for found in by_label.values()]


def _headlines(slug: str, number: int) -> tuple[Headline, ...]:
    return company_class(slug)(f"classe-{number}").headlines()


def _rate(found: list[Headline]) -> Rate:
    values = [one.value for one in found]
    share = sum(one.believable for one in found) / len(found)
    return Rate(found[0], min(values), sum(values) / len(values), max(values), share)


def print_rates(slug: str, found: list[Rate]) -> bool:
    """Print the table of the rates; return whether every one is believable often enough."""
    if not found:
        say(f"« {slug} » n’annonce aucun taux : rien à vérifier.")
        return False
    table = Table(title=french(f"Taux de « {slug} » sur plusieurs variantes"), title_justify="left")
    table.add_column("Taux", min_width=WORD)
    for name in ("Min", "Moyenne", "Max"):
        table.add_column(name, justify="right")
    table.add_column("Plage", justify="right")
    table.add_column(french("Crédible"), justify="right")
    for one in found:
        unit = one.headline.unit
        values = [bare(value, unit) for value in (one.low, one.mean, one.high)]
        share = french_number(100 * one.share, 0 if one.share in (0, 1) else 1, "%")
        style = "" if one.share >= ENOUGH else "bold red"
        table.add_row(named(one.headline), *values, " – ".join(bounds(one.headline)), share, style=style)
    out.print(table)
    doubtful = [one for one in found if one.share < ENOUGH]
    if doubtful:
        names = ", ".join(one.headline.label for one in doubtful)
        say(f"{len(doubtful)} taux hors de sa plage plus d’une fois sur vingt : {names}.")
    else:
        say(f"{len(found)} taux, tous crédibles dans au moins {ENOUGH:.0%} des variantes.".replace("%", " %"))
    return not doubtful
